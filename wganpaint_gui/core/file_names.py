"""The names of the program's own files, and names that no file has yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

PROJECT_SUFFIX = ".wganpaint"
MODEL_SUFFIX = ".safetensors"

# In the folder of a training run.
RUN_SETTINGS = "config.json"
RUN_MODEL = f"model{MODEL_SUFFIX}"  # the newest model
RUN_BEST_MODEL = f"model-best{MODEL_SUFFIX}"


def is_project(path: Path) -> bool:
    """Tell by its name whether a file is a project."""
    return path.suffix.lower() == PROJECT_SUFFIX


def numbered(name: str) -> Iterator[str]:
    """Yield name, name-2, name-3 and so on, without end."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def free_name(path: Path) -> Path:
    """Return the path or, where that name is taken, the first free one of name-2, name-3, ... with the same suffix."""
    paths = (path.with_name(f"{stem}{path.suffix}") for stem in numbered(path.stem))
    return next(free for free in paths if not free.exists() and not free.is_symlink())
