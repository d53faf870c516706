"""The run that was in progress when the program closed, offered to be resumed until the user answers."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import Choice, MessageBar


class InterruptedRun(QObject):
    """Offers to resume the run. Signals, by the user only: resume_requested(RunFolder); answered(), in any way."""

    resume_requested = Signal(object)
    answered = Signal()

    def __init__(self, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None  # None: there is none, or the offer was answered
        self._messages = messages

    def restore(self, folder: str) -> None:
        """Take over the remembered folder of a run, if it can be resumed; "" for none."""
        self.folder = Path(folder) if folder and _can_resume(RunFolder(Path(folder))) else None

    @Slot()
    def offer(self) -> None:
        """Offer to resume the run, if there is one."""
        folder = self.folder
        if folder is None:
            return
        choices: list[Choice] = [
            (tr("Resume training"), lambda: self.resume_requested.emit(RunFolder(folder))),
            (tr("Not now"), self.forget),
        ]
        self._messages.show_until_answered(_message(folder), "info", choices)

    @Slot()
    def forget(self) -> None:
        """Withdraw the offer, which was answered."""
        if self.folder is not None:
            self._messages.withdraw(_message(self.folder))
        self.folder = None
        self.answered.emit()


def _can_resume(folder: RunFolder) -> bool:
    """Return whether the run was started, and is not in progress in another window."""
    if not os.path.isfile(folder.settings_file):
        return False
    try:
        with folder.locked():
            return True
    except TrainingError:
        return False


def _message(folder: Path) -> str:
    return tr("Training of {name} was in progress when WganPaint closed. You can resume it where it was saved.").format(
        name=folder.name
    )
