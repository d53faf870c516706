"""Conversion between a photo's own colours and sRGB, on which the models were trained."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

Mode = Literal["L", "RGB", "CMYK"]
_STRIP_PIXELS = 1 << 19
_ROUNDING = 2  # of 255
_BAD_PROFILE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


@lru_cache(maxsize=32)
def to_srgb(icc: bytes | None, mode: Mode, *, inverse: bool = False) -> ImageCms.ImageCmsTransform | None:
    """Return the transform from a profile to sRGB, or the inverse.

    None without a profile that fits this mode, and for a profile of sRGB: nothing is to be converted.
    """
    if not icc:
        return None
    try:
        own, srgb = ImageCms.ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("sRGB")
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        exact = ImageCms.Flags.NOOPTIMIZE if mode == "L" else ImageCms.Flags.NONE  # else grey is off by up to 10 of 255
        there = ImageCms.buildTransform(own, srgb, mode, "RGB", renderingIntent=intent, flags=exact)
        if mode == "RGB" and _changes_nothing(there):
            return None
        return ImageCms.buildTransform(srgb, own, "RGB", mode, renderingIntent=intent) if inverse else there
    except _BAD_PROFILE:  # a damaged profile, or one of another colour space
        return None


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Return whether no colour becomes another, but for rounding."""
    levels = np.linspace(0, 255, 18).astype(np.uint8)
    colours = np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(-1, 1, 3)
    return bool(np.abs(apply(transform, colours).astype(int) - colours).max() <= _ROUNDING)


def apply(transform: ImageCms.ImageCmsTransform, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Convert [h, w, 1 or 3]; returns [h, w, 1 or 3], as the transform was built. Works in strips, to save memory."""
    if transform.input_mode == "L":
        table = np.asarray(transform.apply(Image.fromarray(np.arange(256, dtype=np.uint8)[None])))[0]
        return np.asarray(table[pixels[..., 0]])
    rows = max(1, _STRIP_PIXELS // max(1, pixels.shape[1]))
    converted = np.empty((*pixels.shape[:2], len(transform.output_mode)), np.uint8)
    for top in range(0, len(pixels) if pixels.size else 0, rows):
        strip = np.ascontiguousarray(pixels[top : top + rows])
        image = Image.fromarray(strip[..., 0] if strip.shape[2] == 1 else strip)
        converted[top : top + rows] = np.asarray(transform.apply(image)).reshape(*strip.shape[:2], -1)
    return converted
