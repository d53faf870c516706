"""What the menu, the panels and the canvas can ask for: to fill the mask, to compare candidates, to move the frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Frame, normal_angle
from wganpaint_gui.core.search.frame import grow_to_cover, whole_frame
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.messages import MessageBar

from .fill_controller import FillController
from .fill_panel import FillPanel
from .fill_preparer import PreparedFill
from .fill_state import FillState
from .frame_planner import FramePlanner
from .lanes.search_panel import MORE_STEPS, SearchPanel
from .own_settings import OwnSettings

if TYPE_CHECKING:
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill

FRAME_IN_USE = QT_TR_NOOP("Keep or discard this fill before you move its frame.")


class FillActions(QObject):
    """Turns requests into calls of the controller and the planner, after a question where one is needed."""

    def __init__(
        self,
        controller: FillController,
        planner: FramePlanner,
        canvas: Canvas,
        fill_panel: FillPanel,
        search_panel: SearchPanel,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller, self._planner = controller, planner
        self._canvas, self._messages = canvas, messages
        self._settings = fill_panel.settings
        self.own_settings = OwnSettings(fill_panel.settings, self)
        controller.state_changed.connect(planner.set_state)
        controller.engine.changed.connect(self._show_model)
        controller.cleared.connect(lambda: messages.withdraw(tr(FRAME_IN_USE)))
        fill_panel.button.clicked.connect(self.run)
        fill_panel.surroundings_requested.connect(self.fill_surroundings)
        fill_panel.settings.config_changed.connect(controller.apply_settings)
        fill_panel.settings.frame_mode_changed.connect(self._on_frame_mode)
        fill_panel.settings.editing_done.connect(canvas.setFocus)
        search_panel.stop_requested.connect(controller.stop)
        search_panel.continue_requested.connect(controller.continue_for)
        search_panel.keep_requested.connect(controller.keep)
        search_panel.discard_requested.connect(controller.discard)
        search_panel.scrubbed.connect(controller.show_step)
        search_panel.candidate_selected.connect(controller.select)
        search_panel.surroundings_selected.connect(lambda: controller.surroundings.select(True))
        canvas.frame_edited.connect(self._on_frame_edited)
        canvas.frame_added.connect(self._on_frame_added)
        canvas.frame_selected.connect(planner.select)

    @property
    def settings(self) -> InpaintConfig:
        """The settings of the next search."""
        return self._settings.config

    def take_settings(self, settings: InpaintConfig) -> None:
        """Show these settings and search with them."""
        self._settings.set_config(settings)
        self._controller.apply_settings(settings)

    def set_document(self, document: Document | None) -> None:
        """Work on another photo, with the user's own settings."""
        self._controller.set_document(document)
        self.own_settings.take_back()
        self._controller.apply_settings(self.settings)
        self._planner.set_document(document)

    def resume(
        self,
        settings: InpaintConfig | None,
        prepared: PreparedFill | None,
        surroundings: tuple[ShownFill, bool] | None = None,
    ) -> None:
        """Continue a project: with its settings (None: the user's own), and with the fills that wait for a decision."""
        if settings is not None:
            self.own_settings.lend(settings)
            self._controller.apply_settings(settings)
        if prepared is None:
            self._planner.plan()
        else:
            self._planner.show(prepared.frames)
        self._controller.take(prepared, surroundings)

    # -- the search ----------------------------------------------------------------------------------------------

    @Slot()
    def run(self) -> None:
        """Fill the mask, or pause, resume or continue its search; ask first where the user's frame leaves mask out."""
        match self._controller.state:
            case FillState.PAUSED | FillState.RUNNING:
                self._controller.pause_or_resume()
            case FillState.COPYING:
                pass
            case FillState.FINISHED:
                self._controller.continue_for(self._settings.usable.steps)
            case FillState.NO_MASK:
                self._messages.show_message(tr("Paint over the area to fill first."))
            case FillState.LOADING:
                self._messages.show_message(tr("The model is still loading; the fill can start in a moment."))
            case FillState.READY | FillState.COPIED:
                self._run_covering_the_mask()

    def _run_covering_the_mask(self) -> None:
        document = self._controller.document
        assert document is not None
        frames = document.frames
        outside = document.snapshot().masked_outside(frames) if frames else 0
        if not outside:
            self._start()
            return
        self._messages.show_message(
            tr("The frame leaves out %n masked pixel(s), which would not be filled.", "", outside),
            "warning",
            [(tr("Grow the frame"), self._grow_and_start), (tr("Fill inside the frame"), self._start)],
        )

    def _grow_and_start(self) -> None:
        document = self._controller.document
        if document is not None and document.frames:
            document.set_frames(
                grow_to_cover(document.frames, document.mask, document.photo.box), QT_TR_NOOP("grow frame")
            )
            self._start()

    def _start(self) -> None:
        self._messages.hide()
        self._controller.run(self.settings)

    @Slot()
    def fill_surroundings(self) -> None:
        """Fill the mask from the rest of the photo; a search in hand stays beside it."""
        self._messages.hide()
        self._controller.fill_surroundings()

    def more_steps(self) -> None:
        self._controller.continue_for(MORE_STEPS)

    def next_candidate(self) -> None:
        self._step_candidate(+1)

    def previous_candidate(self) -> None:
        self._step_candidate(-1)

    def other_method(self) -> None:
        """Show the next method's fill on the photo."""
        fill = self._controller.fill
        if fill is not None:
            around = self._controller.surroundings
            following = 0 if around.selected else fill.selection.method + 1
            if following == len(fill.config.methods) and around.fill is not None:
                around.select(True)
            else:
                self._controller.select(following % len(fill.config.methods), None)

    def _step_candidate(self, offset: int) -> None:
        fill, shown = self._controller.fill, self._controller.shown_candidate
        if fill is not None and shown is not None:
            method = fill.selection.method
            left = fill.marks.left(method, fill.config.candidates)
            place = left.index(shown) + offset if shown in left else 0
            self._controller.select(method, left[place % len(left)])

    @Slot()
    def _show_model(self) -> None:
        card = self._controller.engine.card
        if card is not None:
            self._settings.show_model(self._controller.engine.model_name, has_encoder=card.has_encoder)

    # -- frames --------------------------------------------------------------------------------------------------

    def frame_automatic(self) -> None:
        """Let the program find the frames."""
        self._put_frames((), QT_TR_NOOP("automatic frame"))

    def frame_whole(self) -> None:
        """Use the smallest square that holds the whole photo."""
        document = self._controller.document
        if document is not None:
            self._put_frames((whole_frame(document.photo.box),), QT_TR_NOOP("whole photo frame"))

    @Slot(float)
    def turn_frame(self, angle: float) -> None:
        """Turn the selected frame around its centre, to an angle in degrees."""
        frames = self._planner.frames
        if frames:
            frame = frames[min(self._planner.selected, len(frames) - 1)]
            self._on_frame_edited(replace(frame, angle=normal_angle(angle)))

    def frame_add(self) -> None:
        """Add a frame of the selected one's size beside it; the first one in the middle of the photo."""
        document = self._controller.document
        if document is None:
            return
        photo, frames = document.photo.box, self._planner.frames
        if not frames:
            size = max(1, min(photo.width, photo.height) // 2)
            self._on_frame_added(Frame((photo.width - size) // 2, (photo.height - size) // 2, size))
            return
        beside = frames[self._planner.selected]
        step = beside.size // 2
        fits = beside.x + step + beside.size <= photo.width
        self._on_frame_added(replace(beside, x=beside.x + (step if fits else -step)))

    def frame_remove(self) -> None:
        """Remove the selected frame; without any, they are placed automatically again."""
        left = list(self._planner.frames)
        if left:
            del left[self._planner.selected]
            self._set_frames(left, QT_TR_NOOP("remove frame"), self._planner.selected)

    @Slot(object)
    def _on_frame_added(self, frame: Frame) -> None:
        frames = self._planner.frames
        self._set_frames([*frames, frame], QT_TR_NOOP("add frame"), len(frames))

    def _set_frames(self, frames: Sequence[Frame], name: str, selected: int) -> None:
        """Change which frames there are, where no fill is in hand that needs them."""
        if self._controller.state.has_fill:
            self._messages.show_message(tr(FRAME_IN_USE), "warning", of_photo=True)
        else:
            self._put_frames(frames, name, selected)

    def _put_frames(self, frames: Sequence[Frame], name: str, selected: int | None = None) -> None:
        """Change the document's frames, but not in the middle of a stroke. selected: None leaves the selection."""
        document = self._controller.document
        if document is not None and not document.editing:
            if selected is not None:
                self._planner.selected = selected
            document.set_frames(frames, name)

    def zoom_frame(self) -> None:
        """Zoom to the frame that is being filled, or would be next."""
        fill = self._controller.fill
        frames = (fill.frame,) if fill is not None else self._planner.frames
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
        if self._controller.state.has_fill:
            move = (tr("Discard the fill and move the frame"), lambda: self._discard_and_move(frame))
            self._messages.show_message(tr(FRAME_IN_USE), "warning", [move], of_photo=True)
        else:
            self._move_frame(frame)

    def _discard_and_move(self, frame: Frame) -> None:
        self._controller.discard()
        self._move_frame(frame)

    def _move_frame(self, frame: Frame) -> None:
        frames = list(self._planner.frames) or [frame]
        index = min(self._planner.selected, len(frames) - 1)
        name = QT_TR_NOOP("move frame") if frames[index].angle == frame.angle else QT_TR_NOOP("turn frame")
        frames[index] = frame
        self._put_frames(frames, name)
