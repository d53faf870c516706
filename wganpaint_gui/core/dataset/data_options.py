"""How pictures become images, and the record of how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.checks import one_of, whole

Framing = Literal["auto", "whole", "aligned", "faces", "celeba"]
FixedFraming = Literal["whole", "aligned", "faces", "celeba"]  # what `auto` comes down to

FRAMINGS: tuple[Framing, ...] = get_args(Framing)
PREVIEW_IMAGES = 24  # at most, in one DataProgress


@dataclass(frozen=True)
class DataOptions:
    """How pictures become images. Raises SettingsError for values that make no sense.

    framing: `whole` is the largest centred square; `aligned` is the same, of pictures that are in the face model's
    framing already. `faces` is the square around the largest face, in the face model's
    framing; where it hangs over the picture's edge, the edge is repeated. `celeba` is the same framing in CelebA's
    aligned pictures, whose faces are all in one place. `auto` is `celeba` for pictures with CelebA's layout, else
    `whole`.
    """

    resolution: int = 64  # pixels a side
    framing: Framing = "auto"
    held_out: int = 200  # images never trained on; at most a fifth of all, whatever stands here

    def __post_init__(self) -> None:
        whole("resolution", self.resolution, 4, 1024)
        one_of("framing", self.framing, FRAMINGS)
        whole("number of held-out images", self.held_out, 0, 1_000_000)

    def held_out_of(self, images: int) -> int:
        """How many of so many usable images are held out."""
        return min(self.held_out, images // 5)


@dataclass(frozen=True)
class DataProgress:
    """How far it is. First the files are looked at, then the pictures among them decoded."""

    task: Literal["looking", "decoding"]
    done: int
    total: int  # 0 = not known yet
    preview: NDArray[np.uint8] | None = None  # [n, R, R, 3] RGB: the newest images, now and then; n is at most 24
