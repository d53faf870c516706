"""The actions of the list of runs; files are read and written in the background."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from wganpaint_gui.core.errors import NameTakenError
from wganpaint_gui.core.file_names import MODEL_SUFFIX
from wganpaint_gui.core.models.installed import ModelEntry
from wganpaint_gui.core.training.metrics_csv import export_metrics
from wganpaint_gui.core.training.run_folder import RunFolder, delete_run, rename_run
from wganpaint_gui.core.training.training_config import MOST_UPDATES
from wganpaint_gui.gui.files.file_dialogs import ask_for_name, ask_to_replace, begin_where_left
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .past_runs import BestModel, RunEntry, add_to_models, export_model, proposed_name, read_runs, with_model_suffix
from .run_list import RunList

_METRICS_FILTERS = {QT_TR_NOOP("CSV table (*.csv)"): ".csv"}


class RunListActions(QObject):
    """Acts on the runs of the list.

    Signals: listed(tuple of RunEntry), all of them; use_requested(Path), of a model; models_changed();
    renamed(RunFolder before, RunFolder after); deleted(RunFolder).
    """

    listed = Signal(object)
    use_requested = Signal(object)
    models_changed = Signal()
    renamed = Signal(object, object)
    deleted = Signal(object)

    def __init__(
        self,
        window: QWidget,
        runs: RunList,
        background: Background,
        messages: MessageBar,
        is_in_use: Callable[[RunFolder], bool],
    ) -> None:
        """is_in_use: whether the model in use is one of the run."""
        super().__init__(window)
        self._is_in_use = is_in_use
        self.entries: tuple[RunEntry, ...] = ()
        self._window, self._runs, self._background, self._messages = window, runs, background, messages
        self._hidden: Path | None = None  # the run in progress, which is shown elsewhere
        runs.use_requested.connect(lambda entry: self.use_requested.emit(entry.folder.model_file))
        runs.add_requested.connect(self._add)
        runs.add_best_requested.connect(lambda entry: self._add(entry, entry.best))
        runs.export_requested.connect(self._ask_export)
        runs.export_best_requested.connect(lambda entry: self._ask_export(entry, entry.best))
        runs.metrics_requested.connect(lambda entry: self.ask_export_metrics(entry.folder))
        runs.rename_requested.connect(self._ask_rename)
        runs.delete_requested.connect(self._ask_delete)

    def hide(self, folder: Path | None) -> None:
        """Hide a run from the list while it is in progress; None shows all."""
        self._hidden = folder
        self._show()

    @Slot()
    def refresh(self, choose: RunFolder | None = None) -> None:
        """Read the list again. choose: the run to select; None keeps the selection."""
        self._background.submit(read_runs, lambda entries: self._on_read(entries, choose), self._messages.show_error)

    def _on_read(self, entries: list[RunEntry], choose: RunFolder | None) -> None:
        self.entries = tuple(entries)
        self._show()
        # An open menu acts on the selected run, which must not change meanwhile.
        if choose is not None and not self._runs.menu.isVisible():
            self._runs.choose(choose.name)
        self.listed.emit(self.entries)

    @property
    def shown(self) -> list[RunEntry]:
        """All runs but the one in progress."""
        return [entry for entry in self.entries if entry.folder.path != self._hidden]

    def _show(self) -> None:
        self._runs.set_entries(self.shown)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Run `work` in the background; show its error, if any, and read the list again in any case."""

        def after(result: Any) -> None:
            self.refresh()
            done(result)

        def failed(error: BaseException) -> None:
            self.refresh()
            self._messages.show_error(error)

        self._background.submit(work, after, failed)

    # -- the model of a run --------------------------------------------------------------------------------------

    @Slot(object)
    def _add(self, entry: RunEntry, best: BestModel | None = None) -> None:
        def done(model: ModelEntry) -> None:
            self._messages.show_message(tr("Added {name} to the list of models.").format(name=model.name))
            self.models_changed.emit()

        self._do(lambda: _added(entry, best), done)

    @Slot(object)
    def _ask_export(self, entry: RunEntry, best: BestModel | None = None) -> None:
        title = tr("Export model") if best is None else tr("Export best model")
        dialog = QFileDialog(self._window, title, "", tr("Models") + f" (*{MODEL_SUFFIX})")
        dialog.setObjectName("exportDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        begin_where_left(dialog, "export")
        dialog.selectFile(proposed_name(entry.folder, best))
        dialog.fileSelected.connect(lambda name: self._on_export_named(entry, Path(name), best))
        dialog.open()

    def _on_export_named(self, entry: RunEntry, named: Path, best: BestModel | None) -> None:
        """Export to the name that was typed; ask here if the suffix is added, because the dialog has not."""
        target = with_model_suffix(named)
        if target != named and os.path.exists(target):
            ask_to_replace(self._window, target, lambda: self.export(entry, target, overwrite=True, best=best))
        else:
            self.export(entry, target, overwrite=os.path.exists(target), best=best)

    def export(self, entry: RunEntry, target: Path, *, overwrite: bool, best: BestModel | None = None) -> None:
        """Copy the run's newest or best model to a file, and its samples if the name of their picture is free."""

        def done(with_samples: bool) -> None:
            text = tr("Model of {run} saved as {file}.") if best is None else tr("Best model of {run} saved as {file}.")
            text = text.format(run=entry.name, file=target.name)
            if not with_samples:
                left_out = tr("Its samples were not saved: {file} already exists.")
                text += " " + left_out.format(file=f"{target.stem}.png")
            self._messages.show_message(text)

        self._do(lambda: export_model(entry.folder, target, overwrite=overwrite, best=best), done)

    # -- the numbers of a run ------------------------------------------------------------------------------------

    def ask_export_metrics(self, folder: RunFolder) -> None:
        """Ask for a name, then save the run's metrics there, also while it is under way."""
        place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        proposal = place / f"{folder.name}-metrics.csv"

        def export(target: Path, overwrite: bool) -> None:
            self._do(
                lambda: export_metrics(folder.metrics_file, target, overwrite=overwrite),
                lambda rows: self._messages.show_message(
                    tr("Metrics of {run} saved as {file} (%n row(s)).", "", rows).format(
                        run=folder.name, file=target.name
                    )
                ),
            )

        ask_for_name(self._window, tr("Export metrics"), proposal, _METRICS_FILTERS, export)

    # -- the run itself ------------------------------------------------------------------------------------------

    @Slot(object)
    def _ask_rename(self, entry: RunEntry) -> None:
        dialog = QInputDialog(self._window)
        dialog.setObjectName("renameDialog")
        dialog.setWindowTitle(tr("Rename run"))
        dialog.setLabelText(tr("New name of the run:"))
        dialog.setTextValue(entry.name)
        dialog.setOkButtonText(tr("Rename"))
        dialog.textValueSelected.connect(lambda name: self.rename(entry, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        field = dialog.findChild(QLineEdit)
        if field is not None:
            field.selectAll()

    def rename(self, entry: RunEntry, name: str) -> None:
        if name.strip() == entry.name:
            return
        self._do(lambda: rename_run(entry.folder, name), lambda folder: self.renamed.emit(entry.folder, folder))

    @Slot(object)
    def _ask_delete(self, entry: RunEntry) -> None:
        """Ask before a run is deleted, which cannot be undone."""
        ask_before_deleting(
            self._window,
            entry.name,
            entry.progress(),
            tr("Delete"),
            lambda: self.delete(entry),
            in_use=self._is_in_use(entry.folder),
        )

    def delete(self, entry: RunEntry) -> None:
        self._do(lambda: delete_run(entry.folder), lambda _: self.deleted.emit(entry.folder))


def ask_before_deleting(
    window: QWidget, name: str, progress: str, act: str, delete: Callable[[], object], *, in_use: bool
) -> None:
    """Ask before a run is deleted. progress: in words. act: text of the button. in_use: whether its model is in use."""
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        tr("Delete training run"),
        tr("Delete the run {name}?").format(name=name),
        parent=window,
    )
    box.setObjectName("deleteBox")
    text = tr(
        "This run ({progress}) will be permanently deleted with its checkpoints, samples and "
        "model. Models that you exported or added to the list of models stay, and so do the "
        "pictures it was trained on."
    ).format(progress=progress)
    if in_use:
        text += " " + tr("Its model is in use, and stays in use until you close WganPaint.")
    box.setInformativeText(text)
    button = box.addButton(act, QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    button.clicked.connect(lambda: delete())
    box.finished.connect(box.deleteLater)
    box.open()


def ask_for_updates(window: QWidget, entry: RunEntry, go_on: Callable[[int], object]) -> None:
    """Ask for the new total of updates of a finished run, in its last stage."""
    config = entry.settings.config
    stage = config.stages[-1]  # the one that can be trained longer
    done = config.updates(stage)
    further = tr("To train its generator further, start a new run from its model.")
    if stage == "gan":
        finished, new, further = tr("{run} has finished its %n update(s).", "", done), tr("New total of updates:"), ""
    elif stage == "aware":
        finished = tr("{run} has finished its %n search-aware update(s).", "", done)
        new = tr("New total of search-aware updates:")
    else:
        finished = tr("{run} has finished its %n encoder update(s).", "", done)
        new = tr("New total of encoder updates:")
    told = finished.format(run=entry.name)
    text = "\n\n".join(("\n".join(filter(None, (told, further))), new))
    dialog = QInputDialog(window)
    dialog.setObjectName("longerDialog")
    dialog.setWindowTitle(tr("Train longer"))
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setLabelText(text)
    dialog.setIntRange(done + 1, MOST_UPDATES)
    dialog.setIntStep(max(1, done // 10))
    dialog.setIntValue(done + max(1, done // 2))
    dialog.setOkButtonText(tr("Train"))
    dialog.intValueSelected.connect(go_on)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _added(entry: RunEntry, best: BestModel | None) -> ModelEntry:
    """Add a model. Raises NameTakenError, with a hint that fits the window, if the name is taken."""
    try:
        return add_to_models(entry.folder, best)
    except NameTakenError as error:
        raise NameTakenError(error.message, tr("Rename the run first.")) from error
