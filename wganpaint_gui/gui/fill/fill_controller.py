"""From a mask to a fill that is kept: starts, pauses and ends searches, and renders what the person looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.errors import MaskError, ModelError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import masked_count
from wganpaint_gui.core.models.model_card import told_apart
from wganpaint_gui.core.search.composed_fill import ComposedFill, FillFrame, StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.document_subscription import DocumentSubscription
from wganpaint_gui.gui.work.engine import Engine
from wganpaint_gui.gui.work.job import Ending

from .fill_keeper import FillKeeper
from .fill_preparer import FillPreparer, PreparedFill
from .fill_state import FillState
from .renderer import Renderer
from .search_runner import SearchRunner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wganpaint_gui.ml.search.fill import Fill

MASK_SETTLES = 150  # milliseconds after a stroke until the search hears of the new mask


class FillController(QObject):
    """Owns the fill in hand, its search and what of it is shown; lives in the GUI thread.

    Signals: state_changed(FillState); begun(PreparedFill); shown(FillFrame) whenever the pictures change; progressed()
    when only the log grew; speed_changed(steps a second); noticed(text); fitted(fit) after a run, see `Search.fit`;
    kept(box); ended() when a run is over or the fill in hand is gone; failed(error).
    """

    state_changed = Signal(object)
    begun = Signal(object)
    shown = Signal(object)
    progressed = Signal()
    speed_changed = Signal(float)
    noticed = Signal(str)
    fitted = Signal(float)
    kept = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.background = Background("render", self)
        self.document: Document | None = None
        self.fill: Fill | StoredFill | None = None
        self.config = InpaintConfig()
        self.shown_step: int | None = None  # None: live while running, each candidate's best afterwards
        self._prepared: PreparedFill | None = None
        self._last_shown: int | None = None  # the step of the pictures now on screen
        self._state = FillState.NO_PHOTO
        self._preparer = FillPreparer(self.background, self)
        self._preparer.prepared.connect(self._on_prepared)
        self._preparer.failed.connect(self._on_preparing_failed)
        self._runner = SearchRunner(self)
        self._runner.stepped.connect(self._on_stepped)
        self._runner.speed_changed.connect(self.speed_changed)
        self._runner.noticed.connect(self.noticed)
        self._runner.ended.connect(self._on_ended)
        self._renderer = Renderer(self.background, self)
        self._renderer.rendered.connect(self._on_rendered)
        self._renderer.failed.connect(self.failed)
        self._keeper = FillKeeper(self.background, self)
        self._keeper.kept.connect(self._on_kept)
        self._keeper.nothing_left.connect(self._on_nothing_kept)
        self._keeper.failed.connect(self.failed)
        self._subscription = DocumentSubscription(self._on_document_changed)
        self._planned_steps = 0
        self._mask_timer = QTimer(self, singleShot=True, interval=MASK_SETTLES)
        self._mask_timer.timeout.connect(self._send_mask)
        engine.changed.connect(self.update_state)

    # -- what there is -------------------------------------------------------------------------------------------

    @property
    def state(self) -> FillState:
        return self._state

    @property
    def preparing(self) -> bool:
        """Running, but the frame is still being looked for."""
        return self._preparer.busy

    @property
    def in_hand(self) -> PreparedFill | None:
        """The fill in hand with the frames of its run; None where there is none, or it has made no step yet."""
        return self._prepared if self.fill is not None and len(self.fill.search.log) else None

    @property
    def planned_steps(self) -> int:
        """Steps the search in hand will have made at its end."""
        return self._planned_steps

    def set_document(self, document: Document | None) -> None:
        """Work on another photo; a fill of the old one is forgotten."""
        self.discard()
        self.document = document
        self._subscription.follow(document)
        self.update_state()

    @Slot()
    def update_state(self) -> None:
        """Find out anew what can be done, and say so if it changed."""
        state = self._find_state()
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _find_state(self) -> FillState:
        if self.document is None:
            return FillState.NO_PHOTO
        if self._preparer.busy or self._runner.running:
            return FillState.PAUSED if self._runner.paused else FillState.RUNNING
        if self.fill is not None:
            return FillState.FINISHED
        if not self.document.masked_pixels:
            return FillState.NO_MASK
        return FillState.READY if self.engine.model is not None else FillState.LOADING

    # -- running -------------------------------------------------------------------------------------------------

    def run(self, config: InpaintConfig, planned: tuple[Frame, ...] = ()) -> None:
        """Fit the frames, then search in the first; `begun` follows, or `failed`.

        planned: where the person has no frames of their own, those already found for this mask; () = find them now.
        """
        document = self.document
        if self._state is not FillState.READY or document is None:
            return
        self.config = config
        self._prepare(frames=document.frames, planned=planned)

    def take(self, prepared: PreparedFill) -> None:
        """Have a fill in hand whose search is over: one that comes from a project."""
        self._prepared, self.fill = prepared, prepared.fill
        self.shown_step = None
        self._planned_steps = len(prepared.fill.search.log)
        self.begun.emit(prepared)
        self.update_state()
        self.render()
        self._fit()

    def search_again(self, steps: int | None = None) -> None:
        """Search anew in the frame in hand, with the model in use now, from where its candidates were best.

        steps: None = as many as the settings say.
        """
        fill, prepared, model = self.fill, self._prepared, self.engine.model
        if (
            self._state is not FillState.FINISHED
            or self._keeper.busy
            or fill is None
            or prepared is None
            or model is None
        ):
            return
        start = fill.search.best.latents
        if start.shape[-1] != model.latent_size:
            sizes = f"{start.shape[-1]} numbers, those of {model.card.name} of {model.latent_size}"
            self.failed.emit(ModelError(f"The latents of this fill are of {sizes}.", "Discard it, and fill anew."))
            return
        self.config = replace(
            self.config,
            methods=fill.config.methods,
            candidates=fill.config.candidates,
            steps=self.config.steps if steps is None else steps,
        )
        self._forget()
        self._prepare(frames=prepared.frames, active=prepared.active, start=start)

    def _prepare(
        self,
        *,
        frames: tuple[Frame, ...],
        planned: tuple[Frame, ...] = (),
        active: int = 0,
        start: NDArray[np.float32] | None = None,
    ) -> None:
        document, model = self.document, self.engine.model
        assert document is not None
        assert model is not None
        self._preparer.prepare(document, model, self.config, frames=frames, planned=planned, active=active, start=start)
        self.update_state()

    @Slot(object)
    def _on_prepared(self, prepared: PreparedFill) -> None:
        self._prepared = prepared
        self.fill = prepared.fill
        self.begun.emit(prepared)
        self._apply(prepared.fill.config)
        assert not isinstance(prepared.fill, StoredFill)
        self._search(prepared.fill, self.config.steps)

    @Slot(object)
    def _on_preparing_failed(self, error: BaseException) -> None:
        self._runner.drop()
        self.update_state()
        self.failed.emit(error)

    def _search(self, fill: Fill, steps: int) -> None:
        assert self.document is not None
        self.shown_step = None
        self._planned_steps = len(fill.search.log) + steps
        self._runner.start(fill, steps, self.document.photo)
        self.update_state()

    @Slot(object)
    def _on_stepped(self, frame: FillFrame) -> None:
        if frame.images is not None and self.shown_step is None:
            self._last_shown = frame.shown_step
            self.shown.emit(frame)
        else:
            self.progressed.emit()

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        if self.fill is not None and len(self.fill.search.log) == 0:
            self.fill = None
        self.update_state()
        if ending.error is not None:
            self.failed.emit(ending.error)
        self.render()
        self._fit()
        self.ended.emit()

    def _fit(self) -> None:
        """Find out how near the model came to the known pixels."""
        fill = self.fill
        if fill is not None:
            self.background.submit(fill.search.fit, lambda fit: self._on_fit(fill, fit), self.failed.emit)

    def _on_fit(self, fill: ComposedFill, fit: float) -> None:
        if fill is self.fill:
            self.fitted.emit(fit)

    def pause_or_resume(self) -> None:
        """Pause, or go on; before the first step it is the beginning that waits."""
        if not self._runner.running and not self._preparer.busy:
            return
        self._runner.pause_or_resume()
        if self._runner.running and not self._runner.paused:
            self.shown_step = None
        self.update_state()

    def stop(self) -> None:
        """End the search within one step; what it found stays to be looked at."""
        if self._preparer.busy:
            self.discard()
        else:
            self._runner.stop()

    def continue_for(self, steps: int) -> None:
        """Go on from the latents as they are, with lambda and mask as they are now."""
        fill = self.fill
        if self._state is not FillState.FINISHED or fill is None or self._keeper.busy:
            return
        if isinstance(fill, StoredFill):
            self._search_on(fill, steps)
            return
        if fill.config.context_weight != self.config.context_weight:
            fill.change(context_weight=self.config.context_weight)
        self._search(fill, steps)

    def _search_on(self, fill: StoredFill, steps: int) -> None:
        """What comes from a project is searched anew from its latents, which mean something to its own model only."""
        model = self.engine.model
        if model is None:
            self.failed.emit(ModelError("The search needs the model, which is not loaded yet.", "Try in a moment."))
            return
        if model.card != fill.search.model:
            theirs, ours = told_apart(fill.search.model, model.card)
            self.noticed.emit(
                f"These candidates were found with the model {theirs}; the search goes on with {ours}, to which their "
                "latents mean something else."
            )
        self.search_again(steps)

    # -- looking -------------------------------------------------------------------------------------------------

    def show_step(self, step: int | None) -> None:
        """Show an earlier step; None returns to what is live or best."""
        if self.fill is None:
            return
        self.shown_step = step
        if step is not None or not self._runner.running or self._runner.paused:
            self.render()

    def select(self, method: int, candidate: int | None) -> None:
        """Put this candidate onto the photo; None is the one with the lowest loss."""
        if self.fill is None or self._keeper.busy:
            return
        self.fill.selection = replace(self.fill.selection, method=method, candidate=candidate)
        if not self._runner.running or self._runner.paused or self.shown_step is not None:
            self.render()

    @Slot()
    def render(self) -> None:
        """Show again what is looked at: the chosen step, the one on screen while a run is paused, or the bests."""
        if self.fill is not None:
            step = self._last_shown if self.shown_step is None and self._runner.running else self.shown_step
            self._renderer.request(self.fill, step)

    @Slot(object, object)
    def _on_rendered(self, fill: ComposedFill, frame: FillFrame) -> None:
        if fill is self.fill and (not self._runner.running or self._runner.paused or self.shown_step is not None):
            self._last_shown = frame.shown_step
            self.shown.emit(frame)

    # -- changing while it runs ----------------------------------------------------------------------------------

    def apply_settings(self, config: InpaintConfig) -> None:
        """Settings changed in the panel: lambda and blend act at once on a search in hand, the rest on the next."""
        self.config = config
        if self.fill is not None:
            self._apply(self.fill.config, only_blend=not self._runner.running)

    def _apply(self, in_use: InpaintConfig, *, only_blend: bool = False) -> None:
        """Bring the fill in hand, which uses these settings, to those of the panel, as far as that can be."""
        assert self.fill is not None
        wanted = self.config
        if wanted.context_weight != in_use.context_weight and not only_blend:
            self.fill.change(context_weight=wanted.context_weight)
        if wanted.blend != in_use.blend:
            self._change_in_background(lambda fill: fill.change(blend=wanted.blend))

    def _on_document_changed(self, change: Change) -> None:
        if self._keeper.writing:
            return
        if not change.photo.empty and (self.fill is not None or self._preparer.busy):
            self.discard()  # an earlier fill was undone or redone: the one in hand was made for other pixels
        elif not change.mask.empty and (self.fill is not None or self._preparer.busy):
            self._mask_timer.start()
        if not self._runner.running:
            self.update_state()

    @Slot()
    def _send_mask(self) -> None:
        """Tell the search of the mask as it is now; one that is still being prepared hears of it when it begins."""
        assert self.document is not None
        if self._preparer.busy:
            self._mask_timer.start()
        elif not self.document.masked_pixels:
            self.discard()
        elif self.fill is not None:
            snapshot = self.document.snapshot()
            self._change_in_background(lambda fill: fill.change(mask=snapshot.array()))

    def _change_in_background(self, change: Callable[[ComposedFill], None]) -> None:
        fill = self.fill
        assert fill is not None

        def changed(_: None) -> None:
            if not self._runner.running or self._runner.paused:
                self.render()

        self.background.submit(lambda: change(fill), changed, self.failed.emit)

    # -- ending --------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Write what is shown into the photo, at full resolution; then go on with the next frame, if there is one."""
        fill, step = self.fill, self._last_shown
        if fill is None or self.document is None or not self._state.has_fill or self._keeper.busy:
            return
        if self._mask_timer.isActive():  # the newest stroke is part of what is kept
            self._mask_timer.stop()
            self._send_mask()
            if self.fill is not fill:  # there was nothing left to fill
                return
        self._runner.drop()
        self._keeper.keep(self.document, fill, step)
        self.update_state()

    @Slot(object)
    def _on_kept(self, box: Box) -> None:
        prepared = self._prepared
        self._forget()
        self.update_state()
        self.kept.emit(box)
        if prepared is not None:
            self._begin_next(prepared)

    @Slot(object)
    def _on_nothing_kept(self, error: MaskError) -> None:
        self._forget()
        self.update_state()
        self.failed.emit(error)

    def _begin_next(self, prepared: PreparedFill) -> None:
        """Search in the next frame of the same run that still has something to fill."""
        assert self.document is not None
        for active in range(prepared.active + 1, len(prepared.frames)):
            part = prepared.frames[active].box.intersect(self.document.photo.box)
            if self._state is FillState.READY and masked_count(self.document.mask[part.slices]):
                self._prepare(frames=prepared.frames, active=active)
                return

    def discard(self) -> None:
        """Forget the fill in hand; photo and mask stay as they are."""
        self._preparer.cancel()
        self._forget()
        self.update_state()

    def close(self) -> None:
        """End everything for good; see `wait`."""
        self._preparer.cancel()
        self._runner.drop()
        self.background.close()

    def wait(self, deadline: float) -> bool:
        """After `close`: block until all threads have ended, or time.monotonic() is `deadline`; False then."""
        ended = self._runner.wait(deadline)
        return self.background.wait(deadline) and ended

    def _forget(self) -> None:
        had_fill = self.fill is not None
        self._runner.drop()
        self._keeper.cancel()
        self.fill = None
        self._prepared = None
        self.shown_step = None
        self._last_shown = None
        self._mask_timer.stop()
        if had_fill:
            self.ended.emit()
