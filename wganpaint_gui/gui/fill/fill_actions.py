"""Routes a fill between the controller, the panels and the canvas; what the Fill menu does."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.search.composed_fill import FillFrame, StoredFill
from wganpaint_gui.core.search.frame import grow_to_cover, uncovered, whole_frame
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.canvas.canvas import Canvas, Tool
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.document_subscription import DocumentSubscription
from wganpaint_gui.gui.work.engine import Engine

from .fill_controller import FillController
from .fill_panel import FillPanel, ResultInfo
from .fill_preparer import PreparedFill
from .fill_result import FAIR_FIT
from .fill_state import FillState
from .frame_planner import FramePlanner
from .lanes.search_panel import MORE_STEPS, SearchPanel
from .own_settings import OwnSettings

FRAME_IN_USE = "The fill in hand was found in the frame where it is."
SMALL = 0.6  # share of the canvas below which a frame is too small to watch


class FillActions(QObject):
    """One for the window; knows the panels, computes nothing."""

    def __init__(
        self,
        window: QWidget,
        engine: Engine,
        canvas: Canvas,
        fill_panel: FillPanel,
        search_panel: SearchPanel,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self.controller = FillController(engine, self)
        self.planner = FramePlanner(self)
        self.own_settings = OwnSettings(fill_panel, self)
        self.document: Document | None = None
        self._canvas = canvas
        self._panel = fill_panel
        self._search = search_panel
        self._messages = messages
        self._active_frame = 0
        self._shown_candidate: int | None = None
        self._lanes = 0  # for which the search panel was opened last
        self._subscription = DocumentSubscription(self._on_document_changed)
        self._lossy: int | None = None  # the document's photo state that was saved last, where the file is lossy
        self._doubt = ""  # what was said last of a fit that is poor; it belongs to the fill in hand
        self._notice = ""  # what was said last of the search itself, such as that it goes on with another model
        self._came_close: float | None = None  # the zoom at which the canvas was moved to the frame
        self._connect()

    def _connect(self) -> None:
        controller, panel, search = self.controller, self._panel, self._search
        controller.state_changed.connect(self._on_state)
        controller.begun.connect(self._on_begun)
        controller.shown.connect(self._on_shown)
        controller.progressed.connect(self._on_progressed)
        controller.speed_changed.connect(search.set_speed)
        controller.noticed.connect(self._on_noticed)
        controller.fitted.connect(self._on_fitted)
        controller.kept.connect(self._on_kept)
        controller.ended.connect(self._on_ended)
        controller.failed.connect(self._messages.show_error)
        self.planner.planned.connect(self._on_planned)
        self.planner.faceless.connect(self._on_faceless)
        panel.run_requested.connect(self.run)
        panel.pause_requested.connect(self.pause)
        panel.settings_changed.connect(controller.apply_settings)
        panel.frame_mode_changed.connect(self._on_frame_mode)
        panel.editing_done.connect(self._canvas.setFocus)
        search.pause_requested.connect(self.pause)
        search.stop_requested.connect(self.stop)
        search.continue_requested.connect(self._continue_for)
        search.keep_requested.connect(self.keep)
        search.discard_requested.connect(self.discard)
        search.scrubbed.connect(controller.show_step)
        search.candidate_selected.connect(controller.select)
        self._canvas.frame_edited.connect(self._on_frame_edited)
        self._canvas.frame_selected.connect(self._on_frame_selected)

    @property
    def found_fills(self) -> int:
        """How many candidates could be kept; 0 where there is no search, or it has made no step yet."""
        fill = self.controller.fill
        return fill.config.candidates * len(fill.config.methods) if fill is not None and len(fill.search.log) else 0

    @property
    def settings(self) -> InpaintConfig:
        """Of the next search."""
        return self._panel.config

    def take_settings(self, settings: InpaintConfig) -> None:
        """Show these, and search with them."""
        self._panel.set_config(settings)
        self.controller.apply_settings(settings)

    def resume(self, settings: InpaintConfig, prepared: PreparedFill | None) -> None:
        """Go on where a project stands: with its settings, and with the search that waits for a decision."""
        self.own_settings.lend(settings)
        self.controller.apply_settings(settings)
        if prepared is not None:
            self.planner.take(prepared.frames)
            self.controller.take(prepared)

    def set_document(self, document: Document | None) -> None:
        self._lossy = None
        self.document = document
        self._subscription.follow(document)
        self.controller.set_document(document)
        self.own_settings.take_back()
        self.controller.apply_settings(self.settings)
        self.planner.set_document(document)
        self._search.hide()
        self._show_result(None)

    def _on_document_changed(self, _change: Change) -> None:
        if self.document is not None and not self.document.editing:  # a stroke is counted when it is over
            self._show_result(None)

    def close(self) -> None:
        self.planner.close()
        self.controller.close()

    def wait(self, deadline: float) -> bool:
        """As `FillController.wait`, for everything here."""
        ended = self.controller.wait(deadline)
        return self.planner.background.wait(deadline) and ended

    # -- the menu ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Fill the mask; where part of it lies outside the person's own frame, ask first."""
        match self.controller.state:
            case FillState.PAUSED | FillState.RUNNING:
                self.controller.pause_or_resume()
            case FillState.FINISHED:
                self._continue_for(self._panel.config.steps)
            case FillState.NO_MASK:
                self._messages.show_message("Paint over what should go, then fill the mask.")
            case FillState.LOADING:
                self._messages.show_message("The engine is still loading; the fill can start in a moment.")
            case FillState.READY:
                self._run_covering_the_mask()

    def _run_covering_the_mask(self) -> None:
        assert self.document is not None
        outside = uncovered(self.document.mask, self.document.frames) if self.document.frames else 0
        if not outside:
            self._start()
            return
        self._messages.show_message(
            f"{outside:,} masked pixels lie outside the frame and would stay as they are.",
            "warning",
            [("Grow the frame", self._grow_and_start), ("Fill what is inside", self._start)],
        )

    def _grow_and_start(self) -> None:
        document = self.document
        if document is not None and document.frames:
            document.set_frames(grow_to_cover(document.frames, document.mask, document.photo.box), "grow frame")
            self._start()

    def _start(self) -> None:
        self._messages.hide()
        self.controller.run(self._panel.config, self.planner.frames if self.planner.settled else ())

    def pause(self) -> None:
        self.controller.pause_or_resume()

    def stop(self) -> None:
        self.controller.stop()

    def more_steps(self) -> None:
        self._continue_for(MORE_STEPS)

    @Slot(int)
    def _continue_for(self, steps: int) -> None:
        self.controller.continue_for(steps)
        self._search.set_planned(self.controller.planned_steps)

    def keep(self) -> None:
        self.controller.keep()

    def discard(self) -> None:
        self.controller.discard()

    def next_candidate(self) -> None:
        self._step_candidate(+1)

    def previous_candidate(self) -> None:
        self._step_candidate(-1)

    def other_method(self) -> None:
        """Show the other method's best candidate on the photo."""
        fill = self.controller.fill
        if fill is not None:
            self.controller.select((fill.selection.method + 1) % len(fill.config.methods), None)

    def _step_candidate(self, offset: int) -> None:
        fill = self.controller.fill
        if fill is not None and self._shown_candidate is not None:
            candidate = (self._shown_candidate + offset) % fill.config.candidates
            self.controller.select(fill.selection.method, candidate)

    # -- frames --------------------------------------------------------------------------------------------------

    def frame_automatic(self) -> None:
        if self.document is not None:
            self.document.set_frames((), "automatic frame")

    def frame_whole(self) -> None:
        """The smallest square that holds the whole photo."""
        if self.document is not None:
            self.document.set_frames((whole_frame(self.document.photo.box),), "whole photo frame")

    def zoom_frame(self) -> None:
        """Bring the frame that is filled, or would be next, close."""
        fill = self.controller.fill
        frames = (fill.frame,) if fill is not None else self.planner.frames
        if frames:
            self._canvas.zoom_box(frames[0].box)

    @Slot(str)
    def _on_frame_mode(self, mode: str) -> None:
        if mode == "automatic":
            self.frame_automatic()
        elif mode == "whole":
            self.frame_whole()

    @Slot(object)
    def _on_frame_edited(self, frame: Frame) -> None:
        if self.controller.state.has_fill:
            move = ("Discard it and move the frame", lambda: self._discard_and_move(frame))
            self._messages.show_message(FRAME_IN_USE, "warning", [move], of_photo=True)
        else:
            self._move_frame(frame)

    def _discard_and_move(self, frame: Frame) -> None:
        self.controller.discard()
        self._move_frame(frame)

    def _move_frame(self, frame: Frame) -> None:
        if self.document is not None:
            frames = list(self.planner.frames) or [frame]
            frames[min(self._active_frame, len(frames) - 1)] = frame
            self.document.set_frames(frames)

    @Slot(int)
    def _on_frame_selected(self, index: int) -> None:
        if not self.controller.state.has_fill:
            self._active_frame = index
            self._show_frames(self.planner.frames, index)

    @Slot(object)
    def _on_planned(self, frames: tuple[Frame, ...]) -> None:
        self._active_frame = max(0, min(self._active_frame, len(frames) - 1))
        self._show_frames(frames, self._active_frame)
        self._panel.set_frame_mode("custom" if self.document is not None and self.document.frames else "automatic")
        self._show_result(None)

    @Slot()
    def _on_faceless(self) -> None:
        card = self.controller.engine.card
        if card is not None and card.faceless_warning:
            self._messages.show_message(card.faceless_warning, "warning")

    def _show_frames(self, frames: tuple[Frame, ...], active: int) -> None:
        card = self.controller.engine.card
        side = card.network.resolution if card is not None else 64
        self._canvas.set_frames(frames, active, f"model sees {side} × {side}")

    # -- what the controller says --------------------------------------------------------------------------------

    @Slot(object)
    def _on_state(self, state: FillState) -> None:
        self.planner.paused = state.has_fill
        self._panel.set_state(state)
        self._search.set_state(state)
        if not state.has_fill:
            self._hide_search()

    def _hide_search(self) -> None:
        """The keyboard goes back to the canvas, or Qt would give it to whatever comes next."""
        focus = QApplication.focusWidget()
        if focus is not None and self._search.isAncestorOf(focus):
            self._canvas.setFocus()
        self._search.hide()

    @Slot(object)
    def _on_begun(self, prepared: PreparedFill) -> None:
        fill, many = prepared.fill, len(prepared.frames) > 1
        self._search.begin(fill.config, film=not isinstance(fill, StoredFill))
        self._search.set_title(f"Frame {prepared.active + 1} of {len(prepared.frames)}" if many else "Search")
        self._search.show()
        self._open_search(len(fill.config.methods))
        self._show_result(None)
        self._show_frames(prepared.frames, prepared.active)
        QTimer.singleShot(0, self, lambda: self._come_close(fill.frame))  # when the canvas has its new size

    def _open_search(self, lanes: int) -> None:
        """Give the search the room it needs; a person who moved the border keeps it, while the lanes stay as many."""
        splitter = self._search.parentWidget()
        if isinstance(splitter, QSplitter) and lanes != self._lanes:
            self._lanes = lanes
            wanted = self._search.wanted_height(splitter.height())
            splitter.setSizes([splitter.height() - wanted, wanted])

    def _come_close(self, frame: Frame) -> None:
        """Let the search be seen: a frame that is small on a fitted canvas comes close, until the fill is decided."""
        canvas = self._canvas
        if canvas.fits and frame.size * canvas.view.scale < SMALL * min(canvas.width(), canvas.height()):
            canvas.zoom_box(frame.box)
            self._came_close = canvas.view.zoom

    def _step_back(self) -> None:
        """Fit the photo again, where coming close was not the person's own doing."""
        if self._came_close is not None and self._canvas.view.zoom == self._came_close:
            self._canvas.zoom_fit()
        self._came_close = None

    @Slot(object)
    def _on_shown(self, shown: FillFrame) -> None:
        fill = self.controller.fill
        if fill is None:
            return
        self._shown_candidate = shown.selection.candidate
        self._search.show_frame(shown, fill.search.log)
        if shown.overlay is not None:
            self._canvas.set_fill(fill.frame, shown.overlay)

    @Slot()
    def _on_progressed(self) -> None:
        if self.controller.fill is not None:
            self._search.show_progress(self.controller.fill.search.log)

    @Slot()
    def _on_ended(self) -> None:
        """A run is over: its result waits, or the fill in hand is gone."""
        fill = self.controller.fill
        if fill is None:
            self._messages.withdraw(self._doubt)
            self._messages.withdraw(FRAME_IN_USE)
            self._canvas.set_fill(None, None)
            self._hide_search()
            self._step_back()
            self.planner.paused = False
            self.planner.plan()
            return

    @Slot(str)
    def _on_noticed(self, text: str) -> None:
        self._notice = text
        self._messages.show_message(text, "warning")

    @Slot(float)
    def _on_fitted(self, fit: float) -> None:
        """fit: mean absolute difference over the known pixels, 0..2; of a search cut short it says little."""
        self._show_result(fit)
        self._messages.withdraw(self._doubt)
        controller = self.controller
        finished = controller.fill is not None and len(controller.fill.search.log) >= controller.planned_steps
        # A notice that nobody has closed yet is why, most often, and stays; the panel tells of the fit as well.
        if finished and fit > FAIR_FIT and not self._messages.is_showing(self._notice):
            card = self.controller.engine.card
            faces = card is not None and card.knows_faces
            shows = "a face fills it as in the model's samples" if faces else "it shows what the model has learnt"
            self._doubt = (
                "What the model sees is unlike the pictures it knows, so the fill may not fit. "
                f"It often helps to move the frame so that {shows}."
            )
            self._messages.show_message(
                self._doubt,
                "warning",
                [("Move the frame", lambda: self._canvas.set_tool(Tool.FRAME))],
                of_photo=True,
            )

    def note_saved(self, document: Document, photo_state: int, *, lossy: bool) -> None:
        """The panel counts in the photo that is open; a lossy file of it holds other pixels."""
        if document is self.document:
            self._lossy = photo_state if lossy else None
            if not self.controller.state.has_fill:  # of which the panel tells now
                self._show_result(None)

    @Slot(object)
    def _on_kept(self, _box: Box) -> None:
        self._canvas.set_fill(None, None)
        self._show_result(None)

    def _show_result(self, fit: float | None) -> None:
        document = self.document
        if document is None:
            self._panel.show_result(ResultInfo(None, 0, 0, None))
            return
        kept = document.changed_outside_mask() if document.original_patches else None
        frames = self.planner.frames
        in_hand = self.controller.state.has_fill
        lossy = document.history.photo_state == self._lossy
        self._panel.show_result(
            ResultInfo(kept, document.masked_pixels, len(frames), fit, lossy=lossy, in_hand=in_hand)
        )
