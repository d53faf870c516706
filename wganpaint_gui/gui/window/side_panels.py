"""The tabs on the right of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabWidget, QWidget

from wganpaint_gui.gui.look.translation import tr


class SidePanels(QTabWidget):
    """Shows one of several panels at a time."""

    def __init__(self, panels: Sequence[tuple[QWidget, str]], parent: QWidget | None = None) -> None:
        """panels: each with the name of its tab; the first is shown."""
        super().__init__(parent)
        self.setObjectName("sidePanels")
        self.setAccessibleName(tr("Panels"))
        self.setDocumentMode(True)
        for panel, name in panels:
            self.addTab(panel, name)
        self._temporary: tuple[QWidget, QWidget] | None = None  # the panel shown for a while, and the one before it

    def show_for_now(self, panel: QWidget) -> None:
        """Show a panel until `restore`."""
        self._temporary = panel, self.currentWidget()
        self.setCurrentWidget(panel)

    def restore(self) -> None:
        """Show the earlier panel again, unless the user has chosen another one meanwhile."""
        if self._temporary is not None:
            panel, before = self._temporary
            self._temporary = None
            if self.currentWidget() is panel:
                self.setCurrentWidget(before)
