"""One frame of one photo being filled: what the command line and the editor both drive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.composed_fill import ComposedFill, FillSnapshot
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.search.stored_search import StoredSearch

from .inpainting import Search
from .prepared_model import PreparedModel


class Fill(ComposedFill):
    """Searches one frame and composes what it finds.

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
        start: NDArray[np.float32] | None = None,
    ) -> None:
        """mask: uint8 [H, W], above 127 = fill. start: as `Search` takes it.

        Raises FrameError or MaskError where nothing can be searched for.
        """
        super().__init__(photo, mask, frame, model.resolution, config.blend)
        self._model = model
        self.search = Search(model, self.composer.view, config, start=start)

    def run(self, steps: int | None = None, *, watched: Callable[[], bool] = lambda: True) -> Iterator[FillSnapshot]:
        """Yield one record a step; pictures where watched() said so, and for the last step. None = config.steps.

        Closing the generator stops; running again goes on from there.
        """
        for step in self.search.advance(self.config.steps if steps is None else steps, watched=watched):
            yield self._snapshot(step, step.index, step.images, step.losses, self.selection)

    def stored_search(self) -> StoredSearch:
        """Render the candidates at their best, as a project keeps them. At least one step must be taken."""
        search = self.search
        state = search.state  # read once: everything below belongs to the same moment
        return StoredSearch(
            config=replace(state.config, blend=self.composer.blend),
            model=self._model.card,
            best=state.best,
            images=search.render(state.best.latents),
            step_losses=search.log.losses[: state.steps],
            distance=search.fit(state),
        )
