"""The shapes: rubber bands that change the mask when they are closed."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.region import Combine, Region, ellipse, polygon, rectangle
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import Point
from wganpaint_gui.gui.look.translation import QT_TR_NOOP

from .tools import Gesture, Pointer
from .view import View

_CLOSE = 7.0  # logical pixels from a corner at which a click means that corner
_HANDLE = 3.5  # logical pixels, half a side of a corner's square


def combination(*, shift: bool, less: bool, chosen: Combine) -> Combine:
    """Return what a shape does to the mask.

    less: whether Alt or Ctrl is held, or the button is the right one. chosen: without any of them.
    """
    if less:
        return "intersect" if shift else "subtract"
    return "add" if shift else chosen


class Shape(Gesture):
    """A rubber band that changes the mask on release, as one undo entry."""

    name = ""

    def __init__(self, document: Document, at: Pointer, *, how: Combine, tint: QColor) -> None:
        """tint: the colour in which the mask is shown."""
        self._document = document
        self._points: list[Point] = [at.photo]
        self._how = how
        self._tint = tint

    def release(self, at: Pointer) -> None:
        self.move(at)
        self._finish()

    def _finish(self) -> None:
        with self._document.edit_mask(self.name) as edit:
            edit.combine(self._region(), self._how)

    def _region(self) -> Region:
        raise NotImplementedError

    def _outline(self, view: View) -> QPolygonF:
        raise NotImplementedError

    def paint(self, painter: QPainter, view: View) -> None:
        adds = self._how == "add"
        ground = QColor(self._tint) if adds else QColor("#ffffff")
        ground.setAlphaF(0.22 if adds else 0.12)
        outline = self._outline(view)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 2.0))
        painter.setBrush(ground)
        painter.drawPolygon(outline)
        dashes = QPen(QColor("#ffffff"), 1.2)
        dashes.setDashPattern([4.0, 4.0])
        painter.setPen(dashes)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(outline)
        painter.restore()

    def bounds(self, view: View) -> QRect:
        return self._outline(view).boundingRect().toAlignedRect().adjusted(-6, -6, 6, 6)


class RectangleBand(Shape):
    """A rectangle of whole photo pixels between press and release.

    Shift and Alt say at the press how it is combined; pressed later, Shift makes it a square and Alt (or Ctrl) centres
    it on the press, as in other editors.
    """

    name = QT_TR_NOOP("rectangle")

    def __init__(self, document: Document, at: Pointer, *, how: Combine, tint: QColor) -> None:
        super().__init__(document, at, how=how, tint=tint)
        self._shift_is_new = self._alt_is_new = False  # whether the key was up since the press
        self._square = self._centred = False

    def move(self, at: Pointer) -> None:
        self._shift_is_new |= not at.shift
        self._alt_is_new |= not (at.alt or at.ctrl)
        self._square = at.shift and self._shift_is_new
        self._centred = (at.alt or at.ctrl) and self._alt_is_new
        self._points[1:] = [at.photo]

    @property
    def box(self) -> Box:
        """The rectangle, also where it reaches over the photo's edge."""
        (x0, y0), (x1, y1) = self._points[0], self._points[-1]
        across, down = x1 - x0, y1 - y0
        if self._square:
            side = max(abs(across), abs(down))
            across, down = math.copysign(side, across), math.copysign(side, down)
        if self._centred:
            x0, y0, across, down = x0 - across, y0 - down, 2 * across, 2 * down
        left, top = round(min(x0, x0 + across)), round(min(y0, y0 + down))
        return Box(left, top, round(max(x0, x0 + across)) - left, round(max(y0, y0 + down)) - top)

    def _region(self) -> Region:
        return rectangle(self.box, self._document.photo.box)

    def _on_screen(self, view: View, box: Box) -> QRectF:
        left, top = view.to_screen(box.x, box.y)
        return QRectF(left, top, box.width * view.scale, box.height * view.scale)

    def _outline(self, view: View) -> QPolygonF:
        return QPolygonF(self._on_screen(view, self.box.intersect(self._document.photo.box)))


class EllipseBand(RectangleBand):
    """The ellipse in the rectangle between press and release."""

    name = QT_TR_NOOP("ellipse")

    def _region(self) -> Region:
        return ellipse(self.box, self._document.photo.box)

    def _outline(self, view: View) -> QPolygonF:
        around = self._on_screen(view, self.box)
        centre, across, down = around.center(), around.width() / 2, around.height() / 2
        turns = [math.radians(turn) for turn in range(0, 360, 3)]
        return QPolygonF([centre + QPointF(across * math.cos(turn), down * math.sin(turn)) for turn in turns])


class LassoBand(Shape):
    """A freehand outline, closed by a straight line."""

    name = QT_TR_NOOP("lasso")

    def move(self, at: Pointer) -> None:
        if at.photo != self._points[-1]:
            self._points.append(at.photo)

    def _region(self) -> Region:
        return polygon(self._points, self._document.photo.box)

    def _outline(self, view: View) -> QPolygonF:
        return QPolygonF([QPointF(*view.to_screen(*point)) for point in self._points])


class PolygonBand(LassoBand):
    """An outline of straight lines, a corner for each click.

    A click on the first corner, or two on the same place, close it; so does Enter, while Backspace removes a corner.
    """

    name = QT_TR_NOOP("polygon")

    def __init__(self, document: Document, at: Pointer, *, how: Combine, tint: QColor) -> None:
        super().__init__(document, at, how=how, tint=tint)
        self._mouse = at.photo

    def move(self, at: Pointer) -> None:
        self._mouse = at.photo

    def click(self, at: Pointer, view: View) -> bool:
        """Add a corner; return True instead where the click means to close the outline."""
        self._mouse = at.photo
        ends = (self._points[0], self._points[-1])
        if any(math.dist(view.to_screen(*point), at.screen.toTuple()) <= _CLOSE for point in ends):
            return True
        self._points.append(at.photo)
        return False

    @property
    def corners(self) -> int:
        return len(self._points)

    def remove_corner(self) -> bool:
        """Remove the newest corner; return False where none is left."""
        self._points.pop()
        return bool(self._points)

    def close(self) -> None:
        """Change the mask; needs three corners."""
        self._finish()

    def _outline(self, view: View) -> QPolygonF:
        return QPolygonF([QPointF(*view.to_screen(*point)) for point in (*self._points, self._mouse)])

    def paint(self, painter: QPainter, view: View) -> None:
        super().paint(painter, view)
        painter.save()
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1.0))
        painter.setBrush(QColor("#ffffff"))
        for point in self._points:
            x, y = view.to_screen(*point)
            painter.drawRect(QRectF(x - _HANDLE, y - _HANDLE, 2 * _HANDLE, 2 * _HANDLE))
        painter.restore()
