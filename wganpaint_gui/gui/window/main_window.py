"""The main window: creates the panels, connects the actions and routes signals."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.region import Combine
from wganpaint_gui.core.system.paths import config_dir
from wganpaint_gui.gui.canvas.beside_viewer import BesideViewer
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tool_options import ToolOptions, hint
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.commands.actions import connect_actions, make_actions
from wganpaint_gui.gui.commands.menus import fill_menu, make_menus, make_options_bar, make_tool_bar
from wganpaint_gui.gui.export.export_actions import ExportActions
from wganpaint_gui.gui.files.file_actions import FileActions
from wganpaint_gui.gui.files.film_strip import FilmStrip
from wganpaint_gui.gui.files.photo_files import OpenedPhoto, SavedPhoto
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_panel import FillPanel
from wganpaint_gui.gui.fill.fill_presenter import FillPresenter
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.frame_planner import FramePlanner
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel
from wganpaint_gui.gui.fill.looking.look_actions import LookActions
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.mask.mask_actions import MaskActions
from wganpaint_gui.gui.mask.mask_presets import MaskPresets
from wganpaint_gui.gui.messages import MessageBar, MessageStrip
from wganpaint_gui.gui.models.model_actions import ModelActions
from wganpaint_gui.gui.models.model_panel import ModelPanel
from wganpaint_gui.gui.widgets import in_column, plot
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.engine import Engine

from .central_stack import CentralStack
from .fill_status import FillStatus
from .handlers import file_handlers, fill_handlers, mask_handlers, preference_handlers, view_handlers
from .help_actions import HelpActions
from .history_actions import HistoryActions
from .history_panel import HistoryPanel
from .model_pages import ModelPages
from .page_guard import PageGuard
from .shutdown import Part, end_all
from .side_panels import SidePanels
from .status_bar import StatusBar
from .tool_actions import ToolActions
from .window_memory import WindowMemory

if TYPE_CHECKING:
    from wganpaint_gui.gui.evaluation.evaluation_actions import EvaluationActions
    from wganpaint_gui.gui.training.training_actions import TrainingActions

SIDE_WIDTH = 312  # of the panels on the right, device-independent pixels
_PAUSE_AFTER = 0.004  # seconds of creating types of Qt, so that the window stays lively
ENGINE_WAITS = 1500  # milliseconds to wait for a first photo before the model is loaded


class MainWindow(QMainWindow):
    """Signals: photo_shown() after a photo is drawn for the first time; close_wanted() before any question is asked."""

    photo_shown = Signal()
    close_wanted = Signal()

    def __init__(self, *, load_engine: bool = True) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("WganPaint[*]")
        self.setMinimumSize(900, 600)
        self.document: Document | None = None
        self.all_ended = True  # whether all threads had ended when the window closed
        self._load_engine = load_engine
        self._engine_started = False
        self._create()
        self._lay_out()
        self.memory = WindowMemory(
            self,
            canvas=self.canvas,
            tool_options=self.tool_options,
            fills=self.fills,
            models=self.models,
            files=self.files,
            actions=self.actions_by_id,
            recent_menu=self.recent_menu,
        )
        self.pages = ModelPages(
            self,
            self.central_stack,
            self.model_panel,
            self.models,
            self.fill_controller,
            self.messages,
            self.actions_by_id,
            self.memory,
        )
        self._bind()
        self._start_out()

    # -- creating ------------------------------------------------------------------------------------------------

    def _create(self) -> None:
        self.actions_by_id = make_actions(self)
        central = QWidget()
        self.setCentralWidget(central)  # before it is filled: Qt restyles all that moves into another widget
        self._whole = QSplitter(Qt.Orientation.Horizontal, central, childrenCollapsible=False, handleWidth=1)
        self.messages = MessageBar(central)
        self.message_strip = MessageStrip(self.messages, central)
        in_column((self._whole, 1), self.message_strip, of=central, spacing=0)
        self.canvas = Canvas()
        self.search_panel = SearchPanel(self.actions_by_id)
        self.beside = BesideViewer(self.canvas)
        self.film_strip = FilmStrip()
        parts = (self.canvas, self.beside, self.film_strip, self.search_panel)
        self.central_stack = CentralStack(*parts, self._whole)
        self.engine = Engine(self)
        self._preloads = Background("preload", self, polite=False)  # libraries that are needed soon
        self._qt_types = plot.qt_types()  # to create
        self.tool_options = ToolOptions()
        self.fill_panel = FillPanel(self.actions_by_id)
        self.model_panel = ModelPanel()
        self.history_panel = HistoryPanel()
        self.status = StatusBar()
        self.frame_planner = FramePlanner(self)
        self.fill_controller = FillController(self.engine, self.frame_planner.plans, self)
        panels = (self.canvas, self.fill_panel, self.search_panel, self.messages)
        self.fills = FillActions(self.fill_controller, self.frame_planner, *panels, self)
        self.fill_presenter = FillPresenter(self.fill_controller, self.frame_planner, *panels, self)
        self.fill_status = FillStatus(self.fill_controller, self.frame_planner, self.status, self.actions_by_id, self)
        view = (self.canvas, self.beside, self.search_panel, self.messages)
        self.looks = LookActions(self.fill_controller, *view, self.actions_by_id, self)
        self.tools = ToolActions(self.canvas, self.tool_options, self.actions_by_id, self)
        self.files = FileActions(self, self.fills, self.fill_controller, self.messages)
        self.exports = ExportActions(
            self, self.fill_controller, self.files, self.messages, lambda: self.fill_panel.settings.usable
        )
        self.history = HistoryActions(self, self.actions_by_id, self.history_panel)
        self.masks = MaskActions(self.canvas, self.messages, lambda: self.fill_panel.settings.config.blend, self)
        self.mask_presets = MaskPresets(
            self.masks,
            self.files.masks,
            self.fill_controller,
            self.frame_planner,
            self.messages,
            self.actions_by_id,
            self,
        )
        self.models = ModelActions(
            self, self.engine, self.model_panel, self.fill_panel.settings, self.tool_options, self.messages
        )
        self.help = HelpActions(
            self, self.messages, lambda: self.engine.device_name, lambda: self.memory.preferences.shortcuts
        )

    @property
    def training(self) -> TrainingActions:
        return self.pages.training

    @property
    def evaluation(self) -> EvaluationActions:
        return self.pages.evaluation

    def _lay_out(self) -> None:
        self.recent_menu, self.unsaved_menu = make_menus(self.menuBar(), self.actions_by_id)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, make_options_bar(self.tool_options))
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, make_tool_bar(self.actions_by_id))
        self.side_panels = SidePanels(
            ((self.fill_panel, tr("Fill")), (self.model_panel, tr("Model")), (self.history_panel, tr("History"))),
            self._whole,
        )
        self.side_panels.setMinimumWidth(SIDE_WIDTH)
        self.search_panel.hide()
        frame_mode = self.fill_panel.settings.frame_mode
        self.page_guard = PageGuard(
            self.actions_by_id, (self.tool_options.settings, self.history_panel, frame_mode), self
        )
        self._whole.setStretchFactor(0, 1)
        self._whole.setSizes([1280 - SIDE_WIDTH, SIDE_WIDTH])
        self.setStatusBar(self.status)

    def _bind(self) -> None:
        connect_actions(self.actions_by_id, self._handlers())
        canvas = self.canvas
        canvas.cursor_moved.connect(self.status.show_cursor)
        canvas.zoom_changed.connect(self.status.show_zoom)
        for viewer in (canvas, self.beside):
            viewer.files_dropped.connect(self.open_photos)
        canvas.empty.open_button.clicked.connect(self.files.open)
        canvas.empty.sample_button.clicked.connect(self.open_sample)
        canvas.wand_used.connect(self._use_wand)
        canvas.tool_changed.connect(lambda tool: self.masks.prepare_wand() if tool is Tool.WAND else None)
        canvas.tool_changed.connect(self._show_hint)
        canvas.refused.connect(self.messages.show_message)
        self.tool_options.angle_changed.connect(self.fills.turn_frame)
        self.files.opened.connect(self._on_opened)
        self.files.autosaver.aside_changed.connect(self._show_unsaved)
        self.files.path_changed.connect(self._on_path_changed)
        self.files.files.failed.connect(self._update_film_strip)  # a photo may be gone
        self.film_strip.photo_chosen.connect(self.files.open_path)
        self.files.files.saved.connect(self._on_saved)
        self.fill_controller.state_changed.connect(self._show_search)
        self.engine.changed.connect(self._on_engine)
        self.engine.changed.connect(self.memory.touch)
        self.fill_panel.settings.config_changed.connect(self.memory.touch)
        self.central_stack.page_toggled.connect(self._on_page_toggled)

    def _handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action does, by its id."""
        return {
            **file_handlers(self.files),
            "open_sample": self.open_sample,
            "quit": self.close,
            **self.exports.handlers(),
            "undo": self.history.undo,
            "redo": self.history.redo,
            **mask_handlers(self.masks, self.mask_presets),
            **view_handlers(self.canvas),
            "film_strip": self._show_film_strip,
            **self.tools.handlers(),
            **fill_handlers(self.fills, self.fill_controller),
            **self.looks.handlers(),
            "choose_model": self.models.choose,
            **self.pages.handlers(),
            **self.help.handlers(),
            **preference_handlers(self.memory),
        }

    def _start_out(self) -> None:
        """Show the window as it is without a photo, with the remembered settings."""
        self.memory.restore()
        self.actions_by_id["tool_brush"].setChecked(True)
        self.actions_by_id["mask_show"].setChecked(True)
        self.canvas.setFocus()  # or Qt gives it to the first text field, which takes Ctrl+V and all letters

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._load_engine:
            self._load_engine = False
            # After the first photo is drawn, or torch would compete with it for the processor.
            self.photo_shown.connect(self._start_engine)
            QTimer.singleShot(ENGINE_WAITS, self, self._start_engine)

    @Slot()
    def _start_engine(self) -> None:
        if self._engine_started or self._closing:
            return
        self._engine_started = True
        training = self.training  # before torch competes with it for the processor
        self.models.load()
        self._preload_plots()
        training.interrupted.offer()

    @Slot()
    def _preload_plots(self) -> None:
        """Create Qt's types, some at a time, and then import the plots' library."""
        end = time.monotonic() + _PAUSE_AFTER
        for _ in self._qt_types:
            if time.monotonic() > end:
                QTimer.singleShot(0, self, self._preload_plots)
                return
        if not self._closing:
            self._preloads.submit(plot.preload, lambda _: None, self.messages.show_error)

    # -- photos --------------------------------------------------------------------------------------------------

    @Slot(object)
    def open_photos(self, paths: Sequence[Path]) -> None:
        """Open the first photo; PgDn leads to the others or, if there is only one, through its folder."""
        self.files.open_paths([Path(path) for path in paths])

    @Slot()
    def open_sample(self) -> None:
        self.files.open_sample()

    @Slot(int, int, str)
    def _use_wand(self, x: int, y: int, how: Combine) -> None:
        options = self.tool_options
        self.masks.use_wand(x, y, how, options.tolerance, contiguous=options.contiguous.isChecked())

    @Slot(object)
    def _on_opened(self, opened: OpenedPhoto) -> None:
        self.messages.forget_photo()
        self.central_stack.show_photo()
        self.document = opened.document
        self.canvas.show_document(opened.document, opened.pyramid)
        self.masks.set_document(opened.document)
        self.mask_presets.set_document(opened.document)
        self.fills.set_document(opened.document)
        self.fill_presenter.set_document(opened.document)
        self.history.set_document(opened.document)
        self.memory.fit_brush(opened.document.photo)
        self._show_hint()
        self.canvas.setFocus()
        self.canvas.repaint()
        self.photo_shown.emit()

    @Slot(object)
    def _on_path_changed(self, path: Path | None) -> None:
        name = path.name if path is not None else tr("Pasted photo")
        self.setWindowTitle(f"{name}[*] – WganPaint")
        if self.document is not None:
            self.status.show_photo(name, self.document.photo.width, self.document.photo.height)
        if path is not None and not path.is_relative_to(config_dir()):
            self.memory.add_recent(path)
        self._update_film_strip()

    @Slot()
    def _update_film_strip(self) -> None:
        if not self.film_strip.isHidden():
            self.film_strip.show_photo(self.files.path, self.files.row)

    def _show_film_strip(self, shown: bool) -> None:
        self.film_strip.setVisible(shown)
        self.memory.set_film_strip(shown)
        self._update_film_strip()

    @Slot()
    def _show_unsaved(self) -> None:
        works = self.files.autosaver.aside
        rows = [(work.note.name, str(work.note.file or ""), work) for work in reversed(works)]
        fill_menu(self.unsaved_menu, rows, self.files.open_work)

    @Slot(object)
    def _on_saved(self, saved: SavedPhoto) -> None:
        self.fill_presenter.note_saved(saved.document, saved.photo_state, lossy=saved.changed_outside_mask is None)

    # -- the fill ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_search(self, state: FillState) -> None:
        if state is FillState.RUNNING:
            self.central_stack.show_photo()

    @Slot()
    def _on_page_toggled(self) -> None:
        if self.central_stack.shows_page:
            self.messages.turn_to_page()
            self.side_panels.show_for_now(self.model_panel)
        else:
            self.messages.turn_to_photo()
            self.side_panels.restore()
        self.page_guard.set_photo_visible(not self.central_stack.shows_page)
        self.fill_status.set_photo_shown(not self.central_stack.shows_page)
        self.fill_panel.set_aside(self.central_stack.shows_page)
        self._show_hint()

    @Slot()
    def _show_hint(self) -> None:
        """Say how the chosen tool is used, where it can be."""
        usable = self.document is not None and not self.central_stack.shows_page
        self.message_strip.show_hint(hint(self.canvas.tool) if usable else "")

    @Slot()
    def _on_engine(self) -> None:
        self.status.show_device(self.engine.device_name)
        self.canvas.set_hint(tr("The model is loading") if self.engine.loading and self.engine.model is None else "")

    # -- the end -------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work; then stop everything and wait for it, see `end_all`."""
        if not self._closing:
            self.close_wanted.emit()
            self.files.unsaved.ask_about_all(self._close_for_good)
        if not self._closing:  # the question is open, or was answered with Cancel
            event.ignore()
            return
        self.pages.remember()
        self.memory.remember()
        saving = self.pages.is_training
        parts = (self.masks, self.engine, self.looks, self.help, self.files.neighbours, self.memory.recent_files)
        queues: tuple[Part, ...] = (self._preloads, *(part.background for part in parts), *self.film_strip.threads)
        self.files.restore_offer.close()
        self.all_ended = end_all(
            (
                *self.pages.parts,
                self.exports,
                self.fill_controller,
                self.frame_planner,
                *queues,
                self.files.autosaver,
                self.memory.writer,
            ),
            self.files.files,
            lambda: self.status.show_last(tr("Saving the training run…") if saving else tr("Finishing…")),
            hurried=self._hurried,
        )
        super().closeEvent(event)

    _closing = _hurried = False

    @Slot()
    def save_all(self) -> None:
        """Save the training run in progress and the unsaved work: the process may be ended a moment later."""
        self.files.autosaver.save()
        self.pages.save()

    @Slot()
    def end_now(self) -> None:
        """Close within five seconds and without a question: unsaved work is left for the next start."""
        self._hurried = True
        self.files.unsaved.keep_for_next_start()
        self._close_for_good()

    def _close_for_good(self) -> None:
        self._closing = True
        self.close()
