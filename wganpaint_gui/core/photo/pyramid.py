"""A photo in halved sizes, so that the canvas never draws many more pixels than the screen has."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.geometry import Box

from .photo import Photo
from .photo_source import Watch, unwatched

SMALLEST = 512  # the last level's longer side is at most this
_STRIP_PIXELS = 1 << 20


@dataclass(eq=False)
class Pyramid:
    """levels[k]: uint8 [ceil(H / 2^k), ceil(W / 2^k), 3 or 4], RGB or straight RGBA, sRGB.

    Each pixel averages 2 x 2 of the level above, colours weighted by alpha; at odd edges the 1 or 2 that exist. For an
    8-bit sRGB photo in colour levels[0] is the photo's own array, not a copy; the other levels take a third of that.
    """

    levels: list[NDArray[np.uint8]]

    @classmethod
    def build(cls, photo: Photo, watch: Watch = unwatched) -> Pyramid:
        """Make all levels. watch: gets the share that is done, 0..1; what it raises to give up passes."""
        levels = [photo.pixels if _is_displayable(photo) else photo.shown8(photo.box)]
        while max(levels[-1].shape[:2]) > SMALLEST:
            above = levels[-1]
            height, width, channels = above.shape
            levels.append(np.empty(((height + 1) // 2, (width + 1) // 2, channels), np.uint8))
            _halve(above, levels[-1], Box(0, 0, levels[-1].shape[1], levels[-1].shape[0]))
            watch(1 - 0.25 ** (len(levels) - 1))
        return cls(levels)

    def level_for(self, zoom: float) -> int:
        """Return the level just finer than the screen, or up to a fifth coarser. zoom: screen pixels a photo pixel."""
        return min(len(self.levels) - 1, max(0, math.floor(0.25 - math.log2(zoom))))

    def region(self, level: int, box: Box) -> NDArray[np.uint8]:
        """Return a box inside a level, in that level's pixels, as a contiguous array [h, w, 3 or 4] for QImage."""
        return np.ascontiguousarray(self.levels[level][box.slices])

    def update(self, photo: Photo, box: Box) -> None:
        """Update all levels after the photo's pixels inside `box`, and no others, have changed."""
        box = box.intersect(photo.box)
        if box.empty:
            return
        if _is_displayable(photo):
            self.levels[0] = photo.pixels
        else:
            self.levels[0][box.slices] = photo.shown8(box)
        for above, below in zip(self.levels, self.levels[1:], strict=False):
            left, top = box.x // 2, box.y // 2
            box = Box(left, top, (box.right + 1) // 2 - left, (box.bottom + 1) // 2 - top)
            _halve(above, below, box)


def _is_displayable(photo: Photo) -> bool:
    return photo.depth == 8 and not photo.is_grey and photo.is_srgb


def _halve(above: NDArray[np.uint8], below: NDArray[np.uint8], box: Box) -> None:
    """Compute the box of `below` from `above`, in strips since Pillow works on copies."""
    rows = max(1, _STRIP_PIXELS // (4 * box.width))
    for top in range(box.y, box.bottom, rows):
        bottom = min(top + rows, box.bottom)
        source = above[2 * top : 2 * bottom, 2 * box.x : 2 * box.right]
        below[top:bottom, box.x : box.right] = np.asarray(Image.fromarray(np.ascontiguousarray(source)).reduce(2))
