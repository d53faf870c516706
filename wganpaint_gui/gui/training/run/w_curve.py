"""The plot of W, or of the encoder's loss, at every update: single updates faint, their median bold."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wganpaint_gui.core.training.training_config import Stage
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import loss_text
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, grouped, tr
from wganpaint_gui.gui.widgets import in_column
from wganpaint_gui.gui.widgets.picture import painter_on_plot
from wganpaint_gui.gui.widgets.plot import Line, Plot

from . import explanations
from .curve_lines import CurveLines

_LINES = QT_TR_NOOP("Faint: every update. Bold: median over 101 updates. Dashed: zero.")
_LINES_OF_W = QT_TR_NOOP("Faint: every update. Bold: median over 101 updates (Cooper, figure 2). Dashed: zero.")
_FAINT = 0.4  # share of the curve's colour for single updates; the rest is the background's
_EDGE = 6  # pixels between numbers and the plot's edge
GUTTER = 50  # pixels left of the curve, for the numbers


class _WPlot(Plot):
    """A plot with a line at zero; single updates look equally faint, however dense they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._zero = self._pg.InfiniteLine(pos=0, angle=0, movable=False)
        self._zero.setZValue(-1)
        self._zero.hide()
        self._view.addItem(self._zero, ignoreBounds=True)

    def show(self, strong: Line, faint: Line, total: int, span: tuple[float, float] | None = None) -> None:
        super().show(strong, faint, total, span)
        self._zero.setVisible(len(strong[0]) > 0)

    def clear(self) -> None:
        super().clear()
        self._zero.hide()

    def restyle(self, ink: QColor, *, opacity: float = _FAINT, width: float = 2) -> None:
        # The pen's width is in device pixels here. Single updates are drawn as thin as possible, because they are many.
        super().restyle(ink, opacity=opacity, width=width * self.widget.devicePixelRatioF())
        colours = theme.colours()
        # Mixed instead of transparent: crossing lines would add up to the strength of the median.
        faint = _mixed(ink, QColor(colours.plot), opacity)
        self._faint.setPen(self._pg.mkPen(faint, width=1))
        self._zero.setPen(self._pg.mkPen(colours.level, width=1, style=Qt.PenStyle.DashLine))


class WCurve(QWidget):
    """Draws the lines of `curve_lines`. pyqtgraph is imported when the first curve is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plot: _WPlot | None = None
        self.lines: CurveLines | None = None
        self.span = 2  # updates on the axis
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(48)
        self.set_stage("gan")
        self._column = in_column(of=self, margins=(GUTTER - _EDGE, 0, 0, 0))

    def sizeHint(self) -> QSize:
        return QSize(320, 180)

    def set_stage(self, stage: Stage) -> None:
        """Name what is drawn: W, or the loss of the encoder stage."""
        self._name = tr("Loss") if stage == "encoder" else "W"
        what, lines = (explanations.LOSS, _LINES) if stage == "encoder" else (explanations.W, _LINES_OF_W)
        self.setToolTip(f"{tr(what)} {tr(lines)}")
        self.setAccessibleName(tr("{name} per update").format(name=self._name))

    def show_lines(self, lines: CurveLines | None, total: int) -> None:
        """Draw lines; None clears the plot. total: updates on the axis."""
        self.lines, self.span = lines, max(total, 2)
        self._draw()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            self._plot = _WPlot(self)
            self._plot.widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(self._plot.widget)
        self._restyle()
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()

    def _draw(self) -> None:
        if self._plot is None:
            return
        lines = self.lines
        if lines is None:
            self._plot.clear()
        else:
            self._plot.show(lines.median, lines.raw, self.span, lines.span)

    def _restyle(self) -> None:
        if self._plot is not None:
            self._plot.restyle(theme.line_of("critic"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw background and numbers; the curves are drawn over them."""
        colours = theme.colours()
        painter = painter_on_plot(self)
        painter.setPen(QColor(colours.muted))
        painter.setFont(theme.tabular(theme.small(self.font())))
        room = QRectF(self.rect()).adjusted(_EDGE, _EDGE - 2, -_EDGE, 2 - _EDGE)
        at = Qt.AlignmentFlag
        if self.lines is None or self.lines.newest is None:
            painter.drawText(
                room, int(at.AlignCenter), tr("{name} appears with the first update").format(name=self._name)
            )
            return
        low, high = self.lines.span
        painter.drawText(room, int(at.AlignLeft | at.AlignTop), loss_text(high))
        painter.drawText(room, int(at.AlignLeft | at.AlignBottom), loss_text(low))
        painter.drawText(room, int(at.AlignRight | at.AlignBottom), grouped(self.span))


def _mixed(ink: QColor, ground: QColor, share: float) -> QColor:
    """Mix two colours. share: of the ink, 0..1."""
    pairs = ((ink.redF(), ground.redF()), (ink.greenF(), ground.greenF()), (ink.blueF(), ground.blueF()))
    return QColor.fromRgbF(*(share * one + (1 - share) * other for one, other in pairs))
