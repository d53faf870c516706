"""The widgets panels share, used as a person would: dragged, typed into, clicked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.widgets import (
    Badge,
    Choice,
    Collapsible,
    KeyButton,
    QuietList,
    SegmentedControl,
    TabularLabel,
    ValueSlider,
)

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def weight(shown) -> ValueSlider:
    slider = ValueSlider("Context weight", low=0, high=10, default=1, decimals=2, power=3, tip="A tip.")
    shown(slider, 268, 44)
    return slider


@pytest.fixture
def steps(shown) -> ValueSlider:
    slider = ValueSlider("Steps", low=1, high=100_000, slider_high=2000, default=300, decimals=0, power=2, tip="A tip.")
    shown(slider, 268, 44)
    return slider


@pytest.fixture
def said(weight: ValueSlider) -> list[float]:
    values: list[float] = []
    weight.value_changed.connect(values.append)
    return values


def type_into(slider: ValueSlider, text: str) -> None:
    slider.field.selectAll()
    QTest.keyClicks(slider.field, text)
    QTest.keyClick(slider.field, Qt.Key.Key_Return)


def test_a_typed_number_is_taken(weight: ValueSlider, said: list[float]) -> None:
    type_into(weight, "2.5")
    assert weight.value == 2.5
    assert weight.field.text() == "2.50"
    assert said == [2.5]


def test_a_comma_is_a_decimal_point(weight: ValueSlider, said: list[float]) -> None:
    type_into(weight, "0,75")
    assert said == [0.75]


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "1e", "--", "1 2", "0x10"])
def test_what_is_no_number_never_escapes(weight: ValueSlider, said: list[float], text: str) -> None:
    weight.field.clear()
    type_into(weight, text)
    assert said == []
    assert weight.field.text() == "1.00"


def test_a_number_beyond_the_end_becomes_the_end(weight: ValueSlider, said: list[float]) -> None:
    type_into(weight, "1e9")
    type_into(weight, "-3")
    assert said == [10, 0]


def test_escape_takes_back_what_was_typed(weight: ValueSlider, said: list[float]) -> None:
    weight.field.selectAll()
    QTest.keyClicks(weight.field, "7")
    QTest.keyClick(weight.field, Qt.Key.Key_Escape)
    assert weight.field.text() == "1.00"
    assert said == []


def test_a_double_click_on_the_name_restores_the_default(weight: ValueSlider, said: list[float]) -> None:
    weight.set_value(8)
    QTest.mouseDClick(weight.name, LEFT)
    assert weight.value == 1
    assert said == [1]


def test_setting_a_value_tells_nobody_and_moves_the_slider(weight: ValueSlider, said: list[float]) -> None:
    weight.set_value(10)
    assert said == []
    assert weight.slider.value() == weight.slider.maximum()


def test_arrow_keys_step_the_value_and_not_the_position(weight: ValueSlider, steps: ValueSlider) -> None:
    QTest.keyClick(weight.slider, Qt.Key.Key_Right)
    QTest.keyClick(steps.slider, Qt.Key.Key_Left)
    assert weight.value == 1.1
    assert steps.value == 290
    QTest.keyClick(weight.field, Qt.Key.Key_Down)
    assert weight.value == 1.0


def test_the_slider_reaches_both_ends_by_keys(weight: ValueSlider, said: list[float]) -> None:
    QTest.keyClick(weight.slider, Qt.Key.Key_End)
    QTest.keyClick(weight.slider, Qt.Key.Key_Home)
    assert said == [10, 0]


def test_every_value_below_ten_candidates_can_be_reached_by_keys(qtbot) -> None:
    slider = ValueSlider("Candidates", low=1, high=64, default=1, decimals=0, power=2, tip="A tip.")
    qtbot.addWidget(slider)
    seen = [slider.value]
    for _ in range(12):
        QTest.keyClick(slider.slider, Qt.Key.Key_Right)
        seen.append(slider.value)
    assert seen == list(range(1, 14))


def test_more_can_be_typed_than_dragged(steps: ValueSlider) -> None:
    type_into(steps, "50000")
    assert steps.value == 50_000
    assert steps.slider.value() == steps.slider.maximum()


def wheel(widget: QWidget) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_turns_a_slider_only_while_it_has_focus(weight: ValueSlider, qtbot) -> None:
    weight.activateWindow()
    weight.field.setFocus()
    wheel(weight.slider)
    assert weight.value == 1
    weight.slider.setFocus()
    qtbot.waitUntil(weight.slider.hasFocus)
    wheel(weight.slider)
    assert weight.value == 1.1


def test_a_number_keeps_its_room(steps: ValueSlider) -> None:
    before = steps.field.geometry()
    type_into(steps, "100000")
    assert steps.field.geometry() == before
    assert steps.field.fontMetrics().horizontalAdvance("100000") < steps.field.width()


@pytest.fixture
def segments(qtbot) -> SegmentedControl:
    control = SegmentedControl("Method", [Choice(key, key.title(), f"{key}.") for key in ("both", "yeh", "critic")])
    qtbot.addWidget(control)
    control.show()
    return control


def test_a_click_chooses_a_segment(segments: SegmentedControl, qtbot) -> None:
    with qtbot.waitSignal(segments.chosen) as chosen:
        QTest.mouseClick(segments.button("yeh"), LEFT)
    assert chosen.args == ["yeh"]
    assert segments.value == "yeh"
    with qtbot.assertNotEmitted(segments.chosen):
        QTest.mouseClick(segments.button("yeh"), LEFT)
        segments.set_value("critic")


def test_arrow_keys_move_between_segments(segments: SegmentedControl) -> None:
    segments.activateWindow()
    segments.button("both").setFocus()
    QTest.keyClick(segments.button("both"), Qt.Key.Key_Right)
    assert segments.value == "yeh"


def test_segments_are_never_so_narrow_that_a_text_is_cut(segments: SegmentedControl) -> None:
    segments.resize(segments.minimumSizeHint())
    QApplication.processEvents()
    strong = theme.heading(segments.font())
    for key in ("both", "yeh", "critic"):
        assert segments.button(key).width() >= theme.text_width(strong, segments.button(key).text())


def test_segments_have_one_width_and_room_for_what_is_chosen(qtbot) -> None:
    control = SegmentedControl("Mode", [Choice("add", "Add", "Add."), Choice("subtract", "Subtract", "Subtract.")])
    qtbot.addWidget(control)
    control.resize(control.sizeHint())
    control.show()
    widths = [control.button(key).width() for key in ("add", "subtract")]
    assert abs(widths[0] - widths[1]) <= 1
    assert widths[0] >= theme.text_width(theme.heading(control.font()), "Subtract")


def test_a_section_opens_under_its_title(qtbot) -> None:
    section = Collapsible("More", "A tip.")
    qtbot.addWidget(section)
    section.show()
    assert section.content.isHidden()
    QTest.mouseClick(section.toggle, LEFT, pos=QPoint(10, 10))
    assert section.content.isVisible()


def test_a_key_button_keeps_its_size(qtbot) -> None:
    button = KeyButton()
    qtbot.addWidget(button)
    button.say("Pause", "P")
    button.reserve("Resume", "P")
    size = button.sizeHint()
    button.say("Resume", "P")
    assert button.sizeHint() == size
    assert button.words == "Resume"
    assert button.accessibleName() == "Resume (P)"


def test_a_key_button_can_leave_its_key_out(qtbot) -> None:
    button = KeyButton()
    qtbot.addWidget(button)
    button.say("Discard", "Backspace")
    whole = button.sizeHint().width()
    button.show_keys(False)
    assert theme.text_width(button.font(), "Discard") < button.sizeHint().width() < whole


def test_an_inline_number_stands_beside_its_slider(shown) -> None:
    slider = ValueSlider("Size", low=1, high=2000, default=40, decimals=0, unit="px", inline=True, tip="")
    shown(slider, 400, 36)
    assert slider.field.alignment() & Qt.AlignmentFlag.AlignLeft
    assert slider.field.cursorRect().left() >= 0
    assert 0 <= slider.field.x() - slider.slider.geometry().right() <= 8
    assert slider.field.fontMetrics().horizontalAdvance("2000\u202fpx") < slider.field.width()


def test_a_changing_number_moves_nothing(qtbot) -> None:
    label = TabularLabel("step 00000 of 00000")
    qtbot.addWidget(label)
    widths = set()
    for text in ("step 1 of 300", "step 88888 of 88888"):
        label.setText(text)
        widths.add(label.sizeHint().width() <= label.width())
    assert widths == {True}


def test_a_badge_has_room_for_its_text(qtbot) -> None:
    badge = Badge()
    badge.show_text("CPU, 2 threads", "good")
    qtbot.addWidget(badge)
    assert badge.sizeHint().width() > badge.fontMetrics().horizontalAdvance(badge.accessibleName())
    badge.show_text("CUDA")
    assert badge.accessibleName() == "CUDA"


def test_a_badge_keeps_the_room_it_will_need(qtbot) -> None:
    badge = Badge()
    qtbot.addWidget(badge)
    badge.reserve("CPU, 16 threads")
    width = badge.sizeHint().width()
    badge.show_text("CPU, 1 thread")
    assert badge.sizeHint().width() == width


def test_a_list_is_chosen_from_by_click_and_by_return(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    rows = QuietList("Things", "A tip.", window)
    QVBoxLayout(window).addWidget(rows)
    for text in ("one", "two"):
        rows.add(rows.windowIcon(), text, text)
    window.show()
    chosen: list[int] = []
    rows.row_chosen.connect(chosen.append)
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualItemRect(rows.item(1)).center())
    QTest.keyClick(rows, Qt.Key.Key_Up)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert chosen == [1, 0]


def test_a_unit_is_shown_and_may_be_typed(qtbot) -> None:
    slider = ValueSlider("Size", low=1, high=2000, default=40, decimals=0, unit="px", tip="")
    qtbot.addWidget(slider)
    assert slider.field.text() == "40\u202fpx"
    for typed, value in (("50 px", 50), ("60", 60), ("70px", 70)):
        slider.field.clear()
        type_into(slider, typed)
        assert slider.value == value


def test_large_whole_numbers_are_shown_and_taken_with_commas_between_thousands(steps: ValueSlider) -> None:
    for typed, value, text in (
        ("9,000", 9000, "9,000"),
        ("12,5", 12, "12"),
        ("100,000", 100_000, "100,000"),
        ("90000", 90_000, "90,000"),
    ):
        type_into(steps, typed)
        assert steps.value == value
        assert steps.field.text() == text
    steps.field.editingFinished.emit()
    assert steps.value == 90_000, "what it shows is what it has"
