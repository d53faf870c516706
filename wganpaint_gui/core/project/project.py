"""A project: the photo as it was opened, all edits, and a search whose fill is neither kept nor discarded yet."""

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
from wganpaint_gui.core.search.candidate_marks import UNMARKED, CandidateMarks
from wganpaint_gui.core.search.composed_fill import Selection, StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.search.stored_search import StoredSearch
from wganpaint_gui.core.surroundings.surroundings import SurroundingsFill

_PASTED = "pasted.png"  # the name of a photo from the clipboard
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]')  # on at least one system


@dataclass(frozen=True)
class Original:
    """The untouched file of a photo, with all its metadata."""

    name: str  # without folders
    data: bytes


@dataclass(frozen=True, eq=False)
class SavedFill:
    """A search of one frame whose fill is neither kept nor discarded yet."""

    search: StoredSearch
    selection: Selection
    frames: tuple[Frame, ...]  # all frames of its run, filled one after another
    active: int = 0  # index of this one
    marks: CandidateMarks = UNMARKED

    def resumed(self, document: DocumentState) -> StoredFill:
        """Return the fill for a document. Raises FrameError or MaskError where it does not fit."""
        fill = StoredFill(document.photo, document.mask.array(), self.frames[self.active], self.search)
        fill.selection = self.selection
        fill.mark(self.marks)
        return fill


@dataclass(frozen=True, eq=False)
class SavedSurroundings:
    """A fill from the surroundings that is neither kept nor discarded yet; it was made for the document's mask."""

    fill: SurroundingsFill
    selected: bool  # whether it is on the photo, in place of a candidate of the search


@dataclass(frozen=True, eq=False)
class Project:
    """The content of a project file."""

    original: Original
    document: DocumentState
    settings: InpaintConfig  # of the next search
    fill: SavedFill | None = None
    surroundings: SavedSurroundings | None = None


def find_original(document: DocumentState) -> Original:
    """Return the file of the document's photo if it still holds that photo, else the photo as a PNG."""
    photo = opened_photo(document)
    path = photo.path
    if path is not None:
        try:
            data = path.read_bytes()
            again = decode(data)
        except (OSError, PhotoError):  # deleted, or no longer a photo
            pass
        else:
            if again.metadata == photo.metadata and np.array_equal(again.pixels, photo.pixels):
                return Original(plain_name(path.name), data)
    name = _PASTED if path is None else plain_name(f"{path.stem}.png")
    return Original(name, bytes(encode(photo.pixels, photo.metadata, Path(name))))


def opened_photo(document: DocumentState) -> Photo:
    """Return a copy of the photo as it was opened, before any fill."""
    pixels = document.photo.pixels.copy()
    for box, part in document.originals:
        pixels[box.slices] = part
    return document.photo.replaced(pixels)


def decode(data: bytes) -> Photo:
    """Read a photo from the content of a file as `load_photo` does; its path is temporary."""
    with TemporaryDirectory(prefix="wganpaint-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "photo"
        path.write_bytes(data)
        return load_photo(path)


def plain_name(name: str) -> str:
    """Return the name with characters replaced that some system, or a zip, does not allow."""
    plain = _NOT_IN_NAMES.sub("_", name.encode("utf-8", "replace").decode())
    return plain if plain.strip(". ") else "photo"
