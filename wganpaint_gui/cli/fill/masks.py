"""The mask of a photo: from a file, from its alpha channel, or one of the corruptions of the paper."""

from __future__ import annotations

import math
import os
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.cli.console import print_warning
from wganpaint_gui.core.edit.mask_io import alpha_mask, load_mask
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.faces.leaning import find_faces
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.turned import known_cells

MASK_KINDS = ("center", "center32", "random80", "alpha")
MASK_SUFFIXES = (".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".jpg", ".jpeg")
RANDOM_SHARE = 0.8  # missing model pixels of random80


def given_mask(photo: Photo, source: str) -> NDArray[np.uint8]:
    """Read the mask from a file, a folder of masks (paired by stem) or the photo's alpha: uint8 [H, W].

    Raises PhotoError and MaskError where it cannot be read, does not fit or marks nothing.
    """
    if source == "alpha":
        if not photo.has_alpha:
            raise MaskError("The photo has no alpha channel.", "Give a mask file with --mask.")
        mask, name = alpha_mask(photo), "The photo's alpha channel"
    else:
        path = _paired(Path(source), photo) if os.path.isdir(source) else Path(source)
        mask, name = load_mask(path, (photo.width, photo.height), print_warning), f"The mask {path}"
    if not (mask > 127).any():
        raise MaskError(
            f"{name} marks nothing.",
            "White (above 127) in a mask file, or transparent in alpha, marks the part to fill.",
        )
    return mask


def _paired(folder: Path, photo: Photo) -> Path:
    stem = photo.path.stem if photo.path is not None else ""
    try:
        found = _masks_in(folder, folder.stat().st_mtime_ns).get(_composed(stem), [])
    except OSError as error:
        raise MaskError(f"The folder {folder} cannot be read: {error.strerror}.", "Check its permissions.") from error
    if not found:
        raise MaskError(f"{folder} contains no mask for this photo.", f"Save one there as {stem}.png.")
    if len(found) > 1:
        raise MaskError(
            f"{folder} has several masks for this photo: {', '.join(path.name for path in found)}.", "Keep one."
        )
    return found[0]


@lru_cache(maxsize=2)
def _masks_in(folder: Path, changed: int) -> dict[str, list[Path]]:  # noqa: ARG001  # another time, another list
    """Return the masks of a folder by their composed stem. changed: when it was, in nanoseconds."""
    masks: dict[str, list[Path]] = {}
    for name in sorted(os.listdir(folder)):
        stem, suffix = os.path.splitext(name)
        if suffix.lower() in MASK_SUFFIXES and os.path.isfile(folder / name):
            masks.setdefault(_composed(stem), []).append(folder / name)
    return masks


def _composed(name: str) -> str:
    """Write accents as one character with their letter: some systems store them one way, some the other."""
    return unicodedata.normalize("NFC", name)


def largest_face(photo: Photo) -> Frame:
    """Return the frame of the largest detected face, or the largest centred square where there is none."""
    faces = find_faces(photo)
    if faces:
        return max(faces, key=lambda frame: frame.size)
    size = min(photo.width, photo.height)
    return Frame((photo.width - size) // 2, (photo.height - size) // 2, size)


def corrupted(photo: Photo, kind: str, frame: Frame, resolution: int, seed: int) -> NDArray[np.uint8]:
    """Create the mask of one of the paper's corruptions of what the model sees: uint8 [H, W].

    center: the middle quarter of the frame's side (16x16 of 64), center32: the middle half, random80: 80 % of the
    model's pixels, chosen by seed. Source: Cooper, section on experiments. Raises MaskError where it is empty.
    """
    cells = min(resolution, frame.size)  # a photo pixel that is larger than a model pixel is one cell
    if kind == "random80":
        square = _random_pixels(cells, frame, seed)
    else:
        missing = np.zeros((cells, cells), bool)
        half = cells / (8 if kind == "center" else 4)
        middle = slice(math.floor(cells / 2 - half), math.ceil(cells / 2 + half))
        missing[middle, middle] = True
        square = _on_photo_pixels(missing, frame)
    visible = frame.box.intersect(photo.box)
    mask = np.zeros((photo.height, photo.width), np.uint8)
    inside = visible.moved(-frame.box.x, -frame.box.y)
    mask[visible.slices] = square[inside.slices] * np.uint8(255)
    if not mask.any():
        raise MaskError(f"--mask {kind} masks nothing in the frame {','.join(map(str, frame.numbers))}.")
    return mask


def _random_pixels(cells: int, frame: Frame, seed: int) -> NDArray[np.bool_]:
    """Mark as few random cells as it takes for the model to miss RANDOM_SHARE of them: [h, w] of the frame's box.

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
    return square(bisect_left(counts, round(RANDOM_SHARE * cells * cells), key=missed))


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
