"""Before the first step: finds and fits the frames of a run, and makes the fill of one of them, off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.composed_fill import StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.work.background import Background

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wganpaint_gui.ml.search.fill import Fill
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


@dataclass(frozen=True)
class PreparedFill:
    """A search that is about to start, or one that comes from a project."""

    fill: Fill | StoredFill
    frames: tuple[Frame, ...]  # all that this run will fill, one after another
    active: int
    number: int = field(default_factory=count().__next__)  # no two have the same


class FillPreparer(QObject):
    """Prepares one fill at a time. Signals: prepared(PreparedFill) or failed(error), unless it was cancelled."""

    prepared = Signal(object)
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._stop: Event | None = None  # of the preparation under way

    @property
    def busy(self) -> bool:
        return self._stop is not None

    def prepare(
        self,
        document: Document,
        model: PreparedModel,
        config: InpaintConfig,
        *,
        frames: tuple[Frame, ...],
        planned: tuple[Frame, ...] = (),
        active: int = 0,
        start: NDArray[np.float32] | None = None,
    ) -> None:
        """Prepare the fill of the active frame.

        frames: taken as they are; () = found and fitted to what the model knows. planned: those already found for
        this mask, to be fitted; () = find them. start: first latents [M, K, Z]; None = drawn by the seed.
        """
        self.cancel()
        stop = self._stop = Event()
        photo, snapshot = document.photo, document.snapshot()

        def work() -> PreparedFill | None:
            from wganpaint_gui.ml.search.fill import Fill

            mask = snapshot.array()
            chosen = tuple(frames or _fitted(model, photo, mask, planned, stop))
            if stop.is_set():
                return None
            return PreparedFill(Fill(model, photo, mask, chosen[active], config, start=start), chosen, active)

        self._background.submit(
            work, lambda prepared: self._on_prepared(stop, prepared), lambda error: self._on_failed(stop, error)
        )

    def cancel(self) -> None:
        """Give up; nothing is said any more of what was being prepared."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def _on_prepared(self, stop: Event, prepared: PreparedFill | None) -> None:
        if stop is self._stop and prepared is not None:
            self._stop = None
            self.prepared.emit(prepared)

    def _on_failed(self, stop: Event, error: BaseException) -> None:
        if stop is self._stop:
            self._stop = None
            self.failed.emit(error)


def _fitted(model: PreparedModel, photo: Photo, mask: Mask, planned: tuple[Frame, ...], stop: Event) -> Sequence[Frame]:
    from wganpaint_gui.core.search.planning import plan_frames
    from wganpaint_gui.ml.search.framing import refine_frame

    found = planned or plan_frames(photo, mask).frames
    return [refine_frame(model, photo, mask, frame, stopped=stop.is_set) for frame in found]
