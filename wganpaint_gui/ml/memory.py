"""A batch in as many parts as the memory asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import torch

from wganpaint_gui.core.errors import DeviceError

T = TypeVar("T")


def in_parts(evaluate: Callable[[slice], T], count: int, at_once: int, device: torch.device) -> tuple[list[T], int]:
    """Evaluate `count` candidates, `at_once` of them at a time, and half as many as often as the memory runs out.

    evaluate: called for one range of candidates after another. Returns its results in order, and how many fitted at
    once. Raises DeviceError where there is no room for a single one.
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
    """Whether torch failed for want of memory: only CUDA has an exception of its own for it."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    text = str(error).lower()
    return any(part in text for part in ("not enough memory", "can't allocate memory", "out of memory"))
