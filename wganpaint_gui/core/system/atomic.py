"""Atomic writes: a file is written under another name in the same folder, then moved into place in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from wganpaint_gui.core.errors import ExistsError, SaveError

from .leftovers import mark_as_written, sweep, temporary_beside

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def atomic_write(
    path: Path,
    write: Callable[[BinaryIO], object],
    *,
    overwrite: bool,
    guard: AbstractContextManager[object] | None = None,
) -> None:
    """Create or replace the file `path` with what `write` writes into the file it is given.

    Until the last byte is on the disk, `path` keeps its old content; no partial or temporary file is left behind, and
    those of killed programs in its folder are removed. A link is followed: its target is replaced. Without `overwrite`
    no file is ever replaced, not even one that another program creates at the same moment. guard: entered while the
    file is moved into place; what it raises leaves everything as it was. Errors of the operating system become
    SaveError, that of a file in the way ExistsError; others pass unchanged.
    """
    target = Path(os.path.realpath(path))
    temporary = temporary_beside(target)
    try:
        _check(path, target, overwrite)
        sweep(target.parent)
        with temporary.open("xb+") as file:
            mark_as_written(file)
            write(file)
            file.flush()
            os.fsync(file.fileno())
        with guard or nullcontext():
            _check(path, target, overwrite)  # again: writing may have taken a while
            if overwrite:
                if os.path.exists(target):
                    shutil.copymode(target, temporary)
                temporary.replace(target)
            else:
                _move_to_free(temporary, target)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise save_error(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def copy_file(source: Path, target: Path, *, overwrite: bool) -> None:
    """Copy a file as `atomic_write` writes one. Raises SaveError; OSError where `source` cannot be opened."""
    with source.open("rb") as reader:
        atomic_write(target, lambda writer: shutil.copyfileobj(reader, writer), overwrite=overwrite)


def _check(path: Path, target: Path, overwrite: bool) -> None:
    if os.path.isdir(target):
        raise ExistsError(f"{path} is a folder.", "Choose a file name.")
    if os.path.exists(target) and not overwrite:
        raise _exists(path)
    if os.path.exists(target) and not os.path.isfile(target):  # such as /dev/null: replaced, it would harm everybody
        raise SaveError(f"{path} is a device or a pipe, not a regular file.", "Choose another name.")
    if os.path.exists(target.parent) and not os.path.isdir(target.parent):
        raise SaveError(f"{path} cannot be saved: {path.parent} is a file, not a folder.", "Choose another folder.")
    if _is_missing(target.parent):
        raise SaveError(f"{path} cannot be saved: the folder {path.parent} does not exist.", "Create it first.")


def _is_missing(folder: Path) -> bool:
    """Whether a folder is known not to exist; where that cannot be asked, writing will say why."""
    try:
        folder.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _move_to_free(temporary: Path, target: Path) -> None:
    """Rename the temporary file to `target`. Raises FileExistsError where that exists, however recently created."""
    try:
        os.link(temporary, target)  # unlike a rename, never replaces anything
        return
    except FileExistsError:
        raise
    except OSError:  # some file systems, such as FAT on memory cards, have no hard links
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))  # reserves the name, or fails
    try:
        temporary.replace(target)
    except BaseException:
        target.unlink()
        raise


def _exists(path: Path) -> ExistsError:
    return ExistsError(f"{path} already exists.", "Choose another name, or allow overwriting.")


def save_error(error: OSError, path: Path) -> SaveError:
    """Turn an error of the operating system into a sentence about the file."""
    if error.errno in _FULL:
        return SaveError(f"{path} was not saved: the disk is full.", "Free some space, or choose another folder.")
    if error.errno in _FORBIDDEN:
        return SaveError(f"{path} was not saved: permission denied.", "Choose another folder.")
    if error.errno == errno.ENOENT:  # though the folder exists, see `_check`: it is no ordinary one
        return SaveError(f"{path} was not saved: no file can be created in {path.parent}.", "Choose another folder.")
    return SaveError(f"{path} was not saved: {error.strerror or error}.", "Choose another name or folder.")


def make_folder(folder: Path) -> None:
    """Create a folder, and those above it, where it does not exist. Raises SaveError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "nothing can be created there" if error.errno == errno.ENOENT else error.strerror or error
        raise SaveError(f"The folder {folder} cannot be created: {reason}.", "Choose another place.") from error
