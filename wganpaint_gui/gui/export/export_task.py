"""One export at a time, off the GUI thread, with its progress and a way to cancel it in the message bar."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from threading import Event

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.photo.photo_source import Watch
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

_PATIENCE = 0.6  # seconds before progress is shown
_BETWEEN = 0.2  # seconds between two reports of progress


class ExportTasks(QObject):
    """Writes files in the order of the requests; when the window closes, the one being written is completed."""

    _progressed = Signal(str, int, object)  # what is written, per cent, and the event that cancels it

    def __init__(self, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self.background = Background("export", self)
        self._messages = messages
        self._shown = ""
        self._unfinished: list[Event] = []  # of each task, what cancels it
        self._progressed.connect(self._show_progress)

    def run(self, name: str, write: Callable[[Watch], object], said: str) -> None:
        """Call `write` in the background, with what it reports its progress to. name: of the file; said: once done."""
        cancelled = Event()
        self._unfinished.append(cancelled)
        told = time.monotonic() + _PATIENCE

        def watch(share: float) -> None:
            nonlocal told
            if cancelled.is_set():
                raise CancelledError
            if time.monotonic() > told:
                told = time.monotonic() + _BETWEEN
                self._progressed.emit(name, round(100 * share), cancelled)

        def done(_: object) -> None:
            self._unfinished.remove(cancelled)
            self._end_progress()
            self._messages.show_message(said)

        def failed(error: BaseException) -> None:
            self._unfinished.remove(cancelled)
            self._end_progress()
            if not isinstance(error, CancelledError):
                self._messages.show_error(error)

        self.background.submit(lambda: write(watch), done, failed)

    @Slot(str, int, object)
    def _show_progress(self, name: str, percent: int, cancelled: Event) -> None:
        if cancelled.is_set() or cancelled not in self._unfinished:
            return
        before, self._shown = self._shown, tr("Writing {name}: {percent}%").format(name=name, percent=percent)
        if before:
            self._messages.reword(before, self._shown)
        else:
            self._messages.show_message(self._shown, choices=[(tr("Cancel"), cancelled.set)])

    def _end_progress(self) -> None:
        self._messages.withdraw(self._shown)
        self._shown = ""

    def close(self) -> None:
        """Accept no more tasks, and cancel those that can be; returns at once."""
        for cancelled in self._unfinished:
            cancelled.set()
        self.background.close(finish=True)

    def wait(self, deadline: float) -> bool:
        """Block until all has ended, after `close`; False if time.monotonic() reaches `deadline` first."""
        return self.background.wait(deadline)
