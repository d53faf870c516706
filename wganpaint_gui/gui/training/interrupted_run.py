"""The training that was under way when the program ended: offered to be gone on with, until somebody answers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.gui.messages import Choice, MessageBar


class InterruptedRun(QObject):
    """Signals, by the person only: resume_requested(RunFolder); answered(), with whatever."""

    resume_requested = Signal(object)
    answered = Signal()

    def __init__(self, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None  # None: there is none, or it has been answered
        self._messages = messages

    def restore(self, folder: str) -> None:
        """folder: of the run that was remembered; "" for none."""
        self.folder = Path(folder) if folder and _can_go_on(RunFolder(Path(folder))) else None

    @Slot()
    def offer(self) -> None:
        """Offer to go on with it; nothing, where there is none."""
        folder = self.folder
        if folder is None:
            return
        choices: list[Choice] = [
            (f"Resume training of {folder.name}", lambda: self.resume_requested.emit(RunFolder(folder))),
            ("Not now", self.forget),
        ]
        self._messages.show_until_answered(_words(folder), "info", choices)

    @Slot()
    def forget(self) -> None:
        """It has been answered."""
        if self.folder is not None:
            self._messages.withdraw(_words(self.folder))
        self.folder = None
        self.answered.emit()


def _can_go_on(folder: RunFolder) -> bool:
    """Whether it was ever begun, and is not under way in another window."""
    if not folder.settings_file.is_file():
        return False
    try:
        with folder.locked():
            return True
    except TrainingError:
        return False


def _words(folder: Path) -> str:
    return f"The training of {folder.name} was under way when the program ended. What was saved of it can go on."
