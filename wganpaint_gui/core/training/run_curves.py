"""One number of a training run over its updates, thinned for drawing beside the same number of other runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from .training_log import StageLog, running_median

Measure = Literal["w", "critic_gap", "swd"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
_OPENING = 0.1, 500  # first share of the updates, at most so many, ignored for the scale: W jumps at first


@dataclass(frozen=True, eq=False)
class RunCurve:
    """A curve; empty where the run has no such number yet."""

    updates: NDArray[np.int64]  # [N], rising
    values: NDArray[np.float32]  # [N], unitless
    span: tuple[float, float] | None  # lowest and highest value to show; None for an empty curve

    def at(self, update: int) -> float | None:
        """Return the last value up to an update; None before the first."""
        place = int(np.searchsorted(self.updates, update, side="right")) - 1
        return float(self.values[place]) if place >= 0 else None


def run_curve(log: StageLog, measure: Measure, points: int) -> RunCurve:
    """Return the running median of W, or what was measured at the ticks.

    points: approximately so many are kept of W, first and last included.
    """
    if measure == "w":
        values = running_median(log.values.copy())  # a copy: the log keeps growing meanwhile
        updates = log.updates[: len(values)].copy()
        span = _span(values[settled(len(values)) :])
        kept = np.arange(0, len(values), max(1, len(values) // points))
        if len(values):
            kept = np.unique(np.append(kept, len(values) - 1))
        return RunCurve(updates[kept], values[kept], span)
    found = [(tick.update, getattr(tick, measure)) for tick in log.ticks]
    kept_ticks = [(update, value) for update, value in found if value is not None]
    values = np.array([value for _, value in kept_ticks], np.float32)
    return RunCurve(np.array([update for update, _ in kept_ticks], np.int64), values, _span(values))


def settled(count: int) -> int:
    """Return how many of the first updates, out of so many, the scale of W should ignore."""
    share, most = _OPENING
    return min(int(share * count), most)


def _span(values: NDArray[np.float32]) -> tuple[float, float] | None:
    values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if len(values) else None
