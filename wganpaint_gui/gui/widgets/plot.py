"""The only user of pyqtgraph: a bare plot of a strong curve over faint ones, with a cursor."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsLinearLayout, QWidget

from wganpaint_gui.gui.look import theme

if TYPE_CHECKING:
    import pyqtgraph

_MARGIN = 5  # pixels around the curves

_qt_types_made = threading.Event()

Line = tuple[NDArray[np.float64], NDArray[np.float32]]  # places along the axis [N] and values [N]


def qt_types() -> Iterator[None]:
    """Create the types of Qt that pyqtgraph takes over, one a step: 0.2 s in all, in the window's thread.

    PySide creates a type where it is first named. The import names all of them, and while the window names others in
    its own thread, the program can crash.
    """
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
            yield
    _qt_types_made.set()


def preload() -> None:
    """Import pyqtgraph, or, in a thread other than the window's and before `qt_types`, leave it to the first plot."""
    if _qt_types_made.is_set() or threading.current_thread() is threading.main_thread():
        import pyqtgraph  # noqa: F401


class Plot:
    """A plot without axes and menus: one item for the faint curves, one for the strong curve, one for a part of it."""

    def __init__(self, parent: QWidget) -> None:
        import pyqtgraph as pg

        self._pg = pg
        # Not pyqtgraph's PlotWidget: its axes, menus and buttons, though hidden, took nine tenths of the time.
        self.widget: Any = pg.GraphicsView(parent, background=None)  # the parent draws the background
        self.widget.setProperty("role", "clear")
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view = pg.ViewBox(enableMouse=False, enableMenu=False)
        framed, layout = pg.GraphicsWidget(), QGraphicsLinearLayout()
        layout.setContentsMargins(*[_MARGIN] * 4)
        layout.addItem(self._view)
        framed.setLayout(layout)
        self.widget.setCentralItem(framed)
        self._view.disableAutoRange()
        self._faint: pyqtgraph.PlotCurveItem = pg.PlotCurveItem(antialias=False)
        self._strong: pyqtgraph.PlotCurveItem = pg.PlotCurveItem(antialias=True)
        self._part: pyqtgraph.PlotCurveItem = pg.PlotCurveItem(antialias=True)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._best = pg.ScatterPlotItem(size=7, pxMode=True)
        for part in (self._faint, self._strong, self._part, self._cursor, self._best):
            self._view.addItem(part, ignoreBounds=True)
        self._cursor.hide()
        self._best.hide()

    def show(self, strong: Line, faint: Line, total: int, span: tuple[float, float] | None = None) -> None:
        """Draw the curves. total: steps on the axis. span: lowest and highest value shown; None = from the data."""
        self._view.setXRange(0, total - 1, padding=0.01)
        self._view.setYRange(*(span or span_of(strong[1], faint[1])), padding=0.06)
        self._strong.setData(*strong, connect="finite")
        self._faint.setData(*faint, connect="finite")

    def show_part(self, part: Line) -> None:
        """Draw a part of the strong curve in a colour of its own."""
        self._part.setData(*part, connect="finite")

    def clear(self) -> None:
        self._strong.clear()
        self._faint.clear()
        self._part.clear()

    def mark(self, cursor: int | None, best: int | None, height: float | None) -> None:
        self._cursor.setVisible(cursor is not None)
        if cursor is not None:
            self._cursor.setValue(cursor)
        seen = best is not None and height is not None and math.isfinite(height)
        self._best.setVisible(seen)
        if seen:
            self._best.setData([best], [height])

    def restyle(self, ink: QColor, *, opacity: float = 0.28, width: float = 1.5) -> None:
        """Set colour (ink) and width of the strong curve in pixels, and the opacity of the faint ones."""
        colours = theme.colours()
        faint = QColor(ink)
        faint.setAlphaF(opacity)
        self._strong.setPen(self._pg.mkPen(ink, width=width))
        self._faint.setPen(self._pg.mkPen(faint, width=1))
        self._part.setPen(self._pg.mkPen(colours.refined_line, width=width))
        self._cursor.setPen(self._pg.mkPen(colours.muted, width=1))
        self._best.setBrush(self._pg.mkBrush(ink))
        self._best.setPen(self._pg.mkPen(colours.plot, width=1.5))

    def x_of(self, step: float) -> float:
        """Return the position of a step in device-independent pixels from the left of the widget."""
        return float(self.widget.mapFromScene(self._view.mapViewToScene(QPointF(step, 0))).x())

    def step_at(self, position: QPointF) -> float:
        return float(self._view.mapSceneToView(self.widget.mapToScene(position.toPoint())).x())


def span_of(*lines: NDArray[np.float32]) -> tuple[float, float]:
    """Return the range to show: all values but the steep start, which would flatten the rest."""
    values = np.concatenate(lines)
    values = values[np.isfinite(values)]
    if not len(values):
        return 0.0, 1.0
    low, high = float(values.min()), float(np.percentile(values, 98))
    return (low, high) if high > low else (low - 0.5, low + 0.5)
