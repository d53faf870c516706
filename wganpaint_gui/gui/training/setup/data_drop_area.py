"""Where the pictures come from: a place to drop a folder or a zip on, and two buttons that ask for one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from wganpaint_gui.gui.widgets import DropArea, set_tone


def dropped_source(event: QDropEvent | QDragEnterEvent) -> Path | None:
    """The folder or zip that is being dropped; None where it is anything else."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and (path.is_dir() or path.suffix.lower() == ".zip"):
            return path
    return None


class DataDropArea(DropArea):
    """Signals: source_dropped(Path); folder_requested(); zip_requested()."""

    source_dropped = Signal(object)
    folder_requested = Signal()
    zip_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.folder, self.zip = QPushButton("Choose a folder…"), QPushButton("Choose a zip…")
        super().__init__(
            "folder",
            "Drop a folder or a zip of pictures here",
            "The model will learn to draw what is like them. A few thousand pictures of one kind of thing teach it "
            "most; they stay where they are and never leave this computer.",
            (self.folder, self.zip),
            parent=parent,
        )
        set_tone(self.words, "muted")
        self.setAcceptDrops(True)
        self.folder.setObjectName("choose-folder")
        self.folder.setProperty("primary", True)
        self.folder.setToolTip("A folder of pictures; folders inside it are searched through.")
        self.folder.clicked.connect(self.folder_requested)
        self.zip.setObjectName("choose-zip")
        self.zip.setToolTip("A zip of pictures; it is read as it is, never unpacked.")
        self.zip.clicked.connect(self.zip_requested)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_source(event) is not None:
            event.acceptProposedAction()
            self.set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.set_hot(False)
        source = dropped_source(event)
        if source is not None:
            event.acceptProposedAction()
            self.source_dropped.emit(source)
