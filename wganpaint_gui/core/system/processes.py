"""Which of several processes this one is: torchrun starts the same command several times, on one machine or more."""

from __future__ import annotations

import os


def process_number() -> tuple[int, int]:
    """Return this process's number, counted from 0, and how many there are; (0, 1) without torchrun."""
    if "RANK" not in os.environ or "WORLD_SIZE" not in os.environ:
        return 0, 1
    return int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
