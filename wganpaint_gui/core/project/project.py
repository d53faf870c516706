"""A project: a photo as it was opened, everything that was done to it, and the search that waits for a decision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from wganpaint_gui.core.edit.document import DocumentState
from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.core.photo.photo_writer import encode
from wganpaint_gui.core.search.composed_fill import Selection, StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.search.stored_search import StoredSearch

_PASTED = "pasted.png"  # the name of a photo that came from no file
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')  # on one system or another


@dataclass(frozen=True)
class Original:
    """The file of a photo, untouched: whatever it says beside the pixels is kept with it."""

    name: str  # without folders
    data: bytes


@dataclass(frozen=True, eq=False)
class SavedFill:
    """What a search found for one frame, neither kept nor discarded yet."""

    search: StoredSearch
    selection: Selection
    frames: tuple[Frame, ...]  # all that its run fills, one after another
    active: int = 0  # which of them this is

    def resumed(self, document: DocumentState) -> StoredFill:
        """Raises FrameError or MaskError where it does not fit the document."""
        fill = StoredFill(document.photo, document.mask.array(), self.frames[self.active], self.search)
        fill.selection = self.selection
        return fill


@dataclass(frozen=True, eq=False)
class Project:
    """All that a project file holds."""

    original: Original
    document: DocumentState
    settings: InpaintConfig  # of the next search
    fill: SavedFill | None = None


def find_original(document: DocumentState) -> Original:
    """The file the document's photo was opened from, where it still holds that photo; else the photo as a PNG."""
    photo = opened_photo(document)
    path = photo.path
    if path is not None:
        try:
            data = path.read_bytes()
            again = decode(data)
        except (OSError, PhotoError):  # gone, or something else by now
            pass
        else:
            if again.metadata == photo.metadata and np.array_equal(again.pixels, photo.pixels):
                return Original(plain_name(path.name), data)
    name = _PASTED if path is None else plain_name(f"{path.stem}.png")
    return Original(name, bytes(encode(photo.pixels, photo.metadata, Path(name))))


def opened_photo(document: DocumentState) -> Photo:
    """The photo as it was opened, before any fill; a copy."""
    pixels = document.photo.pixels.copy()
    for box, part in document.originals:
        pixels[box.slices] = part
    return document.photo.replaced(pixels)


def decode(data: bytes) -> Photo:
    """As `load_photo`, of a file's content; its path is of no use any more."""
    with TemporaryDirectory(prefix="wganpaint-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "photo"
        path.write_bytes(data)
        return load_photo(path)


def plain_name(name: str) -> str:
    """The name as every system can write it, and a zip hold it."""
    plain = _NOT_IN_NAMES.sub("_", name.encode("utf-8", "replace").decode())
    return plain if plain.strip(". ") else "photo"
