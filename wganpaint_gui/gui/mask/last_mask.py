"""Remembers the mask that was there before: cleared, filled, or that of the photo before."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.gui.work.open_document import DocumentSubscription


class LastMask(QObject):
    """Follows the open document. Signal: changed(), when there is another mask to bring back."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.mask: MaskSnapshot | None = None  # None: there was none yet
        self._present: MaskSnapshot | None = None  # None: nothing is masked
        self._document: Document | None = None
        self._subscription = DocumentSubscription(self._on_change)

    def set_document(self, document: Document | None) -> None:
        if self._present is not None:
            self._remember()
        self._document = document
        self._subscription.follow(document)
        self._look()

    def _on_change(self, _change: Change) -> None:
        self._look()

    def _look(self) -> None:
        document = self._document
        if document is None or document.editing:
            return
        now = document.snapshot()
        if now.masked_pixels:
            self._present = now
        elif self._present is not None:
            self._remember()

    def _remember(self) -> None:
        self.mask, self._present = self._present, None
        self.changed.emit()
