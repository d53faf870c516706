"""The loss of every step as a curve: the shown candidate strong, the others faint, a cursor at the shown step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wganpaint_gui.core.config import Method
from wganpaint_gui.gui import theme

if TYPE_CHECKING:
    import pyqtgraph

Curves = NDArray[np.float32]  # [T, K]: a row a step, a column a candidate


class LossCurve(QWidget):
    """Draws [T, K] losses over a fixed number of steps. Signal: step_chosen(int), dragged to by the person.

    pyqtgraph is imported when the first curve is shown: it would cost half the start-up.
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
        self._draw()

    def show_marks(self, cursor: int | None, best: int | None) -> None:
        """0-based steps: where the person looks, and where the strong candidate was best."""
        self._cursor, self._best = cursor, best
        self._draw_marks()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            self._plot = _Plot(self)
            self._plot.widget.viewport().installEventFilter(self)
            self._column.addWidget(self._plot.widget)
        self._restyle()
        self._draw()
        self._draw_marks()

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
            steps, values = outline(self._losses, max(self.width(), 2))
            self._plot.show(steps, values, self._strong, self._total)

    def _draw_marks(self) -> None:
        if self._plot is not None:
            done = len(self._losses)
            best = self._best if self._best is not None and self._best < done else None
            height = None if best is None else float(self._losses[best, self._strong])
            self._plot.mark(self._cursor, best, height)

    def _restyle(self) -> None:
        if self._plot is not None:
            self._plot.restyle(theme.ink_of(self._method))


def outline(losses: Curves, columns: int) -> tuple[NDArray[np.float64], Curves]:
    """At most two rows a column of the screen: the lowest and the highest loss of the steps that share it.

    Returns (steps [N], losses [N, K]); nothing is averaged away. NaN counts only where all are NaN.
    """
    count = len(losses)
    if count <= 2 * columns:
        return np.arange(count, dtype=np.float64), losses
    starts = np.linspace(0, count, columns, endpoint=False).astype(np.intp)
    low = np.fmin.reduceat(losses, starts, axis=0)
    high = np.fmax.reduceat(losses, starts, axis=0)
    # High before low: the strongly drawn end of a column is then the better one.
    values = np.stack([high, low], axis=1).reshape(2 * columns, -1)
    return np.repeat(starts.astype(np.float64), 2), values


class _Plot:
    """The one place that knows pyqtgraph: no axes, no menus, one item for the faint curves and one for the strong."""

    def __init__(self, parent: QWidget) -> None:
        import pyqtgraph as pg

        self._pg = pg
        self.widget: Any = pg.PlotWidget(parent)
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.setAntialiasing(True)
        item = self.widget.getPlotItem()
        item.hideAxis("left")
        item.hideAxis("bottom")
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setContentsMargins(4, 4, 4, 4)
        self._view = item.getViewBox()
        self._view.setMouseEnabled(False, False)
        self._view.disableAutoRange()
        self._faint: pyqtgraph.PlotCurveItem = pg.PlotCurveItem(antialias=True)
        self._strong: pyqtgraph.PlotCurveItem = pg.PlotCurveItem(antialias=True)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._best = pg.ScatterPlotItem(size=7, pxMode=True)
        for part in (self._faint, self._strong, self._cursor, self._best):
            self._view.addItem(part, ignoreBounds=True)
        self._cursor.hide()
        self._best.hide()

    def show(self, steps: NDArray[np.float64], values: Curves, strong: int, total: int) -> None:
        self._view.setXRange(0, total - 1, padding=0.01)
        if not len(steps):
            self._strong.setData([], [])
            self._faint.setData([], [])
            return
        low, high = _span(values)
        self._view.setYRange(low, high, padding=0.06)
        self._strong.setData(steps, values[:, strong], connect="finite")
        others = np.delete(values, strong, axis=1)
        # One path for all: a NaN after each curve lifts the pen.
        gap = np.full((1, others.shape[1]), np.nan, np.float32)
        across = np.tile(np.append(steps, np.nan), others.shape[1])
        self._faint.setData(across, np.concatenate([others, gap]).T.ravel(), connect="finite")

    def mark(self, cursor: int | None, best: int | None, height: float | None) -> None:
        self._cursor.setVisible(cursor is not None)
        if cursor is not None:
            self._cursor.setValue(cursor)
        seen = best is not None and height is not None and np.isfinite(height)
        self._best.setVisible(seen)
        if seen:
            self._best.setData([best], [height])

    def restyle(self, ink: QColor) -> None:
        colours = theme.colours()
        self.widget.setBackground(colours.field)
        faint = QColor(ink)
        faint.setAlphaF(0.28)
        self._strong.setPen(self._pg.mkPen(ink, width=1.5))
        self._faint.setPen(self._pg.mkPen(faint, width=1))
        self._cursor.setPen(self._pg.mkPen(colours.muted, width=1))
        self._best.setBrush(self._pg.mkBrush(ink))
        self._best.setPen(self._pg.mkPen(colours.field, width=1.5))

    def step_at(self, position: QPointF) -> float:
        return float(self._view.mapSceneToView(self.widget.mapToScene(position.toPoint())).x())


def _span(values: Curves) -> tuple[float, float]:
    """The range to show: everything but the first plunge, which would flatten the rest."""
    tops = np.fmax.reduce(values, axis=1)
    tops = tops[np.isfinite(tops)]
    if not len(tops):
        return 0.0, 1.0
    low = float(np.fmin.reduce(values, axis=None))
    high = float(np.percentile(tops, 97))
    return (low, high) if high > low else (low - 0.5, low + 0.5)
