"""A flat list; a row is chosen by a click or by Return."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

ROW = 28  # height, device-independent pixels
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class QuietList(QListWidget):
    """Signal: row_chosen(int), by the user only; once per click, whatever the desktop's activation setting."""

    row_chosen = Signal(int)

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setProperty("quiet", True)
        self.setIconSize(QSize(16, 16))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_clicked)

    def add(self, icon: QIcon, text: str, tip: str) -> QListWidgetItem:
        item = QListWidgetItem(icon, text)
        item.setSizeHint(QSize(0, ROW))
        item.setToolTip(tip)
        self.addItem(item)
        return item

    def event(self, event: QEvent) -> bool:
        # Return is also the shortcut that keeps a fill; here it chooses a row.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _CHOOSING:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CHOOSING and self.currentRow() >= 0:
            self.row_chosen.emit(self.currentRow())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.row())
