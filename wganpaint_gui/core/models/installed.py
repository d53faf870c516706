"""The models of this machine: those that came with the program and those the user added."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from wganpaint_gui.core.errors import ModelError, NameTakenError
from wganpaint_gui.core.file_names import MODEL_SUFFIX, RUN_MODEL, RUN_SETTINGS
from wganpaint_gui.core.system.atomic import copy_file, make_folder
from wganpaint_gui.core.system.paths import entries, shipped_weights, user_models

from .model_card import read_card

DEFAULT_MODEL = "faces-64"


@dataclass(frozen=True)
class ModelEntry:
    """A model that can be chosen by its name; the name is the file's stem."""

    name: str
    path: Path
    shipped: bool  # came with the program: cannot be removed


def list_models() -> list[ModelEntry]:
    """List shipped models, then the user's own, each by name. Files are not opened."""
    return [
        ModelEntry(path.stem, path, shipped)
        for folder, shipped in ((shipped_weights(), True), (user_models(), False))
        for path in sorted(entries(folder), key=lambda path: path.stem)
        if path.match(f"*{MODEL_SUFFIX}")
    ]


def find_model(name_or_path: str | Path | None = None) -> Path:
    """Return the file of a known model, the given file, or that of a training run's folder; None = the default model.

    Raises ModelError where it is none of them. The contents of the file are not checked here.
    """
    wanted = DEFAULT_MODEL if name_or_path is None else name_or_path
    for entry in list_models():
        if entry.name == wanted:
            return entry.path
    path = Path(wanted).expanduser()
    of_run = path / RUN_MODEL
    if os.path.isfile(of_run):
        return of_run
    if os.path.isfile(path / RUN_SETTINGS):
        raise ModelError(
            f"The training run in {path} has not saved a model yet.",
            "It does so with its first sample grid: train it further, then try again.",
        )
    if os.path.isfile(path):
        return path
    if path.suffix == MODEL_SUFFIX or len(path.parts) > 1:
        raise ModelError(f"File not found: {path}.", "Check the path.")
    raise ModelError(f"Unknown model '{wanted}'.", f"Known models: {_known_names()}.")


def add_model(path: Path) -> ModelEntry:
    """Copy a model file, and the sample grid beside it, into the user's folder, under its own name.

    Raises ModelError where the file is not a model, NameTakenError where its name is taken, SaveError where it cannot
    be copied.
    """
    read_card(path)
    name = path.stem
    if any(entry.name == name for entry in list_models()):
        raise NameTakenError(f"A model named {name} already exists.", f"Rename {path.name}, or remove the other one.")
    target = user_models() / f"{name}{MODEL_SUFFIX}"
    make_folder(target.parent)
    copy_file(path, target, overwrite=False)
    grid = samples_beside(path)
    if grid is not None:
        copy_file(grid, target.with_suffix(".png"), overwrite=True)  # a grid without its model is a leftover
    return ModelEntry(name, target, shipped=False)


def remove_model(name: str) -> None:
    """Delete one of the user's own models; raises ModelError for a shipped or unknown one."""
    entry = next((entry for entry in list_models() if entry.name == name), None)
    if entry is None:
        raise ModelError(f"Unknown model '{name}'.", f"Known models: {_known_names()}.")
    if entry.shipped:
        raise ModelError(
            f"The model {name} came with the program and cannot be removed.", "Only added models can be removed."
        )
    try:
        entry.path.unlink()
        entry.path.with_suffix(".png").unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(f"{entry.path} cannot be deleted: {error.strerror}.") from error


def samples_beside(path: Path) -> Path | None:
    """Return the picture of samples beside a model file; None where there is none."""
    grid = path.with_suffix(".png")
    return grid if os.path.isfile(grid) else None


def _known_names() -> str:
    return ", ".join(entry.name for entry in list_models())
