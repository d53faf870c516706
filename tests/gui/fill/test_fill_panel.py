"""The fill panel: what a person sets is what the config says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_panel import FillPanel
from wganpaint_gui.gui.fill.fill_result import ResultInfo
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.look import theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(shown, actions: dict[str, QAction], qapp: QApplication) -> FillPanel:
    theme.apply_theme(qapp, "light")
    panel = FillPanel(actions)
    shown(panel, 300, 572)
    return panel


@pytest.fixture
def told(panel: FillPanel) -> list[InpaintConfig]:
    configs: list[InpaintConfig] = []
    panel.settings.config_changed.connect(configs.append)
    return configs


def enter(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_it_starts_with_the_defaults(panel: FillPanel) -> None:
    assert panel.settings.config == InpaintConfig()
    assert panel.settings.frame_mode.currentData() == "automatic"
    assert panel.settings.device.currentData() == "auto"


def test_a_config_shown_is_the_config_read(panel: FillPanel, told: list[InpaintConfig]) -> None:
    config = InpaintConfig(
        methods=("critic",),
        start="guess",
        steps=1234,
        refine=56,
        candidates=17,
        seed=5,
        context_weight=0.35,
        learning_rate=0.02,
        optimizer="sgd",
        weighting="importance",
        blend="feather",
    )
    panel.settings.set_config(config)
    assert panel.settings.config == config
    assert told == []
    assert panel.settings.steps.field.text() == "1,234"
    assert panel.settings.rate.text() == "0.02"
    assert panel.settings.method.value == "critic"


def test_every_control_writes_its_own_field(panel: FillPanel, told: list[InpaintConfig]) -> None:
    settings = panel.settings
    settings.set_config(InpaintConfig(start="guess"))
    settings.more.toggle.setChecked(True)
    QTest.mouseClick(settings.method.button("yeh"), LEFT)
    enter(settings.context_weight.field, "0.5")
    QTest.mouseClick(settings.start.button("random"), LEFT)
    enter(settings.steps.field, "500")
    enter(settings.refine.field, "33")
    enter(settings.candidates.field, "8")
    QTest.mouseClick(settings.blend.button("none"), LEFT)
    QTest.mouseClick(settings.optimizer.button("rmsprop"), LEFT)
    QTest.mouseClick(settings.weighting.button("importance"), LEFT)
    enter(settings.rate, "0,05")
    enter(settings.seed, "42")
    assert len(told) == 11
    assert told[-1] == InpaintConfig(
        methods=("yeh",),
        context_weight=0.5,
        start="random",
        steps=500,
        refine=33,
        candidates=8,
        blend="none",
        optimizer="rmsprop",
        weighting="importance",
        learning_rate=0.05,
        seed=42,
    )


@pytest.mark.parametrize("text", ["0", "-1", "abc", "1e", "nan", "inf"])
def test_a_senseless_rate_never_escapes(panel: FillPanel, told: list[InpaintConfig], text: str) -> None:
    enter(panel.settings.rate, text)
    assert told == []
    assert panel.settings.rate.text() == ""


@pytest.mark.parametrize("text", ["", "-1", "1.5", "seed", "9" * 30])
def test_a_senseless_seed_never_escapes(panel: FillPanel, told: list[InpaintConfig], text: str) -> None:
    enter(panel.settings.seed, text)
    assert told == []
    assert panel.settings.seed.text() == "0"


def test_an_empty_rate_is_automatic_again(panel: FillPanel, told: list[InpaintConfig]) -> None:
    enter(panel.settings.rate, "0.1")
    enter(panel.settings.rate, "")
    assert [config.learning_rate for config in told] == [0.1, None]


def test_the_dice_throws_another_seed(panel: FillPanel, told: list[InpaintConfig]) -> None:
    panel.settings.more.toggle.setChecked(True)
    QApplication.processEvents()
    QTest.mouseClick(panel.settings.dice, LEFT)
    assert told[-1].seed == int(panel.settings.seed.text())


def test_the_context_weight_is_off_where_no_loss_has_it(panel: FillPanel) -> None:
    QTest.mouseClick(panel.settings.method.button("critic"), LEFT)
    assert not panel.settings.context_weight.isEnabled()
    QTest.mouseClick(panel.settings.method.button("both"), LEFT)
    assert panel.settings.context_weight.isEnabled()


def test_a_double_click_on_a_name_restores_its_default(panel: FillPanel, told: list[InpaintConfig]) -> None:
    enter(panel.settings.steps.field, "20")
    QTest.mouseDClick(panel.settings.steps.name, LEFT)
    assert told[-1].steps == InpaintConfig().steps


def test_another_start_brings_its_own_steps_unless_others_were_chosen(
    panel: FillPanel, told: list[InpaintConfig]
) -> None:
    settings = panel.settings
    settings.set_config(InpaintConfig(start="random", steps=200))
    QTest.mouseClick(settings.start.button("guess"), LEFT)
    assert (told[-1].start, told[-1].steps) == ("guess", 30)
    QTest.mouseClick(settings.start.button("random"), LEFT)
    assert (told[-1].start, told[-1].steps) == ("random", 200)
    enter(settings.steps.field, "77")
    QTest.mouseClick(settings.start.button("guess"), LEFT)
    assert (told[-1].start, told[-1].steps) == ("guess", 77)
    QTest.mouseDClick(settings.steps.name, LEFT)
    assert told[-1].steps == 30


def test_a_refinement_is_off_where_only_the_critic_looks(panel: FillPanel, told: list[InpaintConfig]) -> None:
    settings = panel.settings
    enter(settings.refine.field, "120")
    assert told[-1].refine == 120
    QTest.mouseClick(settings.method.button("critic"), LEFT)
    assert not settings.refine.isEnabled()
    assert "blind spots" in settings.refine.slider.toolTip()
    QTest.mouseClick(settings.method.button("yeh"), LEFT)
    assert settings.refine.isEnabled()
    assert "blind spots" not in settings.refine.slider.toolTip()
    assert told[-1].refine == 120


def test_without_an_encoder_the_first_guess_is_off_and_waits(panel: FillPanel, told: list[InpaintConfig]) -> None:
    settings = panel.settings
    chosen = InpaintConfig(start="guess", steps=30)
    settings.set_config(chosen)
    settings.show_model("mine", has_encoder=False)
    assert not settings.start.button("guess").isEnabled()
    assert "mine has no encoder" in settings.start.button("guess").toolTip()
    assert (settings.start.value, settings.steps.value) == ("random", 200)
    assert settings.usable == InpaintConfig(start="random", steps=200)
    assert settings.config == chosen
    settings.show_model("other", has_encoder=True)
    assert (settings.start.value, settings.steps.value, settings.usable) == ("guess", 30, chosen)
    assert told == []


def test_one_button_starts_and_pauses(panel: FillPanel, qtbot) -> None:
    places = set()
    for state, words, keys in (
        (FillState.READY, "Fill the mask", "Ctrl+Return"),
        (FillState.RUNNING, "Pause", "P"),
        (FillState.PAUSED, "Resume", "P"),
        (FillState.FINISHED, "Continue", "Ctrl+Return"),
    ):
        panel.set_state(state)
        QApplication.processEvents()
        places.add(panel.button.geometry().getRect())
        assert panel.button.accessibleName() == f"{words} ({keys})"
        with qtbot.waitSignal(panel.button.clicked, timeout=500):
            QTest.mouseClick(panel.button, LEFT)
    assert len(places) == 1


@pytest.mark.parametrize(
    ("state", "reason"), [(FillState.NO_PHOTO, "photo"), (FillState.NO_MASK, "Paint"), (FillState.LOADING, "loading")]
)
def test_a_button_that_is_off_says_why(panel: FillPanel, qtbot, state: FillState, reason: str) -> None:
    panel.set_state(state)
    assert reason in panel.note.text()
    assert reason in panel.button.toolTip()
    with qtbot.assertNotEmitted(panel.button.clicked):
        QTest.mouseClick(panel.button, LEFT)


def test_the_note_fits_beneath_the_button(panel: FillPanel) -> None:
    for state in FillState:
        panel.set_state(state)
        assert panel.note.fontMetrics().horizontalAdvance(panel.note.text()) <= panel.note.width()


def test_the_frame_and_the_device_are_told_only_by_the_person(panel: FillPanel, qtbot) -> None:
    with (
        qtbot.assertNotEmitted(panel.settings.frame_mode_changed),
        qtbot.assertNotEmitted(panel.settings.device_changed),
    ):
        panel.settings.show_frame_mode("custom")
        panel.settings.show_device("cuda:1")
    assert panel.settings.frame_mode.currentData() == "custom"
    assert panel.settings.device.currentData() == "cuda:1"
    combo = panel.settings.frame_mode
    combo.setFocus()
    with qtbot.waitSignal(panel.settings.frame_mode_changed) as changed:
        QTest.keyClick(combo, Qt.Key.Key_Up)
    assert changed.args == ["whole"]


def test_the_result_is_green_only_where_nothing_changed_outside(panel: FillPanel) -> None:
    panel.result.show_info(ResultInfo(0, 1482, 1, None))
    assert panel.result.changed.text() == "0 px"
    assert panel.result.changed.property("tone") == "good"
    assert panel.result.masked.text() == "1,482 px in 1 frame"
    panel.result.show_info(ResultInfo(3, 5, 2, None))
    assert panel.result.changed.property("tone") == "bad"
    assert panel.result.masked.text() == "5 px in 2 frames"


def test_the_result_is_not_green_where_the_saved_file_is_lossy(panel: FillPanel) -> None:
    panel.result.show_info(ResultInfo(0, 0, 1, None, lossy=True))
    assert (panel.result.changed.text(), panel.result.changed.property("tone")) == ("0 px, file is lossy", "fair")
    assert "save as PNG" in panel.result.changed.toolTip()
    panel.result.show_info(ResultInfo(3, 0, 1, None, lossy=True))
    assert (panel.result.changed.text(), panel.result.changed.property("tone")) == ("3 px", "bad")
    panel.result.show_info(ResultInfo(None, 0, 1, None, lossy=True))
    assert panel.result.changed.text() == "–", "nothing was kept yet"


def test_the_fit_is_judged(panel: FillPanel) -> None:
    for score, word in ((0.9, "good"), (-0.9, "poor")):
        panel.result.show_info(ResultInfo(None, 5, 1, KnownRegionFit(score, turned=False)))
        assert panel.result.fit.text() == word
        assert f"Now {score:.2f}" in panel.result.fit.toolTip()


def test_a_fill_in_hand_is_counted_when_it_is_kept(panel: FillPanel) -> None:
    titles = []
    for info in (ResultInfo(None, 9, 1, None), ResultInfo(None, 9, 1, None, in_hand=True), ResultInfo(0, 0, 1, None)):
        panel.result.show_info(info)
        titles.append((panel.result.title.text(), panel.result.changed.text()))
    assert titles == [("This photo", "–"), ("This result", "counted when kept"), ("This result", "0 px")]


def test_a_remark_is_smaller_than_a_number_from_the_first_time_on(panel: FillPanel) -> None:
    panel.result.show_info(ResultInfo(0, 9, 1, None))
    panel.result.show_info(ResultInfo(None, 9, 1, KnownRegionFit(0.1, turned=False)))
    assert panel.result.changed.text() == "counted when kept"
    assert panel.result.changed.font().pointSizeF() < panel.result.fit.font().pointSizeF()


def test_the_longest_result_is_not_clipped(panel: FillPanel) -> None:
    for info in (
        ResultInfo(24_000_000, 24_000_000, 12, None),
        ResultInfo(None, 24_000_000, 12, KnownRegionFit(0.3, turned=False)),
        ResultInfo(0, 24_000_000, 12, None, lossy=True),
    ):
        panel.result.show_info(info)
        QApplication.processEvents()
        for label in (panel.result.changed, panel.result.masked, panel.result.fit):
            assert label.sizeHint().width() <= label.width()


def test_nothing_shifts_when_the_settings_scroll(panel: FillPanel) -> None:
    def ends() -> set[int]:
        settings = panel.settings
        parts = (settings.method, settings.steps.slider, settings.frame_mode, settings.blend, panel.button)
        return {part.mapTo(panel, part.rect().topRight()).x() for part in parts}

    bar = panel.findChild(QScrollArea).verticalScrollBar()
    panel.resize(300, 900)
    QApplication.processEvents()
    assert bar.maximum() == 0
    before = ends()
    assert len(before) == 1
    panel.resize(300, 400)
    QApplication.processEvents()
    assert bar.maximum() > 0
    assert ends() == before


def test_more_comes_into_sight_when_it_is_opened(panel: FillPanel, qtbot) -> None:
    panel.resize(300, 720)
    QTest.mouseClick(panel.settings.more.toggle, LEFT, pos=QPoint(20, 10))
    device = panel.settings.device
    qtbot.waitUntil(lambda: device.visibleRegion().boundingRect() == device.rect())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
@pytest.mark.parametrize("name", ["steps", "rate", "seed"])
def test_a_field_gives_the_keyboard_back(panel: FillPanel, qtbot, name: str, key: Qt.Key) -> None:
    panel.settings.more.toggle.setChecked(True)
    field = panel.settings.steps.field if name == "steps" else getattr(panel.settings, name)
    panel.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "7")
    with qtbot.waitSignal(panel.settings.editing_done):
        QTest.keyClick(field, key)
    assert not field.hasFocus()
    changed = panel.settings.config != InpaintConfig()
    assert changed == (key == Qt.Key.Key_Return)


def test_ctrl_return_fills_with_what_is_typed(panel: FillPanel, qtbot) -> None:
    steps_at_run: list[int] = []
    run = QShortcut(QKeySequence("Ctrl+Return"), panel)
    run.activated.connect(lambda: steps_at_run.append(panel.settings.config.steps))
    field = panel.settings.steps.field
    panel.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "77")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert steps_at_run == [77]


def test_return_in_a_field_keeps_no_fill(panel: FillPanel, qtbot) -> None:
    kept: list[bool] = []
    keep = QShortcut(QKeySequence("Return"), panel)
    keep.activated.connect(lambda: kept.append(True))
    panel.settings.more.toggle.setChecked(True)
    panel.activateWindow()
    panel.settings.seed.setFocus()
    qtbot.waitUntil(panel.settings.seed.hasFocus)
    enter(panel.settings.seed, "5")
    assert panel.settings.config.seed == 5
    assert kept == []


def test_a_click_on_a_choice_leaves_the_keyboard_where_it_is(panel: FillPanel) -> None:
    button = panel.settings.method.button("critic")
    panel.activateWindow()
    QTest.mouseClick(button, LEFT)
    assert panel.settings.method.value == "critic"
    assert not button.hasFocus()


def test_it_fits_three_hundred_pixels_without_scrolling_sideways(panel: FillPanel) -> None:
    panel.settings.more.toggle.setChecked(True)
    QApplication.processEvents()
    scroll = panel.findChild(QScrollArea)
    assert panel.width() == 300
    assert panel.settings.minimumSizeHint().width() <= scroll.viewport().width()
    assert scroll.horizontalScrollBar().maximum() == 0
    assert scroll.verticalScrollBar().maximum() > 0


def test_every_control_has_a_tip_and_a_name(panel: FillPanel) -> None:
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
    controls: list[QWidget] = [widget for kind in kinds for widget in panel.settings.findChildren(kind)]
    assert len(controls) > 20
    for control in controls:
        if not isinstance(control, QScrollBar):
            assert control.toolTip(), control
            assert control.accessibleName(), control
