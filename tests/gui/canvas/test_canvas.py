"""Painting and framing, by real mouse events on a shown canvas."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.canvas_mouse import ALT, CTRL, RIGHT, SHIFT, CanvasMouse, Make, disc
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Brush, stamp_segment
from wganpaint_gui.gui.canvas.frame_item import turn_handle
from wganpaint_gui.gui.canvas.tools import Tool


@pytest.mark.parametrize("zoom", [0.37, 1.0, 2.6, 8.0])
def test_a_click_paints_exactly_the_pixels_under_the_circle(make: Make, zoom: float) -> None:
    mouse = make()
    mouse.zoom_to(zoom)
    mouse.click((150, 100))
    centre = mouse.aimed((150, 100))
    np.testing.assert_array_equal(mouse.document.mask > 127, disc(mouse.document, centre, 10))


def test_a_stroke_is_what_the_circle_passed_over_and_one_undo_entry(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.drag([(50, 60), (90, 60), (130, 60)])
    rows, columns = np.mgrid[:200, :300] + 0.5
    ahead = np.clip(columns, 50, 130)
    expected = (columns - ahead) ** 2 + (rows - 60) ** 2 < 100
    np.testing.assert_array_equal(mouse.document.mask > 127, expected)
    assert mouse.document.undo() == "brush stroke"
    assert not mouse.document.mask.any()


def test_the_right_button_erases_and_so_does_the_eraser(make: Make) -> None:
    mouse = make()
    mouse.document.replace_mask("all", np.full((200, 300), 255, np.uint8))
    mouse.click((100, 100), RIGHT)
    mouse.canvas.set_tool(Tool.ERASER)
    mouse.click((200, 100))
    holes = [disc(mouse.document, mouse.aimed(point), 10) for point in ((100, 100), (200, 100))]
    np.testing.assert_array_equal(mouse.document.mask > 127, ~(holes[0] | holes[1]))
    assert mouse.document.history.undo_name == "eraser stroke"


@pytest.mark.parametrize("keys", [ALT, CTRL])
def test_alt_or_ctrl_makes_the_brush_erase(make: Make, keys: Qt.KeyboardModifier) -> None:
    mouse = make()
    mouse.document.replace_mask("all", np.full((200, 300), 255, np.uint8))
    mouse.click((100, 100), keys=keys)
    np.testing.assert_array_equal(mouse.document.mask > 127, ~disc(mouse.document, mouse.aimed((100, 100)), 10))
    assert mouse.document.history.undo_name == "eraser stroke"


def test_shift_click_draws_a_straight_line_from_the_last_stroke(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.click((50, 50))
    mouse.click((200, 150), keys=SHIFT)
    for part in np.linspace(0, 1, 20):
        assert mouse.document.mask[int(50 + 100 * part), int(50 + 150 * part)] == 255
    assert mouse.document.mask[50, 200] == 0


def pen_click(mouse: CanvasMouse, point: tuple[int, int], pressure: float) -> None:
    """Put a pen down on a point and lift it: a tablet sends its own events before those of a mouse."""
    pen = QPointingDevice(
        "pen",
        1,
        QInputDevice.DeviceType.Stylus,
        QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure,
        1,
        1,
    )

    def press(kind: QEvent.Type, pressure: float) -> None:
        at = QPointF(mouse.screen(point))
        keys, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        event = QTabletEvent(
            kind, pen, at, mouse.canvas.mapToGlobal(at), pressure, 0.0, 0.0, 0.0, 0.0, 0.0, keys, button, button
        )
        QApplication.sendEvent(mouse.canvas, event)

    press(QEvent.Type.TabletPress, pressure)
    mouse.press(point)
    press(QEvent.Type.TabletRelease, 0.0)
    mouse.release(point)


def test_a_pen_paints_as_wide_as_it_presses(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    pen_click(mouse, (100, 100), 0.5)
    np.testing.assert_array_equal(mouse.document.mask > 127, disc(mouse.document, mouse.aimed((100, 100)), 5))
    mouse.click((200, 100))
    assert mouse.document.mask[100, 192] == 255


def test_a_pens_pressure_can_change_the_hardness_instead(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_pen_pressure("hardness")
    pen_click(mouse, (100, 100), 0.5)
    expected = np.zeros_like(mouse.document.mask)
    at = mouse.aimed((100, 100))
    stamp_segment(expected, at, at, Brush(20, 0.5))
    np.testing.assert_array_equal(mouse.document.mask, expected)


def test_a_pens_pressure_can_be_ignored(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_pen_pressure("none")
    pen_click(mouse, (100, 100), 0.2)
    np.testing.assert_array_equal(mouse.document.mask > 127, disc(mouse.document, mouse.aimed((100, 100)), 10))


def test_a_photo_of_one_pixel_can_be_painted(make: Make) -> None:
    mouse = make(1, 1)
    mouse.canvas.set_brush(Brush(1, 1.0))
    mouse.click((0.5, 0.5))
    mouse.canvas.grab()
    assert mouse.document.mask.tolist() == [[255]]


def test_strokes_and_fills_beside_the_photo_change_nothing(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.click((-60, 100))
    for tool in (Tool.FILL, Tool.RECTANGLE, Tool.LASSO):
        mouse.canvas.set_tool(tool)
        mouse.drag([(-60, 50), (-50, 50), (-40, 80)])
    assert not mouse.document.mask.any()
    assert not mouse.document.history.can_undo


def test_a_rectangle_adds_and_with_alt_or_the_right_button_subtracts(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.RECTANGLE)
    mouse.drag([(20, 30), (120, 90)])
    expected = np.zeros((200, 300), bool)
    expected[30:90, 20:120] = True
    np.testing.assert_array_equal(mouse.document.mask > 127, expected)
    mouse.drag([(70, 70), (40, 50)], keys=ALT)
    expected[50:70, 40:70] = False
    mouse.drag([(100, 80), (110, 85)], RIGHT)
    expected[80:85, 100:110] = False
    np.testing.assert_array_equal(mouse.document.mask > 127, expected)
    assert mouse.document.undo() == "rectangle"


def test_in_subtract_mode_shift_adds(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.RECTANGLE)
    mouse.canvas.set_combine("subtract")
    mouse.drag([(20, 30), (60, 60)], keys=SHIFT)
    mouse.drag([(20, 30), (40, 60)])
    assert np.count_nonzero(mouse.document.mask) == 20 * 30


def test_a_rectangle_drawn_over_the_edge_ends_there(make: Make) -> None:
    mouse = make()
    mouse.canvas.set_tool(Tool.RECTANGLE)
    mouse.drag([(280, 180), (320, 215)])
    assert mouse.document.mask[180:, 280:].all()


def test_a_lasso_fills_what_it_encloses(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.LASSO)
    mouse.drag([(50, 50), (150, 50), (150, 150), (50, 150)])
    assert mouse.document.mask[52:149, 52:149].all()
    assert np.count_nonzero(mouse.document.mask) <= 101 * 101
    mouse.drag([(80, 80), (120, 80), (120, 120), (80, 120)], keys=ALT)
    assert not mouse.document.mask[82:119, 82:119].any()


def test_the_fill_tool_closes_a_ring(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.RECTANGLE)
    mouse.drag([(50, 50), (150, 150)])
    mouse.drag([(60, 60), (140, 140)], keys=ALT)
    mouse.canvas.set_tool(Tool.FILL)
    mouse.click((100, 100))
    assert mouse.document.mask[50:150, 50:150].all()
    assert np.count_nonzero(mouse.document.mask) == 100 * 100
    assert mouse.document.history.undo_name == "fill region"


@pytest.mark.parametrize("tool", [Tool.RECTANGLE, Tool.LASSO, Tool.BRUSH])
def test_escape_takes_back_what_is_being_drawn(make: Make, tool: Tool) -> None:
    mouse = make()
    mouse.canvas.set_tool(tool)
    mouse.press((50, 50))
    mouse.move((100, 60))
    mouse.move((100, 120))
    QTest.keyClick(mouse.canvas, Qt.Key.Key_Escape)
    mouse.release((100, 120))
    assert not mouse.document.mask.any()
    assert not mouse.document.history.can_undo
    assert not mouse.document.editing


def test_escape_belongs_to_the_canvas_only_while_it_can_cancel(make: Make) -> None:
    mouse = make()

    def taken() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(mouse.canvas, event)
        return event.isAccepted()

    assert not taken()
    mouse.press((50, 50))
    assert taken()
    mouse.release((50, 50))


def test_losing_focus_keeps_the_stroke_and_lets_go_of_space(make: Make) -> None:
    mouse = make()
    QTest.keyPress(mouse.canvas, Qt.Key.Key_Space)
    QApplication.sendEvent(mouse.canvas, QFocusEvent(QEvent.Type.FocusOut))
    mouse.press((50, 50))
    mouse.move((80, 50))
    QApplication.sendEvent(mouse.canvas, QFocusEvent(QEvent.Type.FocusOut))
    mouse.move((80, 150))
    assert mouse.document.mask[50, 80] == 255
    assert mouse.document.mask[150, 80] == 0
    assert mouse.document.history.undo_name == "brush stroke"


def test_losing_focus_drops_a_rubber_band(make: Make) -> None:
    mouse = make()
    mouse.canvas.set_tool(Tool.RECTANGLE)
    mouse.press((50, 50))
    mouse.move((80, 90))
    QApplication.sendEvent(mouse.canvas, QFocusEvent(QEvent.Type.FocusOut))
    mouse.release((80, 90))
    assert not mouse.document.history.can_undo


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ([(100, 80), (130, 90)], Frame(90, 60, 60)),  # the inside moves it
        ([(120, 110), (140, 130)], Frame(60, 50, 80)),  # corner, the opposite one stays
        ([(60, 50), (40, 30)], Frame(40, 30, 80)),
        ([(120, 80), (140, 80)], Frame(60, 40, 80)),  # side, the opposite side and the middle stay
        ([(90, 50), (90, 30)], Frame(50, 30, 80)),
        ([(120, 110), (61, 51)], Frame(60, 50, 8)),  # never smaller than eight pixels
        ([(100, 80), (900, 80)], Frame(285, 50, 60)),  # never out of the photo
    ],
)
def test_dragging_the_frame_reports_the_right_square(
    make: Make, qtbot: QtBot, way: list[tuple[int, int]], expected: Frame
) -> None:
    mouse = make(window=(600, 500))
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.FRAME)
    mouse.canvas.set_frames([Frame(60, 50, 60)], 0, "model sees 64 × 64")
    with qtbot.waitSignal(mouse.canvas.frame_edited) as edited:
        mouse.drag([way[0], way[-1]])
    assert edited.args == [expected]
    assert not mouse.document.mask.any()


def test_shift_makes_a_frame_move_finely(make: Make, qtbot: QtBot) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.FRAME)
    mouse.canvas.set_frames([Frame(60, 50, 60)], 0, "")
    with qtbot.waitSignal(mouse.canvas.frame_edited) as edited:
        mouse.drag([(90, 80), (140, 80)], keys=SHIFT)
    assert edited.args == [Frame(70, 50, 60)]


@pytest.mark.parametrize(
    ("end", "keys", "angle"),
    [
        ((210, 80), None, 90.0),  # the handle is 24 pixels above (90, 50); the centre is (90, 80)
        ((90, 400), None, 180.0),  # beyond the photo only the direction counts
        ((-500, 80), None, -90.0),
        ((100, 30), SHIFT, 15.0),  # 11.3 degrees
        ((93, 30), SHIFT, 0.0),
    ],
)
def test_the_round_handle_turns_the_frame(
    make: Make, qtbot: QtBot, end: tuple[int, int], keys: Qt.KeyboardModifier | None, angle: float
) -> None:
    mouse = make(window=(600, 500))
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.FRAME)
    mouse.canvas.set_frames([Frame(60, 50, 60, 5)], 0, "")
    handle = turn_handle(mouse.canvas.view, Frame(60, 50, 60, 5))
    start = mouse.canvas.view.to_photo(handle.x(), handle.y())
    with qtbot.waitSignal(mouse.canvas.frame_edited) as edited:
        mouse.drag([start, end], **({"keys": keys} if keys else {}))
    (frame,) = edited.args
    assert (frame.x, frame.y, frame.size) == (60, 50, 60)
    assert frame.angle == pytest.approx(angle, abs=2)
    if keys:
        assert frame.angle == angle


def test_a_turned_frame_is_gripped_and_grows_along_its_own_sides(make: Make, qtbot: QtBot) -> None:
    mouse = make(window=(600, 500))
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.FRAME)
    frame = Frame(90, 50, 60, 45)
    mouse.canvas.set_frames([frame], 0, "")
    corner, fixed = frame.to_photo(1, 1), frame.to_photo(0, 0)
    with qtbot.waitSignal(mouse.canvas.frame_edited) as edited:
        mouse.drag([corner, (corner[0], corner[1] + 28.28)])  # down along its diagonal: 20 along each side
    (grown,) = edited.args
    assert grown.angle == 45
    assert grown.size == pytest.approx(80, abs=1)
    assert grown.to_photo(0, 0) == pytest.approx(fixed, abs=1)


def test_escape_leaves_the_frame_where_it_was(make: Make, qtbot: QtBot) -> None:
    mouse = make()
    mouse.canvas.set_tool(Tool.FRAME)
    mouse.canvas.set_frames([Frame(60, 50, 60)], 0, "")
    with qtbot.assertNotEmitted(mouse.canvas.frame_edited):
        mouse.press((90, 80))
        mouse.move((140, 80))
        QTest.keyClick(mouse.canvas, Qt.Key.Key_Escape)
        mouse.release((140, 80))


def test_pressing_another_frame_selects_it(make: Make, qtbot: QtBot) -> None:
    mouse = make()
    mouse.canvas.set_tool(Tool.FRAME)
    mouse.canvas.set_frames([Frame(10, 10, 60), Frame(150, 60, 80)], 0, "")
    with qtbot.waitSignal(mouse.canvas.frame_selected) as selected:
        mouse.click((190, 100))
    assert selected.args == [1]


def test_without_a_frame_dragging_draws_one(make: Make, qtbot: QtBot) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(Tool.FRAME)
    with qtbot.waitSignal(mouse.canvas.frame_edited) as edited:
        mouse.drag([(60, 50), (120, 100)])
    assert edited.args == [Frame(60, 50, 60)]
