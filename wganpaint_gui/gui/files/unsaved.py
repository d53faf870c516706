"""The question about unsaved work: fills not saved, fills not kept, masks, or changes to a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from wganpaint_gui.core.project.work_note import WorkNote
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr

Save = Callable[[Callable[[], object]], object]
_BUTTONS = QMessageBox.StandardButton
_MOST_LISTED = 8  # documents in one question


@dataclass(frozen=True)
class Unsaved:
    """What would be lost."""

    kept: bool = False  # fills in the photo that are in no file
    found: int = 0  # fills found by the current search, none of them kept
    mask: bool = False  # a mask that is in no file
    project: str = ""  # name of a project with unsaved changes; then the other fields do not matter

    def __bool__(self) -> bool:
        return self.kept or self.found > 0 or self.mask or bool(self.project)

    @property
    def can_save(self) -> bool:
        return self.kept or bool(self.project)

    @property
    def needs_project(self) -> bool:
        """Whether there is something that only a project can hold."""
        return not self.project and (self.found > 0 or self.mask)

    @property
    def save(self) -> str:
        return tr("Save")

    @property
    def discard(self) -> str:
        if self.can_save:
            return tr("Discard changes")
        return tr("Discard fills") if self.found else tr("Discard mask")

    @property
    def title(self) -> str:
        if self.project:
            return tr("Unsaved project")
        if self.kept:
            return tr("Unsaved fill")
        return tr("Fill not kept") if self.found else tr("Unsaved mask")

    @property
    def text(self) -> str:
        if self.project:
            return tr("{project} has unsaved changes.").format(project=self.project)
        sentences = [tr("This photo has unsaved fills.")] if self.kept else []
        if self.found == 1:
            sentences.append(tr("The fill that was found has not been kept."))
        elif self.found:
            sentences.append(tr("None of the %n fill(s) that were found has been kept.", "", self.found))
        elif self.mask:
            sentences.append(tr("Its mask is not saved.") if self.kept else tr("The mask of this photo is not saved."))
        return " ".join(sentences)

    @property
    def hint(self) -> str:
        if self.project:
            return tr("Save the project first?")
        if not self.kept:
            if not self.found:
                return tr("Save a project to continue later.")
            return tr("Keep a fill to make it part of the photo, or save a project to decide later.")
        question = tr("Save the photo under a new name first?")
        if not self.needs_project:
            return question
        return question + " " + tr("Only fills you kept are saved; a project holds everything.")


@dataclass(frozen=True)
class UnsavedDocuments:
    """What would be lost of documents of which not all are in the window."""

    notes: Sequence[WorkNote]

    can_save, needs_project, found = True, False, 0
    title, save, discard = QT_TR_NOOP("Unsaved work"), QT_TR_NOOP("Save as projects"), QT_TR_NOOP("Discard all")

    @property
    def text(self) -> str:
        if len(self.notes) == 1:
            return tr("{name} has unsaved work.").format(name=self.notes[0].name)
        return tr("%n photo(s) have unsaved work.", "", len(self.notes))

    @property
    def hint(self) -> str:
        lines = [f"{note.name}: {summary(note)}" for note in self.notes[:_MOST_LISTED]]
        if len(self.notes) > _MOST_LISTED:
            lines.append(tr("and %n other(s)", "", len(self.notes) - _MOST_LISTED))
        where = (
            tr("A project beside each photo holds all of it.")
            if len(self.notes) > 1
            else tr("A project holds all of it.")
        )
        return "\n".join((*lines, "", where))


def summary(note: WorkNote) -> str:
    """Say in a few words what of a document is unsaved: "mask, 4 fills found"."""
    parts = [tr("fills kept")] if note.kept else []
    parts += [tr("mask")] if note.masked else []
    parts += [tr("%n fill(s) found", "", note.found)] if note.found else []
    return ", ".join(parts) or (tr("changes") if note.project else tr("frames"))


class UnsavedQuestion(QObject):
    """Asks before the photo is closed, without blocking the window.

    While the question is open the same is not asked again; the answer applies to the last request, such as closing.
    """

    def __init__(self, window: QWidget, save: Save, save_project: Save) -> None:
        """save(then): saves the photo or the current project, then calls `then`. save_project: saves a new project."""
        super().__init__(window)
        self._window = window
        self._save, self._save_project = save, save_project
        self._box: QMessageBox | None = None  # while it is open
        self.about: Unsaved | UnsavedDocuments = Unsaved()  # what was asked about last
        self._go: Callable[[], object] = lambda: None
        self._saved: Callable[[], object] = lambda: None

    def ask(self, unsaved: Unsaved | UnsavedDocuments, go: Callable[[], object], saved: Callable[[], object]) -> None:
        """Ask; then call `go` to discard the work, `saved` once it is saved, or nothing."""
        self._go, self._saved = go, saved
        if self._box is not None and unsaved != self.about:  # its buttons would do what it does not say
            box, self._box = self._box, None
            box.blockSignals(True)
            box.close()
        if self._box is None:
            self._open(unsaved)

    def _open(self, unsaved: Unsaved | UnsavedDocuments) -> None:
        self.about = unsaved
        buttons = _BUTTONS.Discard | _BUTTONS.Cancel
        if unsaved.can_save:
            buttons |= _BUTTONS.Save
        box = self._box = QMessageBox(QMessageBox.Icon.Warning, tr(unsaved.title), unsaved.text, buttons, self._window)
        box.setObjectName("unsavedBox")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)  # the name of a file may look like HTML
        box.setInformativeText(unsaved.hint)
        box.button(_BUTTONS.Discard).setText(tr(unsaved.discard))
        # With the role of Save, so that both are side by side in every desktop's order of roles.
        project = (
            box.addButton(tr("Save project…"), QMessageBox.ButtonRole.AcceptRole) if unsaved.needs_project else None
        )
        if unsaved.can_save:
            box.button(_BUTTONS.Save).setText(tr(unsaved.save))
            box.setDefaultButton(_BUTTONS.Save)
        elif project is not None and not unsaved.found:
            box.setDefaultButton(project)
        else:
            box.setDefaultButton(_BUTTONS.Cancel)
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
