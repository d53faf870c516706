"""The W curve of a stage, prepared for drawing; its median is computed in the background."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wganpaint_gui.core.training.run_curves import settled
from wganpaint_gui.core.training.training_log import StageLog, running_median
from wganpaint_gui.gui.fill.lanes.loss_curve import outline
from wganpaint_gui.gui.widgets.plot import Line

_OUTLIERS = 0.5  # percent of values at each end that may lie outside the plot
_FIRST_SPAN = 100  # updates


@dataclass(frozen=True)
class CurveLines:
    """The lines of a plot."""

    raw: Line  # W of every update; if there are many, highest and lowest values
    median: Line
    span: tuple[float, float]  # lowest and highest value to show
    newest: float | None  # of the median


def axis_span(done: int, total: int) -> int:
    """Return how many updates the axis spans: at least half of it is in use, and it seldom changes."""
    span = _FIRST_SPAN
    while span < done:
        span *= 2
    return max(min(span, total), done, 2)


def curve_lines(log: StageLog, columns: int) -> CurveLines:
    """Prepare the curve. columns: approximate number of points that can be distinguished across."""
    w = log.values.copy()  # the log keeps growing meanwhile
    if not len(w):
        nothing = np.zeros(0), np.zeros(0, np.float32)
        return CurveLines(nothing, nothing, (0.0, 1.0), None)
    smooth = running_median(w)
    updates = log.updates[: len(w)].astype(np.float64)
    places, values = outline(w, columns)
    stride = max(1, len(w) // columns)
    kept = np.unique(np.append(np.arange(0, len(w), stride), len(w) - 1))
    first = settled(len(w))
    low, high = np.percentile(w[first:], [_OUTLIERS, 100 - _OUTLIERS])
    low, high = min(low, float(smooth[first:].min())), max(high, float(smooth[first:].max()))
    if high <= low:
        low, high = low - 0.5, high + 0.5
    raw = updates[places.astype(np.intp)], values
    return CurveLines(raw, (updates[kept], smooth[kept]), (float(low), float(high)), float(smooth[-1]))
