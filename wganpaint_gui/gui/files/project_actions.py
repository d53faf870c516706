"""Opening and saving of projects, and whether all work is saved in the file."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.errors import ChangedError, SaveError
from wganpaint_gui.core.file_names import PROJECT_SUFFIX, free_name
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar, Severity
from wganpaint_gui.gui.work.background import Background

from .file_dialogs import SAVE_PROJECT_FILTERS, ask_about_changed, ask_for_name
from .opened_project import OpenedProject, saved_fill, saved_surroundings
from .unsaved_work import PendingSave, SavedState

if TYPE_CHECKING:
    from wganpaint_gui.core.project.project import Original, Project
    from wganpaint_gui.core.project.project_file import ProjectFile

log = logging.getLogger(__name__)

Then = Callable[[], object]


def nothing() -> None:
    """Do nothing after a save."""


class ProjectActions(QObject):
    """The current project, if there is one. Signal: changed(), when its path has changed or it has been saved."""

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        background: Background,
        fills: FillActions,
        controller: FillController,
        messages: MessageBar,
        *,
        beside: Callable[[], Path],
    ) -> None:
        """background: reads and writes files in the order of requests. beside: returns the path of the photo."""
        super().__init__(window)
        self._window, self._background, self._messages = window, background, messages
        self._fills, self._controller = fills, controller
        self._document: Document | None = None
        self._beside = beside
        self._file: ProjectFile | None = None
        self._original: Original | None = None  # kept because the photo's file may be gone at the next save
        self._saved: SavedState | None = None

    @property
    def path(self) -> Path | None:
        """Path of the current project; None if the document is a photo only."""
        return None if self._file is None else self._file.path

    @property
    def digest(self) -> str:
        """Of the current project's file as it was last read or written here, hexadecimal; "" where there is none."""
        return "" if self._file is None or self._file.digest is None else self._file.digest.hex()

    @property
    def is_saved(self) -> bool:
        """Whether photo, mask, frames and candidates are all saved in the current project."""
        return self._file is not None and self._saved == self.state()

    @property
    def is_document_saved(self) -> bool:
        """The same without the candidates, which change while a search is running."""
        saved, now = self._saved, self.state()
        return self._file is not None and saved is not None and now is not None and saved.document == now.document

    def set_document(self, document: Document, project: OpenedProject | None) -> None:
        """Use another document, opened from a photo or a project, after the other parts of the window have."""
        self._document = document
        self._file = self._original = None
        if project is not None:
            settings = project.settings if project.brings_settings else None
            self._fills.resume(settings, project.prepared, project.surroundings)
            self._file, self._original = project.file, project.original
        self._saved = self.state() if project is None or project.work is None else None

    def save(self, then: Then = nothing) -> None:
        """Save the current project, or ask for a name; call `then` once it is written."""
        if self._document is None:
            return
        if self._file is None:
            self.save_as(then)
        else:
            self.write(self._document, self._file, then)

    def save_as(self, then: Then = nothing) -> None:
        document = self._document
        if document is not None:
            self._ask_where(self.path or self._beside(), lambda file: self.write(document, file, then))

    def _ask_where(self, beside: Path, write: Callable[[ProjectFile], object]) -> None:
        from wganpaint_gui.core.project.project_file import ProjectFile

        ask_for_name(
            self._window,
            tr("Save project"),
            free_name(beside.with_name(f"{beside.stem}{PROJECT_SUFFIX}")),
            SAVE_PROJECT_FILTERS,
            lambda path, overwrite: write(ProjectFile.replacing(path) if overwrite else ProjectFile(path)),
        )

    def state(self) -> SavedState | None:
        """Return what identifies document and search as they are now; None without a document."""
        if self._document is None:
            return None
        state, prepared = self._document.history.state, self._controller.in_hand
        around = self._controller.surroundings
        surroundings = None if around.fill is None else (around.fill, around.selected)
        if prepared is None:
            return SavedState(state, None, surroundings)
        fill = prepared.fill
        search = prepared.number, len(fill.search.log), fill.selection, fill.config, fill.marks
        return SavedState(state, search, surroundings)

    def pending(self, document: Document) -> PendingSave:
        """Return one consistent state to be written, because the user may continue meanwhile. Copies nothing."""
        current = document is self._document
        state, take_state = self.state() if current else None, document.state_later()
        settings, prepared = self._fills.settings, self._controller.in_hand if current else None
        surroundings = self._controller.surroundings
        around, selected = surroundings.fill if current else None, surroundings.selected
        known = self._original if current else None

        @cache  # it may be written again elsewhere
        def make() -> Project:
            from wganpaint_gui.core.project.project import Project, find_original

            document_state = take_state()
            original = known or find_original(document_state)
            fill = saved_fill(prepared, document_state)
            copied = saved_surroundings(around, selected, document_state)
            return Project(original, document_state, settings, fill, copied)

        return PendingSave(document, state, prepared is not None, make)

    def remember_original(self, document: Document, original: Original) -> None:
        """Use the file of the photo again at the next save: finding it takes as long as opening the photo."""
        if document is self._document:
            self._original = original

    def write(self, document: Document, file: ProjectFile, then: Then = nothing) -> None:
        """Save the document in this file, which is its project from then on."""
        self._controller.when_kept(lambda: self._submit(self.pending(document), file, then))

    def _submit(self, pending: PendingSave, file: ProjectFile, then: Then) -> None:
        def work() -> Project:
            started, project = time.monotonic(), pending.make()
            file.write(project)
            size = file.path.stat().st_size / 1e6
            log.info("%s is saved: a project of %.1f MB, %.1f s", file.path.name, size, time.monotonic() - started)
            return project

        def done(project: Project) -> None:
            without_fill = pending.has_fill and project.fill is None
            text = tr("Project saved as {name}.")
            if without_fill:
                text = tr(
                    "Project saved as {name} without the candidates, because the mask no longer covers their frame."
                )
            severity: Severity = "warning" if without_fill else "info"
            self._messages.show_message(text.format(name=file.path.name), severity)
            if pending.document is self._document:
                state = pending.state
                saved = replace(state, search=None) if state is not None and without_fill else state
                self._file, self._original, self._saved = file, project.original, saved
                self.changed.emit()
            then()

        self._background.submit(work, done, lambda error: self._on_failed(pending, file.path, then, error))

    def _on_failed(self, pending: PendingSave, path: Path, then: Then, error: BaseException) -> None:
        def write(file: ProjectFile) -> None:
            """Write the document's present state, or the pending one if the document has been closed meanwhile."""
            if pending.document is self._document:
                self.write(pending.document, file, then)
            else:
                self._submit(pending, file, then)

        def save_as() -> None:
            self._ask_where(path, write)

        if isinstance(error, ChangedError):
            from wganpaint_gui.core.project.project_file import ProjectFile

            as_it_is = ProjectFile.replacing(path)  # created now: if the file changes again, the question is repeated
            ask_about_changed(self._window, path, save_as, lambda: write(as_it_is))
        elif isinstance(error, SaveError):
            then = nothing  # a later save elsewhere must not close the window unexpectedly
            self._messages.show_message(str(error), "error", [(tr("Save as…"), save_as)])
        else:
            self._messages.show_error(error)
