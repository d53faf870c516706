"""A mouse for canvas tests: real mouse events, aimed in photo pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.mask import Point
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.gui.canvas.canvas import Canvas

LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT, ALT, CTRL = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class CanvasMouse:
    """Presses, drags and turns the wheel on a shown canvas."""

    def __init__(self, canvas: Canvas, document: Document) -> None:
        self.canvas = canvas
        self.document = document

    def screen(self, point: Point) -> QPoint:
        """The logical pixel nearest to a photo point."""
        x, y = self.canvas.view.to_screen(*point)
        return QPoint(round(x), round(y))

    def aimed(self, point: Point) -> Point:
        """The photo point the mouse really hits when aimed at one."""
        at = self.screen(point)
        return self.canvas.view.to_photo(at.x(), at.y())

    def press(self, point: Point, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.mousePress(self.canvas, button, keys, self.screen(point))
        self._held, self._keys = button, keys

    def move(self, point: Point) -> None:
        at = QPointF(self.screen(point))
        kind = QMouseEvent.Type.MouseMove
        # QTest.mouseMove knows no modifiers.
        event = QMouseEvent(kind, at, self.canvas.mapToGlobal(at), Qt.MouseButton.NoButton, self._held, self._keys)
        QApplication.sendEvent(self.canvas, event)

    def release(self, point: Point) -> None:
        QTest.mouseRelease(self.canvas, self._held, self._keys, self.screen(point))

    def drag(self, points: Sequence[Point], button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press on the first point, go through the others, let go on the last."""
        self.press(points[0], button, keys)
        for point in points[1:]:
            self.move(point)
        self.release(points[-1])

    def click(self, point: Point, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.drag([point], button, keys)

    def wheel(self, point: Point, notches: float, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        at = QPointF(self.screen(point))
        turn = QPoint(0, round(120 * notches))
        if keys & ALT:
            turn = turn.transposed()  # as X11 and Windows report it
        event = QWheelEvent(
            at,
            self.canvas.mapToGlobal(at),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.canvas, event)

    def pinch(self, at: QPoint, factor: float) -> None:
        """Spread or close two fingers on a touchpad, with the mouse at a logical pixel."""
        where, kind = QPointF(at), Qt.NativeGestureType.ZoomNativeGesture
        on_screen = self.canvas.mapToGlobal(where)
        event = QNativeGestureEvent(kind, _touchpad(), 2, where, where, on_screen, factor - 1, QPointF())
        QApplication.sendEvent(self.canvas, event)

    def zoom_to(self, zoom: float) -> None:
        """From 100 %, with a pinch in the middle of the canvas."""
        self.canvas.zoom_actual()
        self.pinch(self.canvas.rect().center(), zoom)
        assert abs(self.canvas.view.zoom - zoom) < 1e-9

    def pan(self, dx: int, dy: int) -> None:
        """Move the photo by logical pixels, with two fingers on a touchpad."""
        at, way = QPointF(self.canvas.rect().center()), QPoint(dx, dy)
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.ScrollUpdate
        source = Qt.MouseEventSource.MouseEventNotSynthesized
        on_screen = self.canvas.mapToGlobal(at)
        event = QWheelEvent(at, on_screen, way, way * 8, none, NO_KEYS, phase, False, source, _touchpad())
        QApplication.sendEvent(self.canvas, event)

    def redraw(self) -> None:
        """Have the canvas draw everything again from nothing, as it does when the system's colours change."""
        QApplication.sendEvent(self.canvas, QEvent(QEvent.Type.PaletteChange))

    def colour(self, point: Point) -> tuple[int, int, int]:
        """What the canvas shows at a photo point."""
        x, y = self.canvas.view.to_screen(*point)
        ratio = self.canvas.devicePixelRatioF()
        colour: QColor = self.canvas.grab().toImage().pixelColor(int(x * ratio), int(y * ratio))
        return colour.red(), colour.green(), colour.blue()


@cache
def _touchpad() -> QPointingDevice:
    """Qt keeps pointers to it."""
    kind, fingers = QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger
    return QPointingDevice("touchpad", 1, kind, fingers, QInputDevice.Capability.Position, 2, 0)


def disc(document: Document, centre: Point, radius: float) -> np.ndarray:
    """[H, W] bool: pixels whose centre lies inside a circle."""
    rows, columns = np.mgrid[: document.photo.height, : document.photo.width] + 0.5
    return np.asarray((columns - centre[0]) ** 2 + (rows - centre[1]) ** 2 < radius**2)


def plain_photo(width: int, height: int, colour: Sequence[int]) -> Photo:
    """A photo of one colour; as many channels as the colour has."""
    pixels = np.empty((height, width, len(colour)), np.uint8)
    pixels[...] = colour
    return Photo(pixels)


Make = Callable[..., CanvasMouse]  # the fixture `make`: width, height of the photo, size of the window
