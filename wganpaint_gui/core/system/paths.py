"""Where things are: from a checkout, an installed wheel or a frozen bundle, and the user's own folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from .portable import portable_folder

APP_NAME = "wganpaint"
_PACKAGE = Path(__file__).resolve().parents[2]


def _shipped(folder: str) -> Path:
    """A folder that ships with the program. A wheel maps it into the package, a checkout has it at the top."""
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [Path(bundle) / folder] if bundle else [_PACKAGE / folder, _PACKAGE.parent / folder]
    return next((path for path in candidates if path.is_dir()), candidates[-1])


def resource(name: str) -> Path:
    """A file of resources/, by its path inside, for example "icons/brush.svg"."""
    return _shipped("resources") / name


def shipped_weights() -> Path:
    """The folder of the models that come with the program; read only."""
    return _shipped("weights")


def user_models() -> Path:
    """The folder of the models the user added; may not exist yet."""
    return _home("data") / "models"


def training_runs() -> Path:
    """The folder the editor's training runs go to; may not exist yet."""
    return _home("data") / "runs"


def dataset_cache() -> Path:
    """The folder of decoded training images, which can be made again at any time; may not exist yet."""
    return _home("cache") / "datasets"


def config_dir() -> Path:
    return _home("config")


def log_dir() -> Path:
    return _home("log")


def _home(kind: str) -> Path:
    """Below WGANPAINT_HOME, else in the folder that travels with the program, else where the system has such things."""
    home = os.environ.get("WGANPAINT_HOME") or portable_folder()
    if home:
        return Path(home) / kind
    return Path(getattr(platformdirs, f"user_{kind}_dir")(APP_NAME, appauthor=False))
