"""Drive a generator to its end or until it is asked to stop; it may be paused in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Literal, TypeVar

T = TypeVar("T")
Outcome = Literal["done", "stopped"]

RESUME_LATENCY = 0.03  # seconds until the end of a pause is noticed; a stop is noticed at once


def drive(steps: Iterator[T], *, deliver: Callable[[T], None], stop: Event, pause: Event | None = None) -> Outcome:
    """Pass every item of `steps` to `deliver` in this thread; returns "stopped" where `stop` ended it early.

    stop: set from any thread; no further item is requested. pause: while it is set, this thread sleeps between items.
    In any case the generator is closed (its `finally` has run) before this returns or raises; exceptions of the
    generator and of `deliver` pass to the caller.
    """
    try:
        while not _stop_requested(stop, pause):
            try:
                item = next(steps)
            except StopIteration:
                return "done"
            deliver(item)
        return "stopped"
    finally:
        close = getattr(steps, "close", None)  # plain iterators have none
        if close is not None:
            close()


def _stop_requested(stop: Event, pause: Event | None) -> bool:
    """Sleep during a pause; returns whether to stop. Waiting on `stop` lets a stop end a pause at once."""
    while pause is not None and pause.is_set() and not stop.wait(RESUME_LATENCY):
        pass
    return stop.is_set()
