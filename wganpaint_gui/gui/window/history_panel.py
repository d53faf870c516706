"""The history panel: all changes in order; a click goes back or forward to one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QPalette
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.look import icons, theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, capitalised, tr
from wganpaint_gui.gui.widgets import MARGIN, Panel, QuietList, in_column

OPENED = QT_TR_NOOP("Opened photo")  # the row before all entries
_NAMESAKES = (
    "brush",
    "eraser",
    "rectangle",
    "ellipse",
    "lasso",
    "polygon",
    "wand",
    "frame",
    "invert",
    "clear",
    "grow",
    "shrink",
)
_ICONS = {name: name for name in _NAMESAKES} | {
    "load": "open",
    "fill": "run",
    "region": "fill-region",
    "promote": "best",
    "demote": "best",
    "discard": "discard",
    "restore": "keep",
    "lock": "lock",
    "unlock": "lock",
}


class HistoryPanel(Panel):
    """Lists the undo history. Signal: jump_requested(int), by the user: undo (negative) or redo (positive) so often."""

    jump_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QT_TR_NOOP("History"), parent)
        tip = tr("All changes of mask, frame and photo. Click one to go back or forward to it.")
        self.list = QuietList(tr("History"), tip, self)
        self.list.setObjectName("history")
        in_column(self.list, of=self, margins=(MARGIN, 12, MARGIN, 16))
        self._done = 0
        self._names: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self.list.row_chosen.connect(self._on_chosen)
        self.show_entries((), ())

    def show_entries(self, done: Sequence[str], undone: Sequence[str]) -> None:
        """Show the names of the entries. done: can be undone, oldest first. undone: can be redone, the next first."""
        self._done, self._names = len(done), (tuple(done), tuple(undone))
        self.list.clear()
        faint = QBrush(QColor(theme.colours().muted))
        for row, name in enumerate((OPENED, *done, *undone)):
            is_undone = row > self._done
            tip = tr("Undone. Click to redo it.") if is_undone else tr("Click to go back to this change.")
            role = QPalette.ColorRole.PlaceholderText if is_undone else QPalette.ColorRole.Text
            item = self.list.add(icons.icon(_icon_of(name), role), capitalised(tr(name)), tip)
            if is_undone:
                item.setForeground(faint)
        self.list.setCurrentRow(self._done)
        self.list.scrollToItem(self.list.item(self._done))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_entries(*self._names)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        if row != self._done:
            self.jump_requested.emit(row - self._done)


def _icon_of(name: str) -> str:
    if name == OPENED:
        return "open"
    words = name.lower().split()
    return next((_ICONS[word] for word in reversed(words) if word in _ICONS), "history")
