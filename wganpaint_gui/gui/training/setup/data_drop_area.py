"""A drop area for a folder or zip of pictures, with two buttons for choosing one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import DropArea, set_tone
from wganpaint_gui.gui.widgets.drop_area import dropped_source


class DataDropArea(DropArea):
    """Where a new run gets its data. Signal: source_dropped(Path); the buttons `folder` and `zip` are its owner's."""

    source_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.folder, self.zip = QPushButton(tr("Choose folder…")), QPushButton(tr("Choose zip…"))
        super().__init__(
            "folder",
            tr("Drop a folder or zip here"),
            tr(
                "The model learns to generate images like yours. A few thousand pictures of one kind of subject "
                "work best. "
                "They stay where they are and never leave this computer."
            ),
            (self.folder, self.zip),
            parent=parent,
        )
        set_tone(self.words, "muted")
        self.setAcceptDrops(True)
        self.folder.setObjectName("choose-folder")
        self.folder.setProperty("primary", True)
        self.folder.setToolTip(tr("Choose a folder of pictures; subfolders are included."))
        self.zip.setObjectName("choose-zip")
        self.zip.setToolTip(tr("Choose a zip of pictures; it is read without unpacking."))

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
