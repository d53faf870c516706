"""The end of a window: whatever runs is stopped and waited for, and what is to be written is written."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Protocol

CLOSING_SECONDS = 5


class Part(Protocol):
    """What may have threads that run."""

    def close(self) -> None:
        """Stop for good; returns at once."""

    def wait(self, deadline: float) -> bool:
        """After `close`: block until everything has ended, or until time.monotonic() is `deadline`; False then."""


def end_all(parts: Sequence[Part], files: Part, say_so: Callable[[], object]) -> bool:
    """Stop all of them and wait, at most five seconds; True when they ended in time. Files are always finished.

    say_so: called where it takes a moment.
    """
    for part in (*parts, files):
        part.close()
    if not all(part.wait(time.monotonic()) for part in (*parts, files)):
        say_so()
    deadline = time.monotonic() + CLOSING_SECONDS
    ended = [part.wait(deadline) for part in parts]
    return files.wait(math.inf) and all(ended)
