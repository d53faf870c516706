"""When training is beyond rescue: a W that explodes, a value that is no number."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_BEYOND = 10.0  # times what W can be at most: a critic that is ten times too steep is held by nothing any more


def has_exploded(w: NDArray[np.float32], resolution: int) -> bool:
    """Whether any W is NaN or impossible.

    W of a 1-Lipschitz critic is no more than the images are apart, which is the diagonal of [-1, 1]^(3 R R): 222
    at 64 x 64 pixels. What W was before is no measure: it rises with what grows slowly.
    """
    diagonal = 2 * math.sqrt(3) * resolution
    return not bool(np.all(np.abs(w) < _BEYOND * diagonal))  # a NaN is not below anything


def is_finite(tensors: dict[str, Tensor]) -> bool:
    """Whether no value is NaN or infinite; waits for the device."""
    return all(bool(torch.isfinite(value).all()) for value in tensors.values())
