"""Finds out which mask a fill in hand still has to be given: the newest one, once the user has stopped painting."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.tiles import MaskSnapshot

MASK_SETTLES = 150  # milliseconds without a change of the mask before the search gets the new one


class MaskSender(QObject):
    """Signal: due(), a while after the last change of the mask."""

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sent: MaskSnapshot | None = None  # what the fill in hand, or the one being prepared, was given
        self._timer = QTimer(self, singleShot=True, interval=MASK_SETTLES)
        self._timer.timeout.connect(self.due)

    @property
    def waiting(self) -> bool:
        """Whether `due` will follow."""
        return self._timer.isActive()

    def wait(self) -> None:
        """Note that the mask has changed."""
        self._timer.start()

    def stop(self) -> None:
        """Emit no `due` before the next change."""
        self._timer.stop()

    def note(self, document: Document) -> None:
        """Note that the fill has the present mask."""
        self._sent = document.snapshot()

    def newer(self, document: Document) -> MaskSnapshot | None:
        """Return the present mask, and note that the fill has it; None where it had it before."""
        before, self._sent = self._sent, document.snapshot()
        return None if self._sent is before else self._sent
