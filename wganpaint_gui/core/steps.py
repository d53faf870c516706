"""What a running search reports: one immutable record a step, and the log of all its latents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class InpaintStep:
    """One update of the latents. M methods, K candidates, R the model's resolution."""

    index: int  # 0-based, counted from the start of the search
    losses: NDArray[np.float32]  # [M, K], unitless; of this step's latents, before their update
    best_losses: NDArray[np.float32]  # [M, K], the lowest loss so far
    best_steps: NDArray[np.int64]  # [M, K], where it was
    alive: NDArray[np.bool_]  # [M, K]; False: its loss became NaN and it stands still at its best latent
    images: NDArray[np.uint8] | None  # [M, K, R, R, 3] RGB, G(z) of this step; None when nobody looks


class SearchLog:
    """Latents and losses of every step: appended to by the search, read by any thread up to len(log).

    Rows are written before the length grows and never change, so readers need no lock.
    """

    def __init__(self, methods: int, candidates: int, latent_size: int, capacity: int = 512) -> None:
        self._latents = np.zeros((capacity, methods, candidates, latent_size), np.float32)
        self._losses = np.zeros((capacity, methods, candidates), np.float32)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, latents: NDArray[np.float32], losses: NDArray[np.float32]) -> None:
        """latents: [M, K, Z]. losses: [M, K]. Called by the search's thread alone."""
        if self._length == len(self._losses):
            # np.resize would repeat the data; concatenation makes new arrays, and readers keep the old ones.
            self._latents = np.concatenate([self._latents, np.zeros_like(self._latents)])
            self._losses = np.concatenate([self._losses, np.zeros_like(self._losses)])
        self._latents[self._length] = latents
        self._losses[self._length] = losses
        self._length += 1

    @property
    def losses(self) -> NDArray[np.float32]:
        """[T, M, K] of all steps so far."""
        length = self._length
        return self._losses[:length]

    @property
    def latents(self) -> NDArray[np.float32]:
        """[T, M, K, Z] of all steps so far."""
        length = self._length
        return self._latents[:length]
