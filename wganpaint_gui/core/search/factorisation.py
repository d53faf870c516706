"""Factors sparse systems in one thread that lasts: scipy frees SuperLU's memory only where it was reserved."""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Factorisation:
    """The LU factors of a sparse, symmetric, diagonally dominant system; safe to use and to drop in any thread.

    scipy accounts for SuperLU's memory by thread. Factors that another thread drops are never freed, several megabytes
    for each mask (scipy issue 15921); and the factors of a thread that has ended may become invalid.
    """

    def __init__(self, system: Any) -> None:
        """system: csc array [n, n] float64."""
        self._lock = threading.Lock()  # SuperLU does not promise that one factorisation may solve from two threads
        self._held = _in_thread(lambda: [_factored(system)])  # the only reference
        weakref.finalize(self, _calls.put, self._held.clear)

    def solve(self, sides: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the solutions [n, k] of right-hand sides [n, k]."""
        with self._lock:
            return np.asarray(self._held[0].solve(sides))


def _factored(system: Any) -> Any:
    from scipy.sparse.linalg import splu

    return splu(system, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})


_PATIENCE = 5.0  # seconds for the thread to end with the program

# None ends the thread. Unlike an executor's queue, this one is safe inside a garbage collection.
_calls: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
_starting = threading.Lock()
_thread: threading.Thread | None = None


def _in_thread(make: Callable[[], list[Any]]) -> list[Any]:
    """Call a function in the thread that lasts, and return or raise what it does."""
    global _thread
    with _starting:
        if _thread is None:
            thread = threading.Thread(target=_serve, name="factorisation", daemon=True)
            thread.start()  # may fail for lack of memory; then the next call tries again
            _thread = thread
            atexit.register(_end, thread)
    outcome: Future[list[Any]] = Future()

    def work() -> None:
        try:
            outcome.set_result(make())
        except BaseException as error:
            outcome.set_exception(error)

    _calls.put(work)
    return outcome.result()


def _serve() -> None:
    while (call := _calls.get()) is not None:
        call()


def _end(thread: threading.Thread) -> None:
    """End the thread before Python does.

    Where Python ends it, scipy's clean-up leaves an exception behind, and the program exits with 120 instead of 0.
    """
    _calls.put(None)
    thread.join(_PATIENCE)
