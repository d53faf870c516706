"""What lies between reading a photo and searching it: everything is checked, nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo

from .work import Item


@dataclass(frozen=True, eq=False)
class Ready:
    """A photo that can be filled: everything was read and checked, nothing was written."""

    item: Item
    photo: Photo
    mask: NDArray[np.uint8]  # [H, W], above 127 = fill
    frames: tuple[Frame, ...]
    refine: bool  # the frames are a first guess
    force: bool
    started: float  # seconds, monotonic
