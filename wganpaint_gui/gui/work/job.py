"""A background job: a thread drives a generator, and the GUI gets its newest item at most 30 times a second."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.jobs.drive import drive
from wganpaint_gui.jobs.mailbox import Mailbox

from .background import stand_back

log = logging.getLogger(__name__)

SHOW_INTERVAL = 1 / 30  # least seconds between two items delivered to the GUI


@dataclass(frozen=True)
class Ending:
    """How a job ended; each job has exactly one."""

    kind: Literal["done", "stopped", "failed"]
    error: BaseException | None = None


class _Worker(QObject):
    """Drives the generator in a thread. Signals: woken(), the mailbox has an item; over(Ending)."""

    woken = Signal()
    over = Signal(object)  # Ending

    def __init__(self, make_steps: Callable[[], Iterator[Any]], *, polite: bool) -> None:
        super().__init__()
        self._polite = polite
        self.mailbox: Mailbox[Any] = Mailbox()
        self.stop_event = Event()
        self.pause_event = Event()
        self._make_steps = make_steps

    def run(self) -> None:
        if self._polite:
            stand_back()
        try:
            steps = self._make_steps()
            ending = Ending(drive(steps, deliver=self._deliver, stop=self.stop_event, pause=self.pause_event))
        except BaseException as error:  # whatever it is, the job has ended
            log.info("A job failed", exc_info=error)
            ending = Ending("failed", error)
        self.over.emit(ending)

    def _deliver(self, item: object) -> None:
        if self.mailbox.put(item):
            self.woken.emit()


class Job(QObject):
    """Owns one worker thread from start to end; belongs to the GUI thread.

    Signals: stepped(item), the newest item, at most 30 a second, and always the last one; then ended(Ending), once.
    """

    stepped = Signal(object)
    ended = Signal(object)

    def __init__(
        self, make_steps: Callable[[], Iterator[Any]], parent: QObject | None = None, *, polite: bool = True
    ) -> None:
        """Create the job without starting it. polite: lower the thread's priority now, else the generator does so."""
        super().__init__(parent)
        self._worker = _Worker(make_steps, polite=polite)
        self._worker.woken.connect(self._on_woken)
        self._worker.over.connect(self._on_over)
        # Not a QThread: if a window is deleted before its work has ended, destroying that would abort the program.
        self._thread = Thread(target=self._worker.run, name="job")
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._show_newest)
        self._last_shown = 0.0

    def start(self) -> None:
        try:
            self._thread.start()
        except RuntimeError as error:  # no memory for its stack, or no more threads allowed
            ending = Ending("failed", error)
            QTimer.singleShot(0, self, lambda: self._on_over(ending))

    def pause(self) -> None:
        self._worker.pause_event.set()

    def resume(self) -> None:
        self._worker.pause_event.clear()

    def stop(self) -> None:
        """Request the end, which comes within one step and is followed by `ended`."""
        self._worker.stop_event.set()

    def wait(self, deadline: float) -> bool:
        """Block until the thread has ended, for closing the program; False if time.monotonic() is `deadline` first."""
        if self._thread.is_alive():
            self._thread.join(max(0.0, deadline - time.monotonic()))
        return not self._thread.is_alive()

    def wanted(self) -> bool:
        """Return whether a picture made now would be shown; called by the generator, in its own thread."""
        return self._worker.mailbox.empty

    @Slot()
    def _on_woken(self) -> None:
        due = SHOW_INTERVAL - (time.monotonic() - self._last_shown)
        if due <= 0:
            self._show_newest()
        elif not self._timer.isActive():
            self._timer.start(max(1, round(due * 1000)))

    @Slot()
    def _show_newest(self) -> None:
        item = self._worker.mailbox.take()
        if item is not None:
            self._last_shown = time.monotonic()
            self.stepped.emit(item)

    @Slot(object)
    def _on_over(self, ending: Ending) -> None:
        self._timer.stop()
        self._show_newest()
        if self._thread.is_alive():
            self._thread.join()
        self.ended.emit(ending)
