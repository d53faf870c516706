"""Measures how long work has taken, without the time it was paused."""

from __future__ import annotations

import time
from collections.abc import Callable


class Stopwatch:
    """Runs from its creation, or from `restart`, on."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """now: seconds, from any beginning."""
        self._now = now
        self.restart()

    def restart(self) -> None:
        self._since, self._before = self._now(), 0.0
        self._running = True

    @property
    def seconds(self) -> float:
        return self._before + (self._now() - self._since if self._running else 0.0)

    def pause(self) -> None:
        self._before, self._running = self.seconds, False

    def resume(self) -> None:
        if not self._running:
            self._since, self._running = self._now(), True
