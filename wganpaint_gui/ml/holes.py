"""Holes for training: random pixels, squares near the centre, rectangles."""

from __future__ import annotations

import torch
from torch import Tensor

from ..core.training_config import AwareConfig

# Sides and distances as shares of the resolution: 10 to 40 pixels of 64, for rectangles, and so on.
_RECTANGLE = (10 / 64, 40 / 64)
_SQUARE = (12 / 64, 36 / 64)
_OFF_CENTRE = 4 / 64
_MISSING = (0.3, 0.9)  # share of the pixels, of random ones


def draw_known(resolution: int, config: AwareConfig, source: torch.Generator) -> Tensor:
    """Known pixels of one image: bool [1, R, R], True = keep; in the config's mixture."""
    kind = _uniform(source)
    if kind < config.random_holes:
        return random_pixels(resolution, _between(_MISSING, source), source)
    known = torch.ones(1, resolution, resolution, dtype=torch.bool)
    if kind < config.random_holes + config.centre_holes:
        side = round(resolution * _between(_SQUARE, source))
        off = [round(resolution * _OFF_CENTRE * (2 * _uniform(source) - 1)) for _ in range(2)]
        top, left = (min(max((resolution - side) // 2 + shift, 0), resolution - side) for shift in off)
        known[:, top : top + side, left : left + side] = False
        return known
    for _ in range(1 + (_uniform(source) < 0.5)):
        height, width = (round(resolution * _between(_RECTANGLE, source)) for _ in range(2))
        top, left = (int(_uniform(source) * (resolution - side + 1)) for side in (height, width))
        known[:, top : top + height, left : left + width] = False
    return known


def random_pixels(resolution: int, missing: float, source: torch.Generator) -> Tensor:
    """bool [1, R, R], True = keep, with so large a share of missing pixels."""
    order = torch.randperm(resolution * resolution, generator=source)
    known = torch.ones(resolution * resolution, dtype=torch.bool)
    known[order[: round(missing * resolution * resolution)]] = False
    return known.view(1, resolution, resolution)


def centre_square(resolution: int, share: float) -> Tensor:
    """bool [1, R, R], True = keep: the middle square of that share of the side is missing."""
    side = round(resolution * share)
    first = (resolution - side) // 2
    known = torch.ones(1, resolution, resolution, dtype=torch.bool)
    known[:, first : first + side, first : first + side] = False
    return known


def _uniform(source: torch.Generator) -> float:
    return float(torch.rand((), generator=source))


def _between(limits: tuple[float, float], source: torch.Generator) -> float:
    low, high = limits
    return low + (high - low) * _uniform(source)
