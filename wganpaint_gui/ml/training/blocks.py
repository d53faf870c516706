"""Updates in blocks: the host reads from the device once a block, because each read makes a GPU wait."""

from __future__ import annotations

import math
import time

import numpy as np
import torch
from numpy.typing import NDArray

from wganpaint_gui.core.training.training_config import TrainingConfig
from wganpaint_gui.ml.device import denormals_flushed

from .learner import Learner

_BLOCK_SECONDS = 0.25  # that a block takes on a GPU
_MOST_UPDATES = 512  # in a block
_BEYOND = 10.0  # times the largest possible W: nothing holds a critic any longer that is ten times too steep

Rows = NDArray[np.float32]  # [n, 2]: readings of n finished updates; see core.training.training_log.READINGS


class Blocks:
    """Makes the updates of a run, a block at a time."""

    def __init__(self, learner: Learner, config: TrainingConfig, device: torch.device, *, grow: bool) -> None:
        """grow: make as many updates a block as fit into a quarter of a second; otherwise one."""
        self._learner, self._config, self._grow = learner, config, grow
        self._readings = torch.zeros(_MOST_UPDATES, 2, device=device)
        self._size = 1  # updates in the next block

    def restart(self) -> None:
        """Begin with one update again: the next stage has a pace of its own."""
        self._size = 1

    def advance(self) -> Rows:
        """Make the next block of updates, which ends with the stage and at each tick.

        Returns a row for each update of the generator or, in a later stage, of the network that learns.
        """
        learner, stage = self._learner, self._learner.progress.stage
        started, rows = time.perf_counter(), 0
        with denormals_flushed():
            for _ in range(self._size):
                readings = learner.update()
                if readings is None:
                    continue
                self._readings[rows].copy_(readings)
                rows += 1
                if self._config.is_tick(stage, learner.done):
                    break
            found: Rows = self._readings[:rows].cpu().numpy().copy()
        if self._grow:
            spent = time.perf_counter() - started
            self._size = max(1, min(_MOST_UPDATES, round(self._size * _BLOCK_SECONDS / spent), 2 * self._size))
        return found


def has_exploded(w: NDArray[np.float32], resolution: int) -> bool:
    """Return whether any W is NaN or impossible.

    W of a 1-Lipschitz critic is at most the distance between two images, the diagonal of [-1, 1]^(3 R R): 222 at
    64 x 64 pixels. Earlier values of W are no yardstick: they rise along with a W that grows slowly.
    """
    diagonal = 2 * math.sqrt(3) * resolution
    return not bool(np.all(np.abs(w) < _BEYOND * diagonal))  # a NaN is not below anything
