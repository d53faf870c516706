"""How fast a run goes."""

from __future__ import annotations

import time
from collections import deque

_WINDOW = 15.0  # seconds that are looked back on


class Pace:
    """Images a second, and the time that is left, from what was done in the last seconds."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int, int]] = deque()  # when, images, updates
        self._waited = 0.0  # seconds

    def mark(self, images: int, updates: int) -> None:
        """images, updates: altogether so far."""
        now = time.perf_counter() - self._waited
        self._marks.append((now, images, updates))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW:
            self._marks.popleft()

    def skip(self, seconds: float) -> None:
        """So long nothing was done: whoever drives the run let it wait."""
        self._waited += seconds

    def pause(self) -> None:
        """What comes next is no training and must not count: forget what was seen."""
        self._marks.clear()

    @property
    def images_per_second(self) -> float:
        seconds, images, _ = self._seen()
        return images / seconds if seconds > 0 else 0.0

    def seconds_left(self, updates: int) -> float | None:
        """For so many updates more; None where nothing is known yet."""
        seconds, _, done = self._seen()
        return updates * seconds / done if done else None

    def _seen(self) -> tuple[float, int, int]:
        if len(self._marks) < 2:
            return 0.0, 0, 0
        (start, first, before), (end, last, after) = self._marks[0], self._marks[-1]
        return end - start, last - first, after - before
