"""Project files: written whole or not at all, and never over changes of another program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.edit.tiles import changed_box
from wganpaint_gui.core.geometry import Box, around
from wganpaint_gui.core.photo.fast_png import encode_fast
from wganpaint_gui.core.system.atomic import atomic_write

from .file_digest import digest_of, unchanged
from .project import Project
from .project_json import Header, named, picture_names, to_json
from .project_reader import CURRENT, FILLED, HEADER, LATENTS, LOSSES, MASK, MIX, SURROUNDINGS, read_project

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest in a zip: the same project gives the same bytes
_UNIX, _READABLE = 3, 0o644 << 16


class ProjectFile:
    """The file of a project, and what this program last read or wrote there. For one thread at a time."""

    def __init__(self, path: Path, digest: bytes | None = None) -> None:
        """digest: of the content that may be replaced; None: there is no file yet, and none is replaced."""
        self.path = path
        self.digest = digest

    @classmethod
    def replacing(cls, path: Path) -> ProjectFile:
        """Return the file with its present content, which may be replaced, or a new file."""
        try:
            with path.open("rb") as file:
                return cls(path, digest_of(file))
        except OSError:  # writing will report what is wrong
            return cls(path)

    def read(self) -> Project:
        """Read the project. Raises ProjectError, which names the file, for anything but a valid project."""
        project, self.digest = read_project(self.path)
        return project

    def write(self, project: Project, beside: Mapping[str, bytes | memoryview] = MappingProxyType({})) -> None:
        """Write the project. Raises SaveError, or ChangedError where another program has changed the file.

        beside: further members of the zip, by name, which `read` ignores.
        """
        digests: list[bytes] = []

        def write(file: BinaryIO) -> None:
            with ZipFile(file, "w") as archive:
                for name, data in chain(_members(project), beside.items()):
                    archive.writestr(_entry(name), data)
            file.flush()
            digests.append(digest_of(file))

        if self.digest is None:
            atomic_write(self.path, write, overwrite=False)
        else:
            with unchanged(self.path, self.digest):  # before the work, and again when it is done
                pass
            atomic_write(self.path, write, overwrite=True, guard=unchanged(self.path, self.digest))
        (self.digest,) = digests


def _entry(name: str) -> ZipInfo:
    """Return a member without compression: pictures are compressed already, and it rules out zip bombs."""
    entry = ZipInfo(name, _DATE)
    entry.compress_type, entry.create_system, entry.external_attr = ZIP_STORED, _UNIX, _READABLE
    return entry


def _members(project: Project) -> Iterator[tuple[str, bytes | memoryview]]:
    document, fill = project.document, project.fill
    photo = document.photo
    changed = _changed_box(project)
    height, width, channels = photo.pixels.shape
    header = Header(
        project.original.name,
        (height, width, channels),
        photo.depth,
        None if changed.empty else changed,
        document.frames,
        project.settings,
    )
    yield HEADER, to_json(header, fill, project.surroundings)
    yield named(project.original), project.original.data
    yield MASK, encode_fast(document.mask.array())
    if not changed.empty:
        yield CURRENT, encode_fast(photo.pixels[changed.slices])
    if document.filled:
        filled = np.zeros((height, width), np.uint8)
        for tile, part in document.filled:
            filled[tile.slices] = np.where(part, 255, 0)
        yield FILLED, encode_fast(filled)
    if project.surroundings is not None:
        yield SURROUNDINGS, encode_fast(project.surroundings.fill.pixels)
    if fill is not None:
        yield LATENTS, _npy(fill.search.best.latents)
        yield LOSSES, _npy(fill.search.step_losses)
        images = fill.search.images.reshape(-1, *fill.search.images.shape[2:])
        for name, image in zip(picture_names(fill.search.config), images, strict=True):
            yield name, encode_fast(image)
        if fill.search.mix is not None and fill.selection.mix is not None:
            yield MIX, encode_fast(fill.search.mix.image)


def _changed_box(project: Project) -> Box:
    """Return the smallest box that holds every change of the photo."""
    now = project.document.photo.pixels
    return around(
        changed_box(before, now[tile.slices]).moved(tile.x, tile.y) for tile, before in project.document.originals
    )


def _npy(values: NDArray[np.float32]) -> bytes:
    file = BytesIO()
    np.lib.format.write_array(file, np.ascontiguousarray(values, "<f4"), allow_pickle=False)
    return file.getvalue()
