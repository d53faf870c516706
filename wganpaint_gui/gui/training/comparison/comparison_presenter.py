"""Fills the comparison of runs: reads logs and computes curves in the background, and follows the run in progress."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.training.run_curves import RunCurve, run_curve
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_log import TrainingLog, read_log
from wganpaint_gui.gui.models.past_runs import RunEntry
from wganpaint_gui.gui.training.training_controller import TrainingController
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.newest_task import NewestTask

from .comparison_view import ComparisonView
from .run_row import ComparedRun

log = logging.getLogger(__name__)

_POINTS = 400  # of a curve
_REST_MS = 1000  # between two curves of the run in progress, whose median takes long and changes little

_Read = dict[Path, tuple[TrainingLog, RunCurve] | None]  # None: it cannot be read


class ComparisonPresenter(QObject):
    """Shows finished runs and the one in progress. Signal: failed(error)."""

    failed = Signal(object)

    def __init__(
        self,
        view: ComparisonView,
        controller: TrainingController,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view, self._controller = view, controller
        self._entries: tuple[RunEntry, ...] = ()
        self._logs: dict[Path, tuple[datetime, TrainingLog]] = {}  # with when the run was changed last
        self._task = NewestTask(background, self)
        self._task.failed.connect(self.failed)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self.refresh)
        view.changed.connect(self.refresh)
        controller.progressed.connect(self._on_progressed)
        controller.state_changed.connect(self._offer)

    def set_entries(self, entries: Sequence[RunEntry]) -> None:
        """Offer these runs, the one in progress first."""
        self._entries = tuple(entries)
        changed = {entry.folder.path: entry.changed for entry in entries}
        self._logs = {path: kept for path, kept in self._logs.items() if changed.get(path) == kept[0]}
        self._offer()

    @property
    def _live(self) -> Path | None:
        """Folder of the run in progress."""
        folder = self._controller.folder
        return folder.path if folder is not None and self._controller.state.is_in_progress else None

    @Slot()
    def _offer(self) -> None:
        live, request = self._live, self._controller.request
        runs = []
        if live is not None and request is not None:
            runs.append(ComparedRun(live, live.name, request.config.stages, in_progress=True))
        others = (entry for entry in self._entries if entry.folder.path != live)
        runs += [ComparedRun(one.folder.path, one.name, one.settings.config.stages) for one in others]
        self._view.set_runs(runs)
        self.refresh()

    @Slot()
    def _on_progressed(self) -> None:
        if not self._rest.isActive() and any(run.in_progress for run in self._view.chosen):
            self._rest.start()

    @Slot()
    def refresh(self) -> None:
        """Show the curves of the chosen runs, if anybody can see them."""
        if not self._view.isVisible():
            return
        view, stage, measure, live = self._view, self._view.stage, self._view.measure, self._live
        logs: dict[Path, TrainingLog | None] = {}
        for run in view.chosen:
            kept = self._logs.get(run.folder)
            logs[run.folder] = self._controller.log if run.folder == live else None if kept is None else kept[1]

        def work() -> _Read:
            found: _Read = {}
            for folder, known in logs.items():
                try:
                    whole = known if known is not None else read_log(RunFolder(folder).metrics_file)
                except OSError as error:
                    log.warning("The metrics of %s cannot be read: %s", folder, error)
                    found[folder] = None
                    continue
                found[folder] = whole, run_curve(whole.stage(stage), measure, _POINTS)
            return found

        def done(found: _Read) -> None:
            changed = {entry.folder.path: entry.changed for entry in self._entries}
            for folder, read in found.items():
                if read is not None and folder != live and folder in changed:
                    self._logs[folder] = changed[folder], read[0]
            if (stage, measure) == (view.stage, view.measure):
                view.show_curves({folder: None if read is None else read[1] for folder, read in found.items()})

        self._task.submit(work, done)
