"""The tools, and the gestures that a mouse press begins and a release ends."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import MAX_DIAMETER, MIN_DIAMETER, Brush, Point, Pressure
from wganpaint_gui.gui.look.translation import QT_TR_NOOP

from .frame_item import FINE, Grip, dragged, drawn, turned
from .view import View


class Tool(Enum):
    """The tools: what the left mouse button does."""

    BRUSH = auto()
    ERASER = auto()
    RECTANGLE = auto()
    ELLIPSE = auto()
    LASSO = auto()
    POLYGON = auto()
    WAND = auto()
    FILL = auto()
    FRAME = auto()
    PAN = auto()

    @property
    def paints(self) -> bool:
        return self in (Tool.BRUSH, Tool.ERASER)


@dataclass(frozen=True)
class Pointer:
    """Position of the mouse and state of its modifier keys."""

    screen: QPointF  # logical pixels
    photo: Point
    shift: bool = False
    alt: bool = False
    ctrl: bool = False
    pressure: float = 1.0  # of a pen, 0..1; a mouse has full pressure


class Gesture:
    """An action that begins with a mouse press. Exactly one of release, cancel and interrupt ends it."""

    cursor: Qt.CursorShape | None = None  # shown while it lasts; None: the tool's

    def move(self, at: Pointer) -> None:
        raise NotImplementedError

    def release(self, at: Pointer) -> None:
        """Finish: the button was released."""

    def cancel(self) -> None:
        """Undo everything since the press: Escape was pressed."""

    def interrupt(self) -> None:
        """End without a release, which will not come because another window has the focus."""
        self.cancel()

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw the gesture's preview, in logical pixels."""

    def bounds(self, view: View) -> QRect:
        """Return the logical pixels that `paint` touches."""
        del view
        return QRect()


class Stroke(Gesture):
    """Paints or erases along the mouse's path, live; one undo entry."""

    def __init__(
        self,
        document: Document,
        brush: Brush,
        at: Pointer,
        *,
        erase: bool,
        start: Point | None,
        pressure: Pressure = "size",
    ) -> None:
        """Begin to paint. start: of a straight segment that ends at the press. pressure: what a pen's changes."""
        self._pressure_changes = pressure
        self._edit = document.edit_mask(QT_TR_NOOP("eraser stroke") if erase else QT_TR_NOOP("brush stroke"))
        self._brush = self._pressed = brush
        self.erase = erase
        self.last = start or at.photo
        self._press(at.pressure)
        self._paint_to(at.photo)

    def _press(self, pressure: float) -> None:
        self._pressed = self._brush.pressed(pressure, self._pressure_changes)

    def _paint_to(self, point: Point) -> None:
        self._edit.segment(self.last, point, self._pressed, erase=self.erase)
        self.last = point

    def move(self, at: Pointer) -> None:
        self._press(at.pressure)
        self._paint_to(at.photo)

    def release(self, at: Pointer) -> None:
        # A lifted pen has no pressure: its last segment is as wide as the one before.
        if at.photo != self.last:
            self._paint_to(at.photo)
        self._edit.commit()

    def cancel(self) -> None:
        self._edit.cancel()

    def interrupt(self) -> None:
        self._edit.commit()


class FrameDrag(Gesture):
    """Moves, resizes or turns the active frame, or draws a new one if grip is None; reports it on release."""

    def __init__(
        self, frame: Frame | None, grip: Grip | None, at: Pointer, photo: tuple[int, int], done: Callable[[Frame], None]
    ) -> None:
        self._before = frame
        self._grip = grip
        self._start = self._last = at.photo
        self._way = (0.0, 0.0)
        self._photo = photo
        self._done = done
        self.frame = frame
        self.cursor = grip.cursor(frame.angle) if grip and frame else Qt.CursorShape.CrossCursor

    def move(self, at: Pointer) -> None:
        if self._before is None or self._grip is None:
            self.frame = drawn(self._start, at.photo, self._photo) or self._before
            return
        if self._grip is Grip.TURN:
            self.frame = turned(self._before, self._start, at.photo, self._photo, snap=at.shift)
            return
        # Summed up, so that the frame does not jump when Shift is pressed or released on the way.
        part = FINE if at.shift else 1.0
        dx, dy = at.photo[0] - self._last[0], at.photo[1] - self._last[1]
        self._way = (self._way[0] + dx * part, self._way[1] + dy * part)
        self._last = at.photo
        self.frame = dragged(self._before, self._grip, *self._way, self._photo)

    def release(self, at: Pointer) -> None:
        self.move(at)
        if self.frame is not None and self.frame != self._before:
            self._done(self.frame)


class Drag(Gesture):
    """Reports each movement of the mouse, in logical pixels: to pan the view, or to move the divider."""

    def __init__(self, at: Pointer, moved: Callable[[float, float], None], cursor: Qt.CursorShape) -> None:
        self._last = at.screen
        self._moved = moved
        self.cursor = cursor

    def move(self, at: Pointer) -> None:
        way = at.screen - self._last
        self._last = at.screen
        self._moved(way.x(), way.y())


class BrushDrag(Gesture):
    """Changes the brush's size (sideways) and hardness (up and down); the circle stays where it was pressed."""

    def __init__(self, at: Pointer, brush: Brush, changed: Callable[[Brush], None]) -> None:
        self.centre = at.screen
        self._before = brush
        self._changed = changed

    def move(self, at: Pointer) -> None:
        way = at.screen - self.centre
        # The same distance is the same factor for a small and a large brush.
        diameter = self._before.diameter * math.exp(way.x() / 150)
        hardness = self._before.hardness - way.y() / 200
        self._changed(limited_brush(diameter, hardness))

    def cancel(self) -> None:
        self._changed(self._before)


def limited_brush(diameter: float, hardness: float) -> Brush:
    """Return the nearest brush within the limits."""
    return Brush(min(MAX_DIAMETER, max(MIN_DIAMETER, diameter)), min(1.0, max(0.0, hardness)))
