"""What is told of a search beside its pictures: how fast it goes, and a line in the log."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from wganpaint_gui.core.photo.photo import Photo

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.fill import Fill

log = logging.getLogger(__name__)

SPEED_INTERVAL = 0.5  # seconds over which steps/s is counted


class Speed:
    """Counts steps a second."""

    def __init__(self) -> None:
        self._since, self._done = 0.0, 0

    def begin(self, done: int) -> None:
        """From now on. done: steps taken before."""
        self._since, self._done = time.monotonic(), done

    def measured(self, done: int) -> float | None:
        """Steps a second since it was told last; None where that is too short ago."""
        now = time.monotonic()
        if now - self._since < SPEED_INTERVAL:
            return None
        speed = (done - self._done) / (now - self._since)
        self._since, self._done = now, done
        return speed


def log_start(fill: Fill, steps: int, photo: Photo) -> None:
    config = fill.config
    log.info(
        "A search starts: methods %s, candidates %d, steps %d after %d, frame %d px, photo %d × %d px",
        *(", ".join(config.methods), config.candidates, steps, len(fill.search.log)),
        *(fill.frame.size, photo.width, photo.height),
    )
