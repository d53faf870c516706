"""Mask files: 8-bit grey PNG of the photo's size, white = fill."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.errors import MaskError, SaveError
from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.system.atomic import atomic_write


def load_mask(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Read any image file as a mask [H, W], 0..255: its brightness times its opacity.

    size: (width, height) of the photo. Raises PhotoError for a file that is not an image, MaskError for another size.
    """
    image = load_photo(path)
    if (image.width, image.height) != size:
        raise MaskError(
            f"The mask {path} has {image.width} × {image.height} pixels, the photo {size[0]} × {size[1]}.",
            "Choose a mask of the photo's size.",
        )
    grey: NDArray[np.uint8] = np.array(Image.fromarray(image.rgb8(image.box)).convert("L"))
    if not image.has_alpha:
        return grey
    alpha = image.pixels[..., -1].astype(np.float32) / np.float32(image.max_value)
    return np.rint(grey * alpha).astype(np.uint8)


def save_mask(mask: NDArray[np.uint8], path: Path, *, overwrite: bool = False) -> None:
    """Write a mask [H, W] so that `load_mask` gives it back exactly. Raises SaveError."""
    if path.suffix.lower() != ".png":
        raise SaveError(f"The mask was not saved as {path}: it must be a PNG file.", "Choose a name ending in .png.")
    encoded = BytesIO()
    Image.fromarray(mask).save(encoded, "PNG")
    atomic_write(path, lambda file: file.write(encoded.getbuffer()), overwrite=overwrite)


def alpha_mask(photo: Photo) -> NDArray[np.uint8]:
    """Return [H, W], 255 where the photo is fully transparent, 0 elsewhere."""
    return np.where(photo.transparent(photo.box), np.uint8(255), np.uint8(0))
