"""Following the document that is open: changes of the current one are reported, of earlier ones no longer."""

from __future__ import annotations

from collections.abc import Callable

from wganpaint_gui.core.edit.document import Change, Document


class DocumentSubscription:
    """Subscribes one callback to one document at a time."""

    def __init__(self, callback: Callable[[Change], None]) -> None:
        """callback: called after every change of the document that `follow` was given last."""
        self._callback = callback
        self._unsubscribe: Callable[[], None] | None = None

    def follow(self, document: Document | None) -> None:
        """Subscribe to this document in place of the one before; None: to no document."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe = None if document is None else document.subscribe(self._callback)
