"""A button that opens a menu of further actions."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from wganpaint_gui.gui.look import icons
from wganpaint_gui.gui.look.mnemonics import keep_mnemonics
from wganpaint_gui.gui.look.translation import tr


class MoreButton(QToolButton):
    """Shows the menu `entries`, which its owner fills."""

    def __init__(self, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries = QMenu(self)
        self.entries.setToolTipsVisible(True)
        keep_mnemonics(self.entries)
        self.setText(tr("More"))
        self.setIcon(icons.icon("chevron-down"))
        self.setIconSize(QSize(16, 16))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(tip)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self.entries)
