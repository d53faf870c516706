"""Where the pictures come from: a place to drop a folder or a zip on, and two buttons that ask for one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wganpaint_gui.gui import icons, theme
from wganpaint_gui.gui.widgets import set_tone

_ICON_SIDE = 40  # device-independent pixels


def dropped_source(event: QDropEvent | QDragEnterEvent) -> Path | None:
    """The folder or zip that is being dropped; None where it is anything else."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and (path.is_dir() or path.suffix.lower() == ".zip"):
            return path
    return None


class DropZone(QWidget):
    """Signals: source_dropped(Path); folder_requested(); zip_requested()."""

    source_dropped = Signal(object)
    folder_requested = Signal()
    zip_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hot = False
        self.setAcceptDrops(True)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel("Drop a folder or a zip of pictures here", alignment=Qt.AlignmentFlag.AlignCenter)
        font = theme.heading(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self._title.setFont(font)
        self._words = QLabel(
            "The model will learn to draw what is like them. A few thousand pictures of one kind of thing teach it "
            "most; they stay where they are and never leave this computer.",
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        self._words.setMaximumWidth(460)
        set_tone(self._words, "muted")
        self.folder = QPushButton("Choose a folder…")
        self.folder.setObjectName("choose-folder")
        self.folder.setProperty("primary", True)
        self.folder.setToolTip("A folder of pictures; folders inside it are searched through.")
        self.folder.clicked.connect(self.folder_requested)
        self.zip = QPushButton("Choose a zip…")
        self.zip.setObjectName("choose-zip")
        self.zip.setToolTip("A zip of pictures; it is read as it is, never unpacked.")
        self.zip.clicked.connect(self.zip_requested)
        self._arrange()
        self._dress()

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.folder)
        buttons.addWidget(self.zip)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        for widget, space in ((self._icon, 14), (self._title, 8)):
            column.addWidget(widget)
            column.addSpacing(space)
        words = QHBoxLayout()
        words.addStretch(1)
        words.addWidget(self._words, 10)
        words.addStretch(1)
        column.addLayout(words)
        column.addSpacing(20)
        column.addLayout(buttons)
        column.addStretch(1)

    def _dress(self) -> None:
        self._icon.setPixmap(icons.pixmap("folder", _ICON_SIDE, theme.colours().muted, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_source(event) is not None:
            event.acceptProposedAction()
            self._set_hot(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_hot(False)
        source = dropped_source(event)
        if source is not None:
            event.acceptProposedAction()
            self.source_dropped.emit(source)

    def _set_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dashes = QPen(QColor(theme.SELECTION if self._hot else theme.colours().muted), 2.0 if self._hot else 1.25)
        dashes.setDashPattern([6.0, 5.0])
        painter.setPen(dashes)
        if self._hot:
            ground = QColor(theme.SELECTION)
            ground.setAlphaF(0.10)
            painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 14, 14)
