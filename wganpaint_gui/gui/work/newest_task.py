"""Tasks of one kind outside the GUI thread; of those that wait, only the newest is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from .background import Background

T = TypeVar("T")


class NewestTask(QObject):
    """Runs one task at a time, so that requests which come faster than their results are dropped and never queued.

    Signal: failed(error).
    """

    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._busy = False
        self._turn = 0  # raised by `drop`: results of earlier turns are not delivered
        self._next: tuple[Callable[[], Any], Callable[[Any], None]] | None = None

    def submit(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` in the background, then `done(result)` here; replaces the task that waits, if there is one."""
        self._next = work, done
        if not self._busy:
            self._start()

    def drop(self) -> None:
        """Forget the task that waits, and the result of the one under way."""
        self._next = None
        self._turn += 1

    def _start(self) -> None:
        if self._next is None:
            return
        (work, done), self._next = self._next, None
        self._busy = True
        turn = self._turn
        self._background.submit(
            work,
            lambda result: self._end(lambda: done(result), turn),
            lambda error: self._end(lambda: self.failed.emit(error), turn),
        )

    def _end(self, deliver: Callable[[], None], turn: int) -> None:
        self._busy = False
        if turn == self._turn:
            deliver()
        if not self._busy:  # or `deliver` has asked for the next
            self._start()
