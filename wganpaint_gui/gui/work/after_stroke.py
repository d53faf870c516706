"""Waiting for the end of a stroke: while the person paints one, a document takes nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from wganpaint_gui.core.edit.document import Document

LOOK_AGAIN = 30  # milliseconds


def after_stroke(document: Document, owner: QObject, go: Callable[[], object]) -> None:
    """Call `go` now, or where a stroke is under way when it has ended; never, where the owner has gone by then."""
    if document.editing:
        QTimer.singleShot(LOOK_AGAIN, owner, lambda: after_stroke(document, owner, go))
    else:
        go()
