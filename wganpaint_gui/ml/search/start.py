"""Where a search starts: at the encoder's first guess, or at latents drawn from the prior."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wganpaint_gui.core.search.settings import InpaintConfig

from .losses import Target
from .prepared_model import PreparedModel

# How far the candidates start from the guess, as a share of the way to a latent drawn from the prior; measured, see
# docs/defaults.md.
CANDIDATE_SPREAD = 0.3


def initial_latents(seed: int, candidates: int, latent_size: int) -> NDArray[np.float32]:
    """Draw the latents that the candidates start from: [K, Z] uniform on [-1, 1].

    Row k depends on seed and k alone, and is the same on every device.
    """
    rows = [np.random.default_rng((seed, k)).uniform(-1, 1, latent_size) for k in range(candidates)]
    return np.stack(rows).astype(np.float32)


def first_latents(
    model: PreparedModel, target: Target, config: InpaintConfig, seeds: Sequence[int]
) -> tuple[Tensor, Tensor]:
    """Return the latents that N images' searches start from, [N, K, Z] in [-1, 1], and which were guessed, [N] bool.

    target: of the images, N rows. seeds: one an image. With config.start `guess` candidate 0 starts at the encoder's
    guess, the others between it and a random latent. Where there is no encoder, or its guess holds a NaN, all start
    at random.
    """
    drawn = [initial_latents(seed, config.candidates, model.latent_size) for seed in seeds]
    start = torch.tensor(np.stack(drawn), device=model.device)
    if config.start == "random" or not model.has_encoder:
        return start, torch.zeros(len(start), dtype=torch.bool, device=model.device)
    guess = model.guess(target.image, target.known)[:, None]
    guessed = guess.isfinite().all(-1, keepdim=True)
    spread = torch.full((config.candidates, 1), CANDIDATE_SPREAD, device=model.device)
    spread[0] = 0.0
    return torch.where(guessed, torch.lerp(guess, start, spread), start), guessed.flatten()
