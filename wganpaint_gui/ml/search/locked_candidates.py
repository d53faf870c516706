"""Candidates that the user has locked: each keeps its picture to the bit, whatever the search does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.search.candidate_marks import Candidate


@dataclass(frozen=True, eq=False)
class LockedCandidate:
    """A candidate as it was when it was locked.

    Its latent alone would not do: it knows nothing of a refinement, means something else to another model, and is
    generated with other rounding in another batch.
    """

    image: NDArray[np.uint8]  # [R, R, 3] RGB
    loss: float  # of this image, by the present model, mask and context weight; infinite where it is no number
    step: int  # of the search, 0-based, from which on that is its loss
    refined: bool = False  # whether its generator was fitted to the photo


Locked = Mapping[Candidate, LockedCandidate]


class LockedCandidates:
    """The locked candidates of a search at each of its steps. One thread changes them, any thread may read them."""

    def __init__(self, first: Locked) -> None:
        self._since: tuple[tuple[int, Locked], ...] = ((0, first),)  # (step, from then on); replaced as a whole

    @property
    def now(self) -> Locked:
        return self._since[-1][1]

    def at(self, step: int) -> Locked:
        """Return those of a step, 0-based."""
        return next(locked for since, locked in reversed(self._since) if since <= step)

    def change(self, step: int, locked: Locked) -> None:
        """Let these be the locked ones from a step on that has not been taken yet."""
        before = tuple(one for one in self._since if one[0] < step)
        self._since = (*before, (step, locked))


def put_images(images: NDArray[np.uint8], locked: Locked) -> None:
    """Put the pictures of locked candidates into those of all, [M, K, R, R, 3]."""
    for place, one in locked.items():
        images[place] = one.image
