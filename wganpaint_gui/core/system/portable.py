"""Settings that travel with the program: the folder `wganpaint-data` beside it, where the user has made one."""

from __future__ import annotations

import functools
import sys
import tempfile
from pathlib import Path

NAME = "wganpaint-data"


def portable_folder() -> Path | None:
    """The folder, where it is there and can be written to."""
    folder = _beside_program()
    return folder if folder is not None and _can_write(folder) else None


def portable_complaint() -> str:
    """A sentence about a folder that is there and cannot be used; "" otherwise."""
    folder = _beside_program()
    if folder is None or _can_write(folder):
        return ""
    return f"{folder} cannot be written to; settings, models and logs are in this account's own folders."


def _beside_program() -> Path | None:
    """None for a checkout and a wheel, too: there is no program that the user could have put it beside."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable)
    app = program.parent.parent.parent
    if program.parent.name == "MacOS" and app.suffix == ".app":
        program = app  # a signed bundle must not be written into
    folder = program.parent / NAME
    return folder if folder.is_dir() else None


@functools.cache
def _can_write(folder: Path) -> bool:
    """Tried, not asked for: what permissions say is no answer on every system, nor for every disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
