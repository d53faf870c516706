"""A photo between reading and searching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo

from .inpaint_request import InpaintRequest


@dataclass(frozen=True, eq=False)
class PreparedPhoto:
    """Holds a photo that was read and checked and can be filled; nothing is written yet."""

    request: InpaintRequest
    photo: Photo
    mask: NDArray[np.uint8]  # [H, W], above 127 = fill
    frames: tuple[Frame, ...]
    refine: bool  # whether the model refines the frames
    force: bool
    started: float  # seconds, monotonic
