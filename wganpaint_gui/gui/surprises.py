"""Uncaught exceptions: logged, reported and shown; the program keeps running."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.core.system.program import program_name

from .messages import MessageBar

log = logging.getLogger(__name__)


class Surprises(QObject):
    """Receives uncaught exceptions of all threads while entered. Signal: caught(error, Explanation)."""

    caught = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._has_window = False

    def show_in(self, messages: MessageBar) -> None:
        """Show them in a window from now on; before that, they are lines on stderr."""
        self.caught.connect(messages.show_explained)
        self._has_window = True

    def __enter__(self) -> Surprises:
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self.hook
        threading.excepthook = self._hook_of_thread
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook, threading.excepthook = self._before

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        explanation = explain(error)
        if explanation.expected:  # but nobody caught it
            log.error("Uncaught", exc_info=(kind, error, trace))
        if self._has_window:
            self.caught.emit(error, explanation)
        else:
            print(f"{program_name()}: {explanation.sentence}", file=sys.stderr, flush=True)

    def _hook_of_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self.hook(happened.exc_type, happened.exc_value, happened.exc_traceback)
