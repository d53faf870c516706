"""What follows the open document: a subscription to its changes, and a wait for the end of a stroke."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from wganpaint_gui.core.edit.document import Change, Document

POLL_MS = 30


class DocumentSubscription:
    """Subscribes one callback to one document at a time: changes of earlier ones are no longer reported."""

    def __init__(self, callback: Callable[[Change], None]) -> None:
        """callback: called after every change of the document that `follow` was given last."""
        self._callback = callback
        self._unsubscribe: Callable[[], None] | None = None

    def follow(self, document: Document | None) -> None:
        """Subscribe to this document in place of the one before; None: to no document."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe = None if document is None else document.subscribe(self._callback)


def after_stroke(document: Document, owner: QObject, go: Callable[[], object]) -> None:
    """Call `go` now or, during a stroke, once it has ended, since the document accepts no
    other change before; not if the owner has been deleted by then."""
    if document.editing:
        QTimer.singleShot(POLL_MS, owner, lambda: after_stroke(document, owner, go))
    else:
        go()
