"""The frame on the canvas: where its handles are, how dragging changes it, and how it is drawn."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen

from wganpaint_gui.core.geometry import Frame

from .cursor import label_box, paint_label
from .view import View

MIN_SIZE = 8  # photo pixels
_REACH = 7.0  # logical pixels around a handle that grab it
FINE = 0.2  # share of the mouse's movement that a frame follows while Shift is held
_LINE = 1.5  # logical pixels
_DASH = 10  # logical pixels, a light and a dark part
_SIDE = 8.0  # logical pixels a handle is wide


class Grip(Enum):
    """The part of a frame that is grabbed: its inside, or a handle, named by its direction from the centre."""

    INSIDE = (0, 0)
    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    @property
    def cursor(self) -> Qt.CursorShape:
        x, y = self.value
        if x == 0 and y == 0:
            return Qt.CursorShape.SizeAllCursor
        if x == 0 or y == 0:
            return Qt.CursorShape.SizeVerCursor if x == 0 else Qt.CursorShape.SizeHorCursor
        return Qt.CursorShape.SizeFDiagCursor if x == y else Qt.CursorShape.SizeBDiagCursor


_HANDLES = tuple(grip for grip in Grip if grip is not Grip.INSIDE)


def screen_rect(view: View, frame: Frame) -> QRectF:
    """Return the frame in logical pixels."""
    x, y = view.to_screen(frame.x, frame.y)
    return QRectF(x, y, frame.size * view.scale, frame.size * view.scale)


def grip_at(view: View, frame: Frame, at: QPointF) -> Grip | None:
    """Return the part of a frame under a logical pixel: a corner before a side, a side before the inside."""
    rect = screen_rect(view, frame)
    if not rect.adjusted(-_REACH, -_REACH, _REACH, _REACH).contains(at):
        return None
    # A small square keeps an inside to grab.
    reach = min(_REACH, rect.width() / 4)
    x = _side(at.x(), rect.left(), rect.right(), reach)
    y = _side(at.y(), rect.top(), rect.bottom(), reach)
    return Grip((x, y))


def _side(at: float, low: float, high: float, reach: float) -> int:
    if at < low + reach:
        return -1
    return 1 if at > high - reach else 0


def dragged(frame: Frame, grip: Grip, dx: float, dy: float, photo: tuple[int, int]) -> Frame:
    """Return the frame after its grip moved by (dx, dy) photo pixels: whole pixels, square, overlapping the photo.

    Dragging a corner fixes the opposite corner; dragging a side fixes the opposite side and its own middle.
    photo: width, height.
    """
    side_x, side_y = grip.value
    if grip is Grip.INSIDE:
        return _kept_near(round(frame.x + dx), round(frame.y + dy), frame.size, photo)
    # A corner moves by the mean of both axes: all of a diagonal drag, half of a straight one.
    growth = [out for side, out in ((side_x, dx * side_x), (side_y, dy * side_y)) if side]
    size = min(2 * max(photo), max(MIN_SIZE, round(frame.size + sum(growth) / len(growth))))
    x = frame.x + _shift(side_x, frame.size - size)
    y = frame.y + _shift(side_y, frame.size - size)
    return _kept_near(x, y, size, photo)


def drawn(start: tuple[float, float], end: tuple[float, float], photo: tuple[int, int]) -> Frame | None:
    """Return a new frame from a corner to the mouse; None while it is smaller than MIN_SIZE."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = min(2 * max(photo), round(max(abs(dx), abs(dy))))
    if size < MIN_SIZE:
        return None
    x = round(start[0]) - (size if dx < 0 else 0)
    y = round(start[1]) - (size if dy < 0 else 0)
    return _kept_near(x, y, size, photo)


def _shift(side: int, rest: int) -> int:
    """Return how far a square's origin moves when it shrinks by `rest` and the side opposite to `side` stays."""
    return {-1: rest, 0: rest // 2, 1: 0}[side]


def _kept_near(x: int, y: int, size: int, photo: tuple[int, int]) -> Frame:
    """Return the frame moved so that at least a quarter of its side, or of a smaller photo, lies in the photo."""
    x, y = (
        max(keep - size, min(length - keep, start))
        for start, length in zip((x, y), photo, strict=True)
        for keep in [max(1, min(size, length) // 4)]
    )
    return Frame(x, y, size)


def paint_frame(
    painter: QPainter, view: View, frame: Frame, *, active: bool, handles: bool, label: str, room: int = 0
) -> None:
    """Draw a frame in white and black dashes, which show on any photo; only the active one has handles and a label.

    room: logical pixels at the top of the canvas that must stay free of labels.
    """
    rect = screen_rect(view, frame)
    painter.save()
    _paint_dashes(painter, rect, 235 if active else 130)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if active and handles:
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1.0))
        painter.setBrush(QColor("#ffffff"))
        for grip in _HANDLES:
            x, y = grip.value
            centre = rect.center() + QPointF(x * rect.width() / 2, y * rect.height() / 2)
            painter.drawRect(QRectF(centre.x() - _SIDE / 2, centre.y() - _SIDE / 2, _SIDE, _SIDE))
    painter.restore()
    if active and label:
        paint_label(painter, _label_rect(rect, painter.font(), label, room), painter.font(), label)


def _paint_dashes(painter: QPainter, rect: QRectF, opacity: int) -> None:
    """Draw the outline as four strips of a striped texture: a dashed pen takes milliseconds for a large frame."""
    for across in (True, False):
        stripes = QImage(_DASH if across else 1, 1 if across else _DASH, QImage.Format.Format_ARGB32)
        for place in range(_DASH):
            light = place < _DASH * 0.6
            colour = QColor(255, 255, 255, opacity) if light else QColor(0, 0, 0, opacity // 2)
            stripes.setPixelColor(place if across else 0, 0 if across else place, colour)
        painter.setBrushOrigin(rect.topLeft())
        for far in (False, True):
            if across:
                y = rect.bottom() if far else rect.top()
                strip = QRectF(rect.left(), y - _LINE / 2, rect.width(), _LINE)
            else:
                x = rect.right() if far else rect.left()
                strip = QRectF(x - _LINE / 2, rect.top(), _LINE, rect.height())
            painter.fillRect(strip, QBrush(stripes))


def _label_rect(rect: QRectF, font: QFont, label: str, room: int) -> QRectF:
    """Return where the label goes: above the top left corner, or just inside it if there is no space above."""
    box = label_box(font, label, rect.topLeft())
    above = rect.top() - box.height() - 7
    box.moveTo(max(rect.left(), 6.0), above if above >= room + 4 else max(rect.top(), float(room)) + 7)
    return box
