"""The batch size that fits where the memory is too small for the one that was asked for."""

from __future__ import annotations

import gc
import sys
import traceback
from dataclasses import replace

import numpy as np
import torch

from wganpaint_gui.core.errors import BatchError, DeviceError
from wganpaint_gui.core.training.training_config import STAGE_NAMES, Stage, TrainingConfig, steady
from wganpaint_gui.ml.memory import is_out_of_memory

from .batches import Batches
from .checkpoint import Progress
from .gan import Gan
from .gan_updates import GanUpdates

_GRAPHED = 4  # updates of a kind on CUDA: the fourth is captured, into memory of its own


def out_of_memory(config: TrainingConfig, device: torch.device, stage: Stage = "gan") -> DeviceError:
    """Return the error to raise; it names a batch size that was tried and fits. Call it in the except block."""
    if stage != "gan":
        return DeviceError(
            f"There is not enough memory on {device} for the {STAGE_NAMES[stage]} stage.",
            "Close other programs and resume the run, or train on another device.",
        )
    failure = sys.exception()
    if failure is not None:
        traceback.clear_frames(
            failure.__traceback__
        )  # they refer to the tensors of the failed update, which fill the memory
    message = (
        f"There is not enough memory on {device} for batches of {config.batch_size} at width {config.network.width}."
    )
    fits = largest_batch(config, device, below=config.batch_size)
    if fits is None:
        return DeviceError(message, "Choose a smaller width, or another device.")
    return BatchError(message, fits)


def largest_batch(config: TrainingConfig, device: torch.device, *, below: int) -> int | None:
    """Return the first of below / 2, below / 4, ... with which updates of every kind succeed; None = none does."""
    size = below // 2
    while size >= 2:
        gc.collect()  # the tensors of the failed attempt are referred to by its traceback
        if device.type == "cuda":
            torch.cuda.empty_cache()
        try:
            _try(replace(config, batch_size=size), device)
            return size
        except (RuntimeError, MemoryError, DeviceError) as error:
            if not is_out_of_memory(error):
                raise
        size //= 2
    return None


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
