"""Temporary files of atomic writes, and those that a killed program left behind."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from pathlib import Path
from typing import BinaryIO

from .file_lock import FileLock, hold

_NAME = re.compile(r"\.wganpaint-[0-9a-f]{16}\.tmp")
IDLE_SECONDS = 60  # a file that was written to since may be about to be moved into place, without its lock
_swept: set[Path] = set()  # folders that were looked through


def temporary_beside(target: Path) -> Path:
    """Return a new name in the target's folder, under which it is written before it is moved into place."""
    return target.with_name(f".wganpaint-{secrets.token_hex(8)}.tmp")


def mark_as_written(file: BinaryIO) -> None:
    """Show other programs, until the file is closed, that its writer is alive."""
    with contextlib.suppress(OSError):  # some network disks have no locks
        hold(file)


def sweep(folder: Path) -> None:
    """Remove the temporary files in a folder whose writers are gone; looks at each folder once."""
    if folder in _swept:
        return
    _swept.add(folder)
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for name in [entry.name for entry in entries if _NAME.fullmatch(entry.name)]:
            with contextlib.suppress(OSError):
                _remove_abandoned(folder / name)


def _remove_abandoned(path: Path) -> None:
    if time.time() - path.stat().st_mtime < IDLE_SECONDS:
        return
    with FileLock(path) as lock:
        abandoned = lock.acquire()
    if abandoned:
        path.unlink(missing_ok=True)
