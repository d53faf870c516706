"""The names of the program's own files, and names that no file has yet."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

MOST_NAME_BYTES = 255  # of Linux; Windows and macOS allow as many characters
PROJECT_SUFFIX = ".wganpaint"
MODEL_SUFFIX = ".safetensors"

# In the folder of a training run.
RUN_SETTINGS = "config.json"
RUN_MODEL = f"model{MODEL_SUFFIX}"  # the newest model
RUN_BEST_MODEL = f"model-best{MODEL_SUFFIX}"


def is_project(path: Path) -> bool:
    """Tell by its name whether a file is a project."""
    return path.suffix.lower() == PROJECT_SUFFIX


def is_same_file(first: Path, second: Path) -> bool:
    """Tell whether two paths are one file or folder, by way of links too; of one that does not exist, by its name."""
    try:
        return os.path.samefile(first, second)
    except OSError:
        return os.path.abspath(first) == os.path.abspath(second)


def numbered(name: str) -> Iterator[str]:
    """Yield name, name-2, name-3 and so on, without end."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def free_name(path: Path, added: str = "") -> Path:
    """Return the path or, where that name is taken, the first free one of name-2, name-3, ... with the same suffix.

    added: goes between name and number. A name too long for file systems loses the end of what it was before.
    """
    endings = (f"{ending}{path.suffix}" for ending in numbered(added))
    paths = (path.with_name(_cut(path.stem, ending) + ending) for ending in endings)
    return next(free for free in paths if not os.path.lexists(free))


def _cut(stem: str, ending: str) -> str:
    while len(stem) > 1 and len(os.fsencode(stem + ending)) > MOST_NAME_BYTES:
        stem = stem[:-1]
    return stem
