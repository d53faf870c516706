"""What the program's own files are called."""

from __future__ import annotations

from pathlib import Path

PROJECT_SUFFIX = ".wganpaint"
MODEL_SUFFIX = ".safetensors"

# In the folder of a training run.
RUN_SETTINGS = "config.json"
RUN_MODEL = f"model{MODEL_SUFFIX}"  # the newest
RUN_BEST_MODEL = f"model-best{MODEL_SUFFIX}"


def is_project(path: Path) -> bool:
    return path.suffix.lower() == PROJECT_SUFFIX


def free_project_name(photo: Path) -> Path:
    """A name beside `photo` that no file has: photo.wganpaint, then photo-2.wganpaint and so on."""
    name, number = photo.with_name(f"{photo.stem}{PROJECT_SUFFIX}"), 2
    while name.exists() or name.is_symlink():
        name, number = photo.with_name(f"{photo.stem}-{number}{PROJECT_SUFFIX}"), number + 1
    return name
