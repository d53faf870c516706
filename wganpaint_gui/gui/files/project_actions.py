"""Opening and saving of projects, and whether all work is saved in the file."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.errors import ChangedError, SaveError
from wganpaint_gui.core.file_names import PROJECT_SUFFIX, free_name
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_actions import FillActions
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .file_dialogs import SAVE_PROJECT_FILTERS, ask_about_changed, ask_for_name
from .opened_project import OpenedProject, saved_fill

if TYPE_CHECKING:
    from wganpaint_gui.core.project.project import Original, Project
    from wganpaint_gui.core.project.project_file import ProjectFile

log = logging.getLogger(__name__)

Then = Callable[[], object]


def nothing() -> None:
    """Do nothing after a save."""


@dataclass(frozen=True)
class _SavedState:
    """Identifies the state of document and search, to compare it with what was saved."""

    document: int
    search: tuple[int, int, Selection, InpaintConfig] | None  # number, steps, candidate chosen, settings


@dataclass(frozen=True)
class _PendingSave:
    """A document in the state in which it is to be saved."""

    document: Document
    state: _SavedState | None
    has_fill: bool  # whether there were candidates
    make: Callable[[], Project]  # called in the background


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
        self._saved: _SavedState | None = None

    @property
    def path(self) -> Path | None:
        """Path of the current project; None if the document is a photo only."""
        return None if self._file is None else self._file.path

    @property
    def is_saved(self) -> bool:
        """Whether photo, mask, frames and candidates are all saved in the current project."""
        return self._file is not None and self._saved == self._state()

    @property
    def is_document_saved(self) -> bool:
        """The same without the candidates, which change while a search is running."""
        saved, now = self._saved, self._state()
        return self._file is not None and saved is not None and now is not None and saved.document == now.document

    def set_document(self, document: Document, project: OpenedProject | None) -> None:
        """Use another document, opened from a photo or a project, after the other parts of the window have."""
        self._document = document
        self._file = self._original = None
        if project is not None:
            self._fills.resume(project.settings, project.prepared)
            self._file, self._original = project.file, project.original
        self._saved = self._state()

    def save(self, then: Then = nothing) -> None:
        """Save the current project, or ask for a name; call `then` once it is written."""
        if self._document is None:
            return
        if self._file is None:
            self.save_as(then)
        else:
            self._write(self._document, self._file, then)

    def save_as(self, then: Then = nothing) -> None:
        document = self._document
        if document is not None:
            self._ask_where(self.path or self._beside(), lambda file: self._write(document, file, then))

    def _ask_where(self, beside: Path, write: Callable[[ProjectFile], object]) -> None:
        from wganpaint_gui.core.project.project_file import ProjectFile

        ask_for_name(
            self._window,
            "Save project",
            free_name(beside.with_name(f"{beside.stem}{PROJECT_SUFFIX}")),
            SAVE_PROJECT_FILTERS,
            lambda path, overwrite: write(ProjectFile.replacing(path) if overwrite else ProjectFile(path)),
        )

    def _state(self) -> _SavedState | None:
        if self._document is None:
            return None
        state, prepared = self._document.history.state, self._controller.in_hand
        if prepared is None:
            return _SavedState(state, None)
        fill = prepared.fill
        return _SavedState(state, (prepared.number, len(fill.search.log), fill.selection, fill.config))

    def _write(self, document: Document, file: ProjectFile, then: Then) -> None:
        """Write one consistent state, because the user may continue while the file is written."""
        current = document is self._document
        state, take_state = self._state() if current else None, document.state_later()
        settings, prepared = self._fills.settings, self._controller.in_hand if current else None
        known = self._original if current else None

        @cache  # it may be written again elsewhere
        def make() -> Project:
            from wganpaint_gui.core.project.project import Project, find_original

            document_state = take_state()
            original = known or find_original(document_state)
            return Project(original, document_state, settings, saved_fill(prepared, document_state))

        self._submit(_PendingSave(document, state, prepared is not None, make), file, then)

    def _submit(self, pending: _PendingSave, file: ProjectFile, then: Then) -> None:
        def work() -> Project:
            started, project = time.monotonic(), pending.make()
            file.write(project)
            size = file.path.stat().st_size / 1e6
            log.info("%s is saved: a project of %.1f MB, %.1f s", file.path.name, size, time.monotonic() - started)
            return project

        def done(project: Project) -> None:
            without_fill = pending.has_fill and project.fill is None
            text = f"Project saved as {file.path.name}"
            if without_fill:
                text += " without the candidates, because the mask no longer covers their frame"
            self._messages.show_message(f"{text}.", "warning" if without_fill else "info")
            if pending.document is self._document:
                state = pending.state
                saved = replace(state, search=None) if state is not None and without_fill else state
                self._file, self._original, self._saved = file, project.original, saved
                self.changed.emit()
            then()

        self._background.submit(work, done, lambda error: self._on_failed(pending, file.path, then, error))

    def _on_failed(self, pending: _PendingSave, path: Path, then: Then, error: BaseException) -> None:
        def write(file: ProjectFile) -> None:
            """Write the document's present state, or the pending one if the document has been closed meanwhile."""
            if pending.document is self._document:
                self._write(pending.document, file, then)
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
            self._messages.show_message(str(error), "error", [("Save as…", save_as)])
        else:
            self._messages.show_error(error)
