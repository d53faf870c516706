"""Runs evaluations in the background, and shows how far they are and what they found."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.dataset import DataProgress
from wganpaint_gui.core.measure.evaluation import table_cells
from wganpaint_gui.gui.files.file_dialogs import ask_for_file, ask_for_folder
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.look.number_text import duration_text
from wganpaint_gui.gui.look.translation import grouped, tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.models.model_actions import ModelActions
from wganpaint_gui.gui.models.model_panel import ModelPanel
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.current_job import CurrentJob
from wganpaint_gui.gui.work.job import Ending

from .evaluation_job import EvaluationRequest, EvaluationResult, run_evaluation, save_results
from .evaluation_page import EvaluationPage

_LEAST_SHARE = 0.02  # of the work, before the time left is estimated


class EvaluationActions(QObject):
    """The actions of an evaluation. Signals: page_requested(), to cover the photo; photo_requested(), to show it."""

    page_requested = Signal()
    photo_requested = Signal()

    def __init__(
        self, window: QWidget, panel: ModelPanel, models: ModelActions, fills: FillController, messages: MessageBar
    ) -> None:
        super().__init__(window)
        self.page = page = EvaluationPage()
        self.result: EvaluationResult | None = None  # the last one
        self._window, self._strip, self._models, self._messages = window, panel.evaluation_strip, models, messages
        self._background = Background("evaluation", self)
        self._job = CurrentJob(self)
        self._job.stepped.connect(self._on_stepped)
        self._job.ended.connect(self._on_ended)
        self._waiting = False  # for a search
        self._stopping = False
        self._began = (0.0, 0.0)  # when the first step of the experiment came, and the share done by then
        page.back_requested.connect(self.photo_requested)
        page.changed.connect(self.update_start)
        page.start_requested.connect(self.start_or_stop)
        page.folder.clicked.connect(self._ask_folder)
        page.zip.clicked.connect(self._ask_zip)
        page.save.clicked.connect(self._ask_where)
        self._strip.stop.clicked.connect(self.stop)
        self._strip.show_button.clicked.connect(self.open)
        models.engine.changed.connect(self.update_start)
        fills.state_changed.connect(lambda state: self.give_way(state is FillState.RUNNING))
        self.update_start()

    @Slot()
    def open(self) -> None:
        """Show the page."""
        self.page_requested.emit()

    @property
    def is_running(self) -> bool:
        return self._job.exists

    @Slot()
    def update_start(self) -> None:
        """Show the model in use; enable the start button, or say why it is disabled."""
        if self.is_running:
            return
        page, engine = self.page, self._models.engine
        page.show_model(engine.model_name)
        reason = ""
        if engine.model is None or engine.model_path is None:
            reason = tr("The model is loading.") if engine.loading else tr("There is no model to evaluate.")
        elif page.source is None:
            reason = tr("Choose a folder or zip of pictures, or drop it here.")
        elif not page.corruptions:
            reason = tr("Choose at least one part to remove.")
        page.start.setEnabled(not reason)
        page.start.setToolTip(reason or tr("Measure the model in use. Your photo stays open."))
        page.words.setText(reason)

    @Slot()
    def start_or_stop(self) -> None:
        if self.is_running:
            self.stop()
        else:
            self._start()

    def _start(self) -> None:
        page, engine = self.page, self._models.engine
        assert page.source is not None
        assert engine.model_path is not None
        request = EvaluationRequest(
            engine.model_path,
            page.source,
            page.corruptions,
            page.count.value(),
            page.surroundings.isChecked(),
            self._models.device,
        )
        self._began, self._stopping = (0.0, 0.0), False
        page.set_running(True)
        page.start.setToolTip(self._strip.stop.toolTip())
        self._strip.begin(engine.model_name)
        self._say(0.0, tr("Waiting for fill") if self._waiting else tr("Starting"))
        self._job.start(lambda: run_evaluation(request), polite=False, paused=self._waiting)

    @Slot()
    def stop(self) -> None:
        """Stop; what is finished is kept, and the same evaluation continues there."""
        if self.is_running:
            self._stopping = True
            self._say(0.0, tr("Stopping"))
            self._job.stop()

    def give_way(self, fill_running: bool) -> None:
        """Wait during a search, and continue afterwards."""
        self._waiting = fill_running
        if not self.is_running:
            return
        if fill_running:
            self._job.pause()
            self._strip.words.setText(tr("Waiting for fill"))
            self.page.words.setText(tr("Waiting for fill"))
        else:
            self._job.resume()

    @Slot(object)
    def _on_stepped(self, step: object) -> None:
        if isinstance(step, EvaluationResult):
            self._show(step)
        elif isinstance(step, DataProgress):
            words = tr("Reading pictures")
            if step.total:
                words += ": " + tr("{done} of {total}").format(done=grouped(step.done), total=grouped(step.total))
            self._say(0.0, words)
        elif not self._waiting and not self._stopping:
            self._say(step.share, f"{tr(step.label)}{self._left(step.share)}")  # type: ignore[attr-defined]

    def _left(self, share: float) -> str:
        """Estimate the time left from the share of the work that is done. Returns "" until that tells something."""
        now = time.monotonic()
        if not self._began[0]:
            self._began = now, share
        since, before = self._began
        if share - before < _LEAST_SHARE:
            return ""
        left = duration_text((now - since) / (share - before) * (1 - share))
        return ", " + tr("about {time} left").format(time=left)

    def _say(self, share: float, words: str) -> None:
        self.page.show_progress(share, words)
        self._strip.show_progress(share, words)

    def _show(self, result: EvaluationResult) -> None:
        """Read the figures in the background, then show table and figures."""
        self.result = result

        def done(figures: dict[str, QImage]) -> None:
            self.page.results.show_results(table_cells(result.table), result.remarks, figures)
            self.page.save.setEnabled(True)

        self._background.submit(
            lambda: {path.name: QImage(str(path)) for path in result.figures}, done, self._messages.show_error
        )

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        self._strip.hide()
        self.page.set_running(False)
        self.update_start()
        if ending.error is not None:
            self.page.words.setText(str(ending.error))
            self._messages.show_error(ending.error)
        elif ending.kind == "stopped":
            self.page.words.setText(tr("Stopped. Evaluate again to continue where it stopped."))
        else:
            self.page.words.setText(tr("Finished."))
            if not self.page.isVisible():
                name = self._models.engine.model_name
                self._messages.show_message(
                    tr("The evaluation of {name} has finished.").format(name=name),
                    choices=[(tr("Show results"), self.open)],
                )

    # -- choosing and saving -------------------------------------------------------------------------------------

    @Slot()
    def _ask_folder(self) -> None:
        ask_for_folder(self._window, tr("Choose folder of pictures"), self.page.choose_source, kind="pictures")

    @Slot()
    def _ask_zip(self) -> None:
        choose = self.page.choose_source
        ask_for_file(self._window, tr("Choose zip of pictures"), "", tr("Zip files (*.zip)"), choose, kind="zips")

    @Slot()
    def _ask_where(self) -> None:
        ask_for_folder(self._window, tr("Save results in folder"), self.save_in, kind="evaluations")

    def save_in(self, parent: Path) -> None:
        """Save the last results in a new folder there."""
        result = self.result
        if result is None:
            return

        def done(folder: Path) -> None:
            self._messages.show_message(tr("Results saved in {folder}.").format(folder=folder))

        self._background.submit(lambda: save_results(result, parent), done, self._messages.show_error)

    # -- the end -------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Stop for good; what is finished is kept. See `wait`."""
        self._job.drop()
        self._background.close(finish=True)

    def wait(self, deadline: float) -> bool:
        """Block until everything has ended, after `close`; return False if time.monotonic() is `deadline` first."""
        return self._job.wait(deadline) and self._background.wait(deadline)
