"""A lock between processes, released by the system when its holder ends, however that happens."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_TRY_SECONDS = 0.01  # between two tries
_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}


class FileLock:
    """Call `acquire` until it succeeds; the end of the `with` block releases the lock.

    Raises OSError where the lock's file cannot be created.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def acquire(self) -> bool:
        """Try to take the lock, without waiting; returns whether it is held now."""
        if self._file is None:
            self._file = self._path.open("ab")
        try:
            hold(self._file)
        except OSError as error:
            return error.errno not in _HELD  # some network disks have no locks; then go on without
        return True

    def __enter__(self) -> FileLock:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()


@contextmanager
def alone(path: Path, until: Callable[[], float]) -> Iterator[None]:
    """Hold the lock inside, in a folder that is created; where none can be taken until time.monotonic(), go on without.

    until: called before each try, since it may change.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context(FileLock(path))
            while not lock.acquire() and time.monotonic() < until():
                time.sleep(_TRY_SECONDS)
        yield


def hold(file: BinaryIO) -> None:
    """Lock an open file until it is closed, without waiting. Raises OSError where another holds it."""
    descriptor = file.fileno()
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
