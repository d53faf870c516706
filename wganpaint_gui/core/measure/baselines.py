"""Classical inpainting without a model, as a baseline for the two methods."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Baseline = Literal["telea", "navier-stokes", "biharmonic"]

BASELINES: tuple[Baseline, ...] = get_args(Baseline)
_RADIUS = 3  # pixels around a missing one that OpenCV uses


def baseline_fill(baseline: Baseline, image: NDArray[np.float32], known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Fill the hole from the known pixels around it; the pixels under it are set to zero and never used.

    image: [3, R, R] in [-1, 1]. known: [1, R, R], True = keep. Returns [3, R, R] in [-1, 1], at missing pixels what
    was found. telea: Telea 2004, and navier-stokes: Bertalmio et al. 2001, both as OpenCV has them, on 8 bits.
    biharmonic: Damelin and Hoang 2018, as scikit-image has it.
    """
    seen = np.where(known, image, np.float32(0)).transpose(1, 2, 0)
    if baseline == "biharmonic":
        from skimage.restoration import inpaint_biharmonic

        filled = inpaint_biharmonic(seen.astype(np.float64), ~known[0], channel_axis=-1)
    else:
        import cv2

        way = cv2.INPAINT_TELEA if baseline == "telea" else cv2.INPAINT_NS
        filled = cv2.inpaint(to_picture(seen), np.uint8(255) * ~known[0], _RADIUS, way) / 127.5 - 1
    return np.ascontiguousarray(np.clip(filled, -1, 1).transpose(2, 0, 1), np.float32)


def to_picture(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Convert [-1, 1] to 0..255, for arrays of any shape."""
    return np.asarray(np.rint((np.clip(values, -1, 1) + 1) * 127.5), np.uint8)
