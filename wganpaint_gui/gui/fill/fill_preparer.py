"""Prepares a search off the GUI thread: plans and fits the frames, and makes the fill of one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.composed_fill import FillSnapshot, StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.work.background import Background

from .frame_planner import SharedPlans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wganpaint_gui.ml.search.fill import Fill
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


@dataclass(frozen=True)
class PreparedFill:
    """A fill whose search is about to start, or one that comes from a project."""

    fill: Fill | StoredFill
    frames: tuple[Frame, ...]  # all that are filled one after another
    active: int  # index of the frame of this fill
    guess: FillSnapshot | None = None  # the first guess, shown while the first step is made, which takes longer
    number: int = field(default_factory=count().__next__)  # unique


class FillPreparer(QObject):
    """Prepares one fill at a time.

    Signals: noticed(text), about how it will be searched; prepared(PreparedFill) or failed(error), unless it was
    cancelled.
    """

    noticed = Signal(str)
    prepared = Signal(object)
    failed = Signal(object)

    def __init__(self, background: Background, plans: SharedPlans, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._plans = plans
        self._stop: Event | None = None  # of the preparation under way
        self._told: list[ModelCard] = []  # models of which the user has heard that they cannot guess

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
        active: int = 0,
        start: NDArray[np.float32] | None = None,
    ) -> None:
        """Prepare the fill of the active frame.

        frames: used as they are; () = planned for the mask and fitted to what the model knows. start: first latents
        [M, K, Z]; None = as the settings say. Without an encoder that is at random.
        """
        self.cancel()
        if start is None and config.start == "guess" and not model.has_encoder:
            config = config.started_at("random")
            self._tell(model.card)
        stop = self._stop = Event()
        photo, snapshot = document.photo, document.snapshot()

        def work() -> PreparedFill | None:
            from wganpaint_gui.ml.search.fill import Fill
            from wganpaint_gui.ml.search.frame_refinement import refine_frame

            mask, chosen = snapshot.array(), frames
            if not chosen:
                planned = self._plans.plan(photo, snapshot).frames
                chosen = tuple(refine_frame(model, photo, mask, frame, stopped=stop.is_set) for frame in planned)
            if stop.is_set():
                return None
            fill = Fill(model, photo, mask, chosen[active], config, start=start)
            guessed = start is None and fill.config.start == "guess"
            return PreparedFill(fill, chosen, active, fill.snapshot_at(None) if guessed else None)

        self._background.submit(
            work, lambda prepared: self._on_prepared(stop, prepared), lambda error: self._on_failed(stop, error)
        )

    def cancel(self) -> None:
        """Give up; nothing more is emitted about this preparation."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def _tell(self, card: ModelCard) -> None:
        if card not in self._told:
            self._told.append(card)
            self.noticed.emit(f"The model {card.name} has no encoder, so the search starts at random latents.")

    def _on_prepared(self, stop: Event, prepared: PreparedFill | None) -> None:
        if stop is self._stop and prepared is not None:
            self._stop = None
            self.prepared.emit(prepared)

    def _on_failed(self, stop: Event, error: BaseException) -> None:
        if stop is self._stop:
            self._stop = None
            self.failed.emit(error)
