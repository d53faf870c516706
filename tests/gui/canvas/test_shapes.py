"""Ellipses, polygons and how shapes combine with the mask, by real mouse events and keys on a shown canvas."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.canvas_mouse import ALT, CTRL, MIDDLE, NO_KEYS, RIGHT, SHIFT, CanvasMouse, Make
from wganpaint_gui.gui.canvas.tools import Tool

TRIANGLE = [(50, 50), (150, 50), (50, 150)]
BACKSPACE, ENTER, ESCAPE = Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Escape


def with_tool(make: Make, tool: Tool) -> CanvasMouse:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_tool(tool)
    return mouse


def hole(mouse: CanvasMouse) -> NDArray[np.bool_]:
    return mouse.document.mask > 127


def box(left: int, top: int, right: int, bottom: int) -> NDArray[np.bool_]:
    filled = np.zeros((200, 300), bool)
    filled[top:bottom, left:right] = True
    return filled


def corners(mouse: CanvasMouse, *points: tuple[float, float], keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    for point in points:
        mouse.click(point, keys=keys)


def test_an_ellipse_masks_what_lies_inside_it(make: Make) -> None:
    mouse = with_tool(make, Tool.ELLIPSE)
    mouse.drag([(60, 50), (160, 110)])
    rows, columns = np.mgrid[:200, :300] + 0.5
    distance = ((columns - 110) / 50) ** 2 + ((rows - 80) / 30) ** 2  # 1 on the outline
    certain = abs(distance - 1) > 1e-9
    assert np.array_equal(hole(mouse)[certain], (distance < 1)[certain])
    assert mouse.document.undo() == "ellipse"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (NO_KEYS, box(20, 20, 120, 120) | box(80, 80, 180, 180)),
        (SHIFT, box(20, 20, 120, 120) | box(80, 80, 180, 180)),
        (ALT, box(20, 20, 120, 120) & ~box(80, 80, 180, 180)),
        (CTRL, box(20, 20, 120, 120) & ~box(80, 80, 180, 180)),
        (SHIFT | ALT, box(80, 80, 120, 120)),
        (SHIFT | CTRL, box(80, 80, 120, 120)),
    ],
    ids=["none", "shift", "alt", "ctrl", "shift-alt", "shift-ctrl"],
)
def test_shift_adds_alt_or_ctrl_subtracts_and_both_intersect(make: Make, keys, expected) -> None:
    mouse = with_tool(make, Tool.RECTANGLE)
    mouse.drag([(20, 20), (120, 120)])
    mouse.drag([(80, 80), (180, 180)], keys=keys)
    assert np.array_equal(hole(mouse), expected)


def test_the_chosen_way_holds_without_keys_and_a_right_button_subtracts(make: Make) -> None:
    mouse = with_tool(make, Tool.RECTANGLE)
    mouse.drag([(20, 20), (120, 120)])
    mouse.canvas.set_combine("intersect")
    mouse.drag([(80, 80), (180, 180)])
    assert np.array_equal(hole(mouse), box(80, 80, 120, 120))
    mouse.drag([(80, 80), (100, 120)], RIGHT)
    assert np.array_equal(hole(mouse), box(100, 80, 120, 120))


def test_a_click_without_a_drag_does_not_clear_the_mask(make: Make) -> None:
    mouse = with_tool(make, Tool.RECTANGLE)
    mouse.drag([(20, 20), (120, 120)])
    mouse.click((200, 150), keys=SHIFT | ALT)
    assert np.array_equal(hole(mouse), box(20, 20, 120, 120))
    assert mouse.document.history.done_names == ("rectangle",)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(SHIFT, box(60, 50, 100, 90)), (ALT, box(20, 30, 100, 70)), (SHIFT | CTRL, box(20, 10, 100, 90))],
    ids=["a square", "around the press", "a square around the press"],
)
def test_keys_pressed_after_the_button_constrain_the_rectangle(make: Make, keys, expected) -> None:
    mouse = with_tool(make, Tool.RECTANGLE)
    mouse.press((60, 50))
    mouse.move((70, 55))
    mouse._keys = keys
    mouse.move((100, 70))
    mouse.release((100, 70))
    assert np.array_equal(hole(mouse), expected)


def test_a_circle_may_reach_over_the_photos_edge(make: Make) -> None:
    mouse = with_tool(make, Tool.ELLIPSE)
    mouse.drag([(-40, 60), (40, 140)])
    assert hole(mouse)[100, 0]
    assert not hole(mouse)[60:65, :40].all()
    assert hole(mouse)[100, :39].all()


@pytest.mark.parametrize("end", ["first corner", "double click", "enter"])
def test_clicks_make_a_polygon_until_it_is_closed(make: Make, end: str) -> None:
    mouse = with_tool(make, Tool.POLYGON)
    corners(mouse, *TRIANGLE)
    assert not hole(mouse).any()
    match end:
        case "first corner":
            mouse.click((53, 52))
        case "double click":
            QTest.mouseDClick(mouse.canvas, Qt.MouseButton.LeftButton, pos=mouse.screen(TRIANGLE[-1]))
        case _:
            QTest.keyClick(mouse.canvas, ENTER)
    rows, columns = np.mgrid[:200, :300] + 0.5
    inside = (columns > 51) & (rows > 51) & (columns + rows < 199)
    outside = (columns < 49) | (rows < 49) | (columns + rows > 202)
    assert hole(mouse)[inside].all()
    assert not hole(mouse)[outside].any()
    assert mouse.document.history.done_names == ("polygon",)


def test_a_polygon_subtracts_and_intersects_by_the_keys_of_its_first_click(make: Make) -> None:
    mouse = with_tool(make, Tool.RECTANGLE)
    mouse.drag([(20, 20), (200, 180)])
    mouse.canvas.set_tool(Tool.POLYGON)
    mouse.click((50, 50), keys=ALT)
    corners(mouse, (150, 50), (150, 150), (50, 150), (50, 50))
    assert not hole(mouse)[60:140, 60:140].any()
    assert hole(mouse)[30, 30]
    mouse.click((100, 100), keys=SHIFT | ALT)
    corners(mouse, (180, 100), (180, 170), (100, 170), (100, 100))
    assert not hole(mouse)[30, 30]
    assert hole(mouse)[160, 170]


def test_a_polygon_of_two_points_says_what_is_missing_and_stays_open(make: Make, qtbot: QtBot) -> None:
    mouse = with_tool(make, Tool.POLYGON)
    corners(mouse, *TRIANGLE[:2])
    with qtbot.waitSignal(mouse.canvas.refused) as refused:
        QTest.keyClick(mouse.canvas, ENTER)
    assert "three corners" in refused.args[0]
    assert not mouse.document.history.can_undo
    corners(mouse, TRIANGLE[2], TRIANGLE[0])
    assert hole(mouse)[70, 70]


def test_backspace_takes_corners_back_one_by_one(make: Make) -> None:
    mouse = with_tool(make, Tool.POLYGON)
    corners(mouse, *TRIANGLE, (250, 150))
    QTest.keyClick(mouse.canvas, BACKSPACE)
    QTest.keyClick(mouse.canvas, ENTER)
    assert not hole(mouse)[120:, 120:].any()
    corners(mouse, *TRIANGLE)
    for _ in TRIANGLE:
        QTest.keyClick(mouse.canvas, BACKSPACE)
    QTest.keyClick(mouse.canvas, ENTER)
    assert mouse.document.history.done_names == ("polygon",)


def test_escape_and_another_tool_drop_a_polygon(make: Make) -> None:
    mouse = with_tool(make, Tool.POLYGON)
    corners(mouse, *TRIANGLE)
    QTest.keyClick(mouse.canvas, ESCAPE)
    corners(mouse, *TRIANGLE)
    mouse.canvas.set_tool(Tool.LASSO)
    mouse.canvas.set_tool(Tool.POLYGON)
    QTest.keyClick(mouse.canvas, ENTER)
    assert not mouse.document.history.can_undo


def test_a_polygon_goes_on_after_panning_zooming_and_a_look_at_another_window(make: Make) -> None:
    mouse = with_tool(make, Tool.POLYGON)
    corners(mouse, *TRIANGLE[:2])
    mouse.drag([(100, 100), (80, 90)], MIDDLE)
    mouse.wheel((100, 100), 1)
    QApplication.sendEvent(mouse.canvas, QFocusEvent(QEvent.Type.FocusOut))
    corners(mouse, TRIANGLE[2], TRIANGLE[0])
    assert hole(mouse)[70, 70]
    assert not hole(mouse)[120:, 120:].any()


def test_enter_and_backspace_belong_to_the_canvas_only_while_a_polygon_is_drawn(make: Make) -> None:
    mouse = with_tool(make, Tool.POLYGON)

    def taken(key: Qt.Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, NO_KEYS)
        event.ignore()
        QApplication.sendEvent(mouse.canvas, event)
        return event.isAccepted()

    assert not taken(ENTER)
    mouse.click(TRIANGLE[0])
    assert all(taken(key) for key in (ENTER, BACKSPACE, ESCAPE))
    QTest.keyClick(mouse.canvas, ESCAPE)
    assert not taken(BACKSPACE)


def test_the_band_is_drawn_and_gone_afterwards(make: Make) -> None:
    mouse = with_tool(make, Tool.POLYGON)
    before = mouse.colour((50, 50))
    corners(mouse, *TRIANGLE)
    assert mouse.colour((50, 50)) == (255, 255, 255), "a corner has a handle"
    QTest.keyClick(mouse.canvas, ESCAPE)
    assert mouse.colour((50, 50)) == before


def test_the_fill_tool_with_shift_and_alt_keeps_one_part_of_the_mask(make: Make) -> None:
    mouse = with_tool(make, Tool.RECTANGLE)
    mouse.drag([(20, 20), (60, 60)])
    mouse.drag([(100, 20), (160, 60)])
    mouse.canvas.set_tool(Tool.FILL)
    mouse.click((120, 40), keys=SHIFT | ALT)
    assert np.array_equal(hole(mouse), box(100, 20, 160, 60))
