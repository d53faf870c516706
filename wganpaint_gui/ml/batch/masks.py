"""The mask of a photo: from a file or from its alpha channel, and the frame of its largest face."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.edit.mask_io import alpha_mask, load_mask
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.photo.photo import Photo

MASK_KINDS = ("center", "center32", "random80", "alpha")
MASK_SUFFIXES = (".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".jpg", ".jpeg")


def given_mask(photo: Photo, source: str, warn: Callable[[str], object]) -> NDArray[np.uint8]:
    """Read the mask from a file, a folder of masks (paired by stem) or the photo's alpha: uint8 [H, W].

    warn: called with a doubt whether a file is a mask, as a sentence. Raises PhotoError and MaskError where it cannot
    be read, does not fit or marks nothing.
    """
    if source == "alpha":
        if not photo.has_alpha:
            raise MaskError("The photo has no alpha channel.", "Give a mask file with --mask.")
        mask, name = alpha_mask(photo), "The photo's alpha channel"
    else:
        path = _paired(Path(source), photo) if os.path.isdir(source) else Path(source)
        mask, name = load_mask(path, (photo.width, photo.height), warn), f"The mask {path}"
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
