"""One frame of one photo being filled: what the command line and the editor both drive."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..core.compose import Composer
from ..core.config import Blend, InpaintConfig
from ..core.errors import SettingsError
from ..core.frame import check_frame, model_view
from ..core.geometry import Box, Frame
from ..core.photo import Photo
from ..core.steps import InpaintStep
from .inpainting import Search
from .prepare import PreparedModel


@dataclass(frozen=True)
class Selection:
    """Which of the M x K fills is meant."""

    method: int = 0  # index into the config's methods
    candidate: int | None = None  # None = the one with the lowest loss


@dataclass(frozen=True)
class FillFrame:
    """One moment of a fill, ready to be shown. M methods, K candidates, R the model's resolution."""

    step: InpaintStep | None  # None when re-rendered from the log
    shown_step: int | None  # 0-based; None = each candidate's best
    images: NDArray[np.uint8] | None  # [M, K, R, R, 3] G(z); None, like all pictures, where nobody looked
    fills: NDArray[np.uint8] | None  # [M, K, R, R, 3]; the known pixels with the fill in their hole
    losses: NDArray[np.float32]  # [M, K], of what is shown
    overlay: NDArray[np.uint8] | None  # [s, s, 4] RGBA of the selected fill over the frame, at most 512 a side
    selection: Selection  # candidate resolved to a number


class Fill:
    """Searches one frame and composes what it finds.

    One thread drives run(). frame_at, result, change and selection may be used from any other at the same time: the
    log only grows, the search publishes its bests as a whole, and a composer never changes once made.
    """

    def __init__(
        self,
        model: PreparedModel,
        photo: Photo,
        mask: NDArray[np.uint8],
        frame: Frame,
        config: InpaintConfig,
        *,
        start: NDArray[np.float32] | None = None,
    ) -> None:
        """mask: uint8 [H, W], above 127 = fill. start: as `Search` takes it.

        Raises FrameError or MaskError where nothing can be searched for.
        """
        check_frame(photo, mask, frame, model.resolution)
        self.frame = frame
        self.selection = Selection()
        self._model = model
        self._photo = photo
        self.search = Search(model, model_view(photo, mask, frame, model.resolution), config, start=start)
        self.composer = Composer(photo, mask, frame, model.resolution, config.blend)
        self._mask, self._blend = mask.copy(), config.blend
        self._changing = threading.Lock()

    @property
    def config(self) -> InpaintConfig:
        """The settings, with the lambda and the blend in use now."""
        return replace(self.search.config, blend=self._blend)

    @property
    def resolution(self) -> int:
        """Of the images, model pixels a side."""
        return self._model.resolution

    def run(self, steps: int | None = None, *, looking: Callable[[], bool] = lambda: True) -> Iterator[FillFrame]:
        """Yield one record a step; pictures where looking() said so, and for the last step. None = config.steps.

        Closing the generator stops; running again goes on from there.
        """
        for step in self.search.advance(self.config.steps if steps is None else steps, looking=looking):
            yield self._frame(step, step.index, step.images, step.losses, self.selection)

    def frame_at(self, step: int | None, selection: Selection | None = None) -> FillFrame:
        """Any earlier step, rendered again from its latents; None = each candidate's best.

        Raises SettingsError for a step that was not taken yet.
        """
        images, losses = self._rendered(step)
        return self._frame(None, step, images, losses, selection or self.selection)

    @property
    def mask(self) -> NDArray[np.uint8]:
        """[H, W], the mask that is filled; never written to."""
        return self._mask

    def result(self, selection: Selection | None = None, step: int | None = None) -> tuple[Box, NDArray[np.generic]]:
        """The full-resolution patch (box in the photo, pixels of the photo's dtype) of one fill; None as in frame_at.

        Pixels outside the hole are the photo's own, bit for bit.
        """
        # All candidates are rendered, as for the screen, so that the same numbers come out as were shown.
        images, losses = self._rendered(step)
        chosen = _resolved(selection or self.selection, losses)
        return self.composer.patch(images[chosen.method, chosen.candidate])

    def change(
        self,
        *,
        context_weight: float | None = None,
        mask: NDArray[np.uint8] | None = None,
        blend: Blend | None = None,
    ) -> None:
        """Go on from the present latents with another lambda, mask or blend; raises as the constructor does."""
        if mask is None and blend is None:  # waits for nobody: the window calls it
            self.search.change(context_weight=context_weight)
            return
        with self._changing:
            mask_used, blend_used = self._mask if mask is None else mask, blend or self._blend
            view = None
            if mask is not None:
                check_frame(self._photo, mask, self.frame, self._model.resolution)
                view = model_view(self._photo, mask, self.frame, self._model.resolution)
            self.composer = Composer(self._photo, mask_used, self.frame, self._model.resolution, blend_used)
            self._mask, self._blend = mask_used.copy(), blend_used
            self.search.change(context_weight=context_weight, view=view)

    def _rendered(self, step: int | None) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Images [M, K, R, R, 3] and losses [M, K] of a step, or of the bests."""
        search = self.search
        if step is None:
            return search.render(search.best_latents), search.best_losses
        taken = len(search.log)
        if not 0 <= step < taken:
            raise SettingsError(f"Step {step} was not taken: there are {taken}, counted from 0.")
        return search.render(search.log.latents[step]), search.log.losses[step]

    def _frame(
        self,
        step: InpaintStep | None,
        shown_step: int | None,
        images: NDArray[np.uint8] | None,
        losses: NDArray[np.float32],
        selection: Selection,
    ) -> FillFrame:
        chosen = _resolved(selection, losses)
        if images is None:
            return FillFrame(step, shown_step, None, None, losses, None, chosen)
        composer = self.composer
        fills = np.stack([np.stack([composer.fill(image) for image in row]) for row in images])
        overlay = composer.overlay(images[chosen.method, chosen.candidate])
        return FillFrame(step, shown_step, images, fills, losses, overlay, chosen)


def _resolved(selection: Selection, losses: NDArray[np.float32]) -> Selection:
    """The selection with its candidate as a number. losses: [M, K]; a NaN is never the lowest."""
    methods, candidates = losses.shape
    if not 0 <= selection.method < methods or not 0 <= (selection.candidate or 0) < candidates:
        raise SettingsError(f"There is no fill {selection}: there are {methods} methods, {candidates} candidates each.")
    if selection.candidate is not None:
        return selection
    row = losses[selection.method]
    return Selection(selection.method, int(np.where(np.isnan(row), np.inf, row).argmin()))
