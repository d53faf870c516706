"""The search panel: what it shows of a search, and what a person can ask of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QScrollArea, QToolTip, QWidget

from tests.gui.seen import pixels_of
from tests.gui.synthetic_search import Selection, make_frame, make_log, make_losses
from wganpaint_gui.core.search.records import StepPlan
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.lanes import loss_curve
from wganpaint_gui.gui.fill.lanes.lane import Lane
from wganpaint_gui.gui.fill.lanes.loss_curve import LossCurve
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import speed_text

LEFT = Qt.MouseButton.LeftButton
CONFIG = InpaintConfig(steps=300, candidates=4)


@pytest.fixture
def panel(shown, actions: dict[str, QAction], qapp: QApplication) -> SearchPanel:
    theme.apply_theme(qapp, "light")
    panel = SearchPanel(actions)
    begin(panel, CONFIG)
    shown(panel, 920, 254)
    return panel


def begin(panel: SearchPanel, config: InpaintConfig, state: FillState = FillState.RUNNING) -> None:
    panel.begin(config)
    panel.set_state(state)


def run_to(panel: SearchPanel, steps: int, config: InpaintConfig = CONFIG, **frame: object) -> np.ndarray:
    losses = make_losses(config, steps)
    panel.show_frame(make_frame(losses, **frame), make_log(losses))
    QApplication.processEvents()
    return losses


def test_there_is_a_lane_a_method_with_its_candidates(panel: SearchPanel) -> None:
    assert [lane.method for lane in panel.lanes] == ["yeh", "critic"]
    assert [len(lane.thumbnails) for lane in panel.lanes] == [4, 4]
    begin(panel, InpaintConfig(methods=("critic",), candidates=64))
    assert [lane.method for lane in panel.lanes] == ["critic"]
    assert len(panel.lanes[0].thumbnails) == 64


def test_a_lane_says_its_loss_and_where_it_was_best(panel: SearchPanel) -> None:
    losses = run_to(panel, 100, shown=99)
    assert panel.lanes[0].loss.text() == f"loss {losses[99, 0, 0]:.2f}"
    assert panel.lanes[1].loss.text() == f"loss {losses[99, 1, 0]:.2f}"
    assert panel.lanes[0].best.text() == f"best at step {losses[:, 0, 0].argmin() + 1}"


def chosen(lane: Lane) -> list[int]:
    """The candidates that a screen reader calls chosen."""
    return [thumbnail.number for thumbnail in lane.thumbnails if "Chosen" in thumbnail.accessibleName()]


def test_a_lane_shows_the_pictures_of_its_chosen_candidate(panel: SearchPanel) -> None:
    run_to(panel, 10, selection=Selection(1, 2))
    yeh, critic = panel.lanes
    assert critic.image.image.pixelColor(0, 0).red() == 42
    assert critic.fill.image.pixelColor(0, 0).red() == 142
    assert yeh.image.image.pixelColor(0, 0).red() == 0  # the best of the lane that is not on the photo
    assert chosen(critic) == [2]
    assert [thumbnail.image.pixelColor(0, 0).red() for thumbnail in yeh.thumbnails] == [100, 101, 102, 103]


def test_a_click_on_a_candidate_selects_it(panel: SearchPanel, qtbot) -> None:
    run_to(panel, 10)
    with qtbot.waitSignal(panel.candidate_selected) as selected:
        QTest.mouseClick(panel.lanes[1].thumbnails[3], LEFT)
    assert selected.args == [1, 3]


def test_the_choice_of_a_lane_outlives_a_look_at_the_other(panel: SearchPanel) -> None:
    run_to(panel, 10)
    QTest.mouseClick(panel.lanes[1].thumbnails[3], LEFT)
    run_to(panel, 11, selection=Selection(0, 1))
    assert [chosen(lane) for lane in panel.lanes] == [[1], [3]]


def test_a_click_on_a_lane_puts_its_candidate_onto_the_photo(panel: SearchPanel, qtbot) -> None:
    run_to(panel, 10)
    with qtbot.waitSignal(panel.candidate_selected) as selected:
        QTest.mouseClick(panel.lanes[1], LEFT, pos=QPoint(3, 3))
    assert selected.args == [1, 0]


def test_a_stopped_candidate_is_marked(panel: SearchPanel) -> None:
    losses = make_losses(CONFIG, 50)
    losses[20:, 0, 2] = np.nan
    panel.show_frame(make_frame(losses, shown=49), make_log(losses))
    QApplication.processEvents()
    stopped = ["stopped" in thumbnail.accessibleName() for thumbnail in panel.lanes[0].thumbnails]
    assert stopped == [False, False, True, False]


def test_a_search_of_which_nothing_lives_can_still_be_shown(panel: SearchPanel) -> None:
    losses = np.full((30, 2, 4), np.nan, np.float32)
    panel.show_frame(make_frame(losses, shown=29, selection=Selection(0, None)), make_log(losses))
    QApplication.processEvents()
    assert panel.lanes[0].loss.text() == "loss –"


def test_progress_without_pictures_keeps_the_pictures(panel: SearchPanel) -> None:
    run_to(panel, 10)
    run_to(panel, 20, pictures=False)
    assert not panel.lanes[0].image.image.isNull()
    assert panel.timeline.label.text() == "step 20 of 300"


def test_the_timeline_follows_the_search(panel: SearchPanel) -> None:
    run_to(panel, 148, shown=147)
    assert panel.timeline.label.text() == "step 148 of 300"
    assert panel.timeline.slider.value() == 147
    panel.set_state(FillState.FINISHED)
    assert panel.timeline.label.text() == "best of 148 steps"


def drag_to(panel: SearchPanel, step: int) -> None:
    slider = panel.timeline.slider
    QTest.mousePress(slider, LEFT, pos=QPoint(round(slider.position_of(step)), slider.groove))
    QTest.mouseRelease(slider, LEFT)


def test_dragging_the_timeline_scrubs(panel: SearchPanel, qtbot) -> None:
    run_to(panel, 200)
    with qtbot.waitSignal(panel.scrubbed) as scrubbed:
        drag_to(panel, 60)
    assert scrubbed.args == [60]
    assert panel.timeline.label.text() == "step 61 of 300"
    run_to(panel, 210, shown=60)
    assert panel.timeline.slider.value() == 60  # it stays where the person looks


def test_steps_that_are_not_done_cannot_be_looked_at(panel: SearchPanel, qtbot) -> None:
    run_to(panel, 100)
    with qtbot.waitSignal(panel.scrubbed) as scrubbed:
        drag_to(panel, 290)
    assert scrubbed.args == [99]


def test_arrow_keys_scrub_a_step(panel: SearchPanel, qtbot) -> None:
    run_to(panel, 100)
    asked: list[int | None] = []
    panel.scrubbed.connect(asked.append)
    slider = panel.timeline.slider
    for key in (Qt.Key.Key_Left, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(slider, key)
    QTest.keyClick(slider, Qt.Key.Key_Right)  # at the newest step already
    assert asked == [98, 88, 0, 1, 99, 99]


@pytest.mark.parametrize("width", [548, 648, 700, 1500])
def test_the_names_of_the_lanes_are_never_cut(panel: SearchPanel, width: int) -> None:
    panel.resize(width, 250)
    QApplication.processEvents()
    for lane, names in zip(
        panel.lanes, (("Contextual + perceptual", "Contextual"), ("Critic only", "Critic")), strict=True
    ):
        assert lane.name.text() in names
        assert lane.name.fontMetrics().horizontalAdvance(lane.name.text()) <= lane.name.width()
    assert (panel.lanes[0].name.text() == "Contextual") == (width < 1000)


@pytest.mark.parametrize("how", ["double-click", "button"])
def test_it_returns_to_the_best(panel: SearchPanel, how: str) -> None:
    run_to(panel, 100)
    asked: list[int | None] = []
    panel.scrubbed.connect(asked.append)
    drag_to(panel, 30)
    if how == "button":
        QTest.mouseClick(panel.timeline.follow, LEFT)
    else:
        QTest.mouseDClick(panel.timeline.slider, LEFT, pos=QPoint(100, 10))
    assert asked == [30, None]
    assert panel.timeline.follow.isChecked()


def test_going_on_goes_back_to_live(panel: SearchPanel) -> None:
    run_to(panel, 100)
    panel.set_state(FillState.PAUSED)
    drag_to(panel, 30)
    panel.set_state(FillState.RUNNING)
    run_to(panel, 110)
    assert panel.timeline.slider.value() == 109


def test_dragging_in_a_curve_scrubs(panel: SearchPanel, qtbot) -> None:
    run_to(panel, 300)
    viewport = panel.lanes[0].curve.findChild(QGraphicsView).viewport()

    def press_in_the_middle() -> int:
        with qtbot.waitSignal(panel.scrubbed) as scrubbed:
            QTest.mousePress(viewport, LEFT, pos=QPoint(viewport.width() // 2, 20))
        return scrubbed.args[0]

    qtbot.waitUntil(lambda: abs(press_in_the_middle() - 150) < 5)  # once it is drawn up to the last step


def test_buttons_are_on_where_they_make_sense(panel: SearchPanel) -> None:
    on = {
        FillState.RUNNING: {"stop", "keep", "discard"},
        FillState.PAUSED: {"stop", "keep", "discard"},
        FillState.FINISHED: {"more", "keep", "discard"},
        FillState.READY: set(),
    }
    for state, names in on.items():
        panel.set_state(state)
        assert {name for name in ("stop", "more", "keep", "discard") if getattr(panel, name).isEnabled()} == names


def test_every_button_asks_for_its_thing(panel: SearchPanel, qtbot) -> None:
    for button, signal in (
        (panel.stop, panel.stop_requested),
        (panel.keep, panel.keep_requested),
        (panel.discard, panel.discard_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.mouseClick(button, LEFT)
    panel.set_state(FillState.FINISHED)
    with qtbot.waitSignal(panel.continue_requested) as more:
        QTest.mouseClick(panel.more, LEFT)
    assert more.args == [100]


def test_nothing_moves_when_numbers_change(panel: SearchPanel) -> None:
    def places() -> list[tuple[int, ...]]:
        lanes = [
            part.geometry().getRect() for lane in panel.lanes for part in (lane.name, lane.loss, lane.curve, lane.fill)
        ]
        rest = (panel.timeline.slider, panel.timeline.label, panel.keep, panel.stop, panel.timeline.speed)
        return lanes + [part.geometry().getRect() for part in rest]

    run_to(panel, 1)
    panel.set_speed(0.5)
    before = places()
    losses = make_losses(CONFIG, 300) * -1000
    panel.show_frame(make_frame(losses), make_log(losses))
    panel.set_speed(1234)
    panel.set_state(FillState.PAUSED)
    QApplication.processEvents()
    assert places() == before


def test_many_candidates_scroll_sideways_in_the_same_room(panel: SearchPanel) -> None:
    config = InpaintConfig(candidates=64)
    begin(panel, config)
    run_to(panel, 5, config)
    strip = panel.lanes[0].findChild(QScrollArea)
    assert strip.horizontalScrollBar().maximum() > 0
    assert panel.lanes[0].height() <= 90
    assert panel.minimumSizeHint().width() <= 920


def test_the_usual_candidates_are_seen_without_a_scroll_bar_in_a_window_of_1024_pixels(panel: SearchPanel) -> None:
    panel.resize(672, 254)
    run_to(panel, 5)
    for lane in panel.lanes:
        strip = lane.findChild(QScrollArea)
        assert strip.horizontalScrollBar().maximum() == 0
        assert all(one.visibleRegion().boundingRect() == one.rect() for one in lane.thumbnails)
        assert strip.geometry().right() < lane.width()


def test_two_lanes_fit_the_room_they_have(panel: SearchPanel) -> None:
    assert panel.sizeHint().height() <= 254
    begin(panel, InpaintConfig(methods=("yeh",)))
    QApplication.processEvents()
    assert panel.sizeHint().height() <= 170


def test_lanes_grow_with_the_panel(panel: SearchPanel) -> None:
    panel.resize(1500, 380)
    run_to(panel, 5)
    assert panel.lanes[0].image.width() > 100
    assert panel.lanes[0].image.width() == panel.lanes[0].image.height()


@pytest.mark.parametrize("height", [250, 420])
def test_a_narrow_panel_cuts_nothing_off(panel: SearchPanel, height: int) -> None:
    panel.resize(548, height)
    run_to(panel, 5)
    assert panel.minimumSizeHint().width() <= 548
    for lane in panel.lanes:
        parts = (lane.name, lane.image, lane.fill, lane.curve, lane.findChild(QScrollArea))
        edges = [edge for part in parts for edge in (part.geometry().left(), part.geometry().right())]
        assert edges == sorted(edges)  # beside each other, none upon another
        assert edges[-1] < lane.width()
    buttons = (panel.stop, panel.more, panel.keep, panel.discard)
    for button in buttons:
        assert button.fontMetrics().horizontalAdvance(button.words) < button.width()
    assert panel.discard.geometry().right() < panel.width()


def test_many_candidates_are_seen_where_there_is_room(panel: SearchPanel) -> None:
    config = InpaintConfig(candidates=16)
    begin(panel, config)
    panel.resize(1568, 250)
    run_to(panel, 5, config)
    seen = [thumbnail for thumbnail in panel.lanes[0].thumbnails if not thumbnail.visibleRegion().isEmpty()]
    assert len(seen) >= 12


def test_the_chosen_candidate_is_scrolled_into_sight_when_it_changes(panel: SearchPanel) -> None:
    config = InpaintConfig(candidates=64)
    begin(panel, config)
    run_to(panel, 5, config)
    bar = panel.lanes[0].findChild(QScrollArea).horizontalScrollBar()
    run_to(panel, 6, config, selection=Selection(0, 50))
    chosen = panel.lanes[0].thumbnails[50]
    assert chosen.visibleRegion().boundingRect() == chosen.rect()
    bar.setValue(0)  # the person scrolls back
    run_to(panel, 7, config, selection=Selection(0, 50))
    assert bar.value() == 0


@pytest.mark.parametrize(("width", "available", "height"), [(548, 510, 244), (928, 620, 244), (1568, 960, 345)])
def test_it_asks_for_as_much_height_as_its_pictures_can_use(
    panel: SearchPanel, width: int, available: int, height: int
) -> None:
    panel.resize(width, 250)
    assert abs(panel.wanted_height(available) - height) <= 16
    assert panel.wanted_height(100_000) <= panel.sizeHint().height() + 2 * (128 - 60)


def test_both_methods_can_be_seen_best_at_one_step(panel: SearchPanel) -> None:
    run_to(panel, 300)
    slider = panel.timeline.slider
    slider.show_marks([("yeh", 100), ("critic", 100)])
    image = slider.grab().toImage()
    x, middle = round(slider.position_of(100)), slider.groove
    assert image.pixelColor(x, middle - 4) == theme.line_of("yeh")
    assert image.pixelColor(x, middle + 4) == theme.line_of("critic")


def refine_to(panel: SearchPanel, steps: int, *, chosen: int = 0, shown: int | None = None) -> None:
    """A search of 30 steps, and so many of 50 that refine the first candidate of `yeh`."""
    config = InpaintConfig(steps=30, refine=50, candidates=4)
    panel.begin(config, StepPlan(80, refinement=50))
    panel.set_state(FillState.RUNNING)
    QApplication.processEvents()  # the new lanes get their places
    losses = make_losses(config, 30 + steps)
    losses[30:] = losses[29]  # all others stay where they are
    losses[30:, 0, 0] -= np.arange(1, steps + 1)
    frame = make_frame(losses, shown=len(losses) - 1 if shown is None else shown, selection=Selection(0, chosen))
    panel.show_frame(replace(frame, refined=frozenset({0})), make_log(losses, [0] * steps))
    QApplication.processEvents()


def test_a_refinement_has_its_own_part_of_the_timeline_in_another_shade(panel: SearchPanel) -> None:
    refine_to(panel, 12)
    timeline = panel.timeline
    assert timeline.label.text() == "refinement 12 of 50"
    assert [(one.name, one.first, one.end) for one in timeline.slider.sections] == [
        ("search", 0, 30),
        ("refinement", 30, 80),
    ]
    image, colours = timeline.slider.grab().toImage(), theme.colours()

    def shade(step: int) -> str:
        return image.pixelColor(round(timeline.slider.position_of(step)), timeline.slider.groove).name()

    assert [shade(step) for step in (10, 34, 70)] == [colours.level, colours.refined_line, colours.control]
    timeline.choose(9)
    assert timeline.label.text() == "step 10 of 80"


def test_the_parts_of_the_timeline_say_what_they_are(panel: SearchPanel) -> None:
    refine_to(panel, 12)
    slider = panel.timeline.slider
    for step, words in ((5, "Search: steps 1 to 30."), (70, "Refinement: steps 31 to 80.")):
        place = QPoint(round(slider.position_of(step)), slider.groove)
        QApplication.sendEvent(slider, QHelpEvent(QEvent.Type.ToolTip, place, slider.mapToGlobal(place)))
        assert QToolTip.text().startswith(words)


def test_a_plain_search_has_a_plain_timeline(panel: SearchPanel) -> None:
    run_to(panel, 50)
    assert [(one.name, one.first, one.end) for one in panel.timeline.slider.sections] == [("search", 0, 300)]


def test_a_lane_says_which_candidate_is_refined(panel: SearchPanel) -> None:
    refine_to(panel, 12)
    lane = panel.lanes[0]
    assert lane.best.text() == "refined, best at step 42"
    assert ["refined" in one.accessibleName() for one in lane.thumbnails] == [True, False, False, False]
    assert "and refine it" in lane.thumbnails[1].accessibleName()
    refine_to(panel, 12, chosen=2)
    assert panel.lanes[0].best.text().startswith("best at step")


def test_a_lane_marks_the_candidate_that_is_suggested(panel: SearchPanel) -> None:
    losses = make_losses(CONFIG, 50)
    log = make_log(losses)
    for suggestions in ([2, 1], [0, 3]):
        frame = make_frame(losses, selection=Selection(0, 1))  # another than the suggested one is chosen
        panel.show_frame(replace(frame, suggested=np.array(suggestions)), log)
        for lane, suggested in zip(panel.lanes, suggestions, strict=True):
            named = ["suggested" in one.accessibleName() for one in lane.thumbnails]
            assert named == [number == suggested for number in range(4)]
            corners = [pixels_of(one)[8:13, -13:-8].reshape(-1, 3) for one in lane.thumbnails]
            accent = np.array(QColor(theme.colours().selection).getRgb()[:3])
            starred = [bool((np.abs(corner.astype(int) - accent).max(1) < 40).any()) for corner in corners]
            assert starred == named
    panel.show_frame(make_frame(losses, shown=3), log)
    assert not any("suggested" in one.accessibleName() for lane in panel.lanes for one in lane.thumbnails)


@pytest.mark.parametrize("width", [548, 700, 1500])
def test_the_words_of_a_refined_candidate_have_room(panel: SearchPanel, width: int) -> None:
    panel.resize(width, 250)
    QApplication.processEvents()
    refine_to(panel, 12)
    best = panel.lanes[0].best
    assert best.text().startswith("refined, ")
    assert best.fontMetrics().horizontalAdvance(best.text()) <= best.width()


def test_the_curve_of_a_refinement_has_another_shade_and_none_where_another_is_refined(
    panel: SearchPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loss_curve, "REDRAW_MS", 0)
    shade = np.array(QColor(theme.colours().refined_line).getRgb()[:3])

    def counted(curve: LossCurve) -> int:
        return int((np.abs(pixels_of(curve).astype(int) - shade).max(axis=2) < 40).sum())

    refine_to(panel, 40)
    assert counted(panel.lanes[0].curve) > 20
    assert counted(panel.lanes[1].curve) == 0
    refine_to(panel, 40, chosen=1)
    assert counted(panel.lanes[0].curve) == 0


def test_the_follow_button_says_what_it_follows(panel: SearchPanel) -> None:
    width = panel.timeline.follow.width()
    assert panel.timeline.follow.text() == "Live"
    panel.set_state(FillState.FINISHED)
    assert panel.timeline.follow.text() == "Best"
    assert panel.timeline.follow.width() == width


@pytest.mark.parametrize(("speed", "text"), [(6.3, "6.3 steps/s"), (9.96, "10 steps/s"), (14.2, "14 steps/s")])
def test_a_speed_has_two_figures(speed: float, text: str) -> None:
    assert speed_text(speed) == text


def test_a_click_shows_a_preview_large_at_once(panel: SearchPanel) -> None:
    run_to(panel, 5)
    preview = panel.lanes[0].image
    QTest.mouseClick(preview, LEFT)
    assert preview.is_large
    QTest.mouseClick(preview, LEFT)
    assert not preview.is_large


def test_a_picture_is_shown_large_under_the_mouse(panel: SearchPanel) -> None:
    run_to(panel, 5)
    preview = panel.lanes[0].fill
    middle = preview.rect().center()
    QApplication.sendEvent(preview, QHelpEvent(QEvent.Type.ToolTip, middle, preview.mapToGlobal(middle)))
    (large,) = [widget for widget in preview.children() if isinstance(widget, QWidget)]
    assert large.isVisible()
    assert large.grab().toImage().pixelColor(130, 130).red() == 100
    QApplication.sendEvent(preview, QEvent(QEvent.Type.Leave))
    assert not large.isVisible()


def test_a_click_on_a_button_leaves_the_keys_with_the_canvas(panel: SearchPanel) -> None:
    panel.activateWindow()
    run_to(panel, 5)
    for button in (panel.stop, panel.lanes[0].thumbnails[1], panel.timeline.follow):
        panel.timeline.slider.setFocus()
        QTest.mouseClick(button, LEFT)
        assert not button.hasFocus()
        assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_the_theme_may_change_during_a_search(panel: SearchPanel, qapp: QApplication) -> None:
    run_to(panel, 50)
    light = panel.grab().toImage()
    theme.apply_theme(qapp, "dark")
    QApplication.processEvents()
    dark = panel.grab().toImage()
    assert light.pixelColor(400, 4).lightness() > 200
    assert dark.pixelColor(400, 4).lightness() < 60
