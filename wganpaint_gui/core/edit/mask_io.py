"""Mask files: 8-bit grey PNG of the photo's size, white = fill."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.errors import MaskError, SaveError
from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.system.atomic import atomic_write

_COLOURED = 24  # difference between the channels of a pixel, 0..255, from which on it is seen as a colour
_MOST_COLOURED = 0.01  # share of a mask's pixels; more, and the file looks like a photo


Doubt = Callable[[str], object]  # called with a sentence where a picture looks like a photo


def load_mask(path: Path, size: tuple[int, int], doubt: Doubt | None = None) -> NDArray[np.uint8]:
    """Read a mask of the photo's size, (width, height), see `read_mask`. Raises MaskError for another size."""
    mask = read_mask(path, doubt)
    if mask.shape != size[::-1]:
        raise MaskError(
            f"The mask {path} has {mask.shape[1]} × {mask.shape[0]} pixels, the photo {size[0]} × {size[1]}.",
            "Choose a mask of the photo's size.",
        )
    return mask


def read_mask(path: Path, doubt: Doubt | None = None) -> NDArray[np.uint8]:
    """Read any image file as a mask, see `mask_from_pixels`. Raises PhotoError for a file that is not an image."""
    return mask_from_pixels(load_photo(path).pixels, path.name, doubt)


def mask_from_pixels(pixels: NDArray[Any], name: str, doubt: Doubt | None = None) -> NDArray[np.uint8]:
    """Return a mask [H, W], 0..255: the picture's brightness times its opacity.

    pixels: [H, W, C] of 8 or 16 bits, C as in a photo. name: of the picture, for `doubt`.
    """
    image = Photo(pixels)  # without a profile: a mask holds numbers, not colours
    colours = image.rgb8(image.box)
    if doubt is not None and _has_colours(colours):
        doubt(f"{name} looks like a photo, because it has colours. In a mask, the bright parts are filled.")
    grey: NDArray[np.uint8] = np.array(Image.fromarray(colours).convert("L"))
    if not image.has_alpha:
        return grey
    alpha = image.pixels[..., -1].astype(np.float32) / np.float32(image.max_value)
    return np.rint(grey * alpha).astype(np.uint8)


def _has_colours(pixels: NDArray[np.uint8]) -> bool:
    """Return whether more pixels than a mask has by chance are coloured. pixels: [H, W, 3] RGB."""
    apart = np.ptp(pixels, axis=2) > _COLOURED
    return bool(apart.mean() > _MOST_COLOURED)


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
