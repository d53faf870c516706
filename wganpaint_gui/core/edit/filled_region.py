"""What was filled in a photo, alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.photo.photo import Photo

from .document import DocumentState


def filled_region(state: DocumentState, *, cropped: bool) -> Photo:
    """Return the photo with everything transparent but the kept fills or, where none is kept, the masked part.

    It has the photo's depth, an alpha channel, and black outside. cropped: to the smallest box that holds the region;
    otherwise it has the photo's size. Raises MaskError where nothing is filled or masked.
    """
    photo, region = state.photo, _region(state)
    if not region.any():
        raise MaskError("Nothing is filled or masked.", "Paint over the part to export, or keep a fill first.")
    box = _around(region) if cropped else photo.box
    inside, pixels = region[box.slices], photo.pixels[box.slices]
    if photo.has_alpha:
        alone = pixels.copy()
    else:
        alone = np.concatenate([pixels, np.full((*inside.shape, 1), photo.max_value, pixels.dtype)], axis=2)
    alone[~inside] = 0
    return photo.replaced(alone)


def part_to_compare(state: DocumentState, width: int, height: int) -> Box:
    """Return a part of the photo, at most that large, in the middle of what was filled or masked, or of the photo."""
    photo, region = state.photo.box, _region(state)
    box = _around(region) if region.any() else photo
    width, height = min(width, photo.width), min(height, photo.height)
    x, y = box.x + (box.width - width) // 2, box.y + (box.height - height) // 2
    return Box(min(max(x, 0), photo.width - width), min(max(y, 0), photo.height - height), width, height)


def _region(state: DocumentState) -> NDArray[np.bool_]:
    """Return what kept fills have changed or, without one, what is masked."""
    filled = _filled(state)
    return filled if filled.any() else hole(state.mask.array())


def _filled(state: DocumentState) -> NDArray[np.bool_]:
    region = np.zeros((state.photo.height, state.photo.width), bool)
    for tile, filled in state.filled:
        region[tile.slices] = filled
    return region


def _around(region: NDArray[np.bool_]) -> Box:
    rows, columns = np.flatnonzero(region.any(axis=1)), np.flatnonzero(region.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1))
