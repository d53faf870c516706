"""The loss of every step as a curve: the shown candidate strong, the others faint, a cursor at the shown step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wganpaint_gui.core.config import Method
from wganpaint_gui.gui import theme

from .picture import RADIUS

if TYPE_CHECKING:
    import pyqtgraph

Curves = NDArray[np.float32]  # [T, K]: a row a step, a column a candidate
Line = tuple[NDArray[np.float64], NDArray[np.float32]]  # steps [N] and losses [N]

REDRAW_MS = 70  # between two drawings: half the window's time for a preview would go into curves otherwise
_FAINT_POINTS = 600  # of all faint curves of a plot together: painting them must not be felt


def preload() -> None:
    """Import pyqtgraph, in whatever thread has time for it."""
    import pyqtgraph  # noqa: F401


class LossCurve(QWidget):
    """Draws [T, K] losses over a fixed number of steps. Signal: step_chosen(int), dragged to by the person.

    pyqtgraph is imported when the first curve is shown, or by `preload` before: it would cost half the start-up.
    """

    step_chosen = Signal(int)

    def __init__(self, method: Method, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = method
        self._plot: _Plot | None = None
        self._losses: Curves = np.zeros((0, 1), np.float32)
        self._strong = 0
        self._total = 1
        self._cursor: int | None = None
        self._best: int | None = None
        self._stale = False
        self._rest = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._rest.timeout.connect(self._catch_up)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(120)
        self.setAccessibleName("Loss of every step")
        self.setToolTip("Loss of every step, no unit: lower is better. Drag to look back in time.")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(240, 60)

    def show_losses(self, losses: Curves, strong: int, total: int) -> None:
        """losses: [T, K] of all steps so far. strong: the candidate drawn strongly. total: steps the axis spans."""
        self._losses, self._strong, self._total = losses, strong, max(total, 2)
        self._redraw()

    def show_marks(self, cursor: int | None, best: int | None) -> None:
        """0-based steps: where the person looks, and where the strong candidate was best."""
        self._cursor, self._best = cursor, best
        self._redraw()

    def _redraw(self) -> None:
        """Draw what is known now, at once or when the last drawing is old enough; the newest is always drawn."""
        self._stale = True
        if not self._rest.isActive():
            self._catch_up()

    @Slot()
    def _catch_up(self) -> None:
        if self._stale:
            self._stale = False
            self._draw()
            self._draw_marks()
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            self._plot = _Plot(self)
            self._plot.widget.viewport().installEventFilter(self)
            self._column.addWidget(self._plot.widget)
        self._restyle()
        self._draw()
        self._draw_marks()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().plot))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.buttons() & Qt.MouseButton.LeftButton:
            self._choose_at(event.position())
            return True
        if event.type() == QEvent.Type.Resize:
            self._draw()
        return super().eventFilter(watched, event)

    def _choose_at(self, position: QPointF) -> None:
        done = len(self._losses)
        if self._plot is not None and done:
            self.step_chosen.emit(min(max(round(self._plot.step_at(position)), 0), done - 1))

    def _draw(self) -> None:
        if self._plot is not None and self.isVisible():
            strong = outline(self._losses[:, self._strong], max(self.width() // 3, 2))
            faint = thinned(np.delete(self._losses, self._strong, axis=1), _FAINT_POINTS)
            self._plot.show(strong, faint, self._total)

    def _draw_marks(self) -> None:
        if self._plot is not None:
            done = len(self._losses)
            best = self._best if self._best is not None and self._best < done else None
            height = None if best is None else float(self._losses[best, self._strong])
            self._plot.mark(self._cursor, best, height)

    def _restyle(self) -> None:
        if self._plot is not None:
            self._plot.restyle(theme.line_of(self._method))


def outline(losses: NDArray[np.float32], columns: int) -> Line:
    """Two points a column where there are many: the highest and the lowest loss of its steps; nothing is averaged away.

    losses: [T]. Returns (steps [N], losses [N]); NaN counts only where all of a column are NaN.
    """
    count = len(losses)
    if count <= 4 * columns:
        return np.arange(count, dtype=np.float64), losses
    starts = np.linspace(0, count, columns, endpoint=False).astype(np.intp)
    low, high = np.fmin.reduceat(losses, starts), np.fmax.reduceat(losses, starts)
    return np.repeat(starts.astype(np.float64), 2), np.stack([high, low], axis=1).ravel()


def thinned(losses: Curves, points: int) -> Line:
    """Several curves as one, of about so many points altogether: a NaN after each lifts the pen.

    losses: [T, K]. Returns (steps [N], losses [N]). Every n-th step is enough for what is drawn faintly.
    """
    count, curves = losses.shape
    if not count or not curves:
        return np.zeros(0), np.zeros(0, np.float32)
    stride = max(1, -(-count * curves // points))
    kept = losses[::stride]
    steps = np.append(np.arange(0, count, stride, dtype=np.float64), np.nan)
    gap = np.full((1, curves), np.nan, np.float32)
    return np.tile(steps, curves), np.concatenate([kept, gap]).T.ravel()


class _Plot:
    """The one place that knows pyqtgraph: no axes, no menus, one item for the faint curves and one for the strong."""

    def __init__(self, parent: QWidget) -> None:
        import pyqtgraph as pg

        self._pg = pg
        self.widget: Any = pg.PlotWidget(parent, background=None)  # the ground, with round corners, is the parent's
        self.widget.setProperty("role", "clear")
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self.widget.getPlotItem()
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setContentsMargins(4, 4, 4, 4)
        self._view = item.getViewBox()
        self._view.setMouseEnabled(False, False)
        self._view.disableAutoRange()
        self._faint: pyqtgraph.PlotCurveItem = pg.PlotCurveItem(antialias=False)
        self._strong: pyqtgraph.PlotCurveItem = pg.PlotCurveItem(antialias=True)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._best = pg.ScatterPlotItem(size=7, pxMode=True)
        for part in (self._faint, self._strong, self._cursor, self._best):
            self._view.addItem(part, ignoreBounds=True)
        self._cursor.hide()
        self._best.hide()

    def show(self, strong: Line, faint: Line, total: int) -> None:
        self._view.setXRange(0, total - 1, padding=0.01)
        self._view.setYRange(*_span(strong[1], faint[1]), padding=0.06)
        self._strong.setData(*strong, connect="finite")
        self._faint.setData(*faint, connect="finite")

    def mark(self, cursor: int | None, best: int | None, height: float | None) -> None:
        self._cursor.setVisible(cursor is not None)
        if cursor is not None:
            self._cursor.setValue(cursor)
        seen = best is not None and height is not None and math.isfinite(height)
        self._best.setVisible(seen)
        if seen:
            self._best.setData([best], [height])

    def restyle(self, ink: QColor) -> None:
        colours = theme.colours()
        faint = QColor(ink)
        faint.setAlphaF(0.28)
        self._strong.setPen(self._pg.mkPen(ink, width=1.5))
        self._faint.setPen(self._pg.mkPen(faint, width=1))
        self._cursor.setPen(self._pg.mkPen(colours.muted, width=1))
        self._best.setBrush(self._pg.mkBrush(ink))
        self._best.setPen(self._pg.mkPen(colours.plot, width=1.5))

    def step_at(self, position: QPointF) -> float:
        return float(self._view.mapSceneToView(self.widget.mapToScene(position.toPoint())).x())


def _span(*lines: NDArray[np.float32]) -> tuple[float, float]:
    """The range to show: everything but the first plunge, which would flatten the rest."""
    values = np.concatenate(lines)
    values = values[np.isfinite(values)]
    if not len(values):
        return 0.0, 1.0
    low, high = float(values.min()), float(np.percentile(values, 98))
    return (low, high) if high > low else (low - 0.5, low + 0.5)
