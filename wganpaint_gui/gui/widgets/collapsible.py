"""A section that is opened and closed by its title."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from wganpaint_gui.gui.look.icons import icon
from wganpaint_gui.gui.look.translation import tr

from .layouts import in_column


class Collapsible(QWidget):
    """Hides rarely used controls; closed at first. Add widgets to `body`."""

    def __init__(self, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggle = QToolButton(self)
        self.toggle.setText(title)
        self.toggle.setToolTip(tr(tip))
        self.toggle.setAccessibleName(title)
        self.toggle.setCheckable(True)
        self.toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toggle.setProperty("disclosure", True)
        self.toggle.setIconSize(QSize(16, 16))
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.content = QWidget(self)
        self.body = in_column(of=self.content, margins=(0, 4, 0, 0), spacing=8)
        in_column(self.toggle, self.content, of=self, spacing=0)
        self.toggle.toggled.connect(self._show)
        self._show(False)

    @Slot(bool)
    def _show(self, open_: bool) -> None:
        self.content.setVisible(open_)
        self.toggle.setIcon(icon("chevron-down" if open_ else "chevron-right"))
