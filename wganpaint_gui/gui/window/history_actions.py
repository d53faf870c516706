"""Undo and redo, by menu, key and history panel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.gui.commands.action_requirements import NEEDS_MASK
from wganpaint_gui.gui.commands.actions import SPECS
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.open_document import DocumentSubscription

from .history_panel import HistoryPanel


class HistoryActions(QObject):
    """Moves through the document's history, and shows after every edit what can be undone and redone."""

    def __init__(self, window: QWidget, actions: dict[str, QAction], panel: HistoryPanel) -> None:
        super().__init__(window)
        self._actions, self._panel = actions, panel
        self._document: Document | None = None
        self._subscription = DocumentSubscription(self._on_document_changed)
        panel.jump_requested.connect(self._jump)
        for name in ("undo", "redo", *NEEDS_MASK):
            actions[name].setEnabled(False)

    def set_document(self, document: Document) -> None:
        self._document = document
        self._subscription.follow(document)
        self._show(document)

    def undo(self) -> None:
        if self._document is not None and not self._document.editing:
            self._document.undo()

    def redo(self) -> None:
        if self._document is not None and not self._document.editing:
            self._document.redo()

    @Slot(int)
    def _jump(self, steps: int) -> None:
        """Undo (negative) or redo (positive) so many entries."""
        if self._document is not None and not self._document.editing:
            self._document.jump(steps)

    def _on_document_changed(self, _change: Change) -> None:
        if self._document is not None and not self._document.editing:
            self._show(self._document)

    def _show(self, document: Document) -> None:
        history = document.history
        undo, redo = tr(SPECS["undo"].text), tr(SPECS["redo"].text)
        if history.undo_name:
            undo = tr("Undo {entry}").format(entry=tr(history.undo_name))
        if history.redo_name:
            redo = tr("Redo {entry}").format(entry=tr(history.redo_name))
        for name, text, able in (("undo", undo, history.can_undo), ("redo", redo, history.can_redo)):
            self._actions[name].setText(text)
            self._actions[name].setEnabled(able)
        self._panel.show_entries(history.done_names, history.undone_names)
        for name in NEEDS_MASK:
            self._actions[name].setEnabled(document.masked_pixels > 0)
