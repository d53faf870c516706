"""Autosaves the open document, and keeps what is unsaved of those that were open before."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.core.errors import ProjectError
from wganpaint_gui.core.file_names import free_name
from wganpaint_gui.core.project.work_note import WorkNote
from wganpaint_gui.gui.look.colours import MASK
from wganpaint_gui.gui.work.background import Background

from .opened_project import OpenedProject, open_autosave
from .project_actions import ProjectActions
from .unsaved_work import PendingSave, SavedState, Work

if TYPE_CHECKING:
    from wganpaint_gui.core.project.autosave_folder import AutosaveFolder
    from wganpaint_gui.core.project.project import Original, Project

log = logging.getLogger(__name__)

INTERVAL = 5000  # milliseconds from a change to its autosave; writing a large photo takes a few seconds more
RETRY = 30_000  # milliseconds until an autosave that failed is tried again
_RED, _GREEN, _BLUE = bytes.fromhex(MASK[1:])


class Autosaver(QObject):
    """Owns the unsaved work. Signals: failed(error), the first time in a row; aside_changed().

    aside: the work of documents that another one has replaced in the window, the latest last.
    """

    failed = Signal(object)
    aside_changed = Signal()
    _unreadable = Signal(object)

    def __init__(self, projects: ProjectActions, describe: Callable[[], WorkNote | None], parent: QObject) -> None:
        """describe: returns what is unsaved of the open document; None: nothing."""
        super().__init__(parent)
        self._projects, self._describe = projects, describe
        self.queue = Background("autosave", self)
        self.aside: list[Work] = []
        self.failing = False  # the last autosave could not be written
        self.kept = False  # the autosaves stay after the end, for the next start
        self._document: Document | None = None
        self._work: Work | None = None  # of the open document
        self._written: tuple[WorkNote, SavedState | None, MaskSnapshot] | None = None  # what its autosave holds
        self._folder: AutosaveFolder | None = None  # created when there is something to write
        self._timer = QTimer(self, singleShot=True, interval=INTERVAL)
        self._timer.timeout.connect(self._on_time)
        self._unreadable.connect(self._on_unreadable)

    # -- the open document ---------------------------------------------------------------------------------------

    @Slot()
    def touch(self) -> None:
        """Autosave soon, because something may have changed."""
        waiting = self._timer.isActive() and self._timer.remainingTime() <= INTERVAL  # longer after a failure
        if self._document is not None and not waiting:
            self._timer.start(INTERVAL)

    @Slot()
    def hurry(self) -> None:
        """Autosave as soon as the window has shown what has just been found."""
        if self._document is not None:
            self._timer.start(0)

    def save(self) -> None:
        """Autosave now, unless the autosave is up to date; an autosave of which all has been saved is deleted."""
        self._timer.stop()
        document, note = self._document, self._describe()
        if document is None or note is None:
            self.forget_open()
            return
        moment = note, self._projects.state(), document.snapshot()
        if self._work is None:
            self._work = Work(note)
        elif self._written is not None and moment[:2] == self._written[:2] and moment[2] is self._written[2]:
            return
        self._work.note, self._written = note, moment
        self._write(self._work, self._projects.pending(document))

    def open(self, document: Document | None, work: Work | None) -> None:
        """Autosave this document from now on; `set_aside` before. work: from which it was opened."""
        self._document, self._work, self._written = document, work, None
        if work in self.aside:
            self.aside.remove(work)
            self.aside_changed.emit()

    def set_aside(self) -> None:
        """Keep what is unsaved of the open document, because another one replaces it in the window."""
        self.save()
        if self._work is not None:
            self.aside.append(self._work)
            self.aside_changed.emit()
        self._document = self._work = self._written = None

    @Slot()
    def _on_time(self) -> None:
        if self.queue.pending:  # a slow disk: the next one waits, or they would pile up
            self._timer.start(INTERVAL)
        else:
            self.save()
            for work in self.aside:
                if self.failing and work.unwritten is not None and not self.queue.pending:
                    self._write(work, work.unwritten)  # the others follow once this has worked

    def forget(self) -> None:
        """Delete everything."""
        self.aside.clear()
        self.forget_open()
        self.aside_changed.emit()

    def forget_open(self) -> None:
        """Delete the autosave of the open document, of which nothing is unsaved or wanted any more."""
        work, self._work, self._written = self._work, None, None
        if work is not None:
            self._delete(work)

    # -- those before --------------------------------------------------------------------------------------------

    def find(self, path: Path) -> Work | None:
        """Return the work that was set aside of a photo or project."""
        return next((work for work in self.aside if work.note.file == path), None)

    def read(self, work: Work) -> Project:
        """Return what was set aside, in the thread of `queue`. Raises ProjectError."""
        unwritten = work.unwritten  # read once: the window's thread clears it when it is written
        if unwritten is not None:
            return unwritten.make()
        from wganpaint_gui.core.project.project_file import ProjectFile

        assert work.path is not None
        return ProjectFile(work.path).read()

    def reopen(self, work: Work) -> tuple[Document, OpenedProject]:
        """Return the document of what was set aside, in the thread of `queue`.

        Raises ProjectError for an autosave that cannot be read, which is put away.
        """
        try:
            document, opened = open_autosave(self.read(work), work)
        except ProjectError as error:
            from wganpaint_gui.core.project.autosave_folder import put_away

            assert work.path is not None
            self._unreadable.emit(work)
            raise put_away(work.path, error) from error
        return document, replace(opened, work=work)

    @Slot(object)
    def _on_unreadable(self, work: Work) -> None:
        if work in self.aside:
            self.aside.remove(work)
            self.aside_changed.emit()

    def save_aside(
        self, path_of: Callable[[WorkNote], Path], then: Callable[[], object], failed: Callable[[BaseException], None]
    ) -> None:
        """Save everything that was set aside, in its project or else in a new one; then call `then`.

        path_of: returns where the project of a photo is proposed; the name may be taken. What is saved is set aside no
        longer, also where another project fails.
        """
        if not self.aside:
            then()
            return
        work = self.aside[0]
        proposed = path_of(work.note)

        def save() -> None:
            from wganpaint_gui.core.project.project_file import ProjectFile

            note, project = work.note, self.read(work)
            if note.project:
                ProjectFile(Path(note.project), bytes.fromhex(note.digest) or None).write(project)
            else:
                ProjectFile(free_name(proposed)).write(project)

        def saved(_: None) -> None:
            if work in self.aside:  # not opened meanwhile
                self.aside.remove(work)
                self._delete(work)
            self.aside_changed.emit()
            self.save_aside(path_of, then, failed)

        self.queue.submit(save, saved, failed)

    def add(self, works: list[Work]) -> None:
        """Take over what an ended program has left, the oldest first."""
        self.aside[:0] = works
        self.aside_changed.emit()

    # -- in the thread -------------------------------------------------------------------------------------------

    def folder(self) -> AutosaveFolder:
        """Return this program's folder, in the thread of `queue`. Raises SaveError where it cannot be created."""
        from wganpaint_gui.core.project.autosave_folder import AutosaveFolder

        if self._folder is not None and not os.path.isdir(self._folder.folder):  # somebody has deleted it
            self._folder.release()
            self._folder = None
        if self._folder is None:
            self._folder = AutosaveFolder.create()
        return self._folder

    def _write(self, work: Work, pending: PendingSave) -> None:
        note, work.unwritten = work.note, pending

        def write() -> Original:
            from wganpaint_gui.core.project.autosave import autosave_name, write_autosave
            from wganpaint_gui.core.project.project_file import ProjectFile

            started = time.monotonic()
            folder = self.folder()
            if work.path is None or work.path.parent != folder.folder:
                work.path = folder.new_path(autosave_name(note))
            project = pending.make()
            write_autosave(ProjectFile.replacing(work.path), project, note, (_RED, _GREEN, _BLUE))
            log.info("%s is autosaved, %.1f s", note.name, time.monotonic() - started)
            return project.original

        def done(original: Original) -> None:
            if work.unwritten is pending:
                work.unwritten = None
            self._projects.remember_original(pending.document, original)
            self._catch_up()

        self.queue.submit(write, done, self._on_failed)

    def _catch_up(self) -> None:
        """Write what could not be written before."""
        if self.failing:
            self.failing = False
            for work in self.aside:
                if work.unwritten is not None:
                    self._write(work, work.unwritten)

    def _on_failed(self, error: BaseException) -> None:
        log.warning("Nothing is autosaved: %s", error)
        self._written = None
        self._timer.start(RETRY)
        if not self.failing:
            self.failing = True
            self.failed.emit(error)

    def _delete(self, work: Work) -> None:
        def delete() -> None:
            if work.path is not None:
                work.path.unlink(missing_ok=True)

        self.queue.submit(delete, lambda _: None, lambda error: log.warning("An autosave stays: %s", error))

    # -- the end -------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Accept no more calls; see `wait`. The autosaves are deleted unless they are `kept`."""
        self._timer.stop()
        self.queue.close(finish=self.kept)

    def wait(self, deadline: float) -> bool:
        """Block until all is written, after `close`; return False if time.monotonic() reaches `deadline` first."""
        if not self.queue.wait(deadline):
            return False
        folder, self._folder = self._folder, None
        if folder is not None and self.kept:
            folder.release()
        elif folder is not None:
            folder.remove()
        return True
