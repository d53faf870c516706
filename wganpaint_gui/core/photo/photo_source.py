"""What a photo is read from: a file, or a copy of what comes out of a pipe; it tells how far it has been read."""

from __future__ import annotations

import errno
import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.file_names import is_project

Watch = Callable[[float], object]  # gets the share that is done, 0..1, often; raises CancelledError to give up
_BUFFER = 1 << 16  # bytes that are read between two such calls
_AGAIN = "Copy it from its source again."
_MOST_FROM_PIPE = 2 << 30  # bytes
_OF_THE_NAME = (errno.ENAMETOOLONG, errno.ELOOP)


@contextmanager
def readable(path: Path, *, most_from_pipe: int = _MOST_FROM_PIPE) -> Iterator[Path]:
    """Yield the path of a regular file that can be read several times: the photo's, or that of a copy of a pipe.

    most_from_pipe: bytes. Raises PhotoError at once for what is no photo: nothing, a folder, a project, a device, a
    pipe without a writer.
    """
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            raise PhotoError(f"{path} is a folder, not a photo.", "Choose a file in it.")
        if stat.S_ISFIFO(kind):
            with tempfile.NamedTemporaryFile(prefix="wganpaint-", suffix=path.suffix) as copy:
                _empty_pipe(path, copy, most_from_pipe)
                yield Path(copy.name)
            return
        if not stat.S_ISREG(kind):
            raise PhotoError(f"{path} is a device, not a photo.", "Choose a file.")
        with path.open("rb") as file:
            if not file.read(1):
                raise PhotoError(f"{path} is empty (0 bytes).", _AGAIN)
        if is_project(path):
            raise PhotoError(f"{path} is a project, not a photo.", "Open it in the editor and save its photo there.")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PhotoError(f"File not found: {path}.", "Check the name and the folder.") from error
    except OSError as error:
        advice = "Check the name and the folder." if error.errno in _OF_THE_NAME else "Check its permissions."
        raise PhotoError(f"{path} cannot be opened: {error.strerror}.", advice) from error
    yield path


def _empty_pipe(path: Path, copy: tempfile._TemporaryFileWrapper[bytes], most: int) -> None:
    """Copy all that is written into a pipe. Raises PhotoError where nobody writes to it, or more than `most` bytes."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # else opening would wait for a writer
    with open(descriptor, "rb", buffering=0) as pipe:
        start = pipe.read(1)  # None where there is a writer, but nothing to read yet
        if start == b"":
            raise PhotoError(f"{path} is a pipe that nobody writes to.", "Choose a file.")
        os.set_blocking(descriptor, True)
        copy.write(start or b"")
        while piece := pipe.read(1 << 20):
            copy.write(piece)
            if copy.tell() > most:
                size = f"{most >> 30} GB" if most >> 30 else f"{most} bytes"
                raise PhotoError(f"{path} is a pipe, and more than {size} came out of it.", "Save it to a file first.")
    copy.flush()
    if not copy.tell():
        raise PhotoError(f"{path} is empty (0 bytes).", _AGAIN)


def unwatched(share: float) -> None:
    """Let a file be read in peace."""


class _WatchedFile(io.FileIO):
    def __init__(self, path: Path, watch: Watch) -> None:
        super().__init__(path)
        self._watch = watch
        self._size = max(1, self.seek(0, 2))
        self.seek(0)

    def readinto(self, buffer: object, /) -> int | None:
        count = super().readinto(buffer)  # type: ignore[arg-type] # whatever the buffered reader gives
        self._watch(min(1.0, self.tell() / self._size))
        return count


def open_watched(path: Path, watch: Watch) -> BinaryIO:
    """Open a file for reading. Decoders read the more of it the further they are."""
    return cast(BinaryIO, io.BufferedReader(_WatchedFile(path, watch), _BUFFER))
