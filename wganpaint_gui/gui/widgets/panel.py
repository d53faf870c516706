"""The ground panels are built on: their colour and their names."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

MARGIN = 16  # left and right of what a side panel shows, device-independent pixels
SCROLL_BAR = 8  # width
_BELOW = 12  # left free beneath what is brought into sight


class Panel(QWidget):
    """A part of the window with a name, on the panels' ground."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name.lower()}-panel")
        self.setAccessibleName(name)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class PanelScroll(QScrollArea):
    """Scrolls the upper part of a panel. The bar's room is always kept, so that nothing shifts when it is needed.

    The content's own right margin is MARGIN - SCROLL_BAR: the bar lies in the margin.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        """Scroll until all of a part of the content is seen, or its beginning where it is too high."""
        bar = self.verticalScrollBar()
        top = part.mapTo(self._content, part.rect().topLeft()).y()
        bottom = top + part.height() + _BELOW
        if bottom > bar.value() + self.viewport().height():
            bar.setValue(min(top, bottom - self.viewport().height()))

    @Slot(int, int)
    def _on_range(self, low: int, high: int) -> None:
        self.verticalScrollBar().setEnabled(high > low)  # the handle of a bar that is off is not drawn


def rule(parent: QWidget) -> QFrame:
    """A line across."""
    result = QFrame(parent)
    result.setProperty("role", "rule")
    return result
