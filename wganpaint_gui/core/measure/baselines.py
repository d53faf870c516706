"""Inpainting without a model, to compare the two methods with: classical baselines, and the surroundings."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.surroundings.interpolation import interpolated
from wganpaint_gui.core.surroundings.surroundings import fill_from_surroundings

Baseline = Literal["telea", "navier-stokes", "biharmonic"]

BASELINES: tuple[Baseline, ...] = get_args(Baseline)
Modelless = Literal[Baseline, "surroundings"]


def baseline_fill(baseline: Modelless, image: NDArray[np.float32], known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Fill the hole from the known pixels around it; the pixels under it are set to zero and never used.

    image: [3, R, R] in [-1, 1]. known: [1, R, R], True = keep. Returns [3, R, R] in [-1, 1], at missing pixels what
    was found. telea: Telea 2004, and navier-stokes: Bertalmio et al. 2001, both as OpenCV has them, on 8 bits.
    biharmonic: Damelin and Hoang 2018, as scikit-image has it. surroundings: as the program fills a photo from them, on
    8 bits; raises MaskError where the mask leaves nothing or everything known.
    """
    seen = np.where(known, image, np.float32(0)).transpose(1, 2, 0)
    if baseline == "surroundings":
        *_, last = fill_from_surroundings(photo_from_pixels(to_picture(seen)), np.uint8(255) * ~known[0])
        assert last.fill is not None
        picture = to_picture(seen)
        picture[last.fill.box.slices] = last.fill.pixels
        filled = np.asarray(picture / 127.5 - 1)
    elif baseline == "biharmonic":
        from skimage.restoration import inpaint_biharmonic

        filled = inpaint_biharmonic(seen.astype(np.float64), ~known[0], channel_axis=-1)
    else:
        filled = interpolated(baseline, to_picture(seen), known[0]) / 127.5 - 1
    return np.ascontiguousarray(np.clip(filled, -1, 1).transpose(2, 0, 1), np.float32)


def to_picture(values: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Convert [-1, 1] to 0..255, for arrays of any shape."""
    return np.asarray(np.rint((np.clip(values, -1, 1) + 1) * 127.5), np.uint8)
