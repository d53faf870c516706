"""A fill from the surroundings, ready to be shown and kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Mask
from wganpaint_gui.core.photo.photo import Photo

from .surroundings import SurroundingsFill

_LARGEST = 512  # pixels, the longest side of what is drawn over the photo
_PREVIEW = 256  # pixels, side of the picture in the lane
_AROUND = 0.5  # of the hole's longer side, the photo shown around it there
_LEAST_AROUND = 8  # pixels


@dataclass(frozen=True, eq=False)
class ShownFill:
    """A fill with its pictures. Never written to, so any thread may use it."""

    fill: SurroundingsFill
    made_for: Mask  # [h, w] of the fill's box
    frame: Frame  # the square around the box in which it is drawn
    overlay: NDArray[np.uint8]  # [s, s, 4] RGBA over the frame, 0 outside the hole
    preview: NDArray[np.uint8]  # [s, s, 3] RGB, the photo around the hole, filled; black beyond a narrow photo

    @classmethod
    def of(cls, fill: SurroundingsFill, photo: Photo, mask: Mask) -> ShownFill:
        """Draw a fill. photo, mask: those it was made for."""
        box, made_for = fill.box, mask[fill.box.slices].copy()
        frame = _square(box)
        shown = np.zeros((frame.size, frame.size, 4), np.uint8)
        part = photo.replaced(fill.pixels)
        inside = box.moved(-frame.x, -frame.y).slices
        shown[inside][..., :3] = part.rgb8(part.box)
        shown[inside][..., 3] = np.where(made_for > 127, np.uint8(255), np.uint8(0))
        shown[shown[..., 3] == 0] = 0
        return cls(fill, made_for, frame, _smaller(shown), _preview(fill, photo))


def _square(box: Box) -> Frame:
    size = max(box.width, box.height)
    return Frame(box.x - (size - box.width) // 2, box.y - (size - box.height) // 2, size)


def _smaller(shown: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Average [s, s, 4] down to what is drawn; colours count by their opacity."""
    import cv2

    size = len(shown)
    if size <= _LARGEST:
        return shown
    values = shown.astype(np.float32)
    values[..., :3] = values[..., :3] * (values[..., 3:] / 255)
    small = cv2.resize(values, (_LARGEST, _LARGEST), interpolation=cv2.INTER_AREA)
    small[..., :3] = small[..., :3] * (255 / np.maximum(small[..., 3:], 1))
    return np.rint(np.clip(small, 0, 255)).astype(np.uint8)


def _preview(fill: SurroundingsFill, photo: Photo) -> NDArray[np.uint8]:
    """Return the photo around the hole, with the fill in it."""
    import cv2

    around = max(_LEAST_AROUND, round(_AROUND * max(fill.box.width, fill.box.height)))
    seen = _square(fill.box.grown(around)).box.placed_in(photo.box)
    picture = photo.rgb8(seen).copy()
    part = photo.replaced(fill.pixels)
    picture[fill.box.moved(-seen.x, -seen.y).slices] = part.rgb8(part.box)
    scale = _PREVIEW / max(seen.width, seen.height)
    size = max(1, round(seen.width * scale)), max(1, round(seen.height * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    result = np.zeros((_PREVIEW, _PREVIEW, 3), np.uint8)  # a picture in a lane is square
    top, left = (_PREVIEW - size[1]) // 2, (_PREVIEW - size[0]) // 2
    result[top : top + size[1], left : left + size[0]] = small
    return result
