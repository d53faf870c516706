"""Projects: opened, saved, and whether all that was done is in the file."""

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
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .file_dialogs import SAVE_PROJECT_FILTERS, ask_about_changed, ask_for_name
from .opened_project import OpenedProject, saved_fill

if TYPE_CHECKING:
    from wganpaint_gui.core.project.file import ProjectFile
    from wganpaint_gui.core.project.project import Original, Project

log = logging.getLogger(__name__)

Then = Callable[[], object]


def _nothing() -> None:
    """What follows a save that nothing waits for."""


@dataclass(frozen=True)
class _Moment:
    """What is in a project when it is saved: the names of what the document and the search were, and what was set."""

    document: int
    search: tuple[int, int, Selection, InpaintConfig] | None  # which, its steps, what is chosen, lambda and blend


@dataclass(frozen=True)
class _Taken:
    """A document at the moment when it was to be saved."""

    document: Document
    moment: _Moment | None
    has_fill: bool  # whether candidates were in hand
    take: Callable[[], Project]  # in the background


class ProjectActions(QObject):
    """The project in hand, if there is one. Signal: changed(), whenever its path is another, or more is saved."""

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        background: Background,
        fills: FillActions,
        messages: MessageBar,
        *,
        beside: Callable[[], Path],
    ) -> None:
        """background: in which files are read and written, in the order asked for. beside: where the photo is."""
        super().__init__(window)
        self._window, self._background, self._fills, self._messages = window, background, fills, messages
        self._document: Document | None = None
        self._beside = beside
        self._file: ProjectFile | None = None
        self._original: Original | None = None  # of the project in hand: its file may be gone when it is saved again
        self._saved: _Moment | None = None

    @property
    def path(self) -> Path | None:
        """Of the project in hand; None: the document is of a photo alone."""
        return None if self._file is None else self._file.path

    @property
    def is_saved(self) -> bool:
        """Whether photo, mask, frames and candidates all stand in the project in hand."""
        return self._file is not None and self._saved == self._moment()

    @property
    def is_document_saved(self) -> bool:
        """The same but for the candidates, of which a search under way finds ever more."""
        saved, now = self._saved, self._moment()
        return self._file is not None and saved is not None and now is not None and saved.document == now.document

    def set_document(self, document: Document, project: OpenedProject | None) -> None:
        """Another document is open, of a photo or of a project; the other parts of the window know of it already."""
        self._document = document
        self._file = self._original = None
        if project is not None:
            self._fills.resume(project.settings, project.prepared)
            self._file, self._original = project.file, project.original
        self._saved = self._moment()

    def save(self, then: Then = _nothing) -> None:
        """Save the project in hand, or ask for a name; `then()` once all is written."""
        if self._document is None:
            return
        if self._file is None:
            self.save_as(then)
        else:
            self._write(self._document, self._file, then)

    def save_as(self, then: Then = _nothing) -> None:
        document = self._document
        if document is not None:
            self._ask_where(self.path or self._beside(), lambda file: self._write(document, file, then))

    def _ask_where(self, beside: Path, write: Callable[[ProjectFile], object]) -> None:
        from wganpaint_gui.core.project.file import ProjectFile

        ask_for_name(
            self._window,
            "Save the project",
            free_name(beside.with_name(f"{beside.stem}{PROJECT_SUFFIX}")),
            SAVE_PROJECT_FILTERS,
            lambda path, overwrite: write(ProjectFile.replacing(path) if overwrite else ProjectFile(path)),
        )

    def _moment(self) -> _Moment | None:
        if self._document is None:
            return None
        state, prepared = self._document.history.state, self._fills.controller.in_hand
        if prepared is None:
            return _Moment(state, None)
        fill = prepared.fill
        return _Moment(state, (prepared.number, len(fill.search.log), fill.selection, fill.config))

    def _write(self, document: Document, file: ProjectFile, then: Then) -> None:
        """All of one moment: the person goes on while the file is written."""
        current = document is self._document
        moment, take_state = self._moment() if current else None, document.state_later()
        settings, prepared = self._fills.settings, self._fills.controller.in_hand if current else None
        known = self._original if current else None

        @cache  # what was taken once can be written again elsewhere
        def take() -> Project:
            from wganpaint_gui.core.project.project import Project, find_original

            state = take_state()
            return Project(known or find_original(state), state, settings, saved_fill(prepared, state))

        self._put(_Taken(document, moment, prepared is not None, take), file, then)

    def _put(self, taken: _Taken, file: ProjectFile, then: Then) -> None:
        def work() -> Project:
            started, project = time.monotonic(), taken.take()
            file.write(project)
            size = file.path.stat().st_size / 1e6
            log.info("%s is saved: a project of %.1f MB, %.1f s", file.path.name, size, time.monotonic() - started)
            return project

        def done(project: Project) -> None:
            without_fill = taken.has_fill and project.fill is None
            said = f"The project is saved as {file.path.name}"
            if without_fill:
                said += ", but without the candidates: nothing in their frame is masked any more"
            self._messages.show_message(f"{said}.", "warning" if without_fill else "info")
            if taken.document is self._document:
                moment = taken.moment
                saved = replace(moment, search=None) if moment is not None and without_fill else moment
                self._file, self._original, self._saved = file, project.original, saved
                self.changed.emit()
            then()

        self._background.submit(work, done, lambda error: self._on_failed(taken, file.path, then, error))

    def _on_failed(self, taken: _Taken, path: Path, then: Then, error: BaseException) -> None:
        def write(file: ProjectFile) -> None:
            """As the document is now; one that was closed meanwhile as it was when it was to be saved."""
            if taken.document is self._document:
                self._write(taken.document, file, then)
            else:
                self._put(taken, file, then)

        def save_as() -> None:
            self._ask_where(path, write)

        if isinstance(error, ChangedError):
            from wganpaint_gui.core.project.file import ProjectFile

            as_it_is = ProjectFile.replacing(path)  # now: if it changes again, that is asked about again
            ask_about_changed(self._window, path, save_as, lambda: write(as_it_is))
        elif isinstance(error, SaveError):
            then = _nothing  # whoever saves elsewhere later does not expect the window to close then
            self._messages.show_message(str(error), "error", [("Save as…", save_as)])
        else:
            self._messages.show_error(error)
