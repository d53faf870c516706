"""The corruptions of the paper: holes of a known shape, to measure fills in."""

from __future__ import annotations

import math
from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.turned import known_cells

RANDOM_SHARE = 0.8  # missing model pixels of random80


def corrupted(photo: Photo, kind: str, frame: Frame, resolution: int, seed: int) -> NDArray[np.uint8]:
    """Create the mask of one of the paper's corruptions of what the model sees: uint8 [H, W].

    center: the middle quarter of the frame's side (16x16 of 64), center32: the middle half, random80: 80 % of the
    model's pixels, chosen by seed. Source: Cooper, section on experiments. Raises MaskError where it is empty.
    """
    if kind == "random80":
        mask = random_hole(photo.box, frame, resolution, RANDOM_SHARE, seed)
    else:
        mask = centre_hole(photo.box, frame, resolution, 1 / 4 if kind == "center" else 1 / 2)
    if not mask.any():
        raise MaskError(f"--mask {kind} masks nothing in the frame {','.join(map(str, frame.numbers))}.")
    return mask


def centre_hole(photo: Box, frame: Frame, resolution: int, share: float) -> NDArray[np.uint8]:
    """Mask the middle of a frame, this share of its side in pixels of the model: uint8 [H, W] of the photo."""
    cells = _cells(frame, resolution)
    missing = np.zeros((cells, cells), bool)
    half = cells * share / 2
    middle = slice(math.floor(cells / 2 - half), math.ceil(cells / 2 + half))
    missing[middle, middle] = True
    return _mask(photo, frame, _on_photo_pixels(missing, frame))


def random_hole(photo: Box, frame: Frame, resolution: int, share: float, seed: int) -> NDArray[np.uint8]:
    """Mask this share of the pixels that the model sees in a frame, chosen by seed: uint8 [H, W] of the photo."""
    return _mask(photo, frame, _random_pixels(_cells(frame, resolution), frame, share, seed))


def _cells(frame: Frame, resolution: int) -> int:
    return min(resolution, frame.size)  # a photo pixel that is larger than a model pixel is one cell


def _mask(photo: Box, frame: Frame, missing: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Put missing pixels [h, w] of the frame's box on a photo."""
    visible = frame.box.intersect(photo)
    mask = np.zeros((photo.height, photo.width), np.uint8)
    mask[visible.slices] = missing[visible.moved(-frame.box.x, -frame.box.y).slices] * np.uint8(255)
    return mask


def _random_pixels(cells: int, frame: Frame, share: float, seed: int) -> NDArray[np.bool_]:
    """Mark as few random cells as it takes for the model to miss this share of them: [h, w] of the frame's box.

    Where the sizes do not divide, a cell whose photo pixels all reach into known cells cannot be missing.
    """
    order = np.random.default_rng(seed).permutation(cells * cells)

    def square(count: int) -> NDArray[np.bool_]:
        missing = np.zeros((cells, cells), bool)
        missing.flat[order[:count]] = True
        return _on_photo_pixels(missing, frame)

    def missed(count: int) -> int:
        if frame.angle:
            return int(np.count_nonzero(~known_cells(frame, cells, frame.box, square(count))))
        return int(np.count_nonzero(_sums(square(count), frame.size, cells)))

    counts = range(cells * cells + 1)
    return square(bisect_left(counts, round(share * cells * cells), key=missed))


def _on_photo_pixels(missing: NDArray[np.bool_], frame: Frame) -> NDArray[np.bool_]:
    """Map missing cells [cells, cells] to photo pixels [h, w] of the frame's box: missing where all they touch are.

    The cells that stay known are then known completely, whatever the ratio of the two sizes.
    """
    if frame.angle:
        return _on_turned_pixels(missing, frame)
    return np.asarray(_sums(~missing, len(missing), frame.size) == 0)


def _on_turned_pixels(missing: NDArray[np.bool_], frame: Frame) -> NDArray[np.bool_]:
    cells, box = len(missing), frame.box
    columns = np.arange(box.x, box.right, dtype=np.float64) + 0.5
    rows = np.arange(box.y, box.bottom, dtype=np.float64) + 0.5
    across, down = frame.from_photo(columns[None, :], rows[:, None])  # [h, w] each
    reach = sum(map(abs, frame.right)) / 2 / max(frame.size, 1)
    # The cells under the upright square around a turned photo pixel: never too few.
    left, top = (np.floor((share - reach) * cells).clip(0, cells).astype(int) for share in (across, down))
    right, bottom = (np.ceil((share + reach) * cells).clip(0, cells).astype(int) for share in (across, down))
    table = _table(~missing)
    known = table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]
    return np.asarray(frame.holds(box) & (known == 0))


def _sums(grid: NDArray[np.bool_], size: int, parts: int) -> NDArray[np.int64]:
    """Count the True cells that each of the equal parts of a square touches: [size, size] -> [parts, parts]."""
    first = np.arange(parts) * size // parts
    after = -(-np.arange(1, parts + 1) * size // parts)
    table = _table(grid)
    both = table[np.ix_(after, after)] + table[np.ix_(first, first)]
    return np.asarray(both - table[np.ix_(first, after)] - table[np.ix_(after, first)])


def _table(grid: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the summed areas [n + 1, n + 1] of a grid [n, n]."""
    table = np.zeros((len(grid) + 1, len(grid) + 1), np.int64)
    table[1:, 1:] = grid.cumsum(0).cumsum(1)
    return table
