"""The loss at every step as curves: the chosen candidate strong, the others faint, a cursor at the shown step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from wganpaint_gui.core.search.records import RefinedRun
from wganpaint_gui.core.search.settings import Method
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets.picture import painter_on_plot
from wganpaint_gui.gui.widgets.plot import Line, Plot, span_of

Curves = NDArray[np.float32]  # [T, K]: a row a step, a column a candidate

REDRAW_MS = 70  # between two drawings: more often, curves would take half the time of a preview
_FAINT_POINTS = 600  # of all faint curves of a plot together: painting them must not be noticeable


class LossCurve(QWidget):
    """Draws [T, K] losses over a fixed number of steps. Signal: step_chosen(int), dragged to by the user.

    pyqtgraph is imported when the first curve is shown, or before by `plot.preload`: it takes half of a start.
    """

    step_chosen = Signal(int)

    def __init__(self, method: Method, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = method
        self._plot: Plot | None = None
        self._losses: Curves = np.zeros((0, 1), np.float32)
        self._strong = 0
        self._refined: Sequence[RefinedRun] = ()  # of the strong candidate
        self._still: Sequence[RefinedRun] = ()  # of others
        self._total = 1
        self._cursor: int | None = None
        self._best: int | None = None
        self._stale = False
        self._rest = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._rest.timeout.connect(self._catch_up)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(120)
        self.setAccessibleName(tr("Loss at every step"))
        self.setToolTip(tr("Loss at every step, no unit: lower is better. Drag to look back at earlier steps."))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(240, 60)

    def show_losses(
        self,
        losses: Curves,
        strong: int,
        total: int,
        *,
        refined: Sequence[RefinedRun] = (),
        still: Sequence[RefinedRun] = (),
    ) -> None:
        """Show losses [T, K] of all steps so far. strong: the candidate drawn strongly. total: steps on the axis.

        refined: the steps that refine the strong candidate, perhaps also some to come. still: those that refine
        another, so that its loss stays as it is.
        """
        self._losses, self._strong, self._total = losses, strong, max(total, 2)
        self._refined, self._still = refined, still
        self._redraw()

    def show_marks(self, cursor: int | None, best: int | None) -> None:
        """Mark the shown step and the best step of the strong candidate, both 0-based."""
        self._cursor, self._best = cursor, best
        self._redraw()

    def _redraw(self) -> None:
        """Draw at once, or when the last drawing is old enough; the newest state is always drawn in the end."""
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
            self._plot = Plot(self)
            self._plot.widget.viewport().installEventFilter(self)
            self._column.addWidget(self._plot.widget)
        self._restyle()
        self._draw()
        self._draw_marks()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = painter_on_plot(self)
        if self._plot is not None:
            painter.setBrush(QColor(theme.colours().band))
            for run in self._refined:
                left, right = self._plot.x_of(run.first - 0.5), self._plot.x_of(run.end - 0.5)
                painter.drawRect(QRectF(left, 0, min(right, self.width()) - left, self.height()))

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
            columns = max(self.width() // 3, 2)
            losses = self._losses[:, self._strong]
            moved = losses.copy()
            for run in (*self._still, *self._refined):
                moved[run.first : run.end] = np.nan
            others = self._losses.copy()
            others[np.isfinite(moved), self._strong] = np.nan  # drawn faintly where it stays still
            part = np.full_like(losses, np.nan)
            for run in self._refined:
                lead = max(run.first - 1, 0)  # joined to what was before
                part[lead : run.end] = losses[lead : run.end]
            strong, faint = outline(moved, columns), thinned(others, _FAINT_POINTS)
            self._plot.show(strong, faint, self._total, span_of(strong[1], faint[1], part))
            self._plot.show_part(outline(part, columns))
            self.update()

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
    """Reduce a long curve to two points per column, the highest and the lowest loss of its steps; nothing is averaged.

    losses: [T]. Returns (steps [N], losses [N]); NaN counts only where all of a column are NaN.
    """
    count = len(losses)
    if count <= 4 * columns:
        return np.arange(count, dtype=np.float64), losses
    starts = np.linspace(0, count, columns, endpoint=False).astype(np.intp)
    low, high = np.fmin.reduceat(losses, starts), np.fmax.reduceat(losses, starts)
    return np.repeat(starts.astype(np.float64), 2), np.stack([high, low], axis=1).ravel()


def thinned(losses: Curves, points: int) -> Line:
    """Join several curves to one of about so many points; a NaN after each interrupts the line.

    losses: [T, K]. Returns (steps [N], losses [N]). Every n-th step is enough for faint curves.
    """
    count, curves = losses.shape
    if not count or not curves:
        return np.zeros(0), np.zeros(0, np.float32)
    stride = max(1, -(-count * curves // points))
    kept = losses[::stride]
    steps = np.append(np.arange(0, count, stride, dtype=np.float64), np.nan)
    gap = np.full((1, curves), np.nan, np.float32)
    return np.tile(steps, curves), np.concatenate([kept, gap]).T.ravel()
