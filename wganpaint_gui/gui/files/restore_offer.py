"""Offers the unsaved work of programs that ended without being closed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.errors import ProjectError
from wganpaint_gui.core.system.paths import autosave_dir, entries
from wganpaint_gui.gui.messages import MessageBar

from .autosave import Autosaver
from .restore_dialog import LostWork, RestoreDialog
from .unsaved_work import Work

if TYPE_CHECKING:
    from wganpaint_gui.core.project.autosave_folder import AutosaveFolder

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Found:
    folders: list[AutosaveFolder]  # held until the question is answered
    works: list[LostWork]  # the newest first
    errors: list[ProjectError]  # of autosaves that cannot be read and were put away


class RestoreOffer(QObject):
    """Asks once at the start. Signal: restored(Work), the newest of what was restored."""

    restored = Signal(object)

    def __init__(self, window: QWidget, autosaver: Autosaver, messages: MessageBar) -> None:
        super().__init__(window)
        self._window, self._autosaver, self._messages = window, autosaver, messages
        self._folders: list[AutosaveFolder] = []

    def look(self) -> None:
        """Look for work in the background, and ask if there is any."""
        self._autosaver.queue.submit(_find, self._ask, self._on_failed)

    def close(self) -> None:
        """Leave what is not answered to the next start."""
        folders, self._folders = self._folders, []
        for folder in folders:
            folder.release()

    def _ask(self, found: _Found) -> None:
        self._folders = found.folders
        if found.errors:
            self._messages.show_error(found.errors[0])
        if not found.works:
            self.close()
            return
        dialog = RestoreDialog(found.works, self._window)
        dialog.restore_requested.connect(lambda: self._restore(found.works))
        dialog.discard_requested.connect(self._discard)
        dialog.rejected.connect(self.close)
        dialog.open()

    def _restore(self, lost: list[LostWork]) -> None:
        folders, self._folders = self._folders, []
        kept, self._autosaver.kept = self._autosaver.kept, True  # or an end of the program would delete what is moved

        def take() -> list[Work]:
            own = self._autosaver.folder()
            works, errors = list[Work](), list[OSError]()
            for one in lost:
                try:
                    works.append(Work(one.note, own.adopt(one.path)))
                except OSError as error:
                    log.warning("%s is not restored: %s", one.path, error)
                    errors.append(error)
            for folder in folders:
                if folder.documents():  # the next start offers them again
                    folder.release()
                else:
                    folder.remove()
            if not works:
                raise errors[0]
            return works

        def taken(works: list[Work]) -> None:
            self._autosaver.kept = kept
            self._autosaver.add(works[::-1])
            self.restored.emit(works[0])

        def failed(error: BaseException) -> None:
            self._autosaver.kept = kept
            self._on_failed(error)

        self._autosaver.queue.submit(take, taken, failed)

    def _discard(self) -> None:
        folders, self._folders = self._folders, []

        def remove() -> None:
            for folder in folders:
                folder.remove()

        self._autosaver.queue.submit(remove, lambda _: None, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        log.error("Unsaved work is not offered", exc_info=error)
        self._messages.show_error(error)


def _find() -> _Found:
    if not entries(autosave_dir()):  # as at nearly every start: nothing is imported
        return _Found([], [], [])

    from wganpaint_gui.core.project.autosave import read_note
    from wganpaint_gui.core.project.autosave_folder import AutosaveFolder, put_away

    folders, works, errors = AutosaveFolder.left_behind(), list[LostWork](), list[ProjectError]()
    for path in [path for folder in folders for path in folder.documents()]:
        try:
            note, picture = read_note(path)
        except ProjectError as error:
            errors.append(put_away(path, error))
        else:
            works.append(LostWork(path, note, path.stat().st_mtime, QImage.fromData(picture)))
    works.sort(key=lambda work: work.time, reverse=True)
    return _Found(folders, works, errors)
