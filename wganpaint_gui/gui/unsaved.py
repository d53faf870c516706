"""The question before fills would be lost that were kept and not saved, or found and not kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

_BUTTONS = QMessageBox.StandardButton


@dataclass(frozen=True)
class Unsaved:
    """What would be lost."""

    kept: bool  # fills in the photo that no file has
    found: int  # candidates of the search in hand, none of them kept

    def __bool__(self) -> bool:
        return self.kept or self.found > 0

    @property
    def title(self) -> str:
        return "Unsaved fill" if self.kept else "Fill not kept"

    @property
    def text(self) -> str:
        found = "1 fill was found and not kept" if self.found == 1 else f"{self.found} fills were found and none kept"
        if not self.kept:
            return f"{found}."
        return f"This photo has fills that are not saved{f', and {found}' if self.found else ''}."

    @property
    def hint(self) -> str:
        if not self.kept:
            return "A fill becomes part of the photo when you keep it, and can then be saved."
        return "Save them under a new name first?" + (" Only what was kept is saved." if self.found else "")


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
        self._saved: Callable[[], object] = lambda: None

    def ask(self, unsaved: Unsaved, go: Callable[[], object], saved: Callable[[], object]) -> None:
        """Then call `go` where the person leaves all the same, `saved` once the photo is saved, or nothing."""
        self._go, self._saved = go, saved
        if self._box is None:
            self._open(unsaved)

    def _open(self, unsaved: Unsaved) -> None:
        buttons = _BUTTONS.Discard | _BUTTONS.Cancel
        if unsaved.kept:
            buttons |= _BUTTONS.Save
        box = self._box = QMessageBox(QMessageBox.Icon.NoIcon, unsaved.title, unsaved.text, buttons, self._window)
        box.setObjectName("unsavedBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(unsaved.hint)
        box.button(_BUTTONS.Discard).setText("Leave without saving" if unsaved.kept else "Leave without keeping")
        box.setDefaultButton(_BUTTONS.Save if unsaved.kept else _BUTTONS.Cancel)
        box.finished.connect(self._on_answered)
        box.open()

    def _on_answered(self, answer: int) -> None:
        self._box = None
        if answer == _BUTTONS.Save:
            self._save(self._saved)
        elif answer == _BUTTONS.Discard:
            self._go()
