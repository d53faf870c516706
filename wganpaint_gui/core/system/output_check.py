"""Whether a file can be written, found before the work whose result it is to hold."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from wganpaint_gui.core.errors import UsageError
from wganpaint_gui.core.file_names import MOST_NAME_BYTES

from .atomic import save_error

_TRIED = 65536  # bytes, written to see whether a disk is full


def check_output(path: Path, *, force: bool, make_folder: bool = False, replace_hint: str = "") -> None:
    """Check before any work that a file can be written and replaces no other. Raises UsageError.

    make_folder: its folder may be missing; it will be created. replace_hint: what to do where the file exists.
    """
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder.", "Choose a file name.")
    if os.path.exists(path) and not force:
        raise UsageError(f"{path} already exists.", replace_hint or "Choose another name.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise UsageError(f"{path} is a device or a pipe, not a regular file.", "Choose another name.")
    if len(os.fsencode(path.name)) > MOST_NAME_BYTES:
        raise UsageError(f"{path} cannot be written: its name is too long.", "Choose a shorter one.")
    folder = Path(os.path.realpath(path)).parent if os.path.islink(path) else path.parent
    if make_folder:
        folder = next(parent for parent in path.parents if os.path.exists(parent))
    if not os.path.isdir(folder):
        problem = "is not a folder" if os.path.exists(folder) else "does not exist"
        raise UsageError(f"{path} cannot be written: {folder} {problem}.", "Choose another folder.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"{path} cannot be written: no permission to write to {folder}.", "Choose another folder.")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_TRIED))
    except OSError as error:
        said = save_error(error, path)
        raise UsageError(said.message.replace("was not saved", "cannot be written"), said.hint) from error
