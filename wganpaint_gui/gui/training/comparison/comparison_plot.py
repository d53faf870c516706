"""The plot of several runs: one line each, few points enough to be painted without pyqtgraph."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wganpaint_gui.core.training.run_curves import Measure, RunCurve
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import UNKNOWN, loss_text, short_signed_text
from wganpaint_gui.gui.look.translation import local_number, tr
from wganpaint_gui.gui.widgets.picture import painter_on_plot

MOST_RUNS = 8  # as many as there are colours
_DASHED = 4  # places from here on are dashed, so that colour alone does not tell runs apart
_GUTTER = 56  # pixels left of the lines, for the numbers
_EDGE = 8  # pixels
Values = TypeVar("Values", float, NDArray[np.float64])
_ROOM_BELOW = 22  # pixels, for the numbers of updates
_DOT = 5  # diameter
_FEW = 60  # points up to which a line is drawn with joins and true dashes
_DASH, _GAP = 8, 5  # pixels across
_WIDTH, _WIDTH_OF_CHOSEN = 1.75, 3.0


@dataclass(frozen=True, eq=False)
class DrawnRun:
    """A run in the plot."""

    name: str
    place: int  # 0..7: its colour and its style
    curve: RunCurve


def run_pen(place: int, width: float = _WIDTH) -> QPen:
    """Return the pen that draws the run at this place."""
    style = Qt.PenStyle.SolidLine if place < _DASHED else Qt.PenStyle.DashLine
    return QPen(theme.run_line(place), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)


def value_text(measure: Measure, value: float) -> str:
    """Format a value as the plot's numbers are: "3.18", "+0.42", "31.2"; NaN and infinity are a dash."""
    if not math.isfinite(value):
        return UNKNOWN
    if measure == "w":
        return loss_text(value)
    return short_signed_text(value) if measure == "critic_gap" else local_number(f"{value:.1f}")


class ComparisonPlot(QWidget):
    """Draws what it is given. Signal: pointed_at(update under the mouse, or None), by the user only."""

    pointed_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[DrawnRun, ...] = ()
        self.chosen: int | None = None  # place of the run drawn bold
        self._measure: Measure = "w"
        self._message = ""
        self._drawn = QPixmap()  # axes and lines; null: to be drawn
        self.pointed: int | None = None  # the update under the mouse
        self.setAccessibleName(tr("Compared runs"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 120)

    def sizeHint(self) -> QSize:
        return QSize(480, 360)

    def show_runs(self, runs: Sequence[DrawnRun], measure: Measure, message: str = "") -> None:
        """Show runs. message: in their place where none has a value."""
        self.runs, self._measure, self._message = tuple(runs), measure, message
        self._refresh()

    def choose(self, place: int | None) -> None:
        """Draw the run at this place bold, over the others; None for none."""
        if place != self.chosen:
            self.chosen = place
            self._refresh()

    @property
    def last_update(self) -> int:
        """Where the axis ends."""
        ends = [int(run.curve.updates[-1]) for run in self.runs if len(run.curve.updates)]
        return max((2, *ends))

    @property
    def span(self) -> tuple[float, float] | None:
        """Lowest and highest value on the axis; None where there is nothing to draw."""
        spans = [run.curve.span for run in self.runs if run.curve.span is not None]
        if not spans:
            return None
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        if self._measure == "critic_gap":
            low, high = min(low, 0.0), max(high, 0.0)
        return (low, high) if high > low else (low - 0.5, high + 0.5)

    @property
    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_GUTTER, _EDGE, -_EDGE, -_EDGE - _ROOM_BELOW)

    # -- drawing -------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_on_plot(self)
        muted, span, room = QColor(theme.colours().muted), self.span, self._room
        if span is None:
            painter.setFont(theme.small(self.font()))
            painter.setPen(muted)
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(24, 0, -24, 0), flags, self._message)
            return
        if self._drawn.isNull():
            self._draw(span)
        painter.drawPixmap(0, 0, self._drawn)
        if self.pointed is not None:
            painter.setPen(QPen(muted, 1))
            x = float(self._x(np.array([self.pointed]))[0])
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))

    def _draw(self, span: tuple[float, float]) -> None:
        """Draw axes and lines once, so that following the mouse costs nothing."""
        ratio = self.devicePixelRatioF()
        self._drawn = QPixmap(self.size() * ratio)
        self._drawn.setDevicePixelRatio(ratio)
        self._drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.tabular(theme.small(self.font())))
        self._paint_axes(painter, span)
        painter.setClipRect(self._room.adjusted(0, -3, 3, 3))
        for run in sorted(self.runs, key=lambda run: run.place == self.chosen):
            self._paint_run(painter, run, span)
        painter.end()

    def _refresh(self) -> None:
        self._drawn = QPixmap()
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.Resize, QEvent.Type.PaletteChange):
            self._drawn = QPixmap()
        return super().event(event)

    def _paint_axes(self, painter: QPainter, span: tuple[float, float]) -> None:
        colours, room = theme.colours(), self._room
        low, high = span
        for share in (0.0, 0.5, 1.0):
            value = low + share * (high - low)
            y = float(self._y(value, span))
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(colours.muted))
            label = QRectF(0, y - 9, _GUTTER - 6, 18)
            painter.drawText(
                label,
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                value_text(self._measure, value),
            )
        if low < 0 < high:
            painter.setPen(QPen(QColor(colours.level), 1, Qt.PenStyle.DashLine))
            zero = float(self._y(0, span))
            painter.drawLine(QPointF(room.left(), zero), QPointF(room.right(), zero))
        painter.setPen(QColor(colours.muted))
        below = QRectF(room.left(), room.bottom() + 6, room.width(), _ROOM_BELOW)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), "1")
        last = tr("%n update(s)", "", self.last_update)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), last)

    def _paint_run(self, painter: QPainter, run: DrawnRun, span: tuple[float, float]) -> None:
        curve = run.curve
        seen = np.isfinite(curve.values)
        across, down = self._x(curve.updates[seen]), self._y(curve.values[seen].astype(np.float64), span)
        dots = [QPointF(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True)]
        pen = run_pen(run.place, _WIDTH_OF_CHOSEN if run.place == self.chosen else _WIDTH)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        if len(dots) <= _FEW:
            painter.drawPolyline(QPolygonF(dots))
        else:  # single lines take a hundredth of the time of a line with joins
            solid, lines = pen.style() == Qt.PenStyle.SolidLine, pairwise(dots)
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)
            painter.setPen(pen)
            painter.drawLines([QLineF(a, b) for a, b in lines if solid or a.x() % (_DASH + _GAP) < _DASH])
        if self._measure != "w" or len(dots) == 1:
            painter.setPen(QPen(pen.color(), _DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(dots)

    def _x(self, updates: NDArray[np.int64]) -> NDArray[np.float64]:
        room = self._room
        return room.left() + room.width() * (updates - 1) / (self.last_update - 1)

    def _y(self, value: Values, span: tuple[float, float]) -> Values:
        room, (low, high) = self._room, span
        return room.bottom() - room.height() * (value - low) / (high - low)

    # -- input ---------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        room = self._room
        share = (event.position().x() - room.left()) / max(room.width(), 1)
        self._point_at(round(1 + min(share, 1.0) * (self.last_update - 1)) if share >= 0 and self.span else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, update: int | None) -> None:
        if update != self.pointed:
            self.pointed = update
            self.pointed_at.emit(update)
            self.update()
