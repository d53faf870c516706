"""Whether a file is still what this program last read or wrote, so that nobody else's work is overwritten."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wganpaint_gui.core.errors import ChangedError
from wganpaint_gui.core.system.file_lock import FileLock
from wganpaint_gui.core.system.paths import config_dir

_TAIL = 1 << 16  # bytes; a zip ends in a list of all that is in it, with their check sums
_LONGEST_WAIT = 5.0  # seconds, for another program that moves its file into place


def digest_of(file: BinaryIO) -> bytes:
    """A digest of the length and the end of an open file: for a zip it depends on every byte, however it got there.

    Times and numbers of files say less: a memory card counts in steps of two seconds.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return hashlib.sha256(size.to_bytes(8, "big") + file.read()).digest()


@contextmanager
def unchanged(path: Path, digest: bytes) -> Iterator[None]:
    """Whoever else asks in this way, for any file, waits until the end of the block.

    Raises ChangedError where the file is there and is no more what `digest` says.
    """
    with ExitStack() as stack:
        with suppress(OSError):  # where there can be no lock one can only go on
            config_dir().mkdir(parents=True, exist_ok=True)
            # In the settings' folder, as nothing may lie about beside the file.
            lock = stack.enter_context(FileLock(config_dir() / "projects.lock"))
            end = time.monotonic() + _LONGEST_WAIT
            while not lock.acquire() and time.monotonic() < end:
                time.sleep(0.01)
        with suppress(FileNotFoundError):
            with path.open("rb") as file:
                now = digest_of(file)
            if now != digest:
                raise ChangedError(
                    f"{path} was changed by another program since it was opened or saved here.",
                    "Save under another name, or replace what is there.",
                )
        yield
