"""Searches and fills the frames of one photo one after another; torch is imported only where it computes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.frame import frame_hole
from wganpaint_gui.core.search.records import SEARCHED
from wganpaint_gui.core.search.settings import REFINED_METHOD, InpaintConfig, Method

from .backdrop import Backdrop, backdrop

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.fill import Fill
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


@dataclass(frozen=True)
class FillStep:
    """Reports how far the fill of one photo is: in steps of its searches, or in parts of its surroundings."""

    unit: Literal["step", "part"]
    done: int
    total: int  # changes as it turns out what is needed


@dataclass(frozen=True, eq=False)
class MethodFill:
    """Holds the result of one method for one frame. K candidates, T steps, Z the latent size."""

    fill: Fill
    index: int  # of the method among the fill's
    backdrop: Backdrop | None  # the photo it was searched in; None without a film
    chosen: int | None = None  # the candidate to use; None = the suggested one

    @property
    def frame(self) -> Frame:
        return self.fill.frame

    @property
    def method(self) -> Method:
        return self.fill.config.methods[self.index]

    @property
    def steps(self) -> int:
        """Return the number of steps taken, those of a refinement included: T."""
        return self.fill.search.steps_done

    @property
    def refined_steps(self) -> NDArray[np.int64]:
        """Return the steps of this method's refinement, ascending and without gaps; none where it was not refined."""
        refined = self.fill.search.log.refined != SEARCHED
        return np.flatnonzero(refined if self.method == REFINED_METHOD else np.zeros_like(refined))

    @property
    def best_losses(self) -> NDArray[np.float32]:
        """Return the loss of each candidate at its best: [K]."""
        return np.asarray(self.fill.search.best.losses[self.index])

    @property
    def best_steps(self) -> NDArray[np.int64]:
        """Return the best step of each candidate, 0-based: [K]."""
        return np.asarray(self.fill.search.best.steps[self.index])

    @property
    def best_latents(self) -> NDArray[np.float32]:
        """Return the latent of each candidate at the lowest loss of its search: [K, Z]."""
        return np.asarray(self.fill.search.best.latents[self.index])

    @property
    def losses(self) -> NDArray[np.float32]:
        """Return the losses of all steps: [T, K]."""
        return self.fill.search.log.losses[:, self.index]

    @property
    def winner(self) -> int:
        """Return the index of the chosen or else the suggested candidate, which is the refined one, if one was."""
        if self.chosen is not None:
            return self.chosen
        return int(self.fill.search.suggested()[self.index])

    def image_at(self, step: int | None) -> NDArray[np.uint8]:
        """Render the winner at a step, or at its best (None): [R, R, 3] RGB."""
        search = self.fill.search
        if step is not None and search.log.refined[step] == SEARCHED:
            return search.render(search.log.latents[step, self.index, self.winner])
        images, _ = search.candidates_at(step)
        return np.asarray(images[self.index, self.winner])

    def write_into(self, photo: Photo) -> None:
        """Write the best candidate under the mask of its search. photo: the one it was searched in."""
        box, patch = self.fill.result(Selection(self.index, self.winner))
        photo.pixels[box.slices] = patch


class FrameFiller:
    """Fills a photo frame by frame, as the editor does: each search sees the fills before it and keeps them.

    filled: for each method the photo with all its fills so far. The given photo and mask never change.
    """

    def __init__(
        self,
        model: PreparedModel,
        photo: Photo,
        mask: NDArray[np.uint8],
        config: InpaintConfig,
        *,
        filming: bool,
        warn: Callable[[str], object],
    ) -> None:
        """filming: whether to keep what a film needs. warn: called with what the user should know, as a sentence."""
        self.filled = tuple(photo.replaced(photo.pixels.copy()) for _ in config.methods)
        self.fills: list[tuple[MethodFill, ...]] = []  # for each frame one per method
        self._model = model
        self._remaining = mask.copy()
        self._config = config
        self._filming = filming
        self._warn = warn
        self._done = self._total = 0  # steps of all frames

    def fill(self, frames: Sequence[Frame]) -> Iterator[FillStep]:
        """Search the frames one after another and write their fills; one that earlier ones filled is left out.

        Yields after every step; closing the generator stops the search.
        """
        self._total = most_steps(self._config) * len(frames)
        for frame in frames:
            yield from self._fill(frame)
            yield self._progress()

    def _progress(self) -> FillStep:
        return FillStep("step", self._done, self._total)

    def _fill(self, frame: Frame) -> Iterator[FillStep]:
        marked = frame_hole(self._remaining, frame)
        if not marked.any():
            self._done += most_steps(self._config)
            return
        groups = self._groups(frame)
        steps = sum(most_steps(replace(self._config, methods=methods)) for methods in groups)
        self._total += steps - most_steps(self._config)
        found: list[MethodFill] = []
        for methods in groups:
            found += yield from self._search(frame, methods)
        for one, photo in zip(found, self.filled, strict=True):
            one.write_into(photo)
        self._remaining[frame.box.intersect(self.filled[0].box).slices][marked] = 0
        self.fills.append(tuple(found))

    def _groups(self, frame: Frame) -> list[tuple[Method, ...]]:
        """Return the batches to search in: all methods together while they see the same pixels, else each alone."""
        methods, first = self._config.methods, self.filled[0]
        near = frame.box.grown(frame.size).intersect(first.box).slices  # the blend reads a little beyond the frame
        same = all(np.array_equal(first.pixels[near], other.pixels[near]) for other in self.filled[1:])
        return [methods] if same else [(method,) for method in methods]

    def _search(self, frame: Frame, methods: tuple[Method, ...]) -> Generator[FillStep, None, list[MethodFill]]:
        from wganpaint_gui.ml.search.fill import Fill

        photo = self.filled[self._config.methods.index(methods[0])]
        config = replace(self._config, methods=methods)
        fill = Fill(self._model, photo, self._remaining, frame, config)
        for _ in fill.run(watched=lambda: False):
            self._done += 1
            yield self._progress()
        self._done += most_steps(config) - fill.search.steps_done  # those that a refinement did not need
        if fill.search.notice:
            self._warn(f"{photo.path}: {fill.search.notice}.")
        seen = backdrop(photo, frame) if self._filming else None
        return [MethodFill(fill, index, seen) for index in range(len(methods))]


def most_steps(config: InpaintConfig) -> int:
    """Return how many steps a fill takes at most, those of its refinement included."""
    return config.steps + (config.refine if REFINED_METHOD in config.methods else 0)
