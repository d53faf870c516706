"""Cells of a table: words on the left, numbers on the right in tabular figures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidgetItem

from wganpaint_gui.gui.look import theme


class TableItem(QTableWidgetItem):
    """A cell that is only read."""

    def __init__(self, text: str, *, right: bool = False) -> None:
        super().__init__(text)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.setFont(theme.tabular(QGuiApplication.font()))
