"""The plot of what is measured at every tick: the critic gap or, in the encoder stage, the PSNR of first guesses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from wganpaint_gui.core.training.training_config import Stage
from wganpaint_gui.core.training.training_log import Tick
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import short_signed_text
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets.picture import painter_on_plot

from . import explanations
from .w_curve import GUTTER

_MEMORISED = QT_TR_NOOP("At or below 0 it has memorised its training images.")
_TIP_OF_PSNR = QT_TR_NOOP(
    "PSNR in dB of the encoder's first guesses of held-out images, inside three holes each; higher is better. The best "
    "model is the one with the highest."
)
_EDGE = 6  # pixels
_DOT = 2.5  # radius
_HEIGHT, _LOWEST = 84, 44  # preferred and least height


class TickPlot(QWidget):
    """Dots on the same axis as the W curve, with a line at zero; few enough to be painted without pyqtgraph."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values: list[tuple[int, float]] = []  # (update, critic gap or PSNR)
        self._of_guesses = False
        self.span = 2  # updates on the axis
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(_LOWEST)
        self.setMaximumHeight(_HEIGHT)
        self.set_stage("gan")

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def set_stage(self, stage: Stage) -> None:
        """Choose what is drawn: the PSNR of first guesses in the encoder stage, else the critic gap."""
        self._of_guesses = stage == "encoder"
        of_gap = f"{tr(explanations.CRITIC_GAP)} {tr(_MEMORISED)}"
        self.setToolTip(tr(_TIP_OF_PSNR) if self._of_guesses else of_gap)
        self.setAccessibleName(tr("PSNR of first guesses") if self._of_guesses else tr("Critic gap"))

    def show_ticks(self, ticks: Sequence[Tick], total: int) -> None:
        """Show the values of these ticks. total: updates on the axis."""
        found = [(tick.update, tick.fill_psnr if self._of_guesses else tick.critic_gap) for tick in ticks]
        values = [(update, value) for update, value in found if value is not None]
        if (values, max(total, 2)) != (self.values, self.span):
            self.values, self.span = values, max(total, 2)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.colours()
        painter = painter_on_plot(self)
        painter.setFont(theme.tabular(theme.small(self.font())))
        if not self.values:
            painter.setPen(QColor(colours.muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), tr("Measured with each sample grid"))
            return
        self._paint_values(painter)

    def _paint_values(self, painter: QPainter) -> None:
        colours = theme.colours()
        room = QRectF(self.rect()).adjusted(GUTTER + _DOT, _EDGE + _DOT, -_EDGE - _DOT, -_EDGE - _DOT)
        values = [value for _, value in self.values]
        low, high = (min(values), max(values)) if self._of_guesses else (min(0.0, *values), max(0.0, *values))
        size = (high - low) or 1.0

        def name(value: float) -> str:
            return f"{value:.{1 if size >= 0.1 else 2}f}" if self._of_guesses else short_signed_text(value)

        def place(update: float, value: float) -> QPointF:
            across = (update - 1) / max(self.span - 1, 1)
            return QPointF(room.left() + room.width() * across, room.bottom() - room.height() * (value - low) / size)

        if not self._of_guesses:
            zero = place(1, 0.0).y()
            painter.setPen(QPen(QColor(colours.level), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(GUTTER, zero), QPointF(self.width() - _EDGE, zero))
        dots = [place(*value) for value in self.values]
        faint = theme.line_of("critic")
        faint.setAlphaF(0.45)
        painter.setPen(QPen(faint, 1))
        painter.drawPolyline(QPolygonF(dots))
        painter.setPen(Qt.PenStyle.NoPen)
        for dot, value in zip(dots, values, strict=True):
            painter.setBrush(theme.line_of("critic") if value > 0 or self._of_guesses else QColor(colours.bad))
            painter.drawEllipse(dot, _DOT, _DOT)
        painter.setPen(QColor(colours.muted))
        text = QRectF(self.rect()).adjusted(_EDGE, 3, -_EDGE, -3)
        left, top, bottom = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        if self._of_guesses or high > 0:
            painter.drawText(text, int(left | top), name(high))
        if self._of_guesses or low < 0:
            painter.drawText(text, int(left | bottom), name(low))
