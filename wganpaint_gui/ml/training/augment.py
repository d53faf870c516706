"""Differentiable augmentation, for small sets of images: the critic never sees one exactly as it is.

Source: Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient GAN Training": colour, translation, cutout,
applied to real images and to fakes alike, so that the generator does not learn to draw augmented ones.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

_SHIFT = 1 / 8  # of the side, at most
_CUT = 1 / 2  # of the side


def augment(images: Tensor, noise: torch.Generator) -> Tensor:
    """Change each image in its own way.

    images: [N, 3, R, R] in [-1, 1], where grey is 0. Returns the same shape.
    """
    return _cutout(_shift(_recolour(images, noise), noise), noise)


def _recolour(images: Tensor, noise: torch.Generator) -> Tensor:
    brightness, saturation, contrast = _uniform(images, 3, noise).unbind(1)
    images = images + (brightness - 0.5)
    grey = images.mean(1, keepdim=True)
    images = grey + (images - grey) * (2 * saturation)
    mean = images.mean((1, 2, 3), keepdim=True)
    return mean + (images - mean) * (contrast + 0.5)


def _shift(images: Tensor, noise: torch.Generator) -> Tensor:
    """Move each image by up to an eighth of its side; the pixels that come in are grey."""
    count, _, side, _ = images.shape
    most = round(side * _SHIFT)
    right, down = (_uniform(images, 2, noise) * (2 * most + 1)).floor().long().view(count, 2).unbind(1)
    padded = F.pad(images, (most,) * 4)
    along = torch.arange(side, device=images.device)
    rows = (along + down[:, None])[:, None, :, None]  # [N, 1, R, 1]
    columns = (along + right[:, None])[:, None, None, :]
    which = torch.arange(count, device=images.device)[:, None, None, None]
    channels = torch.arange(images.shape[1], device=images.device)[None, :, None, None]
    return padded[which, channels, rows, columns]


def _cutout(images: Tensor, noise: torch.Generator) -> Tensor:
    """Turn a square of half the side, centred anywhere, grey."""
    count, _, side, _ = images.shape
    half = side * _CUT / 2
    centre = (_uniform(images, 2, noise) * side).view(count, 2)
    along = torch.arange(side, device=images.device) + 0.5
    rows = (along - centre[:, :1]).abs() < half  # [N, R]
    columns = (along - centre[:, 1:]).abs() < half
    return images.masked_fill((rows[:, None, :, None] & columns[:, None, None, :]), 0.0)


def _uniform(images: Tensor, count: int, noise: torch.Generator) -> Tensor:
    """Return [N, count, 1, 1, 1], uniform on [0, 1)."""
    return torch.rand(len(images), count, 1, 1, 1, device=images.device, generator=noise)
