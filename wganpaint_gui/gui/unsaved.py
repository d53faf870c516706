"""The question before fills would be lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class UnsavedQuestion(QObject):
    """Asked before the photo goes; it does not block the window.

    While it is open nothing is asked again: the answer counts for what was wanted last, such as to close.
    """

    def __init__(self, window: QWidget, save: Callable[[Callable[[], object]], object]) -> None:
        """save(then) saves the photo, and then calls `then`."""
        super().__init__(window)
        self._window = window
        self._save = save
        self._box: QMessageBox | None = None  # while it is open
        self._go: Callable[[], object] = lambda: None

    def ask(self, go: Callable[[], object], saved: Callable[[], object]) -> None:
        """Then call `go` where the person leaves without saving, `saved` once the photo is saved, or nothing."""
        self._go, self._saved = go, saved
        if self._box is None:
            self._open()

    def _open(self) -> None:
        buttons = QMessageBox.StandardButton
        box = self._box = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "Unsaved fill",
            "This photo has fills that are not saved.",
            buttons.Save | buttons.Discard | buttons.Cancel,
            self._window,
        )
        box.setObjectName("unsavedBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText("Save them under a new name first?")
        box.button(buttons.Discard).setText("Leave without saving")
        box.finished.connect(self._on_answered)
        box.open()

    def _on_answered(self, answer: int) -> None:
        self._box = None
        if answer == QMessageBox.StandardButton.Save:
            self._save(self._saved)
        elif answer == QMessageBox.StandardButton.Discard:
            self._go()
