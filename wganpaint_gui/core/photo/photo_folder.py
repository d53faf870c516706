"""The photos of a folder, told by their names, in the order that people expect."""

from __future__ import annotations

import os
import re
from pathlib import Path

_KINDS = "jpg jpeg jpe jfif png apng webp tif tiff bmp dib gif ppm pgm pbm pnm jp2 j2k jpx avif tga qoi"
PHOTO_SUFFIXES = tuple(f".{kind}" for kind in _KINDS.split())  # of files that the program opens


def photos_in(folder: Path) -> list[Path]:
    """Return the photos of a folder, IMG_2 before IMG_10; none where it cannot be read.

    Hidden files, among them the ._ files that macOS leaves on other systems' disks, folders and dead links are none.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if _may_be_photo(entry.name) and os.path.isfile(entry.path)]
    except OSError:
        return []
    return [folder / name for name in sorted(names, key=natural)]


def natural(name: str) -> list[tuple[int, str]]:
    """Return what to sort a name by: without regard to case, numbers by their value."""
    parts = re.split("([0-9]+)", name.casefold())
    return [(int(part) if number % 2 else 0, part) for number, part in enumerate(parts)]


def _may_be_photo(name: str) -> bool:
    return not name.startswith(".") and os.path.splitext(name)[1].lower() in PHOTO_SUFFIXES
