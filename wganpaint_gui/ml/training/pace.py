"""How fast training is."""

from __future__ import annotations

import time
from collections import deque

_WINDOW = 15.0  # seconds that are looked back on


class Pace:
    """Estimates images a second, and the time left, from the last seconds of training."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int, int]] = deque()  # when, images, updates
        self._waited = 0.0  # seconds

    def mark(self, images: int, updates: int) -> None:
        """Note how far training is now. images, updates: totals so far."""
        now = time.perf_counter() - self._waited
        self._marks.append((now, images, updates))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW:
            self._marks.popleft()

    def skip(self, seconds: float) -> None:
        """Leave out a time in which training stood still: whoever drives the run let it wait."""
        self._waited += seconds

    def pause(self) -> None:
        """Forget what was measured: what comes next is not training and must not count."""
        self._marks.clear()

    @property
    def images_per_second(self) -> float:
        seconds, images, _ = self._seen()
        return images / seconds if seconds > 0 else 0.0

    def seconds_left(self, updates: int) -> float | None:
        """Return the time for that many more updates; None = not known yet."""
        seconds, _, done = self._seen()
        return updates * seconds / done if done else None

    def _seen(self) -> tuple[float, int, int]:
        if len(self._marks) < 2:
            return 0.0, 0, 0
        (start, first, before), (end, last, after) = self._marks[0], self._marks[-1]
        return end - start, last - first, after - before
