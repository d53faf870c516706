"""Conversion between a photo's own colours and sRGB, on which the models were trained."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

Mode = Literal["L", "RGB", "CMYK"]
_BAD_PROFILE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


@lru_cache(maxsize=32)
def to_srgb(icc: bytes | None, mode: Mode, *, inverse: bool = False) -> ImageCms.ImageCmsTransform | None:
    """Return the transform from a profile to sRGB, or the inverse; None without a profile that fits this mode."""
    if not icc:
        return None
    try:
        own, srgb = ImageCms.ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("sRGB")
        source, target = (srgb, own) if inverse else (own, srgb)
        modes = ("RGB", mode) if inverse else (mode, "RGB")
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        return ImageCms.buildTransform(source, target, *modes, renderingIntent=intent)
    except _BAD_PROFILE:  # a damaged profile, or one of another colour space
        return None


def apply(transform: ImageCms.ImageCmsTransform, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Convert [h, w, 1 or 3]; returns [h, w, 1 or 3], as the transform was built."""
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    converted = np.asarray(transform.apply(image))
    return converted.reshape(*pixels.shape[:2], -1)
