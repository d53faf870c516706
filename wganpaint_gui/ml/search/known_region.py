"""Measure the known-region fit: whether a model knows what a view shows around its hole.

How near an image comes to the known pixels does not tell: a plain wall is near to any smooth image, and a refined
generator comes near to anything. What counts is the first guess, which no search has fitted, and two signals of it: its
edges lie where the view's lie, and it gets worse, not better, when the view is turned. Without an encoder the images
that the search found, before any refinement, have to do. The measurement: docs/known-region-fit.md.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.known_region_fit import (
    FAIR_FIT,
    FAIR_SEARCH,
    GOOD_FIT,
    GOOD_SEARCH,
    WORST_FIT,
    KnownRegionFit,
)

from .losses import Target, near_hole
from .prepared_model import PreparedModel

NEAR_WEIGHT = 4.0  # of a known pixel near the hole; the others count once
TURN_WEIGHT = 0.3  # of the second signal
ANGLES = (-30.0, 30.0)  # degrees, by which the view is turned
# Shares of a model's own held-out images below which a fit is no longer good, and no longer fair.
GOOD_QUANTILE, FAIR_QUANTILE = 0.11, 0.03
LEAST_LIMITS = (0.0, -0.1)  # of a good and a fair fit, for models that do not know even their own images
_USUAL_GAIN = 0.75  # of an upright face; where no encoder can measure it
_SIDE = 64  # model pixels; edges of larger images are compared at this size
_AT_ONCE = 64  # images
_FLAT = 0.01  # edges of a view of one colour, in the images' unit: its noise must not count as a pattern


def known_region_fit(model: PreparedModel, target: Target, images: Tensor | None = None) -> KnownRegionFit:
    """Judge one view. target: one row. images: what the search found, before a refinement; [N, 3, R, R].

    Of the images the best counts, and where there is a first guess, the worse of both: a search can only lose what
    the model knows. Needs images where the model has no encoder.
    """
    scores, gain = [], torch.full_like(target.image[:, 0, 0, 0], _USUAL_GAIN)
    if model.has_encoder:
        score, gain = measured_guesses(model, target)
        scores.append(score)
    if images is not None:
        scores.append(agreement(images, target).max() - TURN_WEIGHT * gain)
    score = torch.cat([one.flatten() for one in scores]).min().nan_to_num(nan=WORST_FIT)
    return KnownRegionFit(max(float(score), WORST_FIT), bool(gain > 1), *fit_limits(model.card))


def fit_limits(card: ModelCard) -> tuple[float, float]:
    """Return the least score that is good, and the least that is fair: the model's own, or else those of faces-64."""
    if not card.has_encoder:
        return GOOD_SEARCH, FAIR_SEARCH
    if card.good_fit is None or card.fair_fit is None:
        return GOOD_FIT, FAIR_FIT
    return card.good_fit, card.fair_fit


def measured_limits(model: PreparedModel, images: Tensor, known: Tensor) -> tuple[float, float]:
    """Measure `fit_limits` on images the model was not trained on: [N, 3, R, R]. known: bool [N, 1, R, R].

    Raises ModelError where the model has no encoder.
    """
    scores = []
    for some in torch.split(torch.arange(len(images), device=images.device), _AT_ONCE):
        target = Target(torch.where(known[some], images[some], 0.0), known[some], known[some].float())
        scores.append(measured_guesses(model, target)[0])
    shares = torch.tensor([GOOD_QUANTILE, FAIR_QUANTILE], device=images.device)
    scored = torch.cat(scores).nan_to_num(nan=WORST_FIT)
    # Edges that agree less than by chance are not known, however many of the model's own images have such.
    good, fair = scored.quantile(shares).clamp(min=scored.new_tensor(LEAST_LIMITS)).tolist()
    return round(good, 4), round(fair, 4)


@torch.no_grad()
def measured_guesses(model: PreparedModel, target: Target) -> tuple[Tensor, Tensor]:
    """Return the score of each view's first guess, and how many times nearer that of the view turned comes: both [B].

    Raises ModelError where the model has no encoder.
    """
    guess = model.generate(model.guess(target.image, target.known))
    upright = _distance(guess, target.image, target.known)
    turned = torch.stack([_distance_turned(model, target, angle) for angle in ANGLES]).amin(0)
    gain = upright / turned.clamp(min=1e-6)
    return agreement(guess, target) - TURN_WEIGHT * gain, gain


def agreement(images: Tensor, target: Target) -> Tensor:
    """Compare the edges of images with those of the known pixels, -1..1, [B]; 1: the same edges, of any contrast.

    images: [B or N, 3, R, R]. That is the cosine between the differences of neighbouring pixels, of brightness, at
    most 64 a side and averaged over 3x3 known ones; near the hole they count NEAR_WEIGHT times.
    """
    known = target.known.float()
    weights = known * (1 + (NEAR_WEIGHT - 1) * near_hole(target.known))
    cell = max(1, images.shape[-1] // _SIDE)
    share = F.avg_pool2d(F.avg_pool2d(known, cell), 3, stride=1, padding=1).clamp(min=1e-6)

    def edges(values: Tensor) -> Tensor:
        cells = F.avg_pool2d(values.mean(1, keepdim=True) * known, cell)
        smooth = F.avg_pool2d(cells, 3, stride=1, padding=1) / share
        return torch.cat([smooth.diff(dim=3).flatten(1), smooth.diff(dim=2).flatten(1)], dim=1)

    seen = F.avg_pool2d(weights, cell)
    across, down = torch.minimum(seen[..., 1:], seen[..., :-1]), torch.minimum(seen[..., 1:, :], seen[..., :-1, :])
    weight = torch.cat([across.flatten(1), down.flatten(1)], dim=1)
    one, other = edges(images), edges(target.image)
    floor = _FLAT**2 * weight.sum(1)
    strength = [(weight * values**2).sum(1) + floor for values in (one, other)]
    return (weight * one * other).sum(1) / (strength[0] * strength[1]).sqrt().clamp(min=1e-12)


def _distance(images: Tensor, views: Tensor, known: Tensor) -> Tensor:
    """Return the mean absolute difference over the known pixels in the largest circle, which a turned view keeps."""
    side = torch.linspace(-1, 1, views.shape[-1], device=views.device)
    seen = known & (side[:, None] ** 2 + side**2 < 0.95)
    return ((images - views).abs().mean(1, keepdim=True) * seen).sum((1, 2, 3)) / seen.sum((1, 2, 3)).clamp(min=1)


def _distance_turned(model: PreparedModel, target: Target, angle: float) -> Tensor:
    """Return `_distance` of the first guess of the view turned by so many degrees."""
    turn = math.radians(angle)
    rows = [[math.cos(turn), -math.sin(turn), 0.0], [math.sin(turn), math.cos(turn), 0.0]]
    matrix = torch.tensor([rows], device=target.image.device).expand(len(target.image), -1, -1)
    grid = F.affine_grid(matrix, list(target.image.shape), align_corners=False)
    known = F.grid_sample(target.known.float(), grid, align_corners=False) > 0.99  # of known pixels only
    image = torch.where(known, F.grid_sample(target.image, grid, align_corners=False), 0.0)
    return _distance(model.generate(model.guess(image, known)), image, known)
