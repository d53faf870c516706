"""Divergence: a W that explodes, or a value that is NaN or infinite."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_BEYOND = 10.0  # times the largest possible W: nothing holds a critic any longer that is ten times too steep


def has_exploded(w: NDArray[np.float32], resolution: int) -> bool:
    """Return whether any W is NaN or impossible.

    W of a 1-Lipschitz critic is at most the distance between two images, the diagonal of [-1, 1]^(3 R R): 222 at
    64 x 64 pixels. Earlier values of W are no yardstick: they rise along with a W that grows slowly.
    """
    diagonal = 2 * math.sqrt(3) * resolution
    return not bool(np.all(np.abs(w) < _BEYOND * diagonal))  # a NaN is not below anything


def is_finite(tensors: dict[str, Tensor]) -> bool:
    """Return whether all values are finite; waits for the device."""
    return all(bool(torch.isfinite(value).all()) for value in tensors.values())
