"""A search as the engine would report it, made of chosen numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.search.composed_fill import FillSnapshot, Selection
from wganpaint_gui.core.search.records import SEARCHED, InpaintStep, SearchLog
from wganpaint_gui.core.search.settings import InpaintConfig

SIDE = 16  # model pixels


def make_losses(config: InpaintConfig, steps: int) -> NDArray[np.float32]:
    """[T, M, K]: falling, the first candidate lowest, the best before the end."""
    time = np.arange(steps)[:, None, None]
    rank = np.arange(config.candidates)[None, None, :]
    method = np.arange(len(config.methods))[None, :, None]
    falling = 100 * np.exp(-time / 20) + 10 * rank + 50 * method
    return (falling + np.where(time > steps * 0.8, 5, 0)).astype(np.float32)


def make_log(losses: NDArray[np.float32], refined: Sequence[int] = ()) -> SearchLog:
    """refined: the candidate that each of the last steps refined."""
    log = SearchLog(losses.shape[1], losses.shape[2], 4)
    for row, candidate in zip(losses, [SEARCHED] * (len(losses) - len(refined)) + list(refined), strict=True):
        log.append(np.zeros((*row.shape, 4), np.float32), row, refined=candidate)
    return log


def make_frame(
    losses: NDArray[np.float32],
    *,
    shown: int | None = None,
    selection: Selection | None = None,
    pictures: bool = True,
    known_step: bool = True,
) -> FillSnapshot:
    """shown: a step, or None for the bests. Candidate k of method m is a flat picture of grey 40 * m + k."""
    _, methods, candidates = losses.shape
    grey = (40 * np.arange(methods)[:, None] + np.arange(candidates)).astype(np.uint8)
    images = np.broadcast_to(grey[..., None, None, None], (methods, candidates, SIDE, SIDE, 3))
    best_steps = np.where(np.isfinite(losses), losses, np.inf).argmin(axis=0)
    best = np.take_along_axis(losses, best_steps[None], axis=0)[0]
    step = InpaintStep(len(losses) - 1, losses[-1], best, best_steps, np.isfinite(losses[-1]), None)
    return FillSnapshot(
        step=step if known_step else None,
        shown_step=shown,
        images=images if pictures else None,
        fills=images + np.uint8(100) if pictures else None,
        losses=best if shown is None else losses[shown],
        overlay=None,
        selection=selection or Selection(0, 0),
    )
