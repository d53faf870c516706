"""A one-slot mailbox between two threads: the newest item replaces older ones, so a slow reader never lags."""

from __future__ import annotations

from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds the newest item until it is taken; safe from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._slot: tuple[T] | None = None  # a tuple, so that None can be an item

    def put(self, item: T) -> bool:
        """Replace the content of the slot; returns whether it was empty: only then must the reader be woken."""
        with self._lock:
            was_empty = self._slot is None
            self._slot = (item,)
            return was_empty

    def take(self) -> T | None:
        """Empty the slot and return its item, or None where there was none."""
        with self._lock:
            slot, self._slot = self._slot, None
        return slot[0] if slot else None

    @property
    def empty(self) -> bool:
        return self._slot is None
