"""File > Fill a folder: drives the fill of a folder in a job and shows it in its dialog."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.search.settings import SURROUNDINGS, InpaintConfig
from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.gui.files.file_dialogs import ask_for_name
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, grouped, tr
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.engine import Engine
from wganpaint_gui.gui.work.job import Ending, Job
from wganpaint_gui.gui.work.stopwatch import Stopwatch
from wganpaint_gui.ml.batch.fill_folder import FolderReport, FolderRequest, FolderStep, fill_folder
from wganpaint_gui.ml.batch.fill_photos import Searching
from wganpaint_gui.ml.batch.loaded_model import LoadedModel

from .fill_folder_dialog import FillFolderDialog

_REPORT_FILTERS = {QT_TR_NOOP("CSV table (*.csv)"): ".csv"}


class FillFolderActions(QObject):
    """Owns the dialog, and the job while a folder is filled."""

    def __init__(self, window: QWidget, engine: Engine, settings: Callable[[], InpaintConfig]) -> None:
        """settings: those of the next search, which the photos of a folder are searched with too."""
        super().__init__(window)
        self._window, self._engine, self._settings = window, engine, settings
        self._background = Background("report", self)
        self._job: Job | None = None
        self._paused = False
        self._report = FolderReport()
        self._shown = 0  # rows of the report
        self._watch = Stopwatch()
        self._request: FolderRequest | None = None
        self.dialog = dialog = FillFolderDialog(window)
        dialog.start_requested.connect(self.start)
        dialog.pause_requested.connect(self.pause_or_resume)
        dialog.stop_requested.connect(self.stop)
        dialog.report_requested.connect(self._save_report)
        dialog.results_requested.connect(self._show_results)
        dialog.method.currentIndexChanged.connect(self._show_settings)
        dialog.save_report.setEnabled(False)
        engine.changed.connect(self._show_settings)

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def open(self) -> None:
        """Show the dialog, which may be at work already."""
        if not self.is_busy:
            self.dialog.method.setCurrentIndex(self.dialog.method.findData(self._settings().methods[0]))
        self._show_settings()
        self.dialog.show()
        self.dialog.activateWindow()

    @Slot(object)
    def start(self, request: FolderRequest) -> None:
        """Fill a folder from the beginning; what has a result already is skipped unless it is to be replaced."""
        if self.is_busy:
            return
        searching = None
        if request.method != SURROUNDINGS:
            model, path = self._engine.model, self._engine.model_path
            if model is None or path is None or self._engine.loading:
                return
            config = replace(self._settings(), methods=(request.method,))
            searching = Searching(model.card, config, lambda: LoadedModel(path, model))
        self._request, self._report, self._shown = request, FolderReport(), 0
        self._paused = False
        self._watch.restart()
        self.dialog.table.clear()
        self.dialog.save_report.setEnabled(False)
        self.dialog.show_progress(0, "")
        self.dialog.show_state("running", tr("Reading the folders…"))
        job = self._job = Job(partial(fill_folder, request, searching, self._report), self)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        job.start()

    @Slot()
    def pause_or_resume(self) -> None:
        if self._job is None:
            return
        self._paused = not self._paused
        if self._paused:
            self._job.pause()
            self._watch.pause()
            self.dialog.show_state("paused", tr("Paused. {summary}").format(summary=self._summary()))
        else:
            self._job.resume()
            self._watch.resume()
            self.dialog.show_state("running", self._summary())

    @Slot()
    def stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    @Slot(object)
    def _on_stepped(self, step: FolderStep) -> None:
        self._show_rows()
        share = (step.done + step.share) / step.total if step.total else 0.0
        if self._paused or step.photo is None:
            return
        text = tr("Photo {number} of {total}: {name}").format(
            number=grouped(step.done + 1), total=grouped(step.total), name=step.photo.name
        )
        self.dialog.show_progress(share, text + self._time_left(share))

    def _time_left(self, share: float) -> str:
        passed = self._watch.seconds
        if share < 0.01 or passed < 5:
            return ""
        left = passed * (1 - share) / share
        if left <= 90:
            return ", " + tr("about a minute left")
        return ", " + tr("about %n minute(s) left", "", round(left / 60))

    def _show_rows(self) -> None:
        rows = self._report.rows
        count = len(rows)
        self.dialog.table.add(rows[self._shown : count])
        self._shown = count

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        assert self._job is not None
        self._job.deleteLater()
        self._job = None
        self._show_rows()
        self.dialog.save_report.setEnabled(bool(self._report.rows))
        if ending.error is not None:
            self.dialog.show_state("idle", explain(ending.error).sentence)
            return
        done = ending.kind == "done"
        if done:
            self.dialog.show_progress(1, "")
        words = tr("Done.") if done else tr("Stopped.")
        self.dialog.show_state("idle", f"{words} {self._summary()}")

    def _summary(self) -> str:
        report = self._report
        parts = [tr("%n photo(s) filled", "", report.count("filled"))]
        if failed := report.count("failed"):
            parts.append(tr("%n failed", "", failed))
        if skipped := report.count("skipped"):
            parts.append(tr("%n skipped, with a result already", "", skipped))
        if unused := report.count("unused"):
            parts.append(tr("%n mask(s) without a photo", "", unused))
        return f"{'; '.join(parts)}."

    @Slot()
    def _show_settings(self) -> None:
        """Say what will be used, as far as the chosen method depends on it."""
        if self.dialog.method.currentData() == SURROUNDINGS:
            self.dialog.show_settings(tr("Every photo is filled from its own surroundings."), usable=True)
        elif self._engine.model is None or self._engine.loading:
            self.dialog.show_settings(tr("The model is not loaded yet."), usable=False)
        else:
            config = self._settings()
            steps, candidates = tr("%n step(s)", "", config.steps), tr("%n candidate(s)", "", config.candidates)
            text = tr("{model}, {steps}, {candidates}, as set in the Fill panel.")
            text = text.format(model=self._engine.model_name, steps=steps, candidates=candidates)
            self.dialog.show_settings(text, usable=True)

    @Slot()
    def _save_report(self) -> None:
        assert self._request is not None
        report = self._report
        proposal = self._request.results / "report.csv"
        if not os.path.isdir(proposal.parent):
            proposal = self._request.photos / "report.csv"

        def save(path: Path, overwrite: bool) -> None:
            self._background.submit(
                lambda: report.save(path, overwrite=overwrite),
                lambda _: self.dialog.status.setText(tr("Report saved as {name}.").format(name=path.name)),
                lambda error: self.dialog.status.setText(explain(error).sentence),
            )

        ask_for_name(self.dialog, tr("Save report"), proposal, _REPORT_FILTERS, save)

    @Slot()
    def _show_results(self) -> None:
        request = self.dialog.request
        if request is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(request.results)))

    def close(self) -> None:
        """Stop for good; finished photos are kept."""
        self.stop()
        self._background.close(finish=True)

    def wait(self, deadline: float) -> bool:
        """Block until all has ended, after `close`; False if time.monotonic() reaches `deadline` first."""
        ended = self._job is None or self._job.wait(deadline)
        return self._background.wait(deadline) and ended
