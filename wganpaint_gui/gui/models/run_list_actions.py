"""What can be done with the runs of the past: the list is read, and files are moved, in background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from wganpaint_gui.core.errors import NameTakenError
from wganpaint_gui.core.file_names import MODEL_SUFFIX
from wganpaint_gui.core.models.installed import ModelEntry
from wganpaint_gui.core.training.run_folder import RunFolder, delete_run, rename_run
from wganpaint_gui.core.training.training_config import MOST_UPDATES
from wganpaint_gui.gui.files.file_dialogs import ask_to_replace, begin_where_left
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .past_runs import (
    BestModel,
    RunEntry,
    add_to_models,
    export_model,
    last_stage,
    last_stage_updates,
    proposed_name,
    read_runs,
    with_model_suffix,
)
from .run_list import RunList


class RunListActions(QObject):
    """Signals: listed(tuple of RunEntry), all of them; use_requested(Path); models_changed(); renamed(RunFolder before,
    RunFolder after); deleted(RunFolder).
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
        """is_in_use: whether the editor fills with a model of the run."""
        super().__init__(window)
        self._is_in_use = is_in_use
        self.entries: tuple[RunEntry, ...] = ()
        self._window, self._runs, self._background, self._messages = window, runs, background, messages
        self._hidden: Path | None = None  # the run under way is shown elsewhere
        runs.use_requested.connect(lambda entry: self.use_requested.emit(entry.folder.model_file))
        runs.add_requested.connect(self._add)
        runs.add_best_requested.connect(lambda entry: self._add(entry, entry.best))
        runs.export_requested.connect(self._ask_export)
        runs.export_best_requested.connect(lambda entry: self._ask_export(entry, entry.best))
        runs.rename_requested.connect(self._ask_rename)
        runs.delete_requested.connect(self._ask_delete)

    def hide(self, folder: Path | None) -> None:
        """Leave a run out of the list while it is under way."""
        self._hidden = folder
        self._show()

    @Slot()
    def refresh(self, choose: RunFolder | None = None) -> None:
        """Read the list anew. choose: the run to mark in it; None = the one that is marked stays."""
        self._background.submit(read_runs, lambda entries: self._on_read(entries, choose), self._messages.show_error)

    def _on_read(self, entries: list[RunEntry], choose: RunFolder | None) -> None:
        self.entries = tuple(entries)
        self._show()
        # What an open menu does, it does with the run that is marked: that must stay the one it was opened for.
        if choose is not None and not self._runs.menu.isVisible():
            self._runs.choose(choose.name)
        self.listed.emit(self.entries)

    def _show(self) -> None:
        self._runs.set_entries([entry for entry in self.entries if entry.folder.path != self._hidden])

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Work on files; what fails is said, and the list is read anew in any case."""

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
            self._messages.show_message(f"{model.name} is in the list of models now.")
            self.models_changed.emit()

        self._do(lambda: _added(entry, best), done)

    @Slot(object)
    def _ask_export(self, entry: RunEntry, best: BestModel | None = None) -> None:
        title = "Export the model" if best is None else "Export the best model"
        dialog = QFileDialog(self._window, title, "", f"Models (*{MODEL_SUFFIX})")
        dialog.setObjectName("exportDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        begin_where_left(dialog, "export")
        dialog.selectFile(proposed_name(entry.folder, best))
        dialog.fileSelected.connect(lambda name: self._on_export_named(entry, Path(name), best))
        dialog.open()

    def _on_export_named(self, entry: RunEntry, named: Path, best: BestModel | None) -> None:
        """The dialog has asked about the very name that was typed; about any other it must be asked here."""
        target = with_model_suffix(named)
        if target != named and target.exists():
            ask_to_replace(self._window, target, lambda: self.export(entry, target, overwrite=True, best=best))
        else:
            self.export(entry, target, overwrite=target.exists(), best=best)

    def export(self, entry: RunEntry, target: Path, *, overwrite: bool, best: BestModel | None = None) -> None:
        """Copy its newest model or its best, and the samples of that where the name of their picture is free."""

        def done(with_samples: bool) -> None:
            words = f"The {'best ' if best is not None else ''}model of {entry.name} is saved as {target.name}."
            if not with_samples:
                words += f" Its samples are not: there is a file {target.stem}.png already."
            self._messages.show_message(words)

        self._do(lambda: export_model(entry.folder, target, overwrite=overwrite, best=best), done)

    # -- the run itself ------------------------------------------------------------------------------------------

    @Slot(object)
    def _ask_rename(self, entry: RunEntry) -> None:
        dialog = QInputDialog(self._window)
        dialog.setObjectName("renameDialog")
        dialog.setWindowTitle("Rename the run")
        dialog.setLabelText("New name of the run:")
        dialog.setTextValue(entry.name)
        dialog.setOkButtonText("Rename")
        dialog.textValueSelected.connect(lambda name: self.rename(entry, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        field = dialog.findChild(QLineEdit)
        if field is not None:
            field.selectAll()

    def rename(self, entry: RunEntry, name: str) -> None:
        if name.strip() == entry.name:
            return

        def done(folder: RunFolder) -> None:
            self.renamed.emit(entry.folder, folder)

        self._do(lambda: rename_run(entry.folder, name), done)

    @Slot(object)
    def _ask_delete(self, entry: RunEntry) -> None:
        """Nothing brings a run back, so it says what goes."""
        ask_before_deleting(
            self._window,
            entry.name,
            entry.words(),
            "Delete",
            lambda: self.delete(entry),
            in_use=self._is_in_use(entry.folder),
        )

    def delete(self, entry: RunEntry) -> None:
        self._do(lambda: delete_run(entry.folder), lambda _: self.deleted.emit(entry.folder))


def ask_before_deleting(
    window: QWidget, name: str, words: str, act: str, delete: Callable[[], object], *, in_use: bool
) -> None:
    """words: what has been learnt. act: what the button says. in_use: whether the editor fills with its model."""
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        "Delete a training run",
        f"Delete the run {name}?",
        parent=window,
    )
    box.setObjectName("deleteBox")
    text = (
        f"Its {words}, its checkpoints, samples and model are deleted for good. Models that were exported or added "
        "to the models stay, and so do the pictures it learnt from."
    )
    if in_use:
        text += " Its model is in use now: it goes on drawing fills until the program is closed."
    box.setInformativeText(text)
    button = box.addButton(act, QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    button.clicked.connect(lambda: delete())
    box.finished.connect(box.deleteLater)
    box.open()


def ask_for_updates(window: QWidget, entry: RunEntry, go_on: Callable[[int], object]) -> None:
    """How far a run that is done shall be trained now, in its last stage."""
    config = entry.settings.config
    done = last_stage_updates(config)
    words = f"{entry.name} has done its {done:,} updates. Updates altogether:"
    if last_stage(config) == "aware":
        words = (
            f"{entry.name} has done its {done:,} search-aware updates.\n"
            "The generator is finished in this run; a new run can begin with its model.\n\n"
            "Search-aware updates altogether:"
        )
    dialog = QInputDialog(window)
    dialog.setObjectName("longerDialog")
    dialog.setWindowTitle("Train longer")
    dialog.setInputMode(QInputDialog.InputMode.IntInput)
    dialog.setLabelText(words)
    dialog.setIntRange(done + 1, MOST_UPDATES)
    dialog.setIntStep(max(1, done // 10))
    dialog.setIntValue(done + max(1, done // 2))
    dialog.setOkButtonText("Train")
    dialog.intValueSelected.connect(go_on)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _added(entry: RunEntry, best: BestModel | None) -> ModelEntry:
    """Raises NameTakenError, with what can be done in the window, where the name is taken."""
    try:
        return add_to_models(entry.folder, best)
    except NameTakenError as error:
        raise NameTakenError(error.message, "Rename the run first.") from error
