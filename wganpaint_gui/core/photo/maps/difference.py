"""How a photo differs from the one that was opened, as it is shown: in sRGB, with 256 levels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import EMPTY_BOX, Box, around
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.pyramid import Pyramid


def opened_part(photo: Photo, originals: Iterable[tuple[Box, NDArray[Any]]]) -> tuple[Pyramid, Box] | None:
    """Return the part of the photo that fills have changed, as it was opened, and its place; None if nothing changed.

    originals: what was in each changed tile, [h, w, C].
    """
    tiles = tuple(originals)
    place = around(box for box, _ in tiles)
    if place.empty:
        return None
    pixels = photo.pixels[place.slices].copy()
    for box, patch in tiles:
        pixels[box.moved(-place.x, -place.y).slices] = patch
    return Pyramid.build(photo.replaced(pixels)), place


def shown_difference(
    now: Pyramid,
    opened: tuple[Pyramid, Box] | None,
    fill: tuple[Box, NDArray[np.uint8]] | None,
    visible: Box,
    zoom: float,
) -> tuple[Box, NDArray[np.uint8]]:
    """Return how the visible part of the photo differs from the opened one, and where; elsewhere it does not.

    now: the photo with all kept fills. opened: see `opened_part`. fill: one that is not kept yet, straight RGBA
    [s, s, 4], over a square of the photo. visible: in photo pixels. Returns a box of the photo, and [h, w] in 0..255
    that cover it, in pixels of the level that is drawn at this zoom.
    """
    changed = around(box for box in (opened and opened[1], fill and fill[0]) if box).intersect(visible)
    level = now.level_for(zoom)
    if opened is not None:
        level = min(level, len(opened[0].levels) - 1)
    step, (height, width) = 2**level, now.levels[level].shape[:2]
    left, top = changed.x // step, changed.y // step
    part = Box(left, top, -(-changed.right // step) - left, -(-changed.bottom // step) - top)
    part = part.intersect(Box(0, 0, width, height))
    covered = Box(part.x * step, part.y * step, part.width * step, part.height * step)
    if changed.empty or part.empty:
        return EMPTY_BOX, np.zeros((0, 0), np.uint8)
    pixels = now.region(level, part)
    before = pixels.copy()
    if opened is not None:  # its corner is one of a tile, and so lies on a pixel of every level
        pyramid, place = opened
        high, wide = pyramid.levels[level].shape[:2]
        own = Box(place.x // step, place.y // step, wide, high).intersect(part)
        source = own.moved(-(place.x // step), -(place.y // step))
        before[own.moved(-part.x, -part.y).slices] = pyramid.levels[level][source.slices]
    if fill is not None:
        square, overlay = fill
        x, y, side = square.x / step - part.x, square.y / step - part.y, square.width / step
        pixels = laid_over(pixels, overlay, x=x, y=y, side=side)
    return covered, difference(before, pixels)


def difference(before: NDArray[np.uint8], now: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the largest difference of any channel, alpha included, at each pixel: [h, w], 0..255.

    before, now: [h, w, C].
    """
    largest: NDArray[np.uint8] = np.max(np.maximum(before, now) - np.minimum(before, now), axis=2)
    return largest


def laid_over(
    pixels: NDArray[np.uint8], overlay: NDArray[np.uint8], *, x: float, y: float, side: float
) -> NDArray[np.uint8]:
    """Return pixels [h, w, 3 or 4] with a square overlay over them, straight RGBA [s, s, 4], as the screen shows it.

    x, y, side: where the square is, in pixels of the array.
    """
    import cv2

    height, width = pixels.shape[:2]
    scale = side / len(overlay)
    # A pixel's centre is half a pixel from its corner, in both grids.
    placed = np.array([[scale, 0, x + (scale - 1) / 2], [0, scale, y + (scale - 1) / 2]], np.float64)
    opaque = overlay[..., 3:].astype(np.float32) / 255
    premultiplied = np.concatenate([overlay[..., :3] * opaque, opaque], axis=2)
    over: NDArray[Any] = cv2.warpAffine(premultiplied, placed, (width, height), flags=cv2.INTER_LINEAR)
    colours, opacity = over[..., :3], over[..., 3:]
    result = pixels.copy()
    result[..., :3] = np.rint(pixels[..., :3] * (1 - opacity) + colours)
    if pixels.shape[2] == 4:
        result[..., 3:] = np.rint(pixels[..., 3:] * (1 - opacity) + 255 * opacity)
    return result
