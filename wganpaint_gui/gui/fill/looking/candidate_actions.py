"""What the user decides about single candidates: lock, promote, discard, rename; each can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from wganpaint_gui.core.edit.history import Decision
from wganpaint_gui.core.search.candidate_marks import LONGEST_NAME, Candidate, CandidateMarks, Mark
from wganpaint_gui.gui.commands.actions import SPECS
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel
from wganpaint_gui.gui.look.mnemonics import keep_mnemonics
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.messages import MessageBar

from .candidate_names import candidate_name, first_name

_MARKS: dict[str, Mark] = {
    "promote_candidate": "promoted",
    "lock_candidate": "locked",
    "discard_candidate": "discarded",
}
_UNDONE = {
    "lock_candidate": QT_TR_NOOP("Unlock candidate"),
    "promote_candidate": QT_TR_NOOP("Demote candidate"),
    "discard_candidate": QT_TR_NOOP("Restore candidate"),
}  # what the action does to a candidate that has its mark
_UNDO_NAMES: dict[str, tuple[str, str]] = {
    "lock_candidate": (QT_TR_NOOP("lock candidate"), QT_TR_NOOP("unlock candidate")),
    "promote_candidate": (QT_TR_NOOP("promote candidate"), QT_TR_NOOP("demote candidate")),
    "discard_candidate": (QT_TR_NOOP("discard candidate"), QT_TR_NOOP("restore candidate")),
}  # of the history's entries, where the mark is set and where it is taken away
_ALL = (*_MARKS, "rename_candidate")


class CandidateActions(QObject):
    """Changes the marks of the fill in hand, through the document's history."""

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
        self._late: CandidateMarks | None = None  # for the search that is being prepared
        controller.begun.connect(self._on_begun)
        controller.shown.connect(self._show_actions)
        controller.cleared.connect(self._on_cleared)
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
        fill, document = self._controller.fill, self._controller.document
        if fill is None or document is None or document.editing:  # during a stroke nothing else is changed
            return
        if name not in _MARKS:
            self._rename(candidate)
            return
        marks = fill.marks.toggled(_MARKS[name], candidate)
        if not marks.left(candidate[0], fill.config.candidates):
            self._messages.show_message(
                tr("The last candidate of a method cannot be discarded. Discard drops all of them."), "warning"
            )
            return
        is_set = marks.has(_MARKS[name], candidate)
        self._decide(_UNDO_NAMES[name][0 if is_set else 1], marks)
        if _MARKS[name] == "promoted" and is_set:
            self._controller.select(*candidate)

    def _decide(self, name: str, marks: CandidateMarks) -> None:
        """Use these marks, as an entry of the history; name: completes "Undo ..."."""
        fill, document = self._controller.fill, self._controller.document
        assert fill is not None
        assert document is not None
        document.decide(name, Decision(self._use, fill.marks, marks))

    def _use(self, marks: CandidateMarks) -> None:
        """Use these marks, also from the history, on the fill that is in hand now."""
        fill, shown = self._controller.fill, self._on_photo
        if fill is None:  # a search that continues it is being prepared
            self._late = marks
            return
        fill.mark(marks)
        self._show()
        if shown is not None and shown in marks.discarded:
            self._controller.select(shown[0], None)
        else:
            self._controller.render()

    @Slot()
    def _on_begun(self) -> None:
        late, self._late = self._late, None
        if late is not None and self._controller.fill is not None:
            self._controller.fill.mark(late)
        self._show()

    @Slot()
    def _on_cleared(self) -> None:
        document = self._controller.document
        if document is not None and not self._controller.continues:
            self._late = None  # or the next search would begin with these marks
            document.forget_decisions()
        self._show_actions()

    def _rename(self, candidate: Candidate) -> None:
        """Ask for a name."""
        fill, window = self._controller.fill, self._search.window()
        assert fill is not None
        dialog = QInputDialog(window)
        dialog.setObjectName("renameCandidate")
        dialog.setWindowTitle(tr("Rename candidate"))
        dialog.setLabelText(
            tr("Name, up to {count} characters; empty restores the first one:").format(count=LONGEST_NAME)
        )
        dialog.setTextValue(candidate_name(fill, candidate))
        dialog.textValueSelected.connect(lambda name: self._name(fill, candidate, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _name(self, fill: object, candidate: Candidate, name: str) -> None:
        now = self._controller.fill
        if now is not None and fill is now:
            own = first_name(now, candidate)
            marks = now.marks.named(candidate, "" if name.strip() == own else name)
            if marks != now.marks:
                self._decide(QT_TR_NOOP("rename candidate"), marks)

    @Slot(int, int, QPoint)
    def _open_menu(self, method: int, number: int, at: QPoint) -> None:
        """Open the menu of a candidate, which need not be the one on the photo."""
        fill, candidate = self._controller.fill, (method, number)
        if fill is None:
            return
        menu = make_menu(fill.marks, candidate, self._search)
        menu.setTitle(candidate_name(fill, candidate))
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
    for name, text in (("show", tr("Show on photo")), ("compare", tr("Compare side by side"))):
        menu.addAction(text).setData(name)
    menu.addSeparator()
    for name in _ALL:
        menu.addAction(_words(name, marks, candidate)).setData(name)
    keep_mnemonics(menu)
    return menu


def _words(name: str, marks: CandidateMarks, candidate: Candidate) -> str:
    marked = name in _MARKS and marks.has(_MARKS[name], candidate)
    return tr(_UNDONE[name] if marked else SPECS[name].text)
