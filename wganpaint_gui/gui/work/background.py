"""Single pieces of work off the GUI thread: their results come back as calls in the GUI thread."""

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

from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")

NICENESS = 10  # of threads that compute, on Linux: the window's thread comes first wherever both want a core


def stand_back() -> None:
    """Let the calling thread, and those it starts, give way to the window; only Linux knows this for one thread."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


@contextmanager
def collector_off() -> Iterator[None]:
    """Import large libraries inside: their hundreds of thousands of objects are never looked through for garbage.

    A collection holds Python's lock for a fifth of a second once torch is there, whatever thread sets it off.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class Background(QObject):
    """A queue of work with one thread of its own, so that pieces finish in the order they were asked for."""

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name, initializer=stand_back)
        self._open = True
        self._futures: list[Future[Any]] = []
        self.pending = 0  # pieces asked for and not delivered yet
        self._finished.connect(self._deliver)

    def submit(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Run `work` in the thread; then `done(result)` or `failed(error)` in the GUI thread."""
        if not self._open:
            return
        self.pending += 1
        future = self._executor.submit(work)
        self._futures = [known for known in self._futures if not known.done()] + [future]
        future.add_done_callback(lambda ended: self._finished.emit((ended, done, failed)))

    def close(self, *, finish: bool = False) -> None:
        """Take no more work and deliver nothing any more. Returns at once; see `wait`.

        finish: what is waiting is still done (files are written); otherwise it is forgotten.
        """
        self._open = False
        self._executor.shutdown(wait=False, cancel_futures=not finish)

    def wait(self, deadline: float) -> bool:
        """After `close`: block until everything has ended, or until time.monotonic() is `deadline`; False then.

        deadline: seconds; math.inf waits as long as it takes."""
        left = [future for future in self._futures if not future.done()]
        timeout = None if deadline == math.inf else max(0.0, deadline - time.monotonic())
        return not wait(left, timeout).not_done

    @Slot(object)
    def _deliver(self, parcel: tuple[Future[Any], Callable[[Any], None], Callable[[BaseException], None]]) -> None:
        future, done, failed = parcel
        self.pending -= 1
        if not self._open or future.cancelled():
            return
        error = future.exception()
        if error is not None:
            failed(error)
        else:
            done(future.result())
