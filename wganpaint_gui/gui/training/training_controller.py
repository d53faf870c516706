"""Starts, pauses, resumes and ends the current training run, and lets searches go first."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.dataset import DataProgress
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.file_names import RUN_MODEL
from wganpaint_gui.core.training.run_folder import RunFolder, delete_run
from wganpaint_gui.core.training.training_log import TrainingLog, TrainingStep, read_log
from wganpaint_gui.core.training.training_request import TrainingRequest
from wganpaint_gui.gui.models.training_state import TrainingState
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.current_job import CurrentJob
from wganpaint_gui.gui.work.job import Ending

from .training_job import TrainingJob

log = logging.getLogger(__name__)

SHOW_MS = 250  # between two updates of the numbers: nobody reads faster


class TrainingController(QObject):
    """Owns the current run and its job; belongs to the GUI thread.

    Signals: state_changed(TrainingState); prepared(DataProgress); progressed(), at most four times a second, when step
    or log have changed; ticked(), when there is a new sample grid; model_saved(Path), once after `use_now`;
    noticed(text); ended(RunFolder), when a run has ended; discarded(RunFolder), when its folder has been deleted;
    failed(error).
    """

    state_changed = Signal(object)
    prepared = Signal(object)
    progressed = Signal()
    ticked = Signal()
    model_saved = Signal(object)
    noticed = Signal(str)
    ended = Signal(object)
    discarded = Signal(object)
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        """background: reads and deletes files."""
        super().__init__(parent)
        self.request: TrainingRequest | None = None
        self.step: TrainingStep | None = None  # the newest one received
        self._background = background
        self._state = TrainingState.IDLE
        self._job = CurrentJob(self)
        self._job.stepped.connect(self._on_stepped)
        self._job.ended.connect(self._on_ended)
        self._training: TrainingJob | None = None
        self._device_logged: TrainingJob | None = None  # the job whose device was logged
        self._kept_log = TrainingLog()  # of the current run, until its session has one
        self._fill_running = False
        self._discarding = False
        self._doomed: RunFolder | None = None  # to be deleted once the thread that writes to it has ended
        self._use_after: int | None = None  # value of `models_saved` when the newest model was requested
        self._ticks = 0
        self._grids_requested = 0  # of the job, as of the last look
        self._show = QTimer(self, singleShot=True, interval=SHOW_MS)
        self._show.timeout.connect(self._show_progress)

    # -- state ---------------------------------------------------------------------------------------------------

    @property
    def state(self) -> TrainingState:
        return self._state

    @property
    def folder(self) -> RunFolder | None:
        """Folder of the current run."""
        return RunFolder(self.request.folder) if self.request is not None else None

    @property
    def log(self) -> TrainingLog:
        """All updates of the current run; grows during training."""
        session = self._training.session if self._training is not None else None
        return session.log if session is not None and session.began else self._kept_log

    @property
    def unfinished(self) -> Path | None:
        """Folder of the run to resume at the next start, if the program closes now."""
        if self.request is None or not self._state.is_in_progress or self._discarding:
            return None
        stopping = self._state is TrainingState.STOPPING
        return None if stopping else self.request.folder

    # -- running -------------------------------------------------------------------------------------------------

    def start(self, request: TrainingRequest) -> None:
        """Start a run, or resume one (request.resume); do nothing while another is in progress."""
        if self._state.is_in_progress:
            return
        self.request, self.step, self._kept_log, self._ticks = request, None, TrainingLog(), 0
        self._begin(request)
        if request.resume:
            self._read_log(request)

    def resume(self) -> None:
        """Resume the current run from its newest checkpoint."""
        if self._state in (TrainingState.PAUSED, TrainingState.ENDED) and self.request is not None:
            self._begin(replace(self.request, resume=True))

    def _read_log(self, request: TrainingRequest) -> None:
        """Read the log of earlier sessions from its file, to show it before the session has read it."""

        def done(log: TrainingLog) -> None:
            if self.request is request and not self.log.count:
                self._kept_log = log
                self.progressed.emit()
                self.ticked.emit()

        self._background.submit(lambda: read_log(RunFolder(request.folder).metrics_file), done, self.failed.emit)

    def _begin(self, request: TrainingRequest) -> None:
        resume = request.resume and os.path.isfile(RunFolder(request.folder).settings_file)
        self.request = request = replace(request, resume=resume)
        self._discarding, self._use_after = False, None
        run = self._training = TrainingJob(request)
        self._grids_requested = 0
        log.info(
            "Training %s: preset %s, %d px, width %d",
            *("resumes" if resume else "starts", request.config.preset),
            *(request.config.network.resolution, request.config.network.width),
        )
        self._job.start(run.steps, polite=False, paused=self._fill_running)
        self._set_state(TrainingState.YIELDING if self._fill_running else TrainingState.PREPARING)

    def _log_device(self, run: TrainingJob) -> None:
        """Log the device, with the first update: before, it may still be "auto"."""
        if run is not self._device_logged and run.session is not None:
            log.info("Training computes on %s", run.session.device_name)
            self._device_logged = run

    @Slot(object)
    def _on_stepped(self, step: object) -> None:
        run = self._training
        if run is None:
            return
        if isinstance(step, DataProgress):
            self.prepared.emit(step)
            return
        if isinstance(step, TrainingStep):
            self._log_device(run)
            self.step = step.with_pace_of(self.step)
            if self._state is TrainingState.PREPARING:
                self._set_state(TrainingState.RUNNING)
            self._forward(run)
            if not self._show.isActive():
                self._show.start()

    def _forward(self, run: TrainingJob) -> None:
        """Emit what records reported that may never have been delivered."""
        for notice in run.take_notices():
            self.noticed.emit(notice)
        if run.grids_requested != self._grids_requested:
            self._grids_requested = run.grids_requested
            self.ticked.emit()
        if self._use_after is not None and run.models_saved > self._use_after:
            self._use_after = None
            self.model_saved.emit(run.request.folder / RUN_MODEL)

    @Slot()
    def _show_progress(self) -> None:
        log = self.log
        self.progressed.emit()
        ticks = len(log.ticks)
        if ticks != self._ticks:
            self._ticks = ticks
            self.ticked.emit()

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        run, folder = self._training, self.folder
        if run is None or folder is None:
            return
        reason = {TrainingState.PAUSING: "to pause", TrainingState.STOPPING: "for good"}.get(self._state, "by itself")
        log.info("Training ends %s: %s after %d updates", reason, ending.kind, self.step.update if self.step else 0)
        self._forward(run)
        self._show.stop()
        self._show_progress()
        if self._discarding:
            self._delete(folder)
            return
        self._kept_log, self._training = self.log, None
        if ending.error is not None:
            self.failed.emit(ending.error)
        if self._state is TrainingState.PAUSING and ending.error is None:
            self._set_state(TrainingState.PAUSED)
            return
        stopped = self._state is TrainingState.STOPPING and not run.request.resume
        if stopped and os.path.isdir(folder.path) and not any(one.update for one in folder.numbered_checkpoints()):
            self._delete(folder)  # stopped before the first update: there is nothing to keep
            return
        kept = os.path.isfile(folder.settings_file)  # a run that never started left nothing to resume
        self._set_state(TrainingState.ENDED if kept else TrainingState.IDLE)
        self.ended.emit(folder)

    # -- yielding to searches ------------------------------------------------------------------------------------

    def give_way(self, fill_running: bool) -> None:
        """Wait during a search, and continue afterwards."""
        self._fill_running = fill_running
        if not self._job.exists:
            return
        if fill_running and self._state.is_live:
            self._job.pause()
            self._set_state(TrainingState.YIELDING)
        elif not fill_running and self._state is TrainingState.YIELDING:
            self._job.resume()
            began = self._training is not None and self._training.began
            self._set_state(TrainingState.RUNNING if began else TrainingState.PREPARING)

    # -- ending --------------------------------------------------------------------------------------------------

    def pause(self) -> None:
        """Save and free the device; `resume` continues from there."""
        if self._state.is_live and self._job.exists:
            self._set_state(TrainingState.PAUSING)
            self._finish()

    def stop(self) -> None:
        """End the run and keep it in the list, with its newest model."""
        if self._state.is_live:
            self._set_state(TrainingState.STOPPING)
            self._finish()
        elif self._state is TrainingState.PAUSED and self.folder is not None:
            self._set_state(TrainingState.ENDED)
            self.ended.emit(self.folder)

    def discard(self) -> None:
        """End the run and delete its folder."""
        folder = self.folder
        if folder is None or not self._state.is_in_progress:
            return
        self._discarding = True
        self._set_state(TrainingState.STOPPING)
        if self._job.exists:
            self._job.stop()
        else:
            self._delete(folder)

    def use_now(self) -> None:
        """Request that the newest model be written; `model_saved` follows."""
        if self._training is not None and self._job.exists:
            self._use_after = self._training.models_saved
            self._training.save_model()
        elif self.folder is not None and os.path.isfile(self.folder.model_file):
            self.model_saved.emit(self.folder.model_file)

    def sample_now(self) -> None:
        """Request samples of this moment; `ticked` follows."""
        if self._training is not None and self._state is TrainingState.RUNNING:
            self._training.sample()

    def forget(self) -> None:
        """Drop the current run, unless it is in progress."""
        if not self._state.is_in_progress:
            self.request, self.step, self._kept_log = None, None, TrainingLog()
            self._set_state(TrainingState.IDLE)

    def close(self) -> None:
        """Stop for good: save a checkpoint, or delete a run that is being discarded. See `wait`."""
        self._show.stop()
        if self._discarding and not self._job.all_ended:  # without a job it is already being deleted in the background
            self._doomed = self.folder
        if not self._job.all_ended:
            log.info("Training ends with the window")
        self._job.drop()

    def wait(self, deadline: float) -> bool:
        """Block until all threads have ended, after `close`; return False if time.monotonic() is `deadline` first."""
        ended = self._job.wait(deadline)
        if ended and self._doomed is not None and os.path.isdir(self._doomed.path):
            try:
                delete_run(self._doomed)
            except WganPaintError as error:
                log.warning("A discarded run stays: %s", error)
        return ended

    def _finish(self) -> None:
        assert self._training is not None
        self._job.resume()  # it may be waiting for a search
        if self._training.began:
            self._training.finish()
        else:
            self._job.stop()

    def _delete(self, folder: RunFolder) -> None:
        def done(_: None) -> None:
            self._training, self._discarding = None, False
            self.request, self.step, self._kept_log = None, None, TrainingLog()
            self._set_state(TrainingState.IDLE)
            self.discarded.emit(folder)

        def failed(error: BaseException) -> None:
            self._training, self._discarding = None, False
            self._set_state(TrainingState.ENDED)
            self.failed.emit(error)
            self.ended.emit(folder)

        exists = os.path.isdir(folder.path)
        self._background.submit(lambda: delete_run(folder) if exists else None, done, failed)

    def _set_state(self, state: TrainingState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)
