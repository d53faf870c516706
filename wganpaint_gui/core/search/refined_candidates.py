"""Candidates whose generator was fitted to the photo: pictures that no latent of the model generates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class RefinedCandidate:
    """A candidate at the best step of its refinement."""

    image: NDArray[np.uint8]  # [R, R, 3] RGB
    loss: float  # of all known pixels
    step: int  # of the search, 0-based


class ThinnedImages:
    """The images of a refinement, in so many bytes: when they are full, every second one is dropped.

    The first is always kept, and so is the newest: it is what a paused refinement shows.
    """

    def __init__(self, room: int) -> None:
        """room: bytes."""
        self._room = room
        self._kept: dict[int, NDArray[np.uint8]] = {}
        self._every = 1
        self._newest: tuple[int, NDArray[np.uint8]] | None = None

    def append(self, step: int, image: NDArray[np.uint8]) -> None:
        """Add the image [R, R, 3] of a step, 0-based; the steps come in order."""
        self._newest = step, image
        if step % self._every == 0:
            if self._kept and (len(self._kept) + 1) * image.nbytes > self._room:
                self._drop_every_second()
            if step % self._every == 0:
                self._kept = {**self._kept, step: image}  # readers in other threads keep the old one

    def shrink(self, room: int) -> None:
        """Make do with less room, in bytes."""
        self._room = min(self._room, room)
        while len(self._kept) > 1 and sum(one.nbytes for one in self._kept.values()) > room:
            self._drop_every_second()

    def _drop_every_second(self) -> None:
        self._every *= 2
        self._kept = {kept: one for kept, one in self._kept.items() if kept % self._every == 0}

    def at(self, step: int) -> NDArray[np.uint8]:
        """Return the image [R, R, 3] of a step; where it was dropped, that of the last kept step before it."""
        kept, newest = self._kept, self._newest
        if newest is not None and newest[0] == step:
            return newest[1]
        return kept[max(one for one in kept if one <= step)]


@dataclass(frozen=True, eq=False)
class RefinedSteps:
    """The steps of a search that refine one candidate, one after another."""

    first: int  # step of the search, 0-based
    candidate: int
    others: Mapping[int, RefinedCandidate]  # by candidate, those refined before and not searched on since
    images: ThinnedImages

    def images_at(self, step: int) -> dict[int, NDArray[np.uint8]]:
        """Return the image [R, R, 3] of every refined candidate at one of these steps."""
        return {**{k: one.image for k, one in self.others.items()}, self.candidate: self.images.at(step - self.first)}
