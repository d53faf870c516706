"""Paths: what ships with a checkout, an installed wheel or a frozen bundle, and the user's own folders."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import tempfile
from pathlib import Path

import platformdirs

APP_NAME = "wganpaint"
PORTABLE_NAME = "wganpaint-data"  # of the folder beside the program, where the user has created one
_PACKAGE = Path(__file__).resolve().parents[2]


def _shipped(folder: str) -> Path:
    """Return a folder that ships with the program. A wheel has it in the package, a checkout at the top."""
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [Path(bundle) / folder] if bundle else [_PACKAGE / folder, _PACKAGE.parent / folder]
    return next((path for path in candidates if os.path.isdir(path)), candidates[-1])


def resource(name: str) -> Path:
    """Return a file of resources/ by its path inside, for example "icons/brush.svg"."""
    return _shipped("resources") / name


def shipped_weights() -> Path:
    """Return the folder of the models that ship with the program; read only."""
    return _shipped("weights")


def user_models() -> Path:
    """Return the folder of the models the user added; it may not exist yet."""
    return _home("data") / "models"


def training_runs() -> Path:
    """Return the folder of the editor's training runs; it may not exist yet."""
    return _home("data") / "runs"


def training_speeds() -> Path:
    """Return the file that remembers how fast this machine has trained; it may not exist yet."""
    return _home("data") / "training-speeds.json"


def autosave_dir() -> Path:
    """Return the folder of unsaved work, with a folder for each program that runs; it may not exist yet."""
    return _home("data") / "autosave"


def dataset_cache() -> Path:
    """Return the folder of decoded training images, which can be recreated at any time; it may not exist yet."""
    return _home("cache") / "datasets"


def evaluations() -> Path:
    """Return the folder of the window's latest evaluations, which can be repeated; it may not exist yet."""
    return _home("cache") / "evaluations"


def config_dir() -> Path:
    """Return the folder of settings; it may not exist yet."""
    return _home("config")


def log_dir() -> Path:
    """Return the folder of logs and crash reports; it may not exist yet."""
    return _home("log")


def entries(folder: Path) -> list[Path]:
    """Return what is in a folder; nothing where there is no such folder, or no permission to look into it."""
    with contextlib.suppress(OSError):
        return [folder / name for name in os.listdir(folder)]
    return []


def _home(kind: str) -> Path:
    """Return a folder below WGANPAINT_HOME, else in the portable folder, else where the system keeps such data."""
    home = os.environ.get("WGANPAINT_HOME") or portable_folder()
    if home:
        return Path(home) / kind
    return Path(getattr(platformdirs, f"user_{kind}_dir")(APP_NAME, appauthor=False))


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
    folder = program.parent / PORTABLE_NAME
    return folder if os.path.isdir(folder) else None


@functools.cache
def _can_write(folder: Path) -> bool:
    """Test by writing: permissions do not tell on every system, nor for every disk."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
