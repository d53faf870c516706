"""Reads project files without trusting them: nothing is unpacked or executed, and every size is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.edit.document import DocumentState
from wganpaint_gui.core.edit.tiles import MaskSnapshot, tiles_under
from wganpaint_gui.core.errors import FrameError, MaskError, PhotoError, ProjectError, WganPaintError
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.photo_reader import MAX_PIXELS
from wganpaint_gui.core.search.frame import check_frame
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.surroundings.surroundings import SurroundingsFill
from wganpaint_gui.core.wording import quoted

from .file_digest import digest_of
from .project import Original, Project, SavedFill, SavedSurroundings, decode, plain_name
from .project_json import (
    FORMAT,
    FORMAT_VERSIONS,
    DamageError,
    Header,
    header_from_json,
    named,
    picture_names,
    search_from_json,
    search_resolution,
    surroundings_from_json,
)

T = TypeVar("T")

HEADER, MASK, FILLED, CURRENT = "project.json", "mask.png", "filled.png", "current.png"
SURROUNDINGS = "surroundings.png"
LATENTS, LOSSES = "candidates/latents.npy", "candidates/losses.npy"
MIX = "candidates/mix.png"
_MAX_HEADER_BYTES = 1 << 24
_LONGEST_NAME = 300  # characters
_MAX_NPY_HEADER = 10_000  # characters; numpy's own are below 200
_PNG_CHANNELS = {0: 1, 4: 2, 2: 3, 6: 4}  # by colour type
_ANOTHER = "Use another copy of the project, or open the photo itself."


def read_project(path: Path) -> tuple[Project, bytes]:
    """Return the project, and the digest of its file, see `digest_of`.

    Raises ProjectError, which names the file, for anything but a whole project of a known version.
    """
    with _explained(path), path.open("rb") as file:
        digest = digest_of(file)
        with ZipFile(file) as archive:
            return _Reader(archive, path).project(), digest


def read_beside(path: Path, names: Sequence[str], use: Callable[[list[bytes]], T]) -> T:
    """Return what `use` makes of members that do not belong to the project. Raises as `read_project`."""
    with _explained(path), path.open("rb") as file, ZipFile(file) as archive:
        return use(_Reader(archive, path).beside(names))


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever is raised by reading a file into a ProjectError."""
    try:
        yield
    except ProjectError:
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ProjectError(f"File not found: {path}.", "Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise ProjectError(f"{path} is a folder, not a project.", "Choose a file in it.") from error
    except MemoryError as error:
        raise ProjectError(f"There is not enough memory to open {path}.", "Close other programs.") from error
    except BadZipFile as error:
        raise ProjectError(f"{path} is not a WganPaint project or is incomplete.", _ANOTHER) from error
    except OSError as error:
        raise ProjectError(f"{path} cannot be opened: {error.strerror or error}.", "Check its permissions.") from error
    except WganPaintError as error:
        raise _damaged(path, error.message.rstrip(".")) from error
    except DamageError as error:
        raise _damaged(path, str(error)) from error
    except Exception as error:  # the content may be anything and fail in any way
        raise _damaged(path, "its content is invalid") from error


def _damaged(path: Path, reason: str) -> ProjectError:
    return ProjectError(f"{path} is damaged: {reason}.", _ANOTHER)


class _Reader:
    def __init__(self, archive: ZipFile, path: Path) -> None:
        self._archive = archive
        self._path = path

    def project(self) -> Project:
        values = self._values()
        header = header_from_json(values)
        original, photo = self._original(header)
        document = self._document(header, photo)
        search = values["search"]
        fill = None if search is None else self._fill(search, document)
        around = values.get("surroundings")  # unknown to older programs
        surroundings = None if around is None else self._surroundings(around, header, document)
        return Project(original, document, header.settings, fill, surroundings)

    def beside(self, names: Sequence[str]) -> list[bytes]:
        self._values()
        return [self._bytes(name) for name in names]

    def _values(self) -> dict[str, Any]:
        """Return the content of project.json; refuses other zip files and other versions."""
        if HEADER not in self._archive.namelist():
            raise ProjectError(f"{self._path} is a zip file, but not a WganPaint project.", "Choose another file.")
        if self._archive.getinfo(HEADER).file_size > _MAX_HEADER_BYTES:
            raise DamageError("its description is too long")
        values = read_json(self._bytes(HEADER))
        if not isinstance(values, dict) or values.get("format") != FORMAT:
            raise ProjectError(f"{self._path} is a zip file, but not a WganPaint project.", "Choose another file.")
        if values.get("version") not in FORMAT_VERSIONS:
            raise ProjectError(
                f"{self._path} has format version {quoted(values.get('version'))}; this program reads versions up to "
                f"{FORMAT_VERSIONS[-1]}.",
                "Update the program.",
            )
        return values

    def _bytes(self, name: str) -> bytes:
        """Return a member, which takes no more memory than it does in the file."""
        try:
            entry = self._archive.getinfo(name)
        except KeyError:
            raise DamageError(f"{name} is missing") from None
        if entry.compress_type != ZIP_STORED or entry.file_size != entry.compress_size:
            raise ProjectError(
                f"{self._path} was not opened: another program has repacked it.",
                "Use the file as WganPaint saved it.",
            )
        try:
            return self._archive.read(entry)
        except BadZipFile as error:
            raise DamageError(f"{name} has changed since it was saved") from error

    def _original(self, header: Header) -> tuple[Original, Photo]:
        if plain_name(header.name) != header.name or len(header.name) > _LONGEST_NAME:
            raise DamageError("the name of its photo is invalid")
        original = Original(header.name, b"")
        original = Original(header.name, self._bytes(named(original)))
        try:
            photo = decode(original.data)
        except PhotoError as error:  # whose sentence names a temporary file
            raise DamageError("its photo cannot be read") from error
        if photo.pixels.shape != header.shape or photo.depth != header.depth:
            raise DamageError("its photo does not match its description")
        photo.path = None
        return original, photo

    def _document(self, header: Header, photo: Photo) -> DocumentState:
        height, width, channels = header.shape
        mask = self._picture(MASK, (height, width, 1), 8)[..., 0]
        originals: list[Any] = []
        changed = header.changed
        if changed is not None:
            current = self._picture(CURRENT, (changed.height, changed.width, channels), header.depth)
            before = [(tile, photo.pixels[tile.slices].copy()) for tile in tiles_under(changed, photo.box)]
            photo.pixels[changed.slices] = current
            originals = [(tile, part) for tile, part in before if not np.array_equal(part, photo.pixels[tile.slices])]
        filled: list[Any] = []
        if FILLED in self._archive.namelist():
            under = hole(self._picture(FILLED, (height, width, 1), 8)[..., 0])
            tiles = tiles_under(photo.box, photo.box)
            filled = [(tile, under[tile.slices].copy()) for tile in tiles if under[tile.slices].any()]
        snapshot = MaskSnapshot(mask.shape).updated(mask, tiles_under(photo.box, photo.box))
        return DocumentState(photo, tuple(originals), tuple(filled), snapshot, header.frames)

    def _fill(self, values: dict[str, Any], document: DocumentState) -> SavedFill:
        config, side = InpaintConfig.from_json(values["settings"]), search_resolution(values)
        pictures = [self._picture(name, (side, side, 3), 8) for name in picture_names(config)]
        images = np.stack(pictures).reshape(len(config.methods), config.candidates, side, side, 3)
        mixed = self._picture(MIX, (side, side, 3), 8) if values["selected"].get("mix") is not None else None
        fill = search_from_json(
            values, latents=self._numbers(LATENTS), step_losses=self._numbers(LOSSES), images=images, mixed=mixed
        )
        try:
            check_frame(document.photo, document.mask.array(), fill.frames[fill.active], side, searching=False)
        except (FrameError, MaskError) as error:
            raise DamageError("its candidates do not fit its mask") from error
        return fill

    def _surroundings(self, values: dict[str, Any], header: Header, document: DocumentState) -> SavedSurroundings:
        box, ways, selected = surroundings_from_json(values, document.photo.box)
        if not hole(document.mask.array()[box.slices]).any():
            raise DamageError("its fill from the surroundings does not fit its mask")
        pixels = self._picture(SURROUNDINGS, (box.height, box.width, header.shape[2]), header.depth)
        return SavedSurroundings(SurroundingsFill(box, pixels, ways), selected)

    def _picture(self, name: str, shape: tuple[int, int, int], depth: int) -> NDArray[Any]:
        """Return [H, W, C] of a PNG, which is decoded only if its header states this shape and depth."""
        data = self._bytes(name)
        height, width, channels = shape
        says = (int.from_bytes(data[20:24], "big"), int.from_bytes(data[16:20], "big"))
        if not data.startswith(b"\x89PNG\r\n\x1a\n") or len(data) < 26 or says != (height, width):
            raise DamageError(f"{name} is not a PNG of {width} × {height} pixels")
        if height * width > MAX_PIXELS or data[24] != depth or _PNG_CHANNELS.get(data[25]) != channels:
            raise DamageError(f"{name} has the wrong number of channels or bits")
        try:
            pixels: NDArray[Any] = decode(data).pixels
        except PhotoError as error:
            raise DamageError(f"{name} cannot be read") from error
        if pixels.shape != shape or pixels.dtype.itemsize * 8 != depth:
            raise DamageError(f"{name} has the wrong number of channels or bits")
        return pixels

    def _numbers(self, name: str) -> NDArray[np.float32]:
        """Return a float32 array of any shape. Only the member's bytes are read, and only as numbers."""
        data = self._bytes(name)
        file = BytesIO(data)
        if np.lib.format.read_magic(file) != (1, 0):
            raise DamageError(f"{name} has an unknown version")
        shape, by_columns, kind = np.lib.format.read_array_header_1_0(file, max_header_size=_MAX_NPY_HEADER)
        numbers = data[file.tell() :]
        if kind != np.dtype("<f4") or by_columns or any(side < 0 for side in shape):
            raise DamageError(f"{name} does not hold 32-bit numbers")
        values = np.frombuffer(numbers, "<f4")
        if values.size != int(np.prod(shape, dtype=object)):
            raise DamageError(f"{name} is incomplete")
        return values.reshape(shape).astype(np.float32)
