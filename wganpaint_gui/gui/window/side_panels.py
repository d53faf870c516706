"""The tabs at the right of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabWidget, QWidget


class SidePanels(QTabWidget):
    """One of several panels at a time."""

    def __init__(self, panels: Sequence[tuple[QWidget, str]], parent: QWidget | None = None) -> None:
        """panels: each with its name, the first in front."""
        super().__init__(parent)
        self.setObjectName("sidePanels")
        self.setDocumentMode(True)
        for panel, name in panels:
            self.addTab(panel, name)
        self._lent: tuple[QWidget, QWidget] | None = None  # what is in front for a while, and what was before

    def lend(self, panel: QWidget) -> None:
        """Bring a panel to the front until `give_back`."""
        self._lent = panel, self.currentWidget()
        self.setCurrentWidget(panel)

    def give_back(self) -> None:
        """Bring the panel of before to the front again, unless the person has turned to another since."""
        if self._lent is not None:
            panel, before = self._lent
            self._lent = None
            if self.currentWidget() is panel:
                self.setCurrentWidget(before)
