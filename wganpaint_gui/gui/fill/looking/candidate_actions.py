"""What the user decides about single candidates: lock, promote, discard, rename; by menu, key and right click."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from wganpaint_gui.core.search.candidate_marks import LONGEST_NAME, Candidate, CandidateMarks, Mark
from wganpaint_gui.gui.commands.actions import SPECS
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel
from wganpaint_gui.gui.look.mnemonics import keep_mnemonics
from wganpaint_gui.gui.messages import MessageBar

_MARKS: dict[str, Mark] = {
    "promote_candidate": "promoted",
    "lock_candidate": "locked",
    "discard_candidate": "discarded",
}
_UNDONE = {
    "lock_candidate": "Unlock candidate",
    "promote_candidate": "Demote candidate",
    "discard_candidate": "Restore candidate",
}  # what the action does to a candidate that has its mark
_ALL = (*_MARKS, "rename_candidate")


class CandidateActions(QObject):
    """Changes the marks of the fill in hand. Signal: changed(), when the marks or names of its candidates did."""

    changed = Signal()

    def __init__(
        self,
        controller: FillController,
        search_panel: SearchPanel,
        messages: MessageBar,
        actions: Mapping[str, QAction],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller, self._search, self._messages, self._actions = controller, search_panel, messages, actions
        search_panel.menu_requested.connect(self._open_menu)
        controller.begun.connect(self._show)
        controller.shown.connect(self._show_actions)
        controller.cleared.connect(self._show_actions)
        self._show_actions()

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action does to the candidate on the photo, by its id."""
        return {name: lambda name=name: self._act_on_shown(name) for name in _ALL}

    @property
    def _on_photo(self) -> Candidate | None:
        """The candidate on the photo."""
        fill, number = self._controller.fill, self._controller.shown_candidate
        if fill is None or number is None or self._controller.surroundings.selected:
            return None
        return fill.selection.method, number

    def _act_on_shown(self, name: str) -> None:
        if self._on_photo is not None:
            self._act(name, self._on_photo)

    def _act(self, name: str, candidate: Candidate) -> None:
        fill = self._controller.fill
        if fill is None:
            return
        if name not in _MARKS:
            self._rename(candidate)
            return
        marks = fill.marks.toggled(_MARKS[name], candidate)
        if not marks.left(candidate[0], fill.config.candidates):
            self._messages.show_message(
                "The last candidate of a method cannot be discarded. Discard drops all of them.", "warning"
            )
            return
        self._use(marks)
        hidden = candidate == self._on_photo and candidate in marks.discarded
        if hidden or (_MARKS[name] == "promoted" and candidate in marks.promoted):
            self._controller.select(candidate[0], None if hidden else candidate[1])
        else:
            self._controller.render()

    def _use(self, marks: CandidateMarks) -> None:
        fill = self._controller.fill
        assert fill is not None
        fill.mark(marks)
        self._show()
        self.changed.emit()

    def _rename(self, candidate: Candidate) -> None:
        """Ask for a name."""
        fill, window = self._controller.fill, self._search.window()
        assert fill is not None
        dialog = QInputDialog(window)
        dialog.setObjectName("renameCandidate")
        dialog.setWindowTitle("Rename candidate")
        dialog.setLabelText(f"Name, up to {LONGEST_NAME} characters; empty restores the first one:")
        dialog.setTextValue(fill.marks.name_of(candidate, fill.config.methods))
        dialog.textValueSelected.connect(lambda name: self._name(fill, candidate, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _name(self, fill: object, candidate: Candidate, name: str) -> None:
        now = self._controller.fill
        if now is not None and fill is now:
            own = now.marks.named(candidate, "").name_of(candidate, now.config.methods)
            self._use(now.marks.named(candidate, "" if name.strip() == own else name))
            self._controller.render()

    @Slot(int, int, QPoint)
    def _open_menu(self, method: int, number: int, at: QPoint) -> None:
        """Open the menu of a candidate, which need not be the one on the photo."""
        fill, candidate = self._controller.fill, (method, number)
        if fill is None:
            return
        menu = make_menu(fill.marks, candidate, self._search)
        menu.setTitle(fill.marks.name_of(candidate, fill.config.methods))
        menu.triggered.connect(lambda action: self._choose(action.data(), candidate))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _choose(self, name: str, candidate: Candidate) -> None:
        if name == "show":
            self._controller.select(*candidate)
        elif name == "compare":
            self._search.compare_requested.emit(*candidate)
        else:
            self._act(name, candidate)

    @Slot()
    def _show(self) -> None:
        fill = self._controller.fill
        if fill is not None:
            self._search.show_marks(fill.marks)
        self._show_actions()

    @Slot()
    def _show_actions(self) -> None:
        fill, candidate = self._controller.fill, self._on_photo
        for name in _ALL:
            action = self._actions[name]
            action.setEnabled(candidate is not None)
            if fill is not None and candidate is not None:
                action.setText(_words(name, fill.marks, candidate))


def make_menu(marks: CandidateMarks, candidate: Candidate, parent: QWidget) -> QMenu:
    """Make the menu of a candidate; the data of each entry is the id of its action, or "show" or "compare"."""
    menu = QMenu(parent)
    menu.setObjectName("candidateMenu")
    for name, text in (("show", "Show on photo"), ("compare", "Compare side by side")):
        menu.addAction(text).setData(name)
    menu.addSeparator()
    for name in _ALL:
        menu.addAction(_words(name, marks, candidate)).setData(name)
    keep_mnemonics(menu)
    return menu


def _words(name: str, marks: CandidateMarks, candidate: Candidate) -> str:
    marked = name in _MARKS and marks.has(_MARKS[name], candidate)
    return _UNDONE[name] if marked else SPECS[name].text
