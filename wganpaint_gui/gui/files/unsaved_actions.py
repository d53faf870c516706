"""Knows what is unsaved, shows it in the window's title, and asks before it would be lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.file_names import PROJECT_SUFFIX, free_name
from wganpaint_gui.core.project.work_note import WorkNote
from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.open_document import DocumentSubscription

from .autosave import Autosaver
from .project_actions import ProjectActions, Then
from .unsaved import Unsaved, UnsavedDocuments, UnsavedQuestion
from .unsaved_work import Work


class OpenFile(Protocol):
    """What is open: a photo, perhaps of a project."""

    document: Document | None
    path: Path | None
    folder: str  # in which dialogs open
    projects: ProjectActions

    def save(self, then: Then) -> None:
        """Save the photo."""


class UnsavedActions(QObject):
    """Asks about unsaved work and saves it. autosaver: holds that of all documents."""

    def __init__(self, file: OpenFile, window: QWidget, controller: FillController, messages: MessageBar) -> None:
        super().__init__(window)
        self._file, self._window, self._controller, self._messages = file, window, controller, messages
        self.autosaver = Autosaver(file.projects, self.describe, self)
        self.autosaver.failed.connect(self._on_not_autosaved)
        self._mask_in_file: MaskSnapshot | None = None  # that was read or written last
        self._subscription = DocumentSubscription(self._on_document_changed)
        self._question = UnsavedQuestion(window, self._save, file.projects.save)
        controller.state_changed.connect(self._on_state)
        for changed in (controller.shown, controller.surroundings.changed):  # another candidate or blend
            changed.connect(self.show)
        controller.progressed.connect(self.autosaver.touch)

    # -- what is unsaved -----------------------------------------------------------------------------------------

    def open(self, document: Document, work: Work | None) -> None:
        """Watch another document. work: from which it was opened."""
        self._mask_in_file = document.snapshot() if work is None or not work.note.masked else None
        self.autosaver.open(document, work)
        self._subscription.follow(document)
        self.show()

    def note_mask_in_file(self, mask: MaskSnapshot) -> None:
        """Count a mask of the open document as saved."""
        self._mask_in_file = mask
        self.show()

    @Slot()
    def show(self) -> None:
        """Mark unsaved changes in the window's title, and autosave them soon; fills found only count with a project."""
        unsaved = self._unsaved(asked=False)
        self._window.setWindowModified(unsaved.kept or unsaved.mask or bool(unsaved.project))
        self.autosaver.touch()

    def describe(self) -> WorkNote | None:
        """Return what of the open document only an autosave holds; None: nothing."""
        document, projects = self._file.document, self._file.projects
        if document is None or projects.is_saved:
            return None
        note = WorkNote(
            photo=str(self._file.path or ""),
            project=str(projects.path or ""),
            digest=projects.digest,
            kept=not document.history.is_saved,
            found=self._controller.found_fills,
            masked=self._has_unsaved_mask,
        )
        return note if note.project or note.kept or note.found or note.masked or document.frames else None

    def _unsaved(self, *, asked: bool) -> Unsaved:
        """Return what is to be asked about. asked: only what has changed since the answer."""
        document, projects = self._file.document, self._file.projects
        if projects.path is not None:
            saved = projects.is_document_saved if asked else projects.is_saved
            return Unsaved(project="" if saved else projects.path.name)
        return Unsaved(
            kept=document is not None and not document.history.is_saved,
            found=0 if asked else self._controller.found_fills,
            mask=not asked and self._has_unsaved_mask,
        )

    @property
    def _has_unsaved_mask(self) -> bool:
        document, in_file = self._file.document, self._mask_in_file
        if document is None or document.editing:  # during a stroke nothing is compared
            return document is not None
        mask = document.snapshot()
        return mask.masked_pixels > 0 and (in_file is None or not mask.same_as(in_file))

    def _on_document_changed(self, _change: Change) -> None:
        self.show()

    @Slot(object)
    def _on_state(self, state: FillState) -> None:
        self.show()
        if state in (FillState.FINISHED, FillState.COPIED):
            self.autosaver.hurry()

    @Slot(object)
    def _on_not_autosaved(self, error: BaseException) -> None:
        text = error.message if isinstance(error, WganPaintError) else explain(error).sentence
        self._messages.show_message(tr("Your work is not autosaved. {reason}").format(reason=text), "warning")

    # -- asking --------------------------------------------------------------------------------------------------

    def ask_about_all(self, go: Callable[[], object], *, asked: bool = False) -> None:
        """Call `go`, which closes the window, after one question about the unsaved work of all documents.

        asked: the question about fills and masks was answered before.
        """
        aside = [work.note for work in self.autosaver.aside]
        if not aside:
            self.ask_about_open(go, asked=asked)
            return
        note = self.describe() if self._unsaved(asked=asked) else None
        notes = aside if note is None else [note, *aside]
        self._question.ask(UnsavedDocuments(notes), go, lambda: self.ask_about_all(go, asked=True))

    def ask_about_open(self, go: Callable[[], object], *, asked: bool = False) -> None:
        """Call `go`, after a question about the unsaved work of the open document."""
        unsaved = self._unsaved(asked=asked)
        if self._file.document is None or not unsaved:
            go()
        else:  # again after saving: work may have continued meanwhile
            self._question.ask(unsaved, go, lambda: self.ask_about_open(go, asked=True))

    def keep_for_next_start(self) -> None:
        """Autosave everything and leave it for the next start: there is no time to ask."""
        self.autosaver.save()
        self.autosaver.kept = True

    # -- saving --------------------------------------------------------------------------------------------------

    def _save(self, then: Then) -> None:
        """Save what was asked about: the project, the photo if there is none, or several documents as projects."""
        if isinstance(self._question.about, UnsavedDocuments):
            self.autosaver.save_aside(
                self._project_path, lambda: self._save_as_project(then), self._messages.show_error
            )
        elif self._file.projects.path is None:
            self._file.save(then)
        else:
            self._file.projects.save(then)

    def _save_as_project(self, then: Then) -> None:
        """Save what is unsaved of the open document in its project, or else in a new one."""
        from wganpaint_gui.core.project.project_file import ProjectFile

        note, document, projects = self.describe(), self._file.document, self._file.projects
        if document is None or note is None or not self._unsaved(asked=False):
            then()
        elif projects.path is not None:
            projects.save(then)
        else:
            projects.write(document, ProjectFile(free_name(self._project_path(note))), then)

    def _project_path(self, note: WorkNote) -> Path:
        """Return where a document is saved as a project: beside its photo, or where dialogs open."""
        photo = Path(note.photo or "pasted.png")
        if not note.photo or photo.is_relative_to(resource("")):
            photo = Path(self._file.folder or Path.home()) / photo.name
        return photo.with_suffix(PROJECT_SUFFIX)
