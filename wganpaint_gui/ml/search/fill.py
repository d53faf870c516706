"""The fill of one frame of one photo, as the command line and the editor both run it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.candidate_marks import CandidateMarks
from wganpaint_gui.core.search.composed_fill import ComposedFill, FillSnapshot, FormerSearch, Selection
from wganpaint_gui.core.search.records import StepPlan
from wganpaint_gui.core.search.settings import REFINED_METHOD, InpaintConfig
from wganpaint_gui.core.search.stored_search import StoredMix, StoredSearch

from .critic_view import critic_scores
from .inpainting import Search
from .prepared_model import PreparedModel

_SCORED_AT_ONCE = 16  # steps; between two parts, the scoring can be told to stop


class Fill(ComposedFill):
    """Searches in one frame and composes what it finds.

    One thread drives run(). Everything else may be used from any other at the same time: the log only grows, and the
    search publishes its bests as a whole.
    """

    search: Search

    def __init__(
        self,
        model: PreparedModel,
        photo: Photo,
        mask: NDArray[np.uint8],
        frame: Frame,
        config: InpaintConfig,
        *,
        former: FormerSearch | None = None,
    ) -> None:
        """Prepare the search. mask: uint8 [H, W], above 127 = fill. former: the search to continue, with its marks.

        Raises FrameError or MaskError where the frame cannot be searched in.
        """
        super().__init__(photo, mask, frame, model.resolution, config.blend)
        self.model = model
        self.search = Search(model, self.composer.view, config, former=former)
        if former is not None:
            self.mark(former.marks)
        self.plan = self._planned(self.config.steps, self.config.refine)

    def run(
        self, steps: int | None = None, *, refine: int | None = None, watched: Callable[[], bool] = lambda: True
    ) -> Iterator[FillSnapshot]:
        """Search for some steps (None = config.steps), then refine the selected candidate of REFINED_METHOD.

        refine: steps of the refinement; None = config.refine. Yields each step, with pictures where watched() said so
        and for the last one. A candidate selected in the middle of a refinement is refined in place of the one before;
        a change of mask or lambda sends a refinement back to the search. Closing the generator stops it; running again
        continues from there.
        """
        steps = self.config.steps if steps is None else steps
        refine = self.config.refine if refine is None else refine
        while True:
            if self.search.has_changed():
                steps = max(steps, self.config.steps)
            self.plan = self._planned(steps, refine)
            for step in self.search.advance(steps, watched=watched):
                yield self._snapshot(step, step.index, step.images, step.losses, self.selection)
            yield from self._refine(refine, watched)
            if not self.search.has_changed():
                break
            steps = 0
        self.plan = self._planned(0, 0)

    def mark(self, marks: CandidateMarks) -> None:
        super().mark(marks)
        self.search.lock(marks.locked)

    def is_refined(self, candidate: int) -> bool:
        """Whether a candidate of REFINED_METHOD has been refined to the end since the last step of the search."""
        return candidate in self.search.refined_to_end

    def can_refine(self, candidate: int) -> bool:
        """Whether a refinement of a candidate of REFINED_METHOD has anything to do: a locked one stays as it is."""
        locked = (self.config.methods.index(REFINED_METHOD), candidate) in self.marks.locked
        return not locked and not self.is_refined(candidate)

    def best_by_critic(self, method: int, candidate: int, wanted: Callable[[], bool] = lambda: True) -> int | None:
        """Return the step, 0-based, at which the critic scores one candidate's composite highest.

        None where no score is a number, and once wanted() is false.
        """
        composer, scores = self.composer, list[float]()
        steps = len(self.search.log)
        for first in range(0, steps, _SCORED_AT_ONCE):
            images = self.search.images_over(method, candidate, slice(first, min(first + _SCORED_AT_ONCE, steps)))
            scores.extend(critic_scores(self.model, np.stack([composer.fill(image) for image in images])).tolist())
            if not wanted():
                return None
        finite = [score if math.isfinite(score) else -math.inf for score in scores]
        best = max(finite, default=-math.inf)
        return None if best == -math.inf else finite.index(best)

    def _refine(self, steps: int, watched: Callable[[], bool]) -> Iterator[FillSnapshot]:
        while steps and not self.search.has_changed() and (candidate := self._to_refine()) is not None:
            self.plan = self._planned(0, steps)
            method = self.config.methods.index(REFINED_METHOD)
            for step in self.search.refine(candidate, steps, watched=watched):
                suggested = self.selection == Selection(method)
                shown = Selection(method, candidate) if suggested else self.selection
                yield self._snapshot(step, step.index, step.images, step.losses, shown)
                if self._selected not in (None, candidate):
                    break

    def _planned(self, steps: int, refine: int) -> StepPlan:
        refine = refine if REFINED_METHOD in self.config.methods else 0
        return StepPlan(len(self.search.log) + steps + refine, refine)

    @property
    def _selected(self) -> int | None:
        """The candidate of REFINED_METHOD that the user has selected."""
        selection, methods = self.selection, self.config.methods
        return selection.candidate if methods[selection.method] == REFINED_METHOD else None

    def _to_refine(self) -> int | None:
        """Return the candidate selected, or else the suggested one, unless that one is refined already or locked."""
        candidate = self._selected
        if candidate is None and REFINED_METHOD in self.config.methods and not self.search.refined_to_end:
            candidate = int(self.search.suggested(self.marks)[self.config.methods.index(REFINED_METHOD)])
        return None if candidate is None or not self.can_refine(candidate) else candidate

    def _stored_mix(self) -> StoredMix | None:
        selection = self.selection
        if selection.candidate is None or selection.mix is None:
            return None
        one = selection.method, selection.candidate
        return StoredMix(one, selection.mix, self.search.mixed(one, selection.mix, None))

    def stored_search(self) -> StoredSearch:
        """Return the best candidates as a project stores them; renders them. At least one step must have been taken."""
        search = self.search
        state = search.state  # read once: everything below belongs to the same moment
        return StoredSearch(
            config=replace(state.config, blend=self.composer.blend),
            model=self.model.card,
            best=state.best,
            images=search.images_of(state),
            step_losses=search.log.losses[: state.steps],
            suggestions=search.suggested(state=state),
            refined=search.log.refined[: state.steps],
            known_region=search.fit(state),
            mix=self._stored_mix(),
        )
