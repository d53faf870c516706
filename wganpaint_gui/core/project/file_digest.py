"""Detects whether another program has changed a file, so that its work is not overwritten."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wganpaint_gui.core.errors import ChangedError
from wganpaint_gui.core.system.file_lock import alone
from wganpaint_gui.core.system.paths import config_dir

_TAIL = 1 << 16  # bytes; a zip ends with a list of its members and their checksums
_LONGEST_WAIT = 5.0  # seconds, for another program that is moving its file into place


def digest_of(file: BinaryIO) -> bytes:
    """Return a digest of the length and the end of an open file; for a zip it depends on every byte.

    Times of modification would tell less: memory cards count them in steps of two seconds.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return hashlib.sha256(size.to_bytes(8, "big") + file.read()).digest()


@contextmanager
def unchanged(path: Path, digest: bytes) -> Iterator[None]:
    """Ensure at the beginning of the block that the file has this digest; other callers wait until it ends.

    Raises ChangedError where the file exists and has another digest.
    """
    end = time.monotonic() + _LONGEST_WAIT
    with alone(config_dir() / "projects.lock", lambda: end):  # there: nothing may be left beside the file
        with suppress(FileNotFoundError):
            with path.open("rb") as file:
                now = digest_of(file)
            if now != digest:
                raise ChangedError(
                    f"{path} has been changed by another program since it was opened or saved here.",
                    "Save under another name, or replace the file.",
                )
        yield
