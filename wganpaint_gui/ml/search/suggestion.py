"""Which candidate of a method is suggested: not the one with the lowest loss, but one that two other measures like.

Each loss is blind to something: the contextual one draws soft fills, the critic's own finds its blind spots. So the
candidates are ranked by how near they come to the known pixels around the hole, and by the critic's score of the
finished composite; the lowest sum of both ranks wins, and the known pixels decide between equal sums. Ranks need no
scale, which critics do not share. Measured on held-out faces, see docs/defaults.md.
"""

from __future__ import annotations

import torch
from torch import Tensor

from .losses import Target, near_hole
from .prepared_model import PreparedModel


def suggest(near: Tensor, scores: Tensor) -> Tensor:
    """Return the suggested candidate, int64 [...]. near, scores: [..., K], of `measure`; a NaN is worst."""
    by_distance, by_score = _rank(near.nan_to_num(torch.inf)), _rank(-scores.nan_to_num(-torch.inf))
    return ((by_distance + by_score) * near.shape[-1] + by_distance).argmin(dim=-1)


def measure(model: PreparedModel, images: Tensor, target: Target) -> tuple[Tensor, Tensor]:
    """Measure images [N, 3, R, R], rounded to the 256 levels that are shown; target: one row, or N.

    Returns their mean absolute difference from the known pixels near the hole, 0..2, and the critic's score of their
    composites, both [N].
    """
    images = images.add(1).mul(127.5).round() / 127.5 - 1
    near = near_hole(target.known)
    distance = (images - target.image).abs().mul(near).mean(1).sum((1, 2)) / near.sum((1, 2, 3)).clamp(min=1)
    return distance, model.score(torch.where(target.known, target.image, images))


def _rank(values: Tensor) -> Tensor:
    """Return the rank of each value among its row's, 0 = lowest."""
    return values.argsort(dim=-1, stable=True).argsort(dim=-1)
