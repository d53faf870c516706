"""Exceptions nobody caught: logged, reported and told; the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.system.crash_report import report_error
from wganpaint_gui.core.system.program import program_name

from .messages import MessageBar

log = logging.getLogger(__name__)


class Surprises(QObject):
    """While it is entered, takes them from any thread. Signal: caught(error, the report's Path or None)."""

    caught = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._told_in_window = False

    def say_in(self, messages: MessageBar) -> None:
        """From now on there is a window that says so; before, it is a line on stderr."""
        self.caught.connect(messages.show_surprise)
        self._told_in_window = True

    def __enter__(self) -> Surprises:
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self.hook
        threading.excepthook = self._hook_of_thread
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.excepthook, threading.excepthook = self._before

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        report = None if isinstance(error, WganPaintError) else report_error(error)
        log.error("Uncaught; the report is %s", report, exc_info=(kind, error, trace))
        if self._told_in_window:
            self.caught.emit(error, report)
        else:
            where = f" A report is in {report}." if report else ""
            sentence = f"Something unforeseen went wrong: {error!r}.{where}"
            print(f"{program_name()}: {sentence}", file=sys.stderr, flush=True)

    def _hook_of_thread(self, happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            self.hook(happened.exc_type, happened.exc_value, happened.exc_traceback)
