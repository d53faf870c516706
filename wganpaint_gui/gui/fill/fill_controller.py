"""From a mask to a fill that is kept: starts, pauses and ends searches, and renders what the user looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.errors import MaskError, ModelError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.search.composed_fill import ComposedFill, FillSnapshot, FormerSearch, Selection, StoredFill
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.engine import Engine
from wganpaint_gui.gui.work.job import Ending
from wganpaint_gui.gui.work.open_document import DocumentSubscription

from .continuing import former_search, other_model_notice, still_loading
from .fill_in_hand import FillInHand
from .fill_keeper import FillKeeper
from .fill_preparer import FillPreparer, PreparedFill
from .fill_renderer import Renderer
from .fill_state import FillState
from .frame_planner import SharedPlans
from .mask_sender import MaskSender
from .search_runner import SearchRunner

if TYPE_CHECKING:
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill
    from wganpaint_gui.ml.search.fill import Fill


class FillController(FillInHand):
    """Owns the fill in hand, its search and the pictures of it that are shown; lives in the GUI thread.

    Signals: state_changed(FillState); begun(PreparedFill); shown(FillSnapshot) whenever the pictures change;
    progressed() when only the log grew; speed_changed(steps per second); noticed(text); fitted(fit) after a search;
    cleared() when nothing is in hand any more, or see `continues`; kept(box), after that; failed(error).
    """

    state_changed = Signal(object)
    begun = Signal(object)
    shown = Signal(object)
    progressed = Signal()
    speed_changed = Signal(float)
    noticed = Signal(str)
    fitted = Signal(object)
    cleared = Signal()
    kept = Signal(object)
    failed = Signal(object)

    def __init__(self, engine: Engine, plans: SharedPlans, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.background = Background("render", self)
        self.document: Document | None = None
        self.config = InpaintConfig()
        self.continues = False  # whether a new search, which has not begun yet, takes over the candidates of one before
        self.shown_step: int | None = None  # None: live while running, each candidate's best afterwards
        self.shown_candidate: int | None = None  # on the photo now
        self._last_shown: int | None = None  # the step of the pictures on screen
        self._state = FillState.NO_PHOTO
        self._preparer = FillPreparer(self.background, plans, self)
        self._preparer.noticed.connect(self.noticed)
        self._preparer.prepared.connect(self._on_prepared)
        self._preparer.unknown.connect(self._on_unknown)
        self._preparer.failed.connect(self._on_preparing_failed)
        self._runner = SearchRunner(self)
        self._runner.stepped.connect(self._on_stepped)
        self._runner.speed_changed.connect(self.speed_changed)
        self._runner.noticed.connect(self.noticed)
        self._runner.ended.connect(self._on_ended)
        self.surroundings.changed.connect(self.update_state)
        self.surroundings.noticed.connect(self.noticed)
        self.surroundings.failed.connect(self.failed)
        self._renderer = Renderer(self.background, self)
        self._renderer.rendered.connect(self._on_rendered)
        self._renderer.failed.connect(self.failed)
        self._keeper = FillKeeper(self.background, self)
        self._keeper.kept.connect(self._on_kept)
        self._keeper.nothing_left.connect(self._on_nothing_kept)
        self._keeper.failed.connect(self._on_not_kept)
        self.when_kept = self._keeper.when_idle  # what is saved must hold the fill that is being kept
        self._subscription = DocumentSubscription(self._on_document_changed)
        self._mask = MaskSender(self)
        self._mask.due.connect(self._send_mask)
        engine.changed.connect(self.update_state)

    # -- what there is -------------------------------------------------------------------------------------------

    @property
    def state(self) -> FillState:
        return self._state

    @property
    def preparing(self) -> bool:
        """Whether the search has been started but its frame is still being planned or fitted."""
        return self._preparer.busy

    def set_document(self, document: Document | None) -> None:
        """Work on another photo; the fill in hand is discarded."""
        self.discard()
        self.document = document
        self._subscription.follow(document)
        self.update_state()

    @Slot()
    def update_state(self) -> None:
        """Find out what can be done now; emits `state_changed` where that is different."""
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
        if self.surroundings.in_use:
            return FillState.COPYING if self.surroundings.running else FillState.COPIED
        if not self.document.masked_pixels:
            return FillState.NO_MASK
        return FillState.READY if self.engine.model is not None else FillState.LOADING

    # -- running -------------------------------------------------------------------------------------------------

    def run(self, config: InpaintConfig) -> None:
        """Prepare the frames and search in the first, or copy where no face is, first of all; `begun` or `failed`."""
        copied = self._state is FillState.COPIED and self.engine.model is not None
        if self.document is not None and (copied or self._state is FillState.READY):
            self.config = config
            self._prepare(self.document.frames, anything=copied)

    @Slot()
    def fill_surroundings(self) -> None:
        """Fill the mask from the rest of the photo, beside a search where there is one."""
        if self.document is not None and self.document.masked_pixels and not self._preparer.busy:
            self._mask.note(self.document)
            self.surroundings.start(self.document)

    @Slot()
    def _on_unknown(self) -> None:
        self._runner.drop()
        self.fill_surroundings()

    def take(self, prepared: PreparedFill | None, surroundings: tuple[ShownFill, bool] | None = None) -> None:
        """Take over fills from a project: of a search that is over, and from the surroundings, perhaps selected."""
        assert self.document is not None
        self._mask.note(self.document)
        if surroundings is not None:
            self.surroundings.take(surroundings[0], selected=surroundings[1] or prepared is None)
        if prepared is None:
            return
        self._prepared, self.fill = prepared, prepared.fill
        self.shown_step = None
        self.begun.emit(prepared)
        self.update_state()
        self.render()
        self._fit()

    def search_again(self, steps: int | None = None) -> None:
        """Start a new search in the frame in hand with the model in use now, from the best latents found so far.

        steps: None = as many as the settings say.
        """
        fill, prepared, model = self.fill, self._prepared, self.engine.model
        if self._state is not FillState.FINISHED or self._keeper.busy or model is None:
            return
        assert fill is not None
        assert prepared is not None
        try:
            former = former_search(fill, model)
        except ModelError as error:
            self.failed.emit(error)
            return
        self.config = replace(
            self.config,
            methods=fill.config.methods,
            candidates=fill.config.candidates,
            steps=self.config.steps if steps is None else steps,
        )
        self._forget(continues=True)
        self._prepare(prepared.frames, prepared.active, former)

    def _prepare(
        self,
        frames: tuple[Frame, ...],
        active: int = 0,
        former: FormerSearch | None = None,
        *,
        anything: bool = True,
    ) -> None:
        """Prepare a fill, see `FillPreparer.prepare`."""
        document, model = self.document, self.engine.model
        assert document is not None
        assert model is not None
        self._mask.note(document)
        self._preparer.prepare(document, model, self.config, frames, active, former, anything=anything)
        self.update_state()

    @Slot(object)
    def _on_prepared(self, prepared: PreparedFill) -> None:
        self._prepared, self.continues = prepared, False
        self.surroundings.select(False)
        self.fill = prepared.fill
        assert not isinstance(prepared.fill, StoredFill)
        self._search(prepared.fill, prepared.fill.config.steps)  # the first step is made while the window makes room
        self.begun.emit(prepared)
        if prepared.guess is not None:
            self._show(prepared.guess)
        self._apply(prepared.fill.config)
        if not self._mask.waiting:
            self._send_mask()

    @Slot(object)
    def _on_preparing_failed(self, error: BaseException) -> None:
        self._runner.drop()
        if self.continues:
            self.continues = False
            self.cleared.emit()
        self.update_state()
        self.failed.emit(error)

    def _search(self, fill: Fill, steps: int) -> None:
        """Search for so many steps, then refine."""
        assert self.document is not None
        self.shown_step = None
        self._runner.start(fill, steps, self.config.refine, self.document.photo)
        self.update_state()

    def _refine_selected(self) -> bool:
        """Refine the selected candidate, if it is one that can be refined and has not been; returns whether."""
        fill = self.to_refine
        if fill is None or not self.config.refine or self._state is not FillState.FINISHED:
            return False
        if self.shown_step is not None:  # earlier steps are compared as they are
            return False
        self._search(fill, 0)
        return True

    @Slot(object)
    def _on_stepped(self, frame: FillSnapshot) -> None:
        if frame.images is not None and self.shown_step is None:
            self._show(frame)
        else:
            self.progressed.emit()

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        if self.fill is not None and len(self.fill.search.log) == 0:
            self._forget()
        self.update_state()
        if ending.error is not None:
            self.failed.emit(ending.error)
        if ending.kind == "done" and self._refine_selected():  # chosen during the last step
            return
        self.render()
        self._fit()

    def _fit(self) -> None:
        """Judge whether the model knows what surrounds the hole of the fill in hand; `fitted` follows."""
        fill = self.fill
        if fill is not None:
            self.background.submit(fill.search.fit, lambda fit: self._on_fit(fill, fit), self.failed.emit)

    def _on_fit(self, fill: ComposedFill, fit: KnownRegionFit | None) -> None:
        if fill is self.fill:
            self.fitted.emit(fit)

    @Slot()
    def pause_or_resume(self) -> None:
        """Pause the search or resume it; before its first step, choose whether it starts paused."""
        if not self._runner.running and not self._preparer.busy:
            return
        self._runner.pause_or_resume()
        if self._runner.running and not self._runner.paused:
            self.shown_step = None
        self.update_state()

    @Slot()
    def stop(self) -> None:
        """End the search within one step; what it found stays in hand."""
        if self._preparer.busy:
            self.discard()
        elif self.surroundings.running:
            self.surroundings.stop()
        else:
            self._runner.stop()

    @Slot(int)
    def continue_for(self, steps: int) -> None:
        """Continue from the present latents, with the present context weight and mask."""
        fill = self.fill
        if self._state is not FillState.FINISHED or fill is None or self._keeper.busy:
            return
        if isinstance(fill, StoredFill):
            self._continue_stored(fill, steps)
            return
        if fill.config.context_weight != self.config.context_weight:
            fill.change(context_weight=self.config.context_weight)
        self._search(fill, steps)

    def _continue_stored(self, fill: StoredFill, steps: int) -> None:
        """Start a new search from the latents of a project; to another model these mean something else."""
        model = self.engine.model
        if model is None:
            self.failed.emit(still_loading())
            return
        notice = other_model_notice(fill, model)
        if notice:
            self.noticed.emit(notice)
        self.search_again(steps)

    # -- looking -------------------------------------------------------------------------------------------------

    @Slot(object)
    def show_step(self, step: int | None) -> None:
        """Show an earlier step; None returns to the live pictures or the best ones."""
        if self.fill is None:
            return
        self.shown_step = step
        if self._refine_selected():  # chosen while an earlier step was shown
            return
        if step is not None or self._at_rest:
            self.render()

    @Slot(int, int)
    def select(self, method: int, candidate: int | None) -> None:
        """Show this candidate on the photo, and refine it if it can be; None is the suggested one."""
        self.surroundings.select(False)
        if self.fill is None or self._keeper.busy:
            return
        self.fill.selection = Selection(method, candidate)
        if self._refine_selected():
            return
        if self._at_rest or self.shown_step is not None:
            self.render()

    @Slot()
    def render(self) -> None:
        """Render what is looked at: the chosen step, the one on screen while a search is paused, or the bests."""
        if self.fill is not None:
            step = self._last_shown if self.shown_step is None and self._runner.running else self.shown_step
            self._renderer.request(self.fill, step)

    @Slot(object, object)
    def _on_rendered(self, fill: ComposedFill, frame: FillSnapshot) -> None:
        if fill is self.fill and (self._at_rest or self.shown_step is not None):
            self._show(frame)

    def _show(self, frame: FillSnapshot) -> None:
        self._last_shown, self.shown_candidate = frame.shown_step, frame.selection.candidate
        self.shown.emit(frame)

    @property
    def _at_rest(self) -> bool:
        """Whether no search is making steps: pictures have to be rendered to be shown."""
        return not self._runner.running or self._runner.paused

    # -- changing while it runs ----------------------------------------------------------------------------------

    @Slot(object)
    def apply_settings(self, config: InpaintConfig) -> None:
        """Use these settings: context weight and blend apply at once to a fill in hand, the rest to the next search."""
        self.config = config
        if self.fill is not None:
            self._apply(self.fill.config, only_blend=not self._runner.running)

    def _apply(self, in_use: InpaintConfig, *, only_blend: bool = False) -> None:
        """Change the fill in hand, which uses the settings `in_use`, to the present ones as far as possible."""
        assert self.fill is not None
        wanted = self.config
        if wanted.context_weight != in_use.context_weight and not only_blend:
            self.fill.change(context_weight=wanted.context_weight)
        if wanted.blend != in_use.blend:
            self._change_in_background(lambda fill: fill.change(blend=wanted.blend))

    def _on_document_changed(self, change: Change) -> None:
        assert self.document is not None
        if self._keeper.writing:
            return
        if not change.photo.empty and (self.has_any or self._preparer.busy):
            self.discard()  # an earlier fill was undone or redone: the one in hand was made for other pixels
        elif not change.mask.empty and self.has_any:
            self._mask.wait()
        # Counting copies the tiles that changed: of a stroke once, when it is over.
        if not self._runner.running and not (self.document.editing and self._state is FillState.READY):
            self.update_state()

    @Slot()
    def _send_mask(self) -> None:
        """Give the fill in hand the present mask, unless it has it or is being kept as it is."""
        assert self.document is not None
        snapshot = None if not self.has_any or self._keeper.busy else self._mask.newer(self.document)
        if snapshot is None:
            return
        if not snapshot.masked_pixels:
            self.discard()
            return
        if self.surroundings.in_use:
            self.surroundings.start(self.document, select=self.surroundings.selected)
        if self.fill is not None:
            self._change_in_background(lambda fill: fill.change(mask=snapshot.array()))

    def _change_in_background(self, change: Callable[[ComposedFill], None]) -> None:
        fill = self.fill
        assert fill is not None

        def changed(_: None) -> None:
            if self._at_rest and not self._keeper.busy:
                self.render()

        self.background.submit(lambda: change(fill), changed, self.failed.emit)

    # -- ending --------------------------------------------------------------------------------------------------

    @Slot()
    def keep(self) -> None:
        """Write what is shown into the photo, at full resolution; then search in the next frame, if there is one."""
        fill, step = self.to_keep, self._last_shown
        if fill is None or self.document is None or not self._state.has_fill or self._keeper.busy:
            return
        self._mask.stop()
        self._send_mask()  # the newest stroke is part of what is kept
        if self.to_keep is not fill:  # nothing is left to fill, or the surroundings fill the new stroke first
            return
        self._runner.drop()
        self._keeper.keep(self.document, fill, step)
        self.update_state()

    @Slot(object)
    def _on_kept(self, box: Box) -> None:
        """Search in the next frame of the same run that still has something to fill."""
        prepared = self._prepared
        self._forget()
        self.update_state()
        self.kept.emit(box)
        if prepared is not None and self._state is FillState.READY:
            assert self.document is not None
            active = prepared.next_active(self.document.mask)
            if active is not None:
                self._prepare(prepared.frames, active)

    @Slot(object)
    def _on_nothing_kept(self, error: MaskError) -> None:
        self._forget()
        self.update_state()
        self.failed.emit(error)

    @Slot(object)
    def _on_not_kept(self, error: BaseException) -> None:
        """The fill stays in hand: catch up with what was put off while it was being kept."""
        self.failed.emit(error)
        self._send_mask()
        self.render()

    @Slot()
    def discard(self) -> None:
        """Forget the fill in hand; photo and mask stay as they are."""
        self._preparer.cancel()
        self._forget()
        self.update_state()

    def close(self) -> None:
        """End everything for good; see `wait`."""
        self._preparer.cancel()
        self._runner.drop()
        self.surroundings.clear()
        self.background.close()

    def wait(self, deadline: float) -> bool:
        """After `close`: block until all threads have ended or time.monotonic() reaches `deadline`, then False."""
        ended = all([self._runner.wait(deadline), self.surroundings.wait(deadline)])
        return self.background.wait(deadline) and ended

    def _forget(self, *, continues: bool = False) -> None:
        """continues: for a search that takes over; a fill from the surroundings stays beside it."""
        had_fill = self.fill is not None or self.continues or (self.surroundings.in_use and not continues)
        self.continues = continues
        if not continues:
            self.surroundings.clear()
        self._runner.drop()
        self._keeper.cancel()
        self.fill = None
        self._prepared = None
        self.shown_step = None
        self._last_shown = None
        self._mask.stop()
        if had_fill:
            self.cleared.emit()
