"""Zooming, panning, brush gestures and what else a person does to look, by real events on a shown canvas."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.canvas_mouse import ALT, CTRL, MIDDLE, RIGHT, Make, plain_photo
from tests.gui.seen import pixels_of
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.look import theme


@pytest.mark.parametrize("keys", [Qt.KeyboardModifier.NoModifier, CTRL])
def test_the_wheel_zooms_at_the_mouse(make: Make, qtbot: QtBot, keys: Qt.KeyboardModifier) -> None:
    mouse = make(3000, 2000)
    mouse.canvas.zoom_actual()
    before = mouse.aimed((1550, 1040))
    at = mouse.screen((1550, 1040))
    with qtbot.waitSignal(mouse.canvas.zoom_changed) as changed:
        mouse.wheel((1550, 1040), 1, keys)
    assert changed.args == [pytest.approx(1.2)]
    assert mouse.canvas.view.to_photo(at.x(), at.y()) == pytest.approx(before, abs=0.01)


def test_no_circle_is_left_behind_when_the_mouse_moves_after_zooming(make: Make) -> None:
    canvas = make(3000, 2000).canvas
    canvas.set_brush(Brush(400))
    QTest.mouseMove(canvas, QPoint(200, 200))
    canvas.zoom_actual()
    QApplication.processEvents()  # painted at its new, larger size
    assert np.array_equal(pixels_of(canvas.screen().grabWindow(canvas.winId())), pixels_of(canvas))
    at, none = QPointF(420, 330), Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, canvas.mapToGlobal(at), none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, move)
    QApplication.processEvents()
    assert np.array_equal(pixels_of(canvas.screen().grabWindow(canvas.winId())), pixels_of(canvas))


def test_a_pinch_zooms_at_the_fingers(make: Make) -> None:
    mouse = make(3000, 2000)
    mouse.canvas.zoom_actual()
    before = mouse.aimed((1500, 1000))
    at = mouse.screen((1500, 1000))
    mouse.pinch(at, 1.25)
    assert mouse.canvas.view.zoom == pytest.approx(1.25)
    assert mouse.canvas.view.to_photo(at.x(), at.y()) == pytest.approx(before, abs=0.01)


def test_alt_wheel_changes_the_brush_size_and_not_the_zoom(make: Make, qtbot: QtBot) -> None:
    mouse = make()
    zoom = mouse.canvas.view.zoom
    with qtbot.waitSignal(mouse.canvas.brush_changed) as changed:
        mouse.wheel((100, 100), 1, ALT)
    assert changed.args[0].diameter == pytest.approx(23.0)
    assert mouse.canvas.view.zoom == zoom


def test_alt_right_drag_changes_size_and_hardness_and_paints_nothing(make: Make) -> None:
    mouse = make()
    mouse.canvas.zoom_actual()
    mouse.canvas.set_brush(Brush(20, 0.5))
    mouse.drag([(100, 100), (150, 100)], RIGHT, ALT)
    assert mouse.canvas.brush.diameter > 20
    assert mouse.canvas.brush.hardness == 0.5
    mouse.drag([(100, 100), (100, 60)], RIGHT, ALT)
    assert mouse.canvas.brush.hardness == pytest.approx(0.7)
    assert not mouse.document.history.can_undo


def test_the_brush_stays_within_its_limits(make: Make) -> None:
    mouse = make()
    mouse.canvas.scale_brush(1e6)
    mouse.canvas.harden_brush(9)
    assert mouse.canvas.brush == Brush(2000, 1.0)
    mouse.canvas.scale_brush(1e-9)
    assert mouse.canvas.brush.diameter == 1


@pytest.mark.parametrize("how", ["middle", "space", "hand"])
def test_middle_button_space_and_hand_pan(make: Make, how: str) -> None:
    mouse = make(3000, 2000)
    mouse.canvas.zoom_actual()
    start = mouse.screen((1500, 1000))
    if how == "space":
        QTest.keyPress(mouse.canvas, Qt.Key.Key_Space)
    if how == "hand":
        mouse.canvas.set_tool(Tool.PAN)
        assert mouse.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    button = MIDDLE if how == "middle" else Qt.MouseButton.LeftButton
    QTest.mousePress(mouse.canvas, button, pos=start)
    assert mouse.canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(mouse.canvas, start + QPoint(30, -20))
    QTest.mouseRelease(mouse.canvas, button, pos=start + QPoint(30, -20))
    assert mouse.screen((1500, 1000)) == start + QPoint(30, -20)
    assert not mouse.document.history.can_undo


def test_arrow_keys_scroll(make: Make) -> None:
    mouse = make(3000, 2000)
    mouse.canvas.zoom_actual()
    before = mouse.screen((1500, 1000))
    QTest.keyClick(mouse.canvas, Qt.Key.Key_Right)
    assert mouse.screen((1500, 1000)).x() < before.x()


def test_the_position_under_the_mouse_is_told_and_none_outside(make: Make) -> None:
    mouse = make()
    told: list[object] = []
    mouse.canvas.cursor_moved.connect(told.append)
    QTest.mouseMove(mouse.canvas, mouse.screen((120, 80)))
    x, y = mouse.aimed((120, 80))
    assert told[-1] == (int(x), int(y))
    QTest.mouseMove(mouse.canvas, QPoint(3, 3))
    assert told[-1] is None


def test_resizing_a_fitted_canvas_fits_again(make: Make) -> None:
    mouse = make(3000, 2000)
    before = mouse.canvas.view.zoom
    mouse.canvas.resize(900, 700)
    assert mouse.canvas.view.zoom > before
    assert mouse.canvas.view.fits


def test_changing_the_tool_while_painting_keeps_the_stroke(make: Make, qtbot: QtBot) -> None:
    mouse = make()
    mouse.press((50, 50))
    with qtbot.waitSignal(mouse.canvas.tool_changed) as changed:
        mouse.canvas.set_tool(Tool.LASSO)
    mouse.release((50, 50))
    assert changed.args == [Tool.LASSO]
    assert mouse.document.history.undo_name == "brush stroke"


def test_nothing_is_painted_while_the_original_is_looked_at(make: Make) -> None:
    mouse = make()
    mouse.canvas.show_original(True)
    mouse.click((100, 100))
    assert not mouse.document.mask.any()


def test_the_empty_canvas_asks_to_open_a_photo_or_the_sample(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.show()
    assert "Drop a photo here" in [label.text() for label in canvas.findChildren(QLabel)]
    for button in (canvas.empty.open_button, canvas.empty.sample_button):
        with qtbot.waitSignal(button.clicked):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_dropped_files_are_told_and_other_things_refused(make: Make, sample_photo_path: Path, tmp_path: Path) -> None:
    mouse = make()
    dropped: list[list[Path]] = []
    mouse.canvas.files_dropped.connect(dropped.append)

    def drop(urls: list[QUrl]) -> None:
        data = QMimeData()
        data.setUrls(urls)
        where, copy = QPoint(50, 50), Qt.DropAction.CopyAction
        held = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(mouse.canvas, QDragEnterEvent(where, copy, data, *held))
        QApplication.sendEvent(mouse.canvas, QDropEvent(QPointF(where), copy, data, *held))

    drop([QUrl("https://example.org/a.png"), QUrl.fromLocalFile(str(tmp_path))])
    drop([QUrl.fromLocalFile(str(sample_photo_path))])
    assert dropped == [[sample_photo_path]]


def test_another_document_is_not_disturbed_by_the_first_one(make: Make) -> None:
    mouse = make()
    other = Document(plain_photo(40, 30, (1, 2, 3)))
    mouse.canvas.show_document(other, None)
    mouse.document.replace_mask("all", np.full((200, 300), 255, np.uint8))
    mouse.canvas.grab()
    mouse.canvas.show_document(None, None)
    mouse.canvas.grab()
    assert not other.mask.any()


def test_a_document_that_is_no_longer_shown_is_free_at_once(make: Make) -> None:
    mouse = make()
    old = Document(plain_photo(40, 30, (1, 2, 3)))
    gone = weakref.ref(old)
    mouse.canvas.show_document(old, None)
    mouse.canvas.grab()
    gc.disable()
    try:
        mouse.canvas.show_document(mouse.document, None)
        del old
        assert gone() is None
    finally:
        gc.enable()


def test_a_part_of_the_photo_can_be_brought_close(make: Make, qtbot: QtBot) -> None:
    mouse = make(3000, 2000)
    assert mouse.canvas.view.fits
    with qtbot.waitSignal(mouse.canvas.zoom_changed) as zoomed:
        mouse.canvas.zoom_box(Box(1000, 600, 200, 100), 0.5)
    assert zoomed.args == [mouse.canvas.view.zoom]
    assert not mouse.canvas.view.fits
    assert mouse.canvas.view.zoom == pytest.approx(0.5 * 500 / 200)
    left, top = mouse.canvas.view.to_screen(1000, 600)
    right, bottom = mouse.canvas.view.to_screen(1200, 700)
    assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((250, 200))
    mouse.canvas.zoom_fit()
    assert mouse.canvas.view.fits


def test_the_empty_canvas_can_be_read_in_light_and_dark(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "dark")  # before any widget is made, as the program does
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(900, 640)
    canvas.show()
    for mode in ("dark", "light"):
        theme.apply_theme(qapp, mode)
        ground = QColor(theme.colours().surround)
        written = [label for label in canvas.findChildren(QLabel) if label.isVisible() and label.text()]
        assert len(written) == 2
        for label in written:
            assert contrast(label.palette().color(label.foregroundRole()), ground) >= 4.5
        assert {button.height() for button in canvas.findChildren(QPushButton)} == {36}


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2: 1 (the same) to 21 (black on white)."""

    def light(colour: QColor) -> float:
        parts = np.array(colour.getRgbF()[:3])
        linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_canvas_takes_the_keys_when_it_is_asked_to(make: Make, qtbot: QtBot) -> None:
    canvas = make().canvas
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)


def test_the_canvas_says_what_it_is(make: Make) -> None:
    canvas = make().canvas
    assert canvas.accessibleName() == "Photo canvas"
    assert canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
