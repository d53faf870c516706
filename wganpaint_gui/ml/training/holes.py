"""Holes for training: random pixels, squares near the centre, rectangles."""

from __future__ import annotations

import torch
from torch import Tensor

from wganpaint_gui.core.training.training_config import AwareConfig


def draw_known(resolution: int, config: AwareConfig, source: torch.Generator) -> Tensor:
    """Draw known pixels of one image, bool [1, R, R], True = keep, from the config's mixture of masks."""
    kind = _uniform(source)
    if kind < config.random_holes:
        return random_pixels(resolution, _between(config.least_missing, config.most_missing, source), source)
    known = torch.ones(1, resolution, resolution, dtype=torch.bool)
    if kind < config.random_holes + config.centre_holes:
        side = round(resolution * _between(config.least_square, config.most_square, source))
        off = [round(resolution * config.off_centre * (2 * _uniform(source) - 1)) for _ in range(2)]
        top, left = (min(max((resolution - side) // 2 + shift, 0), resolution - side) for shift in off)
        known[:, top : top + side, left : left + side] = False
        return known
    for _ in range(1 + (_uniform(source) < config.second_rectangle)):
        height, width = (round(resolution * _between(config.least_side, config.most_side, source)) for _ in range(2))
        top, left = (int(_uniform(source) * (resolution - side + 1)) for side in (height, width))
        known[:, top : top + height, left : left + width] = False
    return known


def random_pixels(resolution: int, missing: float, source: torch.Generator) -> Tensor:
    """Return bool [1, R, R], True = keep. missing: share of the pixels, chosen at random."""
    order = torch.randperm(resolution * resolution, generator=source)
    known = torch.ones(resolution * resolution, dtype=torch.bool)
    known[order[: round(missing * resolution * resolution)]] = False
    return known.view(1, resolution, resolution)


def centre_square(resolution: int, share: float) -> Tensor:
    """Return bool [1, R, R], True = keep. share: of the side, that the missing square in the middle takes."""
    side = round(resolution * share)
    first = (resolution - side) // 2
    known = torch.ones(1, resolution, resolution, dtype=torch.bool)
    known[:, first : first + side, first : first + side] = False
    return known


def _uniform(source: torch.Generator) -> float:
    return float(torch.rand((), generator=source))


def _between(low: float, high: float, source: torch.Generator) -> float:
    return low + (high - low) * _uniform(source)
