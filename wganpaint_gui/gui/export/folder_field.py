"""A folder, typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from wganpaint_gui.gui.files.file_dialogs import ask_for_folder
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import in_row


class FolderField(QWidget):
    """Signals: changed(), at every change of the text; chosen(Path), by the user in the dialog."""

    changed = Signal()
    chosen = Signal(object)

    def __init__(self, name: str, tip: str, kind: str, parent: QWidget | None = None) -> None:
        """kind: of the folder, see `begin_where_left`."""
        super().__init__(parent)
        self._name, self._kind = name, kind
        self.field = QLineEdit(self)
        self.field.setAccessibleName(name)
        self.field.setToolTip(tip)
        self.field.setPlaceholderText(tr("Choose a folder"))
        self.button = QPushButton(tr("Choose…"), self)
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(tr("Choose the folder: {name}").format(name=name))
        self.field.textChanged.connect(self.changed)
        self.button.clicked.connect(self._choose)
        self.setFocusProxy(self.field)
        in_row((self.field, 1), self.button, of=self, spacing=8)

    @property
    def folder(self) -> Path | None:
        text = self.field.text().strip()
        return Path(text).expanduser().absolute() if text else None

    def propose(self, folder: Path) -> None:
        """Show a folder unless there is one already."""
        if not self.field.text().strip():
            self.show_folder(folder)

    def show_folder(self, folder: Path) -> None:
        self.field.setText(str(folder))

    def _choose(self) -> None:
        ask_for_folder(self.window(), self._name, self._on_chosen, kind=self._kind)

    def _on_chosen(self, folder: Path) -> None:
        self.show_folder(folder)
        self.chosen.emit(folder)
