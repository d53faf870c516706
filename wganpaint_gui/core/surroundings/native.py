"""Slow calls of libraries, which can crash or never end: made in a process of their own (`helper.py`).

This module imports numpy alone at first, so that the process starts quickly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def reconstruct_by_frequency(image: NDArray[Any], known: NDArray[np.bool_]) -> NDArray[Any]:
    """Fill unknown pixels by frequency selective reconstruction. image: [h, w, 3] of 8 bits. known: [h, w].

    Source: Seiler et al. 2015 (FSR), the quick variant, as OpenCV has it.
    """
    import cv2

    filled = np.zeros_like(image)
    shown = np.where(known[..., None], image, 0).astype(image.dtype)
    cv2.xphoto.inpaint(shown, known.astype(np.uint8) * 255, filled, cv2.xphoto.INPAINT_FSR_FAST)
    return filled


def interpolate_smoothly(colours: NDArray[Any], known: NDArray[np.bool_]) -> NDArray[Any]:
    """Fill unknown pixels by the biharmonic equation, in the colours' own depth. colours: [h, w, C]; known: [h, w].

    Source: Damelin and Hoang 2018, as scikit-image has it.
    """
    from skimage.restoration import inpaint_biharmonic

    most = np.iinfo(colours.dtype).max
    seen = np.where(known[..., None], colours, 0) / most
    filled = np.clip(np.nan_to_num(inpaint_biharmonic(seen, ~known, channel_axis=-1)), 0, 1) * most
    return np.where(known[..., None], colours, np.rint(filled).astype(colours.dtype))
