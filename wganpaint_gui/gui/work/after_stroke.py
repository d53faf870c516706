"""Waiting for the end of a stroke, during which a document accepts no other change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from wganpaint_gui.core.edit.document import Document

POLL_MS = 30


def after_stroke(document: Document, owner: QObject, go: Callable[[], object]) -> None:
    """Call `go` now or, during a stroke, once it has ended; not if the owner has been deleted by then."""
    if document.editing:
        QTimer.singleShot(POLL_MS, owner, lambda: after_stroke(document, owner, go))
    else:
        go()
