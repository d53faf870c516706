"""Regions of a photo: what a shape, a click or the wand selects, to be combined with the mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from wganpaint_gui.core.geometry import EMPTY_BOX, Box
from wganpaint_gui.core.mask import Mask, Point, bounding_box, hole

Combine = Literal["add", "subtract", "intersect"]  # what a region does to the mask
DEFAULT_TOLERANCE, MAX_TOLERANCE = 32, 255  # of the wand, levels of 255


@dataclass(frozen=True, eq=False)
class Region:
    """Some pixels of a photo: those of the box that are True in `inside`, bool [box.height, box.width]."""

    box: Box
    inside: NDArray[np.bool_]


NOWHERE = Region(EMPTY_BOX, np.zeros((0, 0), bool))


def rectangle(box: Box, photo: Box) -> Region:
    """Return the part of a box that lies in the photo's."""
    seen = box.intersect(photo)
    return NOWHERE if seen.empty else Region(seen, np.broadcast_to(np.True_, (seen.height, seen.width)))


def ellipse(box: Box, photo: Box) -> Region:
    """Return the pixels whose centres lie in the ellipse that touches all sides of a box."""
    seen = box.intersect(photo)
    if seen.empty:
        return NOWHERE
    rows = (np.arange(seen.y, seen.bottom) + 0.5 - box.y) / box.height * 2 - 1  # -1 to 1 from top to bottom
    columns = (np.arange(seen.x, seen.right) + 0.5 - box.x) / box.width * 2 - 1
    reach = np.sqrt(1 - rows * rows)  # half the width of each row
    return Region(seen, np.abs(columns)[None, :] < reach[:, None])


def polygon(points: Sequence[Point], photo: Box) -> Region:
    """Return the pixels inside and under a closed outline.

    points: at least three (x, y) in photo pixels; fewer enclose nothing. The even-odd rule decides where the outline
    crosses itself.
    """
    if len(points) < 3:
        return NOWHERE
    corners = np.floor(np.asarray(points, np.float64)).astype(int)
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    box = Box(left, top, right - left + 1, bottom - top + 1).intersect(photo)
    if box.empty:
        return NOWHERE
    stencil = Image.new("1", (box.width, box.height))
    moved = corners - (box.x, box.y)
    ImageDraw.Draw(stencil).polygon([(x, y) for x, y in moved.tolist()], fill=1, outline=1)
    return Region(box, np.asarray(stencil, bool))


def joined(mask: Mask, x: int, y: int) -> Region:
    """Find the pixels around pixel (x, y) on the same side of the mask's threshold.

    They join along edges, not at corners; the photo's border closes them. Outside the mask there are none.
    """
    if not (0 <= y < mask.shape[0] and 0 <= x < mask.shape[1]):
        return NOWHERE
    return _joined(hole(mask).view(np.uint8), x, y)


def _joined(values: NDArray[np.uint8], x: int, y: int) -> Region:
    """Find the pixels that have the value of pixel (x, y) and join with it along edges."""
    import cv2

    found = np.zeros((values.shape[0] + 2, values.shape[1] + 2), np.uint8)  # OpenCV wants a border of one pixel
    _, _, _, bounds = cv2.floodFill(values, found, (x, y), 0, flags=4 | cv2.FLOODFILL_MASK_ONLY)
    box = Box(*(int(number) for number in bounds))
    return Region(box, found[1:-1, 1:-1][box.slices].view(bool))


def similar(pixels: NDArray[Any], colour: NDArray[Any], tolerance: int) -> NDArray[np.uint8]:
    """Return [H, W], 255 where a pixel differs from a colour by at most the tolerance in every channel, else 0.

    pixels: [H, W, C] of 8 or 16 bits, C up to 4, opacity included. colour: [C]. tolerance: 0 to 255 levels of 255, also
    where a channel has more of them.
    """
    import cv2

    reach = tolerance * (int(np.iinfo(pixels.dtype).max) // MAX_TOLERANCE)
    levels = [*colour.tolist(), 0, 0, 0][:4]  # OpenCV wants four numbers, whatever the channels
    low, high = (tuple(level + step for level in levels) for step in (-reach, reach))
    return np.asarray(cv2.inRange(pixels, low, high), np.uint8)


def selected(alike: NDArray[np.uint8], x: int, y: int, *, contiguous: bool) -> Region:
    """Return what `similar` found, or, where contiguous, only those pixels of it that join with (x, y)."""
    if contiguous:
        return _joined(alike, x, y)
    box = bounding_box(alike)
    return Region(box, alike[box.slices] > 0)
