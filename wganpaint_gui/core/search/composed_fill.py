"""One frame of one photo with candidates composed into it, from a running search or from a project."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo

from .candidate_marks import UNMARKED, Candidate, CandidateMarks, Mix
from .compose import Composer
from .frame import ModelView, check_frame
from .records import BestCandidates, InpaintStep, StepPlan
from .settings import Blend, InpaintConfig
from .stored_search import StoredSearch


@dataclass(frozen=True)
class Selection:
    """The fill chosen among M methods and K candidates."""

    method: int = 0  # index into the config's methods
    candidate: int | None = None  # None = the suggested one; while it is searched, the one with the lowest loss
    mix: Mix | None = None  # only with a candidate


@dataclass(frozen=True)
class FillSnapshot:
    """A fill at one moment, ready to be shown. M methods, K candidates, R the model's resolution."""

    step: InpaintStep | None  # None when re-rendered from the log
    shown_step: int | None  # 0-based; None = each candidate's best
    images: NDArray[np.uint8] | None  # [M, K, R, R, 3] G(z); None, like all pictures, for an unwatched step
    fills: NDArray[np.uint8] | None  # [M, K, R, R, 3]; the known pixels with the fill in their hole
    losses: NDArray[np.float32]  # [M, K], of what is shown
    overlay: NDArray[np.uint8] | None  # [s, s, 4] RGBA of the selected fill over the frame's box, at most 512 a side
    selection: Selection  # candidate resolved to a number
    suggested: NDArray[np.int64] | None = None  # [M], where the bests are shown
    mixed: NDArray[np.uint8] | None = None  # [R, R, 3] G(z) of the mix, where one is selected
    refined: frozenset[int] = frozenset()  # candidates of REFINED_METHOD that are refined


class CandidateSource(Protocol):
    """Where a fill takes its candidates from: a search, or one that was stored."""

    @property
    def config(self) -> InpaintConfig: ...

    @property
    def best(self) -> BestCandidates: ...

    def candidates_at(self, step: int | None) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Return images [M, K, R, R, 3] and losses [M, K] of a step, or of the bests (None).

        Raises SettingsError for a step that is not available.
        """

    def refined_at(self, step: int | None) -> frozenset[int]:
        """Return the candidates of REFINED_METHOD that are refined at a step, or at the bests (None)."""

    def mixed(self, one: Candidate, mix: Mix, step: int | None) -> NDArray[np.uint8]:
        """Return the image [R, R, 3] of a mix at a step, or of the bests (None); raises SettingsError without it."""

    def suggested(self, marks: CandidateMarks = UNMARKED) -> NDArray[np.int64]:
        """Return the candidate that each method suggests, at the bests: [M]; see `CandidateMarks`."""

    def change(self, *, context_weight: float | None = None, view: ModelView | None = None) -> None:
        """Continue with another lambda or another view."""


@dataclass(frozen=True, eq=False)
class FormerSearch:
    """The search that another one continues: from its best latents, with its marks; locked candidates stay as seen."""

    search: CandidateSource
    marks: CandidateMarks

    @property
    def latents(self) -> NDArray[np.float32]:
        """[M, K, Z], to start from."""
        return self.search.best.latents


class ComposedFill:
    """Composes the candidates of one frame into the photo.

    snapshot_at, result, change, selection and marks may be used from any thread at any time: a composer never changes.
    """

    search: CandidateSource
    plan: StepPlan  # of the search
    _searching = True  # a search needs something visible in the frame

    def __init__(self, photo: Photo, mask: NDArray[np.uint8], frame: Frame, resolution: int, blend: Blend) -> None:
        """mask: uint8 [H, W], above 127 = fill. Raises FrameError or MaskError where nothing can be filled."""
        check_frame(photo, mask, frame, resolution, searching=self._searching)
        self.frame = frame
        self.resolution = resolution  # of the images, model pixels a side
        self.selection = Selection()
        self.marks = UNMARKED  # replaced as a whole
        self.composer = Composer(photo, mask, frame, resolution, blend)
        self._photo, self._box = photo, frame.box.intersect(photo.box)
        self.frame_mask = self._masked(mask)  # [h, w] of the frame's box inside the photo; never written to
        self._changing = threading.Lock()

    @property
    def config(self) -> InpaintConfig:
        """The settings, with the current lambda and blend."""
        return replace(self.search.config, blend=self.composer.blend)

    def mark(self, marks: CandidateMarks) -> None:
        """Use these marks from now on."""
        self.marks = marks

    def snapshot_at(self, step: int | None, selection: Selection | None = None) -> FillSnapshot:
        """Render any earlier step again from its latents; None = each candidate's best.

        Raises SettingsError for a step that was not taken yet.
        """
        images, losses = self.search.candidates_at(step)
        suggested = self.search.suggested(self.marks) if step is None else None
        chosen = resolved(selection or self.selection, losses, suggested, self.marks)
        return replace(self._snapshot(None, step, images, losses, chosen), suggested=suggested)

    def result(self, selection: Selection | None = None, step: int | None = None) -> tuple[Box, NDArray[np.generic]]:
        """Compose one fill at full resolution. step: as in snapshot_at.

        Returns its box in the photo and the pixels in the photo's dtype; outside the hole they are the photo's own, bit
        for bit.
        """
        # All candidates are rendered, as for the screen, so that the same numbers come out as were shown.
        images, losses = self.search.candidates_at(step)
        suggested = self.search.suggested(self.marks) if step is None else None
        chosen = resolved(selection or self.selection, losses, suggested, self.marks)
        return self.composer.patch(self._selected_image(images, chosen, step))

    def change(
        self, *, context_weight: float | None = None, mask: NDArray[np.uint8] | None = None, blend: Blend | None = None
    ) -> None:
        """Continue from the current latents with another lambda, mask or blend; raises as the constructor does."""
        if mask is None and blend is None:  # must not wait: the window calls it
            self.search.change(context_weight=context_weight)
            return
        with self._changing:
            view = None
            if mask is not None:
                check_frame(self._photo, mask, self.frame, self.resolution, searching=self._searching)
                blend = blend or self.composer.blend
                self.composer = Composer(self._photo, mask, self.frame, self.resolution, blend)
                self.frame_mask, view = self._masked(mask), self.composer.view
            elif blend is not None:
                self.composer = self.composer.blended_by(blend)
            self.search.change(context_weight=context_weight, view=view)

    def _masked(self, mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Copy the mask in the frame's box, without what the frame does not hold."""
        part = mask[self._box.slices].copy()
        if self.frame.angle:
            part[~self.frame.holds(self._box)] = 0
        return part

    def _snapshot(
        self,
        step: InpaintStep | None,
        shown_step: int | None,
        images: NDArray[np.uint8] | None,
        losses: NDArray[np.float32],
        selection: Selection,
    ) -> FillSnapshot:
        chosen = resolved(selection, losses, marks=self.marks)
        if images is None:
            return FillSnapshot(step, shown_step, None, None, losses, None, chosen)  # nobody looks
        composer, refined = self.composer, self.search.refined_at(shown_step)
        fills = np.stack([np.stack([composer.fill(image) for image in row]) for row in images])
        image = self._selected_image(images, chosen, shown_step)
        mixed = None if chosen.mix is None else image
        overlay = composer.overlay(image)
        return FillSnapshot(step, shown_step, images, fills, losses, overlay, chosen, mixed=mixed, refined=refined)

    def _selected_image(self, images: NDArray[np.uint8], selection: Selection, step: int | None) -> NDArray[np.uint8]:
        """Return G(z) [R, R, 3] of what is selected. images: of all candidates at a step, or of the bests (None)."""
        assert selection.candidate is not None
        place = selection.method, selection.candidate
        image: NDArray[np.uint8] = images[place]
        return image if selection.mix is None else self.search.mixed(place, selection.mix, step)


class StoredFill(ComposedFill):
    """The fill of a search stored in a project: it can be shown, kept and blended without any model."""

    search: StoredSearch
    _searching = False

    def __init__(self, photo: Photo, mask: NDArray[np.uint8], frame: Frame, search: StoredSearch) -> None:
        """Raises FrameError or MaskError where nothing can be filled."""
        super().__init__(photo, mask, frame, search.images.shape[2], search.config.blend)
        self.search = search
        self.plan = StepPlan(len(search.log))

    def snapshot_at(self, step: int | None, selection: Selection | None = None) -> FillSnapshot:
        return replace(super().snapshot_at(step, selection), step=self.search.last_step)

    def stored_search(self) -> StoredSearch:
        """Return the search with the current settings, to be stored again."""
        return replace(self.search, config=self.config)


def resolved(
    selection: Selection,
    losses: NDArray[np.float32],
    suggested: NDArray[np.int64] | None = None,
    marks: CandidateMarks = UNMARKED,
) -> Selection:
    """Return the selection with its candidate as a number: the suggested one, or the one with the lowest loss.

    losses: [M, K]; a NaN is never the lowest. suggested: [M]. marks: without suggestions, the promoted candidate is
    taken, and none that was discarded.
    """
    methods, candidates = losses.shape
    other = (0, 0) if selection.mix is None else selection.mix.other
    known = 0 <= other[0] < methods and 0 <= other[1] < candidates
    if not known or not 0 <= selection.method < methods or not 0 <= (selection.candidate or 0) < candidates:
        raise SettingsError(f"There is no fill {selection}: there are {methods} methods, {candidates} candidates each.")
    if selection.candidate is not None:
        return selection
    if suggested is not None:
        return Selection(selection.method, int(suggested[selection.method]))
    promoted = marks.promoted_of(selection.method)
    if promoted is not None:
        return Selection(selection.method, promoted)
    row = marks.without_discarded(losses)[selection.method]
    return Selection(selection.method, int(np.where(np.isnan(row), np.inf, row).argmin()))


def rival_of(shown: FillSnapshot, marks: CandidateMarks) -> Candidate | None:
    """Return the candidate to compare the shown one with at first; None where no other is left.

    That is what the next method suggests, or with a single method the next candidate by loss.
    """
    methods, candidates = shown.losses.shape
    here = shown.selection.method, shown.selection.candidate
    method = (here[0] + 1) % methods
    others = [number for number in marks.left(method, candidates) if (method, number) != here]
    if not others:
        return None
    if method != here[0] and shown.suggested is not None:
        return method, int(shown.suggested[method])
    return method, min(others, key=lambda number: np.nan_to_num(shown.losses[method, number], nan=np.inf))
