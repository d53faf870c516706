"""Shows the fill in hand: on the canvas, in the fill panel and the search panel, and in messages."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSplitter

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.search.composed_fill import FillSnapshot, StoredFill
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.open_document import DocumentSubscription

from .fill_controller import FillController
from .fill_panel import FillPanel
from .fill_preparer import PreparedFill
from .fill_result import ResultInfo
from .fill_state import FillState
from .frame_planner import FramePlanner
from .lanes.search_panel import SearchPanel

SMALL = 0.6  # share of the canvas below which a frame is too small to watch its search
DEFAULT_SIDE = 64  # model pixels a side, while no model has said otherwise


class FillPresenter(QObject):
    """Listens to the controller and the planner; computes nothing and changes no fill."""

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
        self._canvas, self._panel, self._search, self._messages = canvas, fill_panel, search_panel, messages
        self._subscription = DocumentSubscription(self._on_document_changed)
        self._lanes = 0  # how many the search panel was opened for last
        self._lossy: int | None = None  # the photo's state in the file saved last, where that file is lossy
        self._doubt = ""  # the warning about a poor fit; it belongs to the fill in hand
        self._fit: KnownRegionFit | None = None  # of the hole as it is
        self._lacks_face = False  # whether a frame, planned or in hand, was found where no face is
        self._notice = ""  # the last notice about the search itself, such as that it continues with another model
        self._close_zoom: float | None = None  # to which the canvas was zoomed to show the frame
        controller.state_changed.connect(self._on_state)
        controller.begun.connect(self._on_begun)
        controller.shown.connect(self._on_shown)
        controller.progressed.connect(self._on_progressed)
        controller.speed_changed.connect(search_panel.set_speed)
        controller.noticed.connect(self._on_noticed)
        controller.fitted.connect(self._on_fitted)
        controller.cleared.connect(self._on_cleared)
        controller.kept.connect(lambda: self._show_result(None))
        controller.failed.connect(messages.show_error)
        controller.surroundings.changed.connect(self._on_surroundings)
        controller.surroundings.progressed.connect(search_panel.surroundings.show_running)
        planner.planned.connect(self._on_planned)
        canvas.tool_changed.connect(self._on_tool)
        controller.engine.changed.connect(self._on_model)

    def set_document(self, document: Document | None) -> None:
        """Show the result of this document, which the controller and the planner have already."""
        self._lossy = None
        self._subscription.follow(document)
        self._show_result(None)

    def note_saved(self, document: Document, photo_state: int, *, lossy: bool) -> None:
        """Count the pixels of a lossy file as changed: they differ from those of the open photo."""
        if document is self._controller.document:
            self._lossy = photo_state if lossy else None
            if not self._controller.state.has_fill:  # the panel is about the fill then
                self._show_result(None)

    def _on_document_changed(self, change: Change) -> None:
        document = self._controller.document
        if not change.mask.empty or not change.photo.empty or change.frames:  # the hole is not the one that was judged
            self._fit = None
        if document is not None and not document.editing:  # a stroke is counted when it is over
            self._show_result(self._fit)

    # -- the search ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_state(self, state: FillState) -> None:
        self._panel.set_state(state)
        self._search.set_state(state)

    @Slot(object)
    def _on_begun(self, prepared: PreparedFill) -> None:
        fill, count = prepared.fill, len(prepared.frames)
        self._lacks_face |= prepared.lacks_face
        self._search.begin(fill.config, fill.plan, film=not isinstance(fill, StoredFill))
        self._search.set_title(
            tr("Frame {number} of {count}").format(number=prepared.active + 1, count=count)
            if count > 1
            else tr("Search")
        )
        self._search.show()
        self._open_search(self._search.lane_count)
        self._show_result(None)
        self._show_frames(prepared.frames, prepared.active)
        QTimer.singleShot(0, self, lambda: self._zoom_to(fill.frame))  # when the canvas has its new size

    def _open_search(self, lanes: int) -> None:
        """Give the search panel the height it needs; a border that the user moved stays until the lanes change."""
        splitter = self._search.parentWidget()
        if isinstance(splitter, QSplitter) and lanes != self._lanes:
            self._lanes = lanes
            wanted = self._search.wanted_height(splitter.height())
            splitter.setSizes([splitter.height() - wanted, wanted])

    def _zoom_to(self, frame: Frame) -> None:
        """Zoom in on a frame that is small on a fitted canvas, until its fill is kept or discarded."""
        canvas = self._canvas
        if canvas.view.fits and frame.size * canvas.view.scale < SMALL * min(canvas.width(), canvas.height()):
            canvas.zoom_box(frame.box)
            self._close_zoom = canvas.view.zoom

    @Slot(object)
    def _on_shown(self, shown: FillSnapshot) -> None:
        fill = self._controller.fill
        if fill is not None:
            self._search.set_plan(fill.plan)
            self._search.show_frame(shown, fill.search.log)
            if shown.overlay is not None and not self._controller.surroundings.selected:
                self._canvas.set_fill(fill.frame, shown.overlay)

    @Slot()
    def _on_surroundings(self) -> None:
        """Show the fill from the surroundings, in its lane and, where it is selected, on the photo."""
        around, lane = self._controller.surroundings, self._search.surroundings
        appears = around.in_use and lane.isHidden()
        lane.setVisible(around.in_use)
        lane.set_active(around.selected)
        if not around.in_use:
            return
        if around.running:
            lane.show_running(0, 1)
            if around.fill is None:
                lane.show_nothing()
        elif around.fill is not None:
            lane.show_fill(around.fill)
        if self._controller.fill is None and appears:
            self._search.begin_surroundings()
            self._search.set_title(tr("Fill"))  # the lane says from what
        if appears:
            self._search.show()
            self._open_search(self._search.lane_count)
            self._show_result(None)
        self._panel.settings.set_copying(around.selected)
        if self._controller.fill is None:
            self._show_frames((), 0)
        if around.selected and around.fill is not None and not around.running:
            self._canvas.set_fill(around.fill.frame, around.fill.overlay)
        elif self._controller.fill is not None:
            self._controller.render()

    @Slot()
    def _on_progressed(self) -> None:
        fill = self._controller.fill
        if fill is not None:
            self._search.set_plan(fill.plan)
            self._search.show_progress(fill.search.log)

    @Slot()
    def _on_cleared(self) -> None:
        self._messages.withdraw(self._doubt)
        self._fit = None
        self._canvas.set_fill(None, None)
        focus = QApplication.focusWidget()
        if focus is not None and self._search.isAncestorOf(focus):  # or Qt would give it to whatever comes next
            self._canvas.setFocus()
        self._search.hide()
        if self._close_zoom is not None and self._canvas.view.zoom == self._close_zoom:  # the user has not zoomed since
            self._canvas.zoom_fit()
        self._close_zoom = None

    @Slot(str)
    def _on_noticed(self, text: str) -> None:
        self._notice = text
        self._messages.show_message(text, "warning")

    # -- the result ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_fitted(self, fit: KnownRegionFit | None) -> None:
        """Show a fit, and offer what helps where it is poor; that of a search cut short says little."""
        self._show_result(fit)
        self._messages.withdraw(self._doubt)
        controller = self._controller
        finished = controller.fill is not None and len(controller.fill.search.log) >= controller.plan.total
        card = controller.engine.card
        if not finished or card is None or fit is None or fit.verdict != "poor":
            return
        if self._messages.is_showing(self._notice):  # it is mostly the reason, and stays
            return
        advice = tr("It often helps to move the frame so that it shows what the model knows.")
        if card.knows_faces:
            advice = tr("It often helps to move the frame so that a face fills it as in the model's samples.")
        self._doubt = tr("The known-region fit is poor.") + " " + advice
        copy = (tr("Fill from the surroundings"), self._panel.surroundings_requested.emit)
        move = (tr("Move the frame"), lambda: self._canvas.set_tool(Tool.FRAME))
        self._messages.show_message(self._doubt, "warning", [copy, move], of_photo=True)

    def _show_result(self, fit: KnownRegionFit | None) -> None:
        self._fit = fit
        document, around = self._controller.document, self._controller.surroundings
        self._panel.settings.set_copying(bool(self._will_copy()) or around.selected)
        if document is None:
            self._panel.result.show_info(ResultInfo(None, 0, 0, None))
            return
        self._panel.result.show_info(
            ResultInfo(
                document.changed_outside_mask() if document.original_patches else None,
                document.masked_pixels,
                0 if self._will_copy() or around.selected else len(self._planner.frames),
                fit,
                note=self._why_doubtful(fit),
                lossy=document.history.photo_state == self._lossy,
                in_hand=self._controller.state.has_fill,
            )
        )

    def _why_doubtful(self, fit: KnownRegionFit | None) -> str:
        """Say why a model's fill may not be trusted: by its fit, or else because no face is there."""
        card, around = self._controller.engine.card, self._controller.surroundings
        if card is None or (around.in_use and around.selected):
            return ""
        reason = "" if fit is None else tr(fit.reason(card))
        return reason or self._will_copy() or (card.faceless_warning if self._lacks_face else "")

    def _will_copy(self) -> str:
        """Say that the surroundings will fill the mask, and why; "" where a search will, or one is in hand."""
        card, found = self._controller.engine.card, self._planner.found
        if card is None or not card.knows_faces or found is None or not found.frames or found.suits_faces:
            return ""
        if self._controller.state.has_fill:
            return ""
        text = (
            tr(
                "The mask is much larger than the face under it, and {name} knows only faces: the mask will be filled "
                "from the surroundings."
            )
            if found.beyond_face
            else tr(
                "No face was found under the mask, and {name} knows only faces: the mask will be filled from the "
                "surroundings."
            )
        )
        return text.format(name=card.name)

    # -- frames --------------------------------------------------------------------------------------------------

    @Slot()
    def _on_planned(self) -> None:
        self._lacks_face = self._planner.lacks_face
        self._show_planned()
        document = self._controller.document
        custom = document is not None and document.frames
        self._panel.settings.show_frame_mode("custom" if custom else "automatic")
        self._show_result(None)

    @Slot()
    def _on_tool(self) -> None:
        if not self._controller.state.has_fill:
            self._show_planned()

    @Slot()
    def _on_model(self) -> None:
        """Say what could not be said while nothing was known about the model."""
        self._on_tool()
        if not self._controller.state.has_fill:
            self._show_result(None)

    def _show_planned(self) -> None:
        """Show the planned frames, unless the surroundings will fill: then only for the tool that changes them."""
        hidden = self._will_copy() and self._canvas.tool is not Tool.FRAME
        self._show_frames(() if hidden else self._planner.frames, self._planner.selected)

    def _show_frames(self, frames: tuple[Frame, ...], active: int) -> None:
        card = self._controller.engine.card
        side = card.network.resolution if card is not None else DEFAULT_SIDE
        faces = card is not None and card.knows_faces
        self._canvas.set_frames(frames, active, tr("model sees {side} × {side}").format(side=side), guides=faces)
