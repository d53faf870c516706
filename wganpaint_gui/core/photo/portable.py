"""PPM and PGM with more than 8 bits or an odd white: Pillow cuts their colours to 8 bits, a pixel at a time."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from .picture_file import PictureFile


def read_values(picture: PictureFile) -> NDArray[Any] | None:
    """Return the pixels [H, W, C] of a binary PPM or PGM, scaled to 8 or 16 bits; None for every other file.

    Raises OSError where some are missing. Source: Netpbm, ppm(5) and pgm(5).
    """
    image = picture.image
    if image.format != "PPM" or image.tile[0].codec_name != "ppm":
        return None
    white: int = cast(tuple[str, int], image.tile[0].args)[1]
    channels = len(image.getbands())
    most, stored = (255, ">u1") if white <= 255 else (65535, ">u2")
    picture.file.seek(image.tile[0].offset)
    count = image.height * image.width * channels
    data = picture.file.read(count * np.dtype(stored).itemsize)
    if len(data) < count * np.dtype(stored).itemsize:
        raise OSError("parts of the picture are missing")
    values = np.frombuffer(data, stored).reshape(image.height, image.width, channels)
    scaled: NDArray[Any] = np.floor(np.minimum(values, white) * (most / white) + 0.5)
    return scaled.astype(np.uint8 if most == 255 else np.uint16)
