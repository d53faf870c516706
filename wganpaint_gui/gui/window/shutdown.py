"""Closing a window: stops what runs, waits for it, and lets pending files be written."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Protocol

CLOSING_SECONDS = 5
HURRIED_SECONDS = 4  # where the system may kill the program after five


class Part(Protocol):
    """An object that may own running threads."""

    def close(self) -> None:
        """Stop for good; returns at once."""

    def wait(self, deadline: float) -> bool:
        """After `close`: block until everything has ended or time.monotonic() reaches `deadline`, then False."""


def end_all(parts: Sequence[Part], files: Part, report_wait: Callable[[], object], *, hurried: bool = False) -> bool:
    """Stop all parts and wait for at most CLOSING_SECONDS; returns whether they ended.

    Files are always finished unless `hurried`. report_wait: called if it takes a moment.
    """
    for part in (*parts, files):
        part.close()
    if not all(part.wait(time.monotonic()) for part in (*parts, files)):
        report_wait()
    deadline = time.monotonic() + (HURRIED_SECONDS if hurried else CLOSING_SECONDS)
    ended = [part.wait(deadline) for part in parts]
    return files.wait(deadline if hurried else math.inf) and all(ended)
