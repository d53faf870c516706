"""Records of a search: one per step, the best of each candidate, and the log of all latents.

A search is a sequence of steps that only grows. Most update the latents of all candidates; those of a refinement
update the generator for one candidate, while all others stay at their bests.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.growing_array import GrowingArray


@dataclass(frozen=True)
class InpaintStep:
    """One step of a search. M methods, K candidates, R the model's resolution."""

    index: int  # 0-based, counted from the start of the search
    losses: NDArray[np.float32]  # [M, K], unitless; of this step's images, before the update
    best_losses: NDArray[np.float32]  # [M, K], the lowest loss so far
    best_steps: NDArray[np.int64]  # [M, K], where it was
    alive: NDArray[np.bool_]  # [M, K]; see BestCandidates
    images: NDArray[np.uint8] | None  # [M, K, R, R, 3] RGB, G(z) of this step; None for an unwatched step


@dataclass(frozen=True, eq=False)
class BestCandidates:
    """Every candidate at its best, all of one moment. M methods, K candidates, Z numbers a latent.

    That is where its loss was lowest; for a refined one, the best step of its refinement.
    """

    latents: NDArray[np.float32]  # [M, K, Z] in [-1, 1]; the start where no loss was finite
    losses: NDArray[np.float32]  # [M, K]; infinite there
    steps: NDArray[np.int64]  # [M, K], 0-based; -1 there
    alive: NDArray[np.bool_]  # [M, K]; False: the loss is no longer finite, and the candidate stays at its best latent


@dataclass(frozen=True)
class StepPlan:
    """How long a search will be at its end, as far as one can tell."""

    total: int  # steps, those taken so far included
    refinement: int = 0  # so many of them, the last, refine a candidate


@dataclass(frozen=True)
class RefinedRun:
    """Steps that refine one candidate, one after another."""

    first: int  # step of the search, 0-based
    count: int
    candidate: int  # of REFINED_METHOD, or SEARCHED while it is not known

    @property
    def end(self) -> int:
        """One past the last step."""
        return self.first + self.count


SEARCHED = -1  # in place of a candidate: a step that updated the latents of all


class SearchLog:
    """Latents and losses of every step; the search appends to it, any thread may read it up to len(log)."""

    def __init__(self, methods: int, candidates: int, latent_size: int, capacity: int = 512) -> None:
        self._latents = GrowingArray((methods, candidates, latent_size), np.float32, capacity)
        self._refined = GrowingArray((), np.int64, capacity)
        self._losses = GrowingArray((methods, candidates), np.float32, capacity)

    @classmethod
    def of_losses(cls, losses: NDArray[np.float32], refined: NDArray[np.int64]) -> SearchLog:
        """Create the log of a stored search, of which no latents were kept. losses: [T, M, K]. refined: [T]."""
        steps, methods, candidates = losses.shape
        log = cls(methods, candidates, latent_size=0, capacity=max(1, steps))
        for row, candidate in zip(losses, refined.tolist(), strict=True):
            log.append(np.zeros((*row.shape, 0), np.float32), row, refined=candidate)
        return log

    def __len__(self) -> int:
        return len(self._losses)

    def append(self, latents: NDArray[np.float32], losses: NDArray[np.float32], *, refined: int = SEARCHED) -> None:
        """Add a step. latents: [M, K, Z]. losses: [M, K]. Only the search's thread may call it.

        refined: the candidate of REFINED_METHOD for which the generator was updated.
        """
        self._latents.append(latents)
        self._refined.append(refined)
        self._losses.append(losses)

    @property
    def losses(self) -> NDArray[np.float32]:
        """[T, M, K] of all steps so far."""
        return self._losses.values

    @property
    def latents(self) -> NDArray[np.float32]:
        """[T, M, K, Z] of all steps so far."""
        return self._latents.values[: len(self._losses)]

    @property
    def refined(self) -> NDArray[np.int64]:
        """[T], the candidate that each step refined, or SEARCHED."""
        return self._refined.values[: len(self._losses)]

    def refined_until(self, step: int | None) -> frozenset[int]:
        """Return the candidates that are refined at a step (None = the last): that were since the last searched one."""
        refined = self.refined[: None if step is None else step + 1]
        searched = np.flatnonzero(refined == SEARCHED)
        return frozenset(refined[searched[-1] + 1 if len(searched) else 0 :].tolist())


def refined_runs(refined: NDArray[np.int64]) -> list[RefinedRun]:
    """Find the runs of steps that refine one candidate. refined: [T], as `SearchLog.refined`."""
    borders = [0, *(np.flatnonzero(np.diff(refined)) + 1).tolist(), len(refined)]
    pairs = [(first, end) for first, end in pairwise(borders) if first < end]
    runs = [RefinedRun(first, end - first, int(refined[first])) for first, end in pairs]
    return [run for run in runs if run.candidate != SEARCHED]


def with_planned(runs: list[RefinedRun], plan: StepPlan) -> list[RefinedRun]:
    """Return the runs of a search with the refinement that its plan ends with, whether it has begun or not."""
    if not plan.refinement:
        return runs
    first = plan.total - plan.refinement
    now = next((run.candidate for run in runs if run.end > first), SEARCHED)
    before = [replace(run, count=min(run.end, first) - run.first) for run in runs if run.first < first]
    return [*before, RefinedRun(first, plan.refinement, now)]
