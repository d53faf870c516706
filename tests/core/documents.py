"""Documents for tests: a photo of four tiles, strokes on it, and fills as composition makes them."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.fill_plan import plan_fill
from wganpaint_gui.core.edit.tiles import DeferredCopy
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import Brush, Mask, hole

HEIGHT, WIDTH = 280, 300  # four tiles
BRUSH = Brush(30)


def a_photo(channels: int = 3, dtype: type = np.uint8, height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.uint8]:
    values = np.random.default_rng(1).integers(0, np.iinfo(dtype).max, (height, width, channels))
    return values.astype(dtype)


def paint(document: Document, *points: tuple[float, float], brush: Brush = BRUSH) -> None:
    with document.edit_mask("brush stroke") as edit:
        for here, there in zip(points, points[1:] or points, strict=False):
            edit.segment(here, there, brush)


def filled(document: Document, box: Box, value: int) -> NDArray[np.uint8]:
    """A fill as composition makes it: other values in the hole, the photo's own beside it."""
    pixels = document.photo.pixels[box.slices].copy()
    pixels[hole(document.mask[box.slices])] = value
    return pixels


def keep_fill(document: Document, box: Box, pixels: NDArray[Any], made_for: Mask | None = None) -> bool:
    """Plan a fill and keep it. made_for: the mask inside the box when it was made; None: as it is now."""
    made_for = document.mask[box.slices].copy() if made_for is None else made_for
    return document.keep(plan_fill(document.plan_basis(), box, pixels, made_for))


def deferred_copies() -> list[DeferredCopy]:
    """All that anything still saves pixels for."""
    gc.collect()
    return [one for one in gc.get_objects() if type(one) is DeferredCopy]  # isinstance would wake lazy modules
