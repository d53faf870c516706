"""What a lossy format would make of a photo: the size of its file, and what changes."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.geometry import Box

from .photo import Photo
from .photo_writer import check_format, encode

_MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}  # of Pillow, by the number of channels


@dataclass(frozen=True, eq=False)
class LossyPreview:
    """What a file would be like; differences are of values from 0 to 255, within the part that is shown."""

    size: int  # bytes
    before: NDArray[np.uint8]  # [h, w, 3] sRGB
    after: NDArray[np.uint8]  # [h, w, 3] sRGB, as the file would show it
    largest: int  # difference of one value
    mean: float  # difference


def lossy_preview(photo: Photo, suffix: str, quality: int, part: Box) -> LossyPreview:
    """Encode the whole photo and read it again. part: of the photo, shown. Raises SaveError as `save_photo` does."""
    path = Path((photo.path or Path("photo")).stem + suffix)  # for what may be said
    check_format(photo.pixels, photo.metadata, path)
    data = encode(photo.pixels, photo.metadata, path, quality)
    with Image.open(BytesIO(data)) as image:
        pixels = np.asarray(
            image.convert(_MODES[photo.pixels.shape[2]]).crop(
                (part.x, part.y, part.x + part.width, part.y + part.height)
            )
        )
    written = photo.replaced(pixels.reshape(part.height, part.width, -1))
    before, after = photo.rgb8(part), written.rgb8(written.box)
    difference = np.abs(before.astype(np.int16) - after)
    return LossyPreview(len(data), before, after, int(difference.max()), float(difference.mean()))
