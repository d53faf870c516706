"""The log of the program, to read and to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import in_column

MOST_LINES = 2000


class LogView(QDialog):
    """Shows the newest lines of the log; its owner reads them in the background and calls `show_lines`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("logView")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Log"))
        self.resize(820, 560)
        self.text = QPlainTextEdit(readOnly=True, lineWrapMode=QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(tr("Log"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlaceholderText(tr("Reading the log…"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copy = buttons.addButton(tr("Copy diagnostic report"), QDialogButtonBox.ButtonRole.ActionRole)
        in_column(self.text, buttons, of=self, margins=(16, 16, 16, 16), spacing=12)

    @Slot(object)
    def show_lines(self, lines: list[str]) -> None:
        self.text.setPlaceholderText(tr("Nothing was logged."))
        self.text.setPlainText("\n".join(lines))
        self.text.moveCursor(QTextCursor.MoveOperation.End)
