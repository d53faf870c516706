"""The loss of a search: one number per candidate, for each of the two methods."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig, Method

from .prepared_model import PreparedModel

NEAR = 6 / 64  # of the side; known pixels up to so far from the hole are near it
IMPORTANCE_FLOOR = 0.1  # share of every known pixel's weight that does not depend on its distance from the hole


@dataclass(frozen=True)
class Target:
    """What the fill must agree with; B is 1 (shared by all candidates) or the number of candidates."""

    image: Tensor  # [B, 3, R, R] in [-1, 1], zero where missing
    known: Tensor  # [B, 1, R, R] bool, True = keep
    weights: Tensor  # [B, 1, R, R], zero where missing; uniform: 1 where known

    def at(self, rows: slice) -> Target:
        """Return these rows."""
        return Target(self.image[rows], self.known[rows], self.weights[rows])

    @classmethod
    def joined(cls, targets: Iterable[Target]) -> Target:
        """Join the rows of all targets."""
        parts = ((target.image, target.known, target.weights) for target in targets)
        return cls(*(torch.cat(part) for part in zip(*parts, strict=True)))


def make_target(view: ModelView, config: InpaintConfig, device: torch.device) -> Target:
    """Put the view on the device. Missing pixels are set to zero again, so that no value under them can matter."""
    known = torch.tensor(view.known, device=device)[None]
    image = torch.tensor(view.image, device=device)[None]
    uniform = config.weighting == "uniform"
    weights = known.float() if uniform else importance_weights(known, config.importance_window)
    return Target(torch.where(known, image, 0.0), known, weights)


def importance_weights(known: Tensor, window: int) -> Tensor:
    """Weight known pixels near the hole more. known: [B, 1, R, R] bool, window: odd side in pixels.

    Source: Yeh et al. 2017, eq. 3: W_i = mean over the window around i of (1 - M) for known i, zero for missing i.
    Scaled so that the weights sum to the number of known pixels, as uniform ones do: lambda and learning rate carry
    over. A floor of 10 % is ours: otherwise most known pixels, being far from the hole, would not count at all.
    """
    keep = known.float()
    share = F.avg_pool2d(1 - keep, window, stride=1, padding=window // 2, count_include_pad=False) * keep
    count, total = keep.sum((1, 2, 3), keepdim=True), share.sum((1, 2, 3), keepdim=True)
    scaled = torch.where(total > 0, share * count / total, keep)
    return (1 - IMPORTANCE_FLOOR) * scaled + IMPORTANCE_FLOOR * keep


def search_losses(
    model: PreparedModel, z: Tensor, methods: tuple[Method, ...], target: Target, context_weight: float
) -> tuple[Tensor, Tensor]:
    """Compute the loss of every candidate of every method in one pass through each network.

    z: [M, K, Z]. Returns losses [M, K] and images G(z) [M, K, 3, R, R].
    yeh: -f(G(z)) + lambda * sum |W * (G(z) - x)| over known pixels and channels (Cooper eqs 3, 5, 6).
    critic: -f(M * x + (1 - M) * G(z)) (Cooper eq. 7). The paper prints it without the minus; with f trained so that
    higher means more real, minimising +f would make the picture LESS real.
    """
    images = torch.unflatten(model.generate_in_step(z.flatten(0, 1)), 0, z.shape[:2])
    return _losses(model, images, methods, target, context_weight), images


@torch.no_grad()
def image_loss(model: PreparedModel, image: Tensor, method: Method, target: Target, context_weight: float) -> float:
    """Compute the loss of one image [3, R, R], whatever has made it. target: one row."""
    return float(_losses(model, image[None, None], (method,), target, context_weight))


def _losses(
    model: PreparedModel, images: Tensor, methods: tuple[Method, ...], target: Target, context_weight: float
) -> Tensor:
    """Compute the losses [M, K] of images [M, K, 3, R, R]."""
    judged = [
        torch.where(target.known, target.image, fills) if method == "critic" else fills
        for method, fills in zip(methods, images, strict=True)
    ]
    scores = model.score_in_step(torch.cat(judged)).view(images.shape[:2])
    losses = [
        context_weight * context_distance(fills, target) - score if method == "yeh" else -score
        for method, fills, score in zip(methods, images, scores, strict=True)
    ]
    return torch.stack(losses)


def near_hole(known: Tensor) -> Tensor:
    """Return which known pixels are within NEAR of the hole: bool [B, 1, R, R], as `known` is."""
    reach = max(round(NEAR * known.shape[-1]), 1)
    return (F.max_pool2d((~known).float(), 2 * reach + 1, stride=1, padding=reach) > 0) & known


def context_distance(images: Tensor, target: Target) -> Tensor:
    """Sum weighted |G(z) - x| over known pixels and channels. images: [K, 3, R, R]. Returns [K]."""
    return (target.weights * (images - target.image)).abs().sum((1, 2, 3))
