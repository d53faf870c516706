"""Find, recognise and read the pictures of a folder or a zip. Nothing is ever unpacked to disk."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wganpaint_gui.core.errors import DataError
from wganpaint_gui.core.file_names import is_project
from wganpaint_gui.core.photo.photo_folder import PHOTO_SUFFIXES

MAX_FILE_BYTES = 256 * 2**20  # a few are in memory at once
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HEAD_BYTES = 12
_LEFT_BEHIND = {"__MACOSX", "Thumbs.db", "desktop.ini"}  # by systems, beside the pictures


class ReadFailed(Exception):  # noqa: N818 -- not an error of the program: the picture is reported as unreadable
    """The bytes of one file cannot be read."""


class Entry(NamedTuple):
    """One file of a source."""

    name: str  # inside the source, printable
    where: str | zipfile.ZipInfo


def digest_of(data: bytes) -> str:
    """Return the digest of some bytes, 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


class Source:
    """A folder, searched through, or a zip. Use as a context manager; `read` may be called by several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> Iterator[Entry]:
        """Yield all files except hidden ones, always in the same order."""
        raise NotImplementedError

    def read(self, entry: Entry, most: int = MAX_FILE_BYTES) -> bytes:
        """Return all bytes, or the first `most`. Raises ReadFailed, and DataError where the file is gone."""
        raise NotImplementedError

    def close(self) -> None:
        """Close all files."""

    def is_picture(self, entry: Entry) -> bool:
        """Tell by the name; where that says nothing, by the first bytes."""
        if os.path.splitext(entry.name)[1].lower() in PHOTO_SUFFIXES:
            return True
        try:
            head = self.read(entry, _HEAD_BYTES)
        except ReadFailed:
            return False
        return head.startswith(_MAGIC) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")

    def lost(self, name: str) -> DataError:
        """Return the error for a file that is gone or has changed."""
        if not os.path.exists(self.path):
            return DataError(
                f"{self.path} disappeared while its pictures were being read.",
                "Bring it back, for example by plugging in its drive, and start again: it continues where it stopped.",
            )
        return DataError(
            f"{name} in {self.path} changed or disappeared while the pictures were being read.",
            "Start again when nothing is writing there: it continues where it stopped.",
        )

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_source(path: Path) -> Source:
    """Open a folder or a zip. Raises DataError where it is neither."""
    try:
        if os.path.isdir(path):
            return _Folder(path)
        if not os.path.exists(path):
            raise DataError(f"Folder or zip file not found: {path}.", "Check its name.")
        if is_project(path) and os.path.isfile(path):
            raise DataError(
                f"{path} is a project, not a collection of pictures.",
                "Open it in the editor, and save its photo into a folder of pictures.",
            )
        if os.path.isfile(path) and zipfile.is_zipfile(path):
            return _Zip(path)
    except OSError as error:
        raise DataError(f"{path} cannot be opened: {error.strerror or error}.", "Check its permissions.") from error
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise DataError(f"The zip file {path} is damaged ({error}).", "Get it again.") from error
    if path.suffix.lower() == ".zip":
        raise DataError(f"{path} is damaged or cut short: it is not a zip file.", "Get it again.")
    hint = "Choose the folder the pictures are in, or a zip; other archives must be unpacked first."
    raise DataError(f"{path} is neither a folder nor a zip file.", hint)


class _Folder(Source):
    def entries(self) -> Iterator[Entry]:
        try:
            os.scandir(self.path).close()
        except OSError as error:
            reason = error.strerror or error
            raise DataError(f"The folder {self.path} cannot be read: {reason}.", "Check its permissions.") from error
        yield from self._below("", {os.path.realpath(self.path)})

    def _below(self, folder: str, seen: set[str]) -> Iterator[Entry]:
        """Yield the files below a folder. seen: resolved paths of the folders so far; links may lead back to them."""
        try:
            with os.scandir(self.path / folder) as found:
                here = sorted(found, key=lambda one: one.name)
        except OSError:
            yield Entry(_printable(folder), folder)  # reading fails again, and it is reported
            return
        for one in here:
            name = f"{folder}{one.name}"
            if _hidden(one.name):
                continue
            if os.path.isdir(one.path):
                place = os.path.realpath(one.path)
                if place not in seen:
                    seen.add(place)
                    yield from self._below(f"{name}/", seen)
            elif os.path.isfile(one.path) or not os.path.exists(one.path):  # a link to nowhere is reported; a pipe
                yield Entry(_printable(name), name)  # is left alone, for it might never end

    def read(self, entry: Entry, most: int = MAX_FILE_BYTES) -> bytes:
        path = self.path / str(entry.where)
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size > MAX_FILE_BYTES:
                    raise ReadFailed("too large")
                return file.read(most)
        except FileNotFoundError as error:  # it was listed a moment ago
            if path.is_symlink():
                raise ReadFailed(str(error)) from error
            raise self.lost(entry.name) from error
        except OSError as error:
            raise ReadFailed(str(error)) from error


class _Zip(Source):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._zip = zipfile.ZipFile(path)

    def entries(self) -> Iterator[Entry]:
        infos = sorted(self._zip.infolist(), key=lambda info: (info.filename, info.header_offset))
        files = [one for one in infos if not one.is_dir() and not any(map(_hidden, one.filename.split("/")))]
        if files and all(one.flag_bits & 1 for one in files):
            raise DataError(
                f"The zip file {self.path} is protected by a password.", "Unpack it, and choose the folder instead."
            )
        for info in files:
            yield Entry(_printable(info.filename), info)

    def read(self, entry: Entry, most: int = MAX_FILE_BYTES) -> bytes:
        assert isinstance(entry.where, zipfile.ZipInfo)
        if entry.where.file_size > MAX_FILE_BYTES:
            raise ReadFailed("too large")
        try:
            with self._zip.open(entry.where) as file:
                return file.read(most)
        except Exception as error:  # a password, an unknown compression, damage that each of them reports in its way
            raise ReadFailed(str(error)) from error

    def close(self) -> None:
        self._zip.close()


def _hidden(part: str) -> bool:
    return (part.startswith(".") and part not in (".", "..")) or part in _LEFT_BEHIND


def _printable(name: str) -> str:
    """Names of files need not be text; a report must."""
    return name.encode("utf-8", "backslashreplace").decode()
