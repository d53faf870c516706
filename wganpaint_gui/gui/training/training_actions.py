"""Connects the training controller with the training page, the model panel and the messages."""

from __future__ import annotations

import os
import time
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.dataset import DataProgress
from wganpaint_gui.core.errors import BatchError, DataError, WganPaintError
from wganpaint_gui.core.models.installed import ModelEntry
from wganpaint_gui.core.system.paths import training_runs, training_speeds
from wganpaint_gui.core.training.measured_speed import read_speeds
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_request import TrainingRequest
from wganpaint_gui.gui.files.file_dialogs import ask_for_file, ask_for_folder
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.models.model_actions import ModelActions
from wganpaint_gui.gui.models.model_panel import ModelPanel
from wganpaint_gui.gui.models.model_use import ModelUse
from wganpaint_gui.gui.models.past_runs import RunEntry, all_done, all_updates_text, progress_text, resume_request
from wganpaint_gui.gui.models.run_list_actions import RunListActions, ask_before_deleting, ask_for_updates
from wganpaint_gui.gui.models.training_state import TrainingState
from wganpaint_gui.gui.work.background import Background

from .comparison.comparison_presenter import ComparisonPresenter
from .interrupted_run import InterruptedRun
from .page import TrainingPage
from .run.run_presenter import RunPresenter
from .setup.data_check import DataCheck
from .training_controller import TrainingController

SAVING_SECONDS = 60  # longest wait for a checkpoint when the program closes


class TrainingActions(QObject):
    """The actions of training.

    Signals: page_requested(), to cover the photo; photo_requested(), to show it; unfinished_changed(folder), of the run
    that the next start offers to resume, "" for none.
    """

    page_requested = Signal()
    photo_requested = Signal()
    unfinished_changed = Signal(str)

    def __init__(
        self,
        window: QWidget,
        panel: ModelPanel,
        models: ModelActions,
        fills: FillController,
        messages: MessageBar,
        actions: dict[str, QAction],
    ) -> None:
        """actions: by id; those that need a run are enabled and disabled."""
        super().__init__(window)
        self._actions = actions
        self.page = page = TrainingPage(training_runs())
        self._background = Background("training", self)
        self.controller = TrainingController(self._background, self)
        self.check = DataCheck(self)
        self.interrupted = InterruptedRun(messages, self)
        self.run_presenter = RunPresenter(page.run, self.controller, self._background, self)
        self._comparing = Background("comparison", self)  # of its own: long logs take seconds to read
        self.comparison = ComparisonPresenter(page.comparison, self.controller, self._comparing, self)
        self.model_use = ModelUse(models, fills, messages, self)
        self.model_use.base_changed.connect(page.setup.show_base)
        self.model_use.show_base()
        self.run_list = RunListActions(window, panel.runs, self._background, messages, self.model_use.is_in_use)
        self._window, self._panel = window, panel
        self._models, self._fills, self._messages = models, fills, messages
        self._noticed = ""
        self._connect_page()
        self._connect_panel()
        self._connect_controller()

    def _connect_page(self) -> None:
        page, setup, run = self.page, self.page.setup, self.page.run
        page.back_requested.connect(self.photo_requested)
        page.run_toggled.connect(self._actions["export_metrics"].setEnabled)
        for choices in (setup.data, setup.data.drop):
            choices.folder.clicked.connect(self._ask_folder)
            choices.zip.clicked.connect(self._ask_zip)
        setup.check_requested.connect(self.check.check)
        setup.start_requested.connect(self.start)
        self.check.progressed.connect(setup.data.show_progress)
        self.check.previewed.connect(setup.data.preview.show_pictures)
        self.check.checked.connect(setup.show_report)
        self.check.failed.connect(setup.show_error)
        run.pause_requested.connect(self.controller.pause)
        run.resume_requested.connect(self._resume_shown)
        run.header.stop.clicked.connect(self.controller.stop)
        run.header.discard.clicked.connect(self._ask_discard)
        run.header.use.clicked.connect(self._use_shown)
        run.header.new.clicked.connect(self.show_setup)
        run.grids.sample.clicked.connect(self.sample_now)
        for presenter in (self.run_presenter, self.comparison):
            presenter.failed.connect(self._messages.show_error)

    def _connect_panel(self) -> None:
        panel = self._panel
        panel.strip.show_button.clicked.connect(lambda: self.open())
        panel.strip.pause_requested.connect(self.controller.pause)
        panel.strip.resume_requested.connect(self.controller.resume)
        panel.compare.clicked.connect(self.compare_runs)
        panel.runs.show_requested.connect(self.show_past)
        panel.runs.resume_requested.connect(lambda entry: self.resume(entry.folder))
        self.run_list.use_requested.connect(self.model_use.use)
        self.run_list.models_changed.connect(self._models.show)
        self.run_list.renamed.connect(self._on_renamed)
        self.run_list.deleted.connect(self._on_deleted)
        self.run_list.listed.connect(self._on_listed)
        self.run_presenter.sampled.connect(panel.strip.show_samples)

    def _connect_controller(self) -> None:
        controller = self.controller
        self.interrupted.resume_requested.connect(self.resume)
        self.interrupted.answered.connect(lambda: self.unfinished_changed.emit(self.unfinished))
        controller.state_changed.connect(self._on_state)
        controller.prepared.connect(self._on_prepared)
        controller.progressed.connect(self._on_progressed)
        controller.noticed.connect(self._on_noticed)
        controller.model_saved.connect(self.model_use.use)
        controller.ended.connect(self._on_ended)
        controller.discarded.connect(self._on_deleted)
        controller.failed.connect(self._on_failed)
        self._fills.state_changed.connect(lambda state: controller.give_way(state is FillState.RUNNING))
        self.model_use.photo_requested.connect(self.photo_requested)

    # -- opening -------------------------------------------------------------------------------------------------

    @Slot()
    def open(self) -> None:
        """Show the run in progress, or else the setup of a new one."""
        if self.controller.state.is_in_progress:
            self._show_current()
        else:
            self.show_setup()

    @Slot()
    def show_setup(self) -> None:
        self.page.show_setup()
        self.run_list.refresh()
        read = partial(read_speeds, training_speeds())
        self._background.submit(read, self.page.setup.set_speeds, self._messages.show_error)
        self.page_requested.emit()

    def _show_current(self) -> None:
        """Show the current run."""
        request = self.controller.request
        assert request is not None
        if not self.run_presenter.is_live or self.run_presenter.folder is None:
            self.run_presenter.show(RunFolder(request.folder), request.config)
        self._show_state()
        self.page.show_run()
        self.page_requested.emit()
        self.run_presenter.refresh()

    @Slot(object)
    def show_past(self, entry: RunEntry) -> None:
        """Show a run of the list."""
        self.run_presenter.show(entry.folder, entry.settings.config)
        self._show_state()
        self.page.show_run()
        self.page_requested.emit()

    @Slot()
    def compare_runs(self) -> None:
        """Show several runs in one plot."""
        self.page.show_comparison()
        self.page_requested.emit()
        self.run_list.refresh()
        self.comparison.refresh()

    @Slot()
    def _ask_folder(self) -> None:
        ask_for_folder(self._window, tr("Choose folder of pictures"), self.page.setup.choose_source, kind="pictures")

    @Slot()
    def _ask_zip(self) -> None:
        choose = self.page.setup.choose_source
        ask_for_file(self._window, tr("Choose zip of pictures"), "", tr("Zip files (*.zip)"), choose, kind="zips")

    # -- running -------------------------------------------------------------------------------------------------

    @Slot(object)
    def start(self, request: TrainingRequest) -> None:
        """Start or resume a run, and show it."""
        if self.controller.state.is_in_progress:
            self._messages.show_message(tr("Another training run is in progress. Stop it first."))
            return
        self.check.cancel()
        self._noticed = ""
        self.interrupted.forget()
        self._panel.strip.begin(request.folder.name)
        self.controller.start(request)
        self.run_presenter.folder = None  # it may be another session of the same run
        self._show_current()

    def resume(self, folder: RunFolder) -> None:
        """Resume a run from its newest checkpoint; if it has finished, ask for its new total of updates first."""
        entry = self._entry(folder)
        if entry is not None and entry.finished:
            ask_for_updates(self._window, entry, lambda updates: self._resume(folder, updates))
        else:
            self._resume(folder)

    def _resume(self, folder: RunFolder, updates: int | None = None, batch_size: int | None = None) -> None:
        """Resume a run; see `resume_request`."""
        try:
            request = resume_request(folder, self.page.setup.settings.device_choice, updates, batch_size)
        except WganPaintError as error:
            self._messages.show_error(error)
            return
        self.start(request)

    @Slot()
    def _resume_shown(self) -> None:
        if self.run_presenter.is_live and self.controller.state is TrainingState.PAUSED:
            self.controller.resume()
        elif self.run_presenter.folder is not None:
            self.resume(self.run_presenter.folder)

    @Slot()
    def sample_now(self) -> None:
        """Draw samples of the run in progress as it is now, and show them as soon as they are there."""
        if self.run_presenter.is_live:
            self.page.run.grids.reset()
        self.controller.sample_now()

    @Slot()
    def _ask_discard(self) -> None:
        request, step = self.controller.request, self.controller.step
        if request is None:
            return
        config = request.config
        progress = progress_text(config, None) if step is None else all_updates_text(config, step.stage, step.update)
        name, in_use = request.folder.name, self.model_use.is_in_use(RunFolder(request.folder))
        ask_before_deleting(
            self._window, name, progress, tr("Stop and discard"), self.controller.discard, in_use=in_use
        )

    @Slot(object)
    def _on_state(self, state: TrainingState) -> None:
        self._show_state()
        self._panel.strip.set_state(state)
        self._panel.runs.set_busy(state.is_in_progress)
        self.page.setup.set_busy(state.is_in_progress)
        self._panel.train.setVisible(not state.is_in_progress)  # the training strip replaces it
        request = self.controller.request
        self.run_list.hide(request.folder if request is not None and state.is_in_progress else None)
        self._show_trained()
        self.unfinished_changed.emit(self.unfinished)
        self._actions["sample_now"].setEnabled(state is TrainingState.RUNNING)
        self._offer_comparison()

    def _show_state(self) -> None:
        folder = self.run_presenter.folder
        if folder is None:
            return
        if self.run_presenter.is_live:
            state = self.controller.state
            usable = state is TrainingState.RUNNING or os.path.isfile(folder.model_file)
        else:
            state, usable = TrainingState.IDLE, os.path.isfile(folder.model_file)
        entry = self._entry(folder)
        finished = entry is not None and entry.finished and not state.is_in_progress
        self.page.run.set_state(state, finished=finished, usable=usable)
        if not self.run_presenter.is_live and self.controller.state.is_in_progress:
            self.page.run.header.pause.setEnabled(False)  # only one is trained at a time

    def _entry(self, folder: RunFolder) -> RunEntry | None:
        return next((entry for entry in self.run_list.entries if entry.folder.path == folder.path), None)

    @Slot(object)
    def _on_prepared(self, progress: DataProgress) -> None:
        self._panel.strip.show_preparing(progress)
        if self.run_presenter.is_live:
            self.page.run.show_preparing(progress)

    @Slot()
    def _on_progressed(self) -> None:
        step, request = self.controller.step, self.controller.request
        if step is not None and request is not None:
            self._panel.strip.show_step(step, request.config.stage_after(step.stage))

    @Slot(str)
    def _on_noticed(self, notice: str) -> None:
        self.run_presenter.say(notice)
        if notice != self._noticed:
            self._noticed = notice
            self._messages.show_message(notice, "warning")

    @Slot(object)
    def _on_ended(self, folder: RunFolder) -> None:
        """Select the ended run in the list, and say if it has finished."""
        self.run_list.refresh(choose=folder)
        step, request = self.controller.step, self.controller.request
        if request is None or not os.path.isfile(folder.settings_file):
            self._leave(folder)
            return
        done = step is not None and all_done(request.config, step.stage, step.update)
        if done and not (self.run_presenter.is_live and self.page.run.isVisible()):  # where the badge shows it
            self._messages.show_message(
                tr("Training of {name} has finished.").format(name=folder.name),
                choices=[
                    (tr("Use model"), lambda: self.model_use.use(folder.model_file)),
                    (tr("Show run"), self._show_ended),
                ],
            )

    def _show_ended(self) -> None:
        if self.controller.request is not None:
            self._show_current()

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        """Show an error; one of the data also appears beside the pictures."""
        folder = self.controller.folder
        if isinstance(error, BatchError) and folder is not None:
            resume = (
                tr("Resume with batch size {fits}").format(fits=error.fits),
                lambda: self._resume(folder, batch_size=error.fits),
            )
            self._messages.show_message(str(error), "error", [resume])
        else:
            self._messages.show_error(error)
        if isinstance(error, WganPaintError):
            self.run_presenter.say(str(error), "bad")
        request = self.controller.request
        if isinstance(error, DataError) and request is not None and not request.resume:
            self.page.setup.show_error(error)

    def _leave(self, folder: RunFolder) -> None:
        """Show the setup of a new run if the run shown no longer exists."""
        shown = self.run_presenter.folder
        if shown is not None and shown.path == folder.path:
            self.run_presenter.folder = None
            self.page.show_setup()

    # -- the list ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_listed(self, entries: tuple[RunEntry, ...]) -> None:
        self.page.setup.set_taken({entry.name for entry in entries})
        self.comparison.set_entries(entries)
        self._offer_comparison()
        self._show_trained()
        self._show_state()

    def _show_trained(self) -> None:
        """Offer the models of all runs that are not in progress; that of the current one is offered by *Use now*."""
        entries = [entry for entry in self.run_list.shown if entry.has_model]
        self._models.set_trained([ModelEntry(one.name, one.folder.model_file, shipped=False) for one in entries])

    def _offer_comparison(self) -> None:
        """Offer the comparison once there is a run."""
        offered = bool(self.run_list.entries) or self.controller.state.is_in_progress
        self._actions["compare_runs"].setEnabled(offered)
        self._panel.compare.setEnabled(offered)

    @Slot(object, object)
    def _on_renamed(self, before: RunFolder, after: RunFolder) -> None:
        self._models.follow(before.model_file, after.model_file)
        if self.controller.folder is not None and self.controller.folder.path == before.path:
            self.controller.forget()
        shown = self.run_presenter.folder
        if shown is not None and shown.path == before.path:
            self.run_presenter.show(after, self.page.run.config)
            self._show_state()

    @Slot(object)
    def _on_deleted(self, folder: RunFolder) -> None:
        self._models.follow(folder.model_file, None)
        self.model_use.show_base()
        self.run_list.refresh()
        if self.controller.folder is not None and self.controller.folder.path == folder.path:
            self.controller.forget()
        self._leave(folder)
        self._messages.show_message(tr("Run {name} deleted.").format(name=folder.name))

    def export_metrics(self) -> None:
        """Save the metrics of the run shown as a table."""
        if self.run_presenter.folder is not None:
            self.run_list.ask_export_metrics(self.run_presenter.folder)

    # -- the model -----------------------------------------------------------------------------------------------

    @Slot()
    def _use_shown(self) -> None:
        if self.run_presenter.is_live:
            self.controller.use_now()
        elif self.run_presenter.folder is not None:
            self.model_use.use(self.run_presenter.folder.model_file)

    # -- across restarts -----------------------------------------------------------------------------------------

    @property
    def unfinished(self) -> str:
        """Folder of the run that the next start offers to resume; "" for none."""
        path = self.controller.unfinished or self.interrupted.folder
        return "" if path is None else str(path)

    def restore(self, folder: str) -> None:
        """Take over the folder of the run that was in progress when the program closed; "" for none."""
        self.interrupted.restore(folder)
        self.run_list.refresh()

    def save(self) -> None:
        """Pause the run in progress, and wait until it is saved."""
        self.controller.pause()
        self.controller.wait(time.monotonic() + SAVING_SECONDS)

    @property
    def is_busy(self) -> bool:
        """Whether a run is being trained and must be saved before the program closes."""
        return self.controller.state.is_live

    def close(self) -> None:
        """Stop for good; the run is saved, and offered at the next start. See `wait`."""
        self.check.cancel()
        self.controller.close()
        self._comparing.close()
        self._background.close(finish=True)

    def wait(self, deadline: float) -> bool:
        """Block until everything has ended, after `close`; a checkpoint may take longer than `deadline`."""
        saving = time.monotonic() + SAVING_SECONDS if deadline > time.monotonic() else deadline
        ended = self.check.wait(deadline) and self._comparing.wait(deadline)
        return self.controller.wait(saving) and self._background.wait(saving) and ended
