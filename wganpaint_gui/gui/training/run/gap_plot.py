"""The plot of the critic gap at every tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wganpaint_gui.core.training.training_log import Tick
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import short_signed_text
from wganpaint_gui.gui.widgets.picture import painter_on_plot

from .w_curve import GUTTER

_TIP = (
    "Critic gap, no unit: the critic's mean score of held-out images minus that of generated images. Above zero it can "
    "guide a search; at or below zero it has memorised its training images."
)
_EDGE = 6  # pixels
_DOT = 2.5  # radius
_HEIGHT, _LOWEST = 84, 44  # preferred and least height


class GapPlot(QWidget):
    """Dots on the same axis as the W curve, with a line at zero; few enough to be painted without pyqtgraph."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gaps: list[tuple[int, float]] = []  # (update, gap)
        self.span = 2  # updates on the axis
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(_LOWEST)
        self.setMaximumHeight(_HEIGHT)
        self.setToolTip(_TIP)
        self.setAccessibleName("Critic gap")

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def show_ticks(self, ticks: Sequence[Tick], total: int) -> None:
        """Show the gaps of these ticks. total: updates on the axis."""
        gaps = [(tick.update, tick.critic_gap) for tick in ticks if tick.critic_gap is not None]
        if (gaps, max(total, 2)) != (self.gaps, self.span):
            self.gaps, self.span = gaps, max(total, 2)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours()
        painter = painter_on_plot(self)
        painter.setFont(theme.tabular(theme.small(self.font())))
        if not self.gaps:
            painter.setPen(QColor(colours.muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "Measured with each sample grid")
            return
        self._paint_gaps(painter)

    def _paint_gaps(self, painter: QPainter) -> None:
        colours = theme.colours()
        room = QRectF(self.rect()).adjusted(GUTTER + _DOT, _EDGE + _DOT, -_EDGE - _DOT, -_EDGE - _DOT)
        values = [gap for _, gap in self.gaps]
        low, high = min(0.0, *values), max(0.0, *values)
        size = (high - low) or 1.0

        def place(update: float, gap: float) -> QPointF:
            across = (update - 1) / max(self.span - 1, 1)
            return QPointF(room.left() + room.width() * across, room.bottom() - room.height() * (gap - low) / size)

        zero = place(1, 0.0).y()
        painter.setPen(QPen(QColor(colours.level), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(GUTTER, zero), QPointF(self.width() - _EDGE, zero))
        dots = [place(*gap) for gap in self.gaps]
        faint = theme.line_of("critic")
        faint.setAlphaF(0.45)
        painter.setPen(QPen(faint, 1))
        painter.drawPolyline(QPolygonF(dots))
        painter.setPen(Qt.PenStyle.NoPen)
        for dot, gap in zip(dots, values, strict=True):
            painter.setBrush(theme.line_of("critic") if gap > 0 else QColor(colours.bad))
            painter.drawEllipse(dot, _DOT, _DOT)
        painter.setPen(QColor(colours.muted))
        text = QRectF(self.rect()).adjusted(_EDGE, 3, -_EDGE, -3)
        if high > 0:
            painter.drawText(text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), short_signed_text(high))
        if low < 0:
            painter.drawText(
                text, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), short_signed_text(low)
            )
