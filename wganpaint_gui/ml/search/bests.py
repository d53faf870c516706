"""The best iterate of every candidate: what a search returns, since the last one need not be it."""

from __future__ import annotations

import torch
from torch import Tensor


class Bests:
    """Lowest losses so far with their latents and steps; a candidate whose loss is no number any more stops there."""

    def __init__(self, z: Tensor) -> None:
        """z: [..., Z], where the candidates start."""
        self.alive = torch.ones_like(z[..., 0], dtype=torch.bool)  # [...]
        self.restart(z)

    def restart(self, z: Tensor) -> None:
        """Losses from here on are not comparable with those before: the bests start anew."""
        self.latents = z
        self.losses = torch.full_like(z[..., 0], torch.inf)
        self.steps = torch.full_like(self.losses, -1, dtype=torch.int64)

    def update(self, index: int, z: Tensor, losses: Tensor, gradient: Tensor) -> None:
        """Take in a step: its number, its latents [..., Z], their losses [...] and the gradient [..., Z]."""
        better = self.alive & (losses < self.losses)  # false for NaN
        self.losses = torch.where(better, losses, self.losses)
        self.steps = torch.where(better, index, self.steps)
        self.latents = torch.where(better[..., None], z, self.latents)
        self.alive = self.alive & losses.isfinite() & gradient.isfinite().all(-1)
