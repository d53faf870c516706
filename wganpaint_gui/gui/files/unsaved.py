"""The question before something would be lost: fills not saved, fills not kept, or what a project does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

Save = Callable[[Callable[[], object]], object]
_BUTTONS = QMessageBox.StandardButton


@dataclass(frozen=True)
class Unsaved:
    """What would be lost."""

    kept: bool = False  # fills in the photo that no file has
    found: int = 0  # candidates of the search in hand, none of them kept
    project: str = ""  # the name of a project that does not hold all; then it is what counts

    def __bool__(self) -> bool:
        return self.kept or self.found > 0 or bool(self.project)

    @property
    def can_save(self) -> bool:
        return self.kept or bool(self.project)

    @property
    def title(self) -> str:
        if self.project:
            return "Unsaved project"
        return "Unsaved fill" if self.kept else "Fill not kept"

    @property
    def text(self) -> str:
        if self.project:
            return f"{self.project} has changes that are not saved."
        found = "1 fill was found and not kept" if self.found == 1 else f"{self.found} fills were found and none kept"
        if not self.kept:
            return f"{found}."
        return f"This photo has fills that are not saved{f', and {found}' if self.found else ''}."

    @property
    def hint(self) -> str:
        if self.project:
            return "Save the project first?"
        if not self.kept:
            return "A fill becomes part of the photo when you keep it; a project holds all of them until you decide."
        return "Save them under a new name first?" + (" Only what was kept is saved." if self.found else "")


class UnsavedQuestion(QObject):
    """Asked before the photo goes; it does not block the window.

    While it is open nothing is asked again: the answer counts for what was wanted last, such as to close.
    """

    def __init__(self, window: QWidget, save: Save, save_project: Save) -> None:
        """save(then) saves the photo, or the project in hand, and then calls `then`; save_project makes one."""
        super().__init__(window)
        self._window = window
        self._save, self._save_project = save, save_project
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
        if unsaved.can_save:
            buttons |= _BUTTONS.Save
        box = self._box = QMessageBox(QMessageBox.Icon.Warning, unsaved.title, unsaved.text, buttons, self._window)
        box.setObjectName("unsavedBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setInformativeText(unsaved.hint)
        box.button(_BUTTONS.Discard).setText("Leave without saving" if unsaved.can_save else "Leave without keeping")
        box.setDefaultButton(_BUTTONS.Save if unsaved.can_save else _BUTTONS.Cancel)
        # Of the role that Save has, and after it: they stand side by side, whatever order the desktop has for roles.
        project = box.addButton("Save a project…", QMessageBox.ButtonRole.AcceptRole) if unsaved.found else None
        box.finished.connect(
            lambda answer: self._on_answered(answer, as_project=project is not None and box.clickedButton() is project)
        )
        box.open()

    def _on_answered(self, answer: int, *, as_project: bool) -> None:
        self._box = None
        if as_project:
            self._save_project(self._saved)
        elif answer == _BUTTONS.Save:
            self._save(self._saved)
        elif answer == _BUTTONS.Discard:
            self._go()
