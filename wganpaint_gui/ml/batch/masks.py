"""The mask of a photo: from a file or from its alpha channel, and the frame of its largest face."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.edit.mask_io import alpha_mask, load_mask
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.photo.photo import Photo

MASK_KINDS = ("center", "center32", "random80", "alpha")
MASK_MARK = "-mask"  # after the photo's name, in the name that the editor proposes for a mask
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
    path = photo.path or Path()
    try:
        return mask_for(path, masks_in(folder))
    except OSError as error:
        raise MaskError(f"The folder {folder} cannot be read: {error.strerror}.", "Check its permissions.") from error


def mask_for(photo: Path, masks: Masks) -> Path:
    """Return the one mask of a photo: named like it or, as the editor proposes, like it with -mask.

    Raises MaskError where there is none, or several.
    """
    stem = composed(photo.stem)
    for name in (stem, f"{stem}{MASK_MARK}"):
        found = [path for path in masks.by_stem.get(name, []) if path != photo]
        if len(found) > 1:
            names = ", ".join(path.name for path in found)
            raise MaskError(f"{masks.folder} has several masks for this photo: {names}.", "Keep one.")
        if found:
            return found[0]
    raise MaskError(f"{masks.folder} contains no mask for this photo.", f"Save one there as {photo.stem}.png.")


@dataclass(frozen=True, eq=False)
class Masks:
    """The files of a folder that may be masks, by their composed stem."""

    folder: Path
    by_stem: dict[str, list[Path]]


def masks_in(folder: Path) -> Masks:
    """List the masks of a folder; quick where it has not changed since. Raises OSError."""
    return _masks_in(folder, folder.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _masks_in(folder: Path, changed: int) -> Masks:  # noqa: ARG001  # another time, another list
    """changed: when the folder was, in nanoseconds."""
    masks: dict[str, list[Path]] = {}
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if _may_be_mask(entry.name) and os.path.isfile(entry.path))
    for name in names:
        masks.setdefault(composed(os.path.splitext(name)[0]), []).append(folder / name)
    return Masks(folder, masks)


def _may_be_mask(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in MASK_SUFFIXES


def composed(name: str) -> str:
    """Write accents as one character with their letter: some systems store them one way, some the other."""
    return unicodedata.normalize("NFC", name)
