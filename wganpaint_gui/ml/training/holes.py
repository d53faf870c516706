"""Holes for training: random pixels, squares near the centre, rectangles inside the image or cut off at its border."""

from __future__ import annotations

import torch
from torch import Tensor

from wganpaint_gui.core.training.hole_mixture import HoleMixture


def draw_batch(count: int, resolution: int, mixture: HoleMixture, source: torch.Generator) -> Tensor:
    """Draw known pixels of `count` images, bool [N, 1, R, R], True = keep."""
    return torch.stack([draw_known(resolution, mixture, source) for _ in range(count)])


def draw_known(resolution: int, config: HoleMixture, source: torch.Generator) -> Tensor:
    """Draw known pixels of one image, bool [1, R, R], True = keep, from the mixture."""
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
    if kind < config.random_holes + config.centre_holes + config.border_holes:
        rows, columns = (_cut_off(resolution, config, source) for _ in range(2))
        known[:, rows, columns] = False
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


def _cut_off(resolution: int, config: HoleMixture, source: torch.Generator) -> slice:
    """Draw one side of a rectangle around any point; what lies outside the image is cut off."""
    side = round(resolution * _between(config.least_border, config.most_border, source))
    first = int(resolution * _uniform(source)) - side // 2
    return slice(max(first, 0), first + side)


def _uniform(source: torch.Generator) -> float:
    return float(torch.rand((), generator=source))


def _between(low: float, high: float, source: torch.Generator) -> float:
    return low + (high - low) * _uniform(source)
