"""Single tasks outside the GUI thread; their results come back as calls in the GUI thread."""

from __future__ import annotations

import gc
import math
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

NICENESS = 10  # of computing threads, on Linux: the window's thread has priority when both need a core


def stand_back() -> None:
    """Lower the priority of the calling thread and of those it starts; only Linux can do so for a single thread."""
    if sys.platform != "linux":
        return
    thread = threading.get_native_id()
    if os.getpriority(os.PRIO_PROCESS, thread) < NICENESS:  # raising it, where it is lower, is for administrators
        os.setpriority(os.PRIO_PROCESS, thread, NICENESS)


@contextmanager
def collector_off() -> Iterator[None]:
    """Exempt the objects of large libraries, imported inside, from garbage collection.

    Once torch is imported, a collection in any thread would hold the GIL for a fifth of a second.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class Background(QObject):
    """A task queue with one thread, so that tasks finish in the order in which they were submitted."""

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None, *, polite: bool = True) -> None:
        """polite: lower the thread's priority at once. A thread that imports large libraries must not: it holds the GIL
        meanwhile, and while other programs keep it from running the window would wait, for seconds on a busy machine.
        """
        super().__init__(parent)
        begin = stand_back if polite else None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name, initializer=begin)
        self._open = True
        self._futures: list[Future[Any]] = []
        self.pending = 0  # tasks submitted and not delivered yet
        # Queued: a task may have ended before `submit` returns, which would then deliver it out of turn.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Run `work` in the thread; then `done(result)` or `failed(error)` in the GUI thread."""
        if not self._open:
            return
        self.pending += 1
        future = self._executor.submit(work)
        self._futures.append(future)
        future.add_done_callback(lambda ended: self._finished.emit((ended, done, failed)) if self._open else None)

    def close(self, *, finish: bool = False) -> None:
        """Accept no more tasks and deliver no more results. Returns at once; see `wait`.

        finish: whether waiting tasks are still executed (to write files) or dropped.
        """
        self._open = False
        self._executor.shutdown(wait=False, cancel_futures=not finish)

    def wait(self, deadline: float) -> bool:
        """Block until all tasks have ended, after `close`; return False if time.monotonic() reaches `deadline` first.

        deadline: seconds; math.inf waits indefinitely.
        """
        left = [future for future in self._futures if not future.done()]
        timeout = None if deadline == math.inf else max(0.0, deadline - time.monotonic())
        ended = not wait(left, timeout).not_done
        if ended:
            self._executor.shutdown()  # the thread may still be reporting the last task to this object
        return ended

    @Slot(object)
    def _deliver(self, parcel: tuple[Future[Any], Callable[[Any], None], Callable[[BaseException], None]]) -> None:
        future, done, failed = parcel
        self.pending -= 1
        self._futures.remove(future)  # with all that its callbacks refer to
        if not self._open or future.cancelled():
            return
        error = future.exception()
        if error is not None:
            failed(error)
        else:
            done(future.result())
