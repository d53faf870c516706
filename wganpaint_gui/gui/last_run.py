"""The training that was under way when the program was closed: offered to be gone on with, until somebody answers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ..core.run_folder import RunFolder
from .messages import MessageBar


class LastRun(QObject):
    """Signal: resume_requested(RunFolder)."""

    resume_requested = Signal(object)

    def __init__(self, messages: MessageBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path | None = None  # None: there is none, or it has been answered
        self._messages = messages

    def restore(self, folder: str) -> None:
        """folder: of the run that was remembered; "" for none."""
        self.folder = Path(folder) if folder and RunFolder(Path(folder)).settings_file.is_file() else None

    @Slot()
    def offer(self) -> None:
        """Offer to go on with it; nothing, where there is none."""
        folder = self.folder
        if folder is None:
            return
        self._messages.show_message(
            _words(folder),
            choices=[
                (f"Resume training of {folder.name}", lambda: self.resume_requested.emit(RunFolder(folder))),
                ("Not now", self.forget),
            ],
        )

    @property
    def is_offered(self) -> bool:
        """The offer is on screen, and has not been answered."""
        return self.folder is not None and self._messages.text == _words(self.folder)

    @Slot()
    def forget(self) -> None:
        """It has been answered."""
        self.folder = None


def _words(folder: Path) -> str:
    return f"The training of {folder.name} was under way when the program was closed; it is saved."
