"""Drive a generator to its end, or until somebody asks it to stop; it may be paused on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Literal, TypeVar

T = TypeVar("T")
Outcome = Literal["done", "stopped"]

RESUME_LATENCY = 0.03  # seconds until a cleared pause is noticed; a stop is noticed at once


def drive(steps: Iterator[T], *, deliver: Callable[[T], None], stop: Event, pause: Event | None = None) -> Outcome:
    """Hand every item of `steps` to `deliver` in this thread; "stopped" when `stop` ended it early.

    stop: set from any thread; no further item is asked for. pause: while it is set, this thread sleeps between items.
    Whatever happens the generator is closed (its `finally` has run) before this returns or raises; an exception
    of the generator or of `deliver` goes on to the caller.
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
    """Sleep through a pause. Waiting on `stop` is what lets a stop end a pause at once."""
    while pause is not None and pause.is_set() and not stop.wait(RESUME_LATENCY):
        pass
    return stop.is_set()
