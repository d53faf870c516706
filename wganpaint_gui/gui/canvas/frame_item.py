"""The frame on the canvas: where its handles are, how dragging changes it, and how it is drawn."""

from __future__ import annotations

import math
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPainterPath, QPen

from wganpaint_gui.core.geometry import Frame, normal_angle

from .cursor import label_box, paint_label
from .view import View

MIN_SIZE = 8  # photo pixels
_REACH = 7.0  # logical pixels around a handle that grab it
FINE = 0.2  # share of the mouse's movement that a frame follows while Shift is held
_LINE = 1.5  # logical pixels
_DASH = 10  # logical pixels, a light and a dark part
_SIDE = 8.0  # logical pixels a handle is wide
_STEM = 24.0  # logical pixels from the frame's upper side to the handle that turns it
_KNOB = 5.0  # logical pixels, radius of that handle
SNAP = 15.0  # degrees, to which a frame turns while Shift is held
_EYES, _MOUTH = ((0.3, 0.3), (0.7, 0.3)), ((0.38, 0.7), (0.5, 0.76), (0.62, 0.7))  # shares of the side; the framing
_EYE = 0.05  # of the side, radius
_LEAST_GUIDED = 60.0  # logical pixels; in a smaller frame the guides would hide the face


class Grip(Enum):
    """The part of a frame that is grabbed: its inside, or a handle, named by its direction from the centre."""

    INSIDE = (0, 0)
    TURN = (0, -2)
    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)

    def cursor(self, angle: float) -> Qt.CursorShape:
        """Return the cursor over this part of a frame that is turned by the angle."""
        if self is Grip.INSIDE:
            return Qt.CursorShape.SizeAllCursor
        if self is Grip.TURN:
            return Qt.CursorShape.PointingHandCursor
        x, y = self.value
        eighth = round((math.degrees(math.atan2(y, x)) + angle) / 45) % 4
        return (
            Qt.CursorShape.SizeHorCursor,
            Qt.CursorShape.SizeFDiagCursor,
            Qt.CursorShape.SizeVerCursor,
            Qt.CursorShape.SizeBDiagCursor,
        )[eighth]


_HANDLES = tuple(grip for grip in Grip if grip not in (Grip.INSIDE, Grip.TURN))


def screen_rect(view: View, frame: Frame) -> QRectF:
    """Return the frame in logical pixels, as if it were upright."""
    x, y = view.to_screen(frame.x, frame.y)
    return QRectF(x, y, frame.size * view.scale, frame.size * view.scale)


def turn_handle(view: View, frame: Frame) -> QPointF:
    """Return the middle of the handle that turns the frame: above its upper side, or below where that is not seen."""
    stem = _STEM / max(frame.size * view.scale, 1.0)
    width, height = (length / view.ratio for length in view.viewport)
    for down in (-stem, stem):
        x, y = view.to_screen(*frame.to_photo(0.5, down))
        if _KNOB <= x <= width - _KNOB and _KNOB <= y <= height - _KNOB:
            return QPointF(x, y)
    return QPointF(*view.to_screen(*frame.to_photo(0.5, -stem)))


def grip_at(view: View, frame: Frame, at: QPointF) -> Grip | None:
    """Return the part of a frame under a logical pixel: a corner before a side, a side before the inside."""
    rect = screen_rect(view, frame)
    to_handle = at - turn_handle(view, frame)
    if math.hypot(to_handle.x(), to_handle.y()) <= _REACH:
        return Grip.TURN
    if frame.angle:
        across, down = frame.from_photo(*view.to_photo(at.x(), at.y()))
        at = rect.topLeft() + QPointF(across, down) * rect.width()
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

    Dragging a corner fixes the opposite corner; dragging a side fixes the opposite side and its own middle. A turned
    frame keeps its angle. photo: width, height.
    """
    side_x, side_y = grip.value
    if grip is Grip.INSIDE:
        return _kept_near(replace(frame, x=round(frame.x + dx), y=round(frame.y + dy)), photo)
    across, down = frame.right
    dx, dy = dx * across + dy * down, dy * across - dx * down  # along the frame's own axes
    # A corner moves by the mean of both axes: all of a diagonal drag, half of a straight one.
    growth = [out for side, out in ((side_x, dx * side_x), (side_y, dy * side_y)) if side]
    size = min(2 * max(photo), max(MIN_SIZE, round(frame.size + sum(growth) / len(growth))))
    if frame.angle:
        grown = size / frame.size - 1
        middle_x, middle_y = frame.to_photo(0.5 + side_x * grown / 2, 0.5 + side_y * grown / 2)
        x, y = round(middle_x - size / 2), round(middle_y - size / 2)
    else:
        x = frame.x + _shift(side_x, frame.size - size)
        y = frame.y + _shift(side_y, frame.size - size)
    return _kept_near(Frame(x, y, size, frame.angle), photo)


def turned(
    frame: Frame, start: tuple[float, float], end: tuple[float, float], photo: tuple[int, int], *, snap: bool
) -> Frame:
    """Return the frame turned as the mouse goes around its centre, from start to end, however far away it is.

    snap: to a multiple of SNAP degrees, else to a tenth of a degree. start, end: photo pixels. photo: width, height.
    """
    x, y = frame.centre
    way = math.degrees(math.atan2(end[1] - y, end[0] - x) - math.atan2(start[1] - y, start[0] - x))
    angle = frame.angle + way
    angle = round(angle / SNAP) * SNAP if snap else round(angle, 1)
    return _kept_near(replace(frame, angle=normal_angle(angle)), photo)


def drawn(start: tuple[float, float], end: tuple[float, float], photo: tuple[int, int]) -> Frame | None:
    """Return a new frame from a corner to the mouse; None while it is smaller than MIN_SIZE."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = min(2 * max(photo), round(max(abs(dx), abs(dy))))
    if size < MIN_SIZE:
        return None
    x = round(start[0]) - (size if dx < 0 else 0)
    y = round(start[1]) - (size if dy < 0 else 0)
    return _kept_near(Frame(x, y, size), photo)


def _shift(side: int, rest: int) -> int:
    """Return how far a square's origin moves when it shrinks by `rest` and the side opposite to `side` stays."""
    return {-1: rest, 0: rest // 2, 1: 0}[side]


def _kept_near(frame: Frame, photo: tuple[int, int]) -> Frame:
    """Return the frame moved so that at least a quarter of its side, or of a smaller photo, lies in the photo.

    That is meant upright. What is left of a turned frame in the photo is less, and never nothing: the circle in it
    turns into itself.
    """
    x, y = (
        max(keep - frame.size, min(length - keep, start))
        for start, length in zip((frame.x, frame.y), photo, strict=True)
        for keep in [max(1, min(frame.size, length) // 4)]
    )
    return replace(frame, x=x, y=y)


def paint_frame(
    painter: QPainter,
    view: View,
    frame: Frame,
    *,
    active: bool,
    handles: bool,
    label: str,
    guides: bool = False,
) -> None:
    """Draw a frame in white and black dashes, which show on any photo; only the active one has handles.

    guides: show with the handles where the model expects eyes and mouth.
    """
    rect = screen_rect(view, frame)
    if active and handles:
        _paint_turn_handle(painter, view, frame)
    painter.save()
    if frame.angle:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.center())
        painter.rotate(frame.angle)
        painter.translate(-rect.center())
    _paint_dashes(painter, rect, 235 if active else 130)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if active and handles:
        if guides and rect.width() >= _LEAST_GUIDED:
            _paint_guides(painter, rect)
        painter.setPen(QPen(QColor(0, 0, 0, 170), 1.0))
        painter.setBrush(QColor("#ffffff"))
        for grip in _HANDLES:
            x, y = grip.value
            centre = rect.center() + QPointF(x * rect.width() / 2, y * rect.height() / 2)
            painter.drawRect(QRectF(centre.x() - _SIDE / 2, centre.y() - _SIDE / 2, _SIDE, _SIDE))
    painter.restore()
    if label:
        if frame.angle:
            rect = QRectF(
                min((QPointF(*view.to_screen(*corner)) for corner in frame.corners), key=QPointF.y), rect.size()
            )
        paint_label(painter, _label_rect(rect, painter.font(), label), painter.font(), label)


def _paint_turn_handle(painter: QPainter, view: View, frame: Frame) -> None:
    """Draw a round handle on a stem from the middle of the upper side."""
    side, knob = QPointF(*view.to_screen(*frame.to_photo(0.5, 0.0))), turn_handle(view, frame)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width in ((QColor(0, 0, 0, 130), 3.0), (QColor(255, 255, 255, 235), _LINE)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(side, knob)
    painter.setPen(QPen(QColor(0, 0, 0, 170), 1.0))
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(knob, _KNOB, _KNOB)
    painter.restore()


def _paint_guides(painter: QPainter, rect: QRectF) -> None:
    """Draw circles for the eyes and a curve for the mouth, in the frame's own coordinates."""
    eyes, mouth = (
        [QPointF(rect.left() + across * rect.width(), rect.top() + down * rect.width()) for across, down in places]
        for places in (_EYES, _MOUTH)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(0, 0, 0, 110), 3.0), (QColor(255, 255, 255, 220), 1.2)):
        painter.setPen(QPen(colour, width))
        for eye in eyes:
            painter.drawEllipse(eye, _EYE * rect.width(), _EYE * rect.width())
        curve = QPainterPath(mouth[0])
        curve.quadTo(mouth[1], mouth[2])
        painter.drawPath(curve)


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


def _label_rect(rect: QRectF, font: QFont, label: str) -> QRectF:
    """Return where the label goes: above the top left corner, or just inside it if there is no space above."""
    box = label_box(font, label, rect.topLeft())
    above = rect.top() - box.height() - 7
    box.moveTo(max(rect.left(), 6.0), above if above >= 4 else max(rect.top(), 0.0) + 7)
    return box
