"""A few threads that work for a generator only while it waits for them."""

from __future__ import annotations

import os
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MOST = 8  # more would wait for each other: part of the work holds Python's lock
_SLICE = 0.2  # seconds between two chances to stop
_END = object()


class Workers:
    """A pool of threads; use it as a context manager, which leaves no thread behind."""

    def __init__(self) -> None:
        self.count = min(_MOST, _cores())
        self._pool = ThreadPoolExecutor(self.count, thread_name_prefix="dataset")

    def some(self, work: Callable[[T], R], items: Iterator[T], most: int) -> list[R]:
        """Return the results, in order, of as many of the next items as a moment allows; [] where none are left.

        All work is finished when this returns. Raises what the work raises.
        """
        end = time.monotonic() + _SLICE
        pending: deque[Future[R]] = deque()
        results: list[R] = []
        # Python's warnings are global: caught here, where the other threads do nothing but this work.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's remarks about odd metadata help nobody here
            while True:
                while len(pending) <= self.count and (taken := len(results) + len(pending)) < most:
                    late = taken and time.monotonic() > end  # the first is always taken: [] means the end
                    item = _END if late else next(items, _END)
                    if item is _END:
                        break
                    pending.append(self._pool.submit(work, item))  # type: ignore[arg-type]
                if not pending:
                    return results
                results.append(pending.popleft().result())

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
