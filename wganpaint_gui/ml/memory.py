"""Batches split into as many parts as the memory requires."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import torch

from wganpaint_gui.core.errors import DeviceError
from wganpaint_gui.core.system.out_of_memory import is_out_of_memory

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
                    f"Close other programs{other_device(device)}.",
                ) from error
            at_once = (at_once + 1) // 2
        if device.type == "cuda":  # here and not above: the error no longer holds the failed pass
            torch.cuda.empty_cache()


def other_device(device: torch.device) -> str:
    """Return what else helps a device without memory, as the end of a hint: a GPU's work can be done elsewhere."""
    return "" if device.type == "cpu" else ", or choose another device"
