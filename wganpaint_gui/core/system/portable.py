"""The portable folder: `wganpaint-data` beside the program, where the user has created one."""

from __future__ import annotations

import functools
import sys
import tempfile
from pathlib import Path

NAME = "wganpaint-data"


def portable_folder() -> Path | None:
    """Return the portable folder where it exists and is writable, else None."""
    folder = _beside_program()
    return folder if folder is not None and _can_write(folder) else None


def portable_complaint() -> str:
    """Return a sentence about a portable folder that exists but is not writable, else ""."""
    folder = _beside_program()
    if folder is None or _can_write(folder):
        return ""
    return f"{folder} is not writable; settings, models and logs are kept in this account's own folders."


def _beside_program() -> Path | None:
    """Return the folder beside a frozen program where it exists; None for a checkout or a wheel."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable)
    app = program.parent.parent.parent
    if program.parent.name == "MacOS" and app.suffix == ".app":
        program = app  # nothing may be written into a signed bundle
    folder = program.parent / NAME
    return folder if folder.is_dir() else None


@functools.cache
def _can_write(folder: Path) -> bool:
    """Test by writing: permissions do not tell on every system, nor for every disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
