"""The result of a search as a project stores it: its best candidates, shown and kept without a model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.models.model_card import ModelCard

from .candidate_marks import UNMARKED, Candidate, CandidateMarks, Mix
from .frame import ModelView
from .known_region_fit import KnownRegionFit
from .records import SEARCHED, BestCandidates, InpaintStep, SearchLog
from .settings import REFINED_METHOD, InpaintConfig


@dataclass(frozen=True, eq=False)
class StoredMix:
    """The mix that was selected when the search was stored."""

    one: Candidate
    mix: Mix
    image: NDArray[np.uint8]  # [R, R, 3] RGB


@dataclass(frozen=True, eq=False)
class StoredSearch:
    """M methods, K candidates each, Z numbers a latent, R the model's resolution, T steps.

    Raises ValueError where arrays do not fit one another or hold values that no search produces.
    """

    config: InpaintConfig
    model: ModelCard  # that the search used
    best: BestCandidates
    images: NDArray[np.uint8]  # [M, K, R, R, 3] RGB, G(z) of the best latents; of refined ones their refined image
    step_losses: NDArray[np.float32]  # [T, M, K] of every step
    suggestions: NDArray[np.int64]  # [M], the candidate that each method suggests
    refined: NDArray[np.int64]  # [T], the candidate that each step refined, or SEARCHED
    known_region: KnownRegionFit | None  # None in projects from before it was measured
    mix: StoredMix | None = None

    def __post_init__(self) -> None:
        shape = (len(self.config.methods), self.config.candidates)
        network, best = self.model.network, self.best
        side = network.resolution
        for name, values, wanted, kind in (
            ("latents", best.latents, (*shape, network.latent_size), np.float32),
            ("pictures", self.images, (*shape, side, side, 3), np.uint8),
            ("losses", best.losses, shape, np.float32),
            ("best steps", best.steps, shape, np.int64),
            ("candidates alive", best.alive, shape, np.bool_),
            ("suggestions", self.suggestions, shape[:1], np.int64),
            ("refined candidates", self.refined, (len(self.step_losses),), np.int64),
            ("losses of the steps", self.step_losses, (len(self.step_losses), *shape), np.float32),
        ):
            if values.shape != wanted or values.dtype != kind:
                raise ValueError(f"the {name} are {values.dtype} {values.shape} instead of {np.dtype(kind)} {wanted}")
        if not len(self.step_losses):
            raise ValueError("the search took no step")
        if not (np.abs(best.latents) <= 1).all():  # false for NaN
            raise ValueError("the latents are not all numbers from -1 to 1")
        if np.isnan(best.losses).any():
            raise ValueError("the losses are not all numbers")
        if not ((self.suggestions >= 0) & (self.suggestions < self.config.candidates)).all():
            raise ValueError("the suggested candidates do not exist")
        refinable = self.config.candidates if REFINED_METHOD in self.config.methods else 0
        if not ((self.refined >= SEARCHED) & (self.refined < refinable)).all():
            raise ValueError("the refined candidates do not exist")
        if not ((best.steps >= -1) & (best.steps < len(self.step_losses))).all():
            raise ValueError("the best steps are not among the steps taken")

    @cached_property
    def log(self) -> SearchLog:
        """The losses of every step; without latents, which are stored for the bests only."""
        return SearchLog.of_losses(self.step_losses, self.refined)

    @property
    def last_step(self) -> InpaintStep:
        """The last record of the search."""
        index, best = len(self.step_losses) - 1, self.best
        return InpaintStep(index, self.step_losses[index], best.losses, best.steps, best.alive, images=None)

    def candidates_at(self, step: int | None) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Return images [M, K, R, R, 3] and losses [M, K] of the bests; raises SettingsError for any step."""
        if step is not None:
            raise SettingsError(f"Step {step} of this search was not stored.", "Only its best candidates were.")
        return self.images, self.best.losses

    def refined_at(self, step: int | None) -> frozenset[int]:
        """Return the candidates of REFINED_METHOD that are refined at a step, or at the bests (None)."""
        return self.log.refined_until(step)

    def mixed(self, one: Candidate, mix: Mix, step: int | None) -> NDArray[np.uint8]:
        """Return the image [R, R, 3] of the stored mix; raises SettingsError for any other."""
        stored = self.mix
        if stored is None or (stored.one, stored.mix) != (one, mix) or step is not None:
            raise SettingsError("This mix was not stored.", "Continue the search to mix its candidates.")
        return stored.image

    def suggested(self, marks: CandidateMarks = UNMARKED) -> NDArray[np.int64]:
        """Return the stored suggestions [M]; in place of one that was discarded, the lowest loss that is left."""
        lowest = marks.without_discarded(self.best.losses).argmin(axis=1)
        rows = [
            number if (method, number) not in marks.discarded else int(lowest[method])
            for method, number in enumerate(self.suggestions.tolist())
        ]
        return marks.with_promoted(np.array(rows, np.int64))

    def change(self, *, context_weight: float | None = None, view: ModelView | None = None) -> None:
        """Do nothing: the search has ended."""

    def fit(self) -> KnownRegionFit | None:
        return self.known_region
