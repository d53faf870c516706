"""Mask files: 8-bit grey PNG of the photo's size, white = fill."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.errors import MaskError, SaveError
from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.system.atomic import atomic_write

_COLOURED = 24  # difference between the channels of a pixel, 0..255, from which on it is seen as a colour
_MOST_COLOURED = 0.01  # share of a mask's pixels; more, and the file looks like a photo


def load_mask(path: Path, size: tuple[int, int], doubt: Callable[[str], object] | None = None) -> NDArray[np.uint8]:
    """Read any image file as a mask [H, W], 0..255: its brightness times its opacity.

    size: (width, height) of the photo. doubt: called with a sentence where the file looks like a photo. Raises
    PhotoError for a file that is not an image, MaskError for another size.
    """
    image = Photo(load_photo(path).pixels)  # without its profile: a mask holds numbers, not colours
    if (image.width, image.height) != size:
        raise MaskError(
            f"The mask {path} has {image.width} × {image.height} pixels, the photo {size[0]} × {size[1]}.",
            "Choose a mask of the photo's size.",
        )
    colours = image.rgb8(image.box)
    if doubt is not None and _has_colours(colours):
        doubt(f"{path.name} looks like a photo, because it has colours. In a mask, the bright parts are filled.")
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
