"""The base of all panels, and what their layouts share."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from wganpaint_gui.gui.look.translation import tr

MARGIN = 16  # left and right of a panel's content, device-independent pixels
SCROLL_BAR = 8  # width
_BELOW = 12  # kept free below a part that is scrolled into view


class Panel(QWidget):
    """A part of the window with the panels' background. name: in English, translated here."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name.lower()}-panel")
        self.setAccessibleName(tr(name))
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class PanelScroll(QScrollArea):
    """Scrolls the upper part of a panel. Room for the bar is always reserved, so that nothing moves when it appears.

    The content's right margin is MARGIN - SCROLL_BAR: the bar is inside the panel's margin.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to its controls, which come into view
        self._content = content
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range)
        self._on_range(bar.minimum(), bar.maximum())

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll until a part of the content is entirely visible, or its top if it is too tall."""
        bar = self.verticalScrollBar()
        top = part.mapTo(self._content, part.rect().topLeft()).y()
        bottom = top + part.height() + _BELOW
        if bottom > bar.value() + self.viewport().height():
            bar.setValue(min(top, bottom - self.viewport().height()))

    @Slot(int, int)
    def _on_range(self, low: int, high: int) -> None:
        self.verticalScrollBar().setEnabled(high > low)  # the handle of a disabled bar is not drawn


def rule(parent: QWidget) -> QFrame:
    """Make a horizontal line."""
    result = QFrame(parent)
    result.setProperty("role", "rule")
    return result
