"""How pictures become images, and the record of progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.checks import one_of, whole

Framing = Literal["auto", "whole", "aligned", "faces", "celeba"]
FixedFraming = Literal["whole", "aligned", "faces", "celeba"]  # what `auto` resolves to

FRAMINGS: tuple[Framing, ...] = get_args(Framing)
PREVIEW_IMAGES = 24  # at most, in one DataProgress


@dataclass(frozen=True)
class DataOptions:
    """How pictures become images. Raises SettingsError for invalid values.

    framing: `whole` is the largest centred square; `aligned` is the same, for pictures already in the face model's
    framing. `faces` is the square around the largest face, in the face model's framing; beyond the picture's edge, its
    last pixels are repeated. `celeba` is the same framing in CelebA's aligned pictures, whose faces are all in one
    place. `auto` is `celeba` for pictures with CelebA's layout, else `whole`.
    """

    resolution: int = 64  # pixels a side
    framing: Framing = "auto"
    held_out: int = 200  # images never trained on; at most a fifth of all

    def __post_init__(self) -> None:
        whole("resolution", self.resolution, 4, 1024)
        one_of("framing", self.framing, FRAMINGS)
        whole("number of held-out images", self.held_out, 0, 1_000_000)

    def held_out_of(self, images: int) -> int:
        """Return how many of the usable images are held out."""
        return min(self.held_out, images // 5)


@dataclass(frozen=True)
class DataProgress:
    """How far the preparation is: first the files are looked at, then the pictures are decoded."""

    task: Literal["looking", "decoding"]
    done: int
    total: int  # 0 = not known yet
    preview: NDArray[np.uint8] | None = None  # [n, R, R, 3] RGB: the newest images, now and then; n is at most 24
