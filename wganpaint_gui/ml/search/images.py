"""Conversion between the networks' images and pictures of 256 levels."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def to_uint8(images: Tensor) -> Tensor:
    """Convert images [..., 3, R, R] in [-1, 1] to [..., R, R, 3] RGB, 0..255, on the same device."""
    return images.movedim(-3, -1).add(1).mul(127.5).round().clamp(0, 255).to(torch.uint8).contiguous()


def from_uint8(images: NDArray[np.uint8], device: torch.device) -> Tensor:
    """Convert images [..., R, R, 3] RGB to [..., 3, R, R] in [-1, 1]."""
    return torch.tensor(images, device=device).movedim(-1, -3) / 127.5 - 1
