"""Batches split into as many parts as the memory requires."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import torch

from wganpaint_gui.core.errors import DeviceError

T = TypeVar("T")


def in_parts(evaluate: Callable[[slice], T], count: int, at_once: int, device: torch.device) -> tuple[list[T], int]:
    """Evaluate `count` candidates, `at_once` at a time; each time the memory runs out, half as many.

    evaluate: called for one range of candidates after another. Returns its results in order, and how many fit at once.
    Raises DeviceError where not even one fits.
    """
    while True:
        try:
            return [evaluate(slice(first, first + at_once)) for first in range(0, count, at_once)], at_once
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if at_once == 1:
                raise DeviceError(
                    f"There is not enough memory on {device} to search for a single candidate.",
                    "Close other programs, or choose another device.",
                ) from error
            at_once = (at_once + 1) // 2
        if device.type == "cuda":  # here and not above: the error no longer holds the failed pass
            torch.cuda.empty_cache()


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether torch ran out of memory. Only CUDA has an exception for it; other devices only say so."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return any(part in text for part in ("not enough memory", "can't allocate memory", "out of memory"))
