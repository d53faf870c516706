"""The batch size that fits where the memory is too small for the one that was asked for."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import torch

from wganpaint_gui.core.errors import BatchError, DeviceError
from wganpaint_gui.core.system.out_of_memory import is_out_of_memory
from wganpaint_gui.core.training.training_config import STAGE_NAMES, Stage, TrainingConfig, steady
from wganpaint_gui.ml.device import keep_allocations
from wganpaint_gui.ml.memory import other_device

from .batches import Batches
from .checkpoint import Progress
from .gan import Gan
from .gan_updates import GanUpdates

_BROKEN = 3  # code of a process that failed for a reason other than the memory
_GRAPHED = 4  # updates of a kind on CUDA: the fourth is captured, into memory of its own


@contextmanager
def enough_memory(config: TrainingConfig, device: torch.device) -> Iterator[None]:
    """Raise `out_of_memory` where what is made inside does not fit."""
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        raise out_of_memory(config, device) from error


def out_of_memory(config: TrainingConfig, device: torch.device, stage: Stage = "gan") -> DeviceError:
    """Return the error to raise; it names a batch size that was tried and fits. Call it in the except block."""
    if stage != "gan":
        return DeviceError(
            f"There is not enough memory on {device} for the {STAGE_NAMES[stage]} stage.",
            f"Close other programs and resume the run{other_device(device)}.",
        )
    failure = sys.exception()
    if failure is not None:  # its frames refer to the tensors of the failed update, which fill the memory
        traceback.clear_frames(failure.__traceback__)
    message = (
        f"There is not enough memory on {device} for batches of {config.batch_size} at width {config.network.width}."
    )
    fits = largest_batch(config, device, below=config.batch_size)
    if fits is None:
        return DeviceError(message, f"Choose a smaller width{other_device(device)}.")
    return BatchError(message, fits)


def largest_batch(config: TrainingConfig, device: torch.device, *, below: int) -> int | None:
    """Return the first of below / 2, below / 4, ... with which updates of every kind succeed; None = none does."""
    fits = fits_apart if device.type == "cpu" else fits_here
    size = below // 2
    while size >= 2:
        if fits(replace(config, batch_size=size), device):
            return size
        size //= 2
    return None


def fits_here(config: TrainingConfig, device: torch.device) -> bool:
    """Return whether the memory suffices for updates of every kind."""
    gc.collect()  # the tensors of the failed attempt are referred to by its traceback
    if device.type == "cuda":
        torch.cuda.empty_cache()
    try:
        _try(config, device)
    except (RuntimeError, MemoryError, DeviceError) as error:
        if not is_out_of_memory(error):
            raise
        return False
    return True


def fits_apart(config: TrainingConfig, device: torch.device) -> bool:
    """Do as `fits_here` in a process of its own: on a CPU, convolutions crash where their library gets no memory."""
    gc.collect()
    process = get_context("spawn").Process(target=_answer, args=(config, device, torch.get_num_threads()), daemon=True)
    try:
        process.start()
    except (OSError, MemoryError):  # not even the memory for another process
        return False
    process.join()
    code = process.exitcode
    process.close()
    if code == _BROKEN:  # for a reason other than the memory: it will say so here
        return fits_here(config, device)
    return code == 0


def _answer(config: TrainingConfig, device: torch.device, threads: int) -> None:
    """End this process with a code that says whether the memory suffices."""
    torch.set_num_threads(threads)
    keep_allocations()
    code = _BROKEN
    try:
        code = 0 if fits_here(config, device) else 1
    finally:
        os._exit(code)  # without a traceback in the terminal


def _try(config: TrainingConfig, device: torch.device) -> None:
    """Make updates of each kind; on CUDA so many that each kind is captured."""
    side, graphed = config.network.resolution, device.type == "cuda"
    images = np.zeros((config.batch_size, side, side, 3), np.uint8)
    kinds = min(2, config.penalty_every) if config.penalty else 1  # of critic updates, with and without penalty
    config = replace(config, schedule=steady(kinds), penalty_every=kinds)
    gan = Gan(config, Batches(images, config.batch_size, device, seed=0, flip=False), device)
    updates, progress = GanUpdates(gan, graphed=graphed), Progress()
    while progress.generator_updates < (_GRAPHED if graphed else 1):
        updates.make(progress)
