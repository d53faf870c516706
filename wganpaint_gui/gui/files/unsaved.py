"""The question about unsaved work: fills not saved, fills not kept, or changes to a project."""

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

    kept: bool = False  # fills in the photo that are in no file
    found: int = 0  # fills found by the current search, none of them kept
    project: str = ""  # name of a project with unsaved changes; then the other fields do not matter

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
            return f"{self.project} has unsaved changes."
        sentences = ["This photo has unsaved fills."] if self.kept else []
        if self.found == 1:
            sentences.append("The fill that was found has not been kept.")
        elif self.found:
            sentences.append(f"None of the {self.found} fills that were found has been kept.")
        return " ".join(sentences)

    @property
    def hint(self) -> str:
        if self.project:
            return "Save the project first?"
        if not self.kept:
            return "Keep a fill to make it part of the photo, or save a project to decide later."
        return "Save the photo under a new name first?" + (" Only fills you kept are saved." if self.found else "")


class UnsavedQuestion(QObject):
    """Asks before the photo is closed, without blocking the window.

    While the question is open it is not asked again; the answer applies to the last request, such as closing.
    """

    def __init__(self, window: QWidget, save: Save, save_project: Save) -> None:
        """save(then): saves the photo or the current project, then calls `then`. save_project: saves a new project."""
        super().__init__(window)
        self._window = window
        self._save, self._save_project = save, save_project
        self._box: QMessageBox | None = None  # while it is open
        self._go: Callable[[], object] = lambda: None
        self._saved: Callable[[], object] = lambda: None

    def ask(self, unsaved: Unsaved, go: Callable[[], object], saved: Callable[[], object]) -> None:
        """Ask; then call `go` to discard the work, `saved` once it is saved, or nothing."""
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
        box.button(_BUTTONS.Discard).setText("Discard changes" if unsaved.can_save else "Discard fills")
        box.setDefaultButton(_BUTTONS.Save if unsaved.can_save else _BUTTONS.Cancel)
        # With the role of Save, so that both are side by side in every desktop's order of roles.
        project = box.addButton("Save project…", QMessageBox.ButtonRole.AcceptRole) if unsaved.found else None
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
