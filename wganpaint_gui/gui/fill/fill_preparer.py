"""Prepares a search off the GUI thread: plans and fits the frames, and makes the fill of one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.composed_fill import FillSnapshot, FormerSearch, StoredFill
from wganpaint_gui.core.search.frame import frame_hole
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.background import Background

from .frame_planner import SharedPlans

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.fill import Fill
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


@dataclass(frozen=True)
class PreparedFill:
    """A fill whose search is about to start, or one that comes from a project."""

    fill: Fill | StoredFill
    frames: tuple[Frame, ...]  # all that are filled one after another
    active: int  # index of the frame of this fill
    lacks_face: bool = False  # whether one of them was found where no face is
    guess: FillSnapshot | None = None  # the first guess, shown while the first step is made, which takes longer
    number: int = field(default_factory=count().__next__)  # unique

    def next_active(self, mask: NDArray[np.uint8]) -> int | None:
        """Index of the next frame that has something to fill in mask [H, W] of the photo; None = there is none."""
        later = range(self.active + 1, len(self.frames))
        return next((index for index in later if frame_hole(mask, self.frames[index]).any()), None)


@dataclass(frozen=True)
class _Unknown:
    """The model does not know what lies under the mask."""

    reason: str = ""  # "" where the planner has said it


class FillPreparer(QObject):
    """Prepares one fill at a time.

    Signals: noticed(text), about how it will be searched; prepared(PreparedFill) or failed(error), unless it was
    cancelled; unknown() in place of these where the model knows only faces and none lies under the mask, or one that
    is much smaller than what is masked, or one that is none by the model's own judgement, which is said.
    """

    unknown = Signal()
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
        frames: tuple[Frame, ...],
        active: int = 0,
        former: FormerSearch | None = None,
        *,
        anything: bool = True,
    ) -> None:
        """Prepare the fill of the active frame.

        frames: used as they are; () = planned for the mask and fitted to what the model knows. former: the
        search to continue; None = one as the settings say, which without an encoder starts at random. anything: search
        where no face is, too, whatever the model knows.
        """
        self.cancel()
        if former is None and config.start == "guess" and not model.has_encoder:
            config = config.started_at("random")
            self._tell(model.card)
        stop = self._stop = Event()
        photo, snapshot = document.photo, document.snapshot()

        def work() -> PreparedFill | _Unknown | None:
            from wganpaint_gui.ml.search.fill import Fill
            from wganpaint_gui.ml.search.frame_refinement import refine_frame

            mask, chosen, lacks_face = snapshot.array(), frames, False
            if not chosen:
                plan = self._plans.plan(photo, snapshot)
                if not anything and model.card.knows_faces and not plan.suits_faces:
                    return _Unknown()
                chosen = tuple(refine_frame(model, photo, mask, frame, stopped=stop.is_set) for frame in plan.frames)
                lacks_face = plan.faces < len(plan.frames)
            if stop.is_set():
                return None
            fill = Fill(model, photo, mask, chosen[active], config, former=former)
            if not (frames or anything) and model.card.knows_faces and model.has_encoder:
                fit = fill.search.fit()
                if fit.verdict == "poor":  # a spoon may look like a face to the detector
                    return _Unknown(tr(fit.reason(model.card)))
            guessed = former is None and fill.config.start == "guess"
            return PreparedFill(fill, chosen, active, lacks_face, fill.snapshot_at(None) if guessed else None)

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
            self.noticed.emit(
                tr("The model {name} has no encoder, so the search starts at random latents.").format(name=card.name)
            )

    def _on_prepared(self, stop: Event, prepared: PreparedFill | _Unknown | None) -> None:
        if stop is not self._stop or prepared is None:
            return
        self._stop = None
        if isinstance(prepared, PreparedFill):
            self.prepared.emit(prepared)
        else:
            if prepared.reason:
                advice = tr("Filled from the surroundings; search with the model to try anyway.")
                self.noticed.emit(f"{prepared.reason} {advice}")
            self.unknown.emit()

    def _on_failed(self, stop: Event, error: BaseException) -> None:
        if stop is self._stop:
            self._stop = None
            self.failed.emit(error)
