"""Options that several commands share, and checks before any work begins."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.file_names import MOST_NAME_BYTES
from wganpaint_gui.core.system.atomic import save_error

_TRIED = 65536  # bytes, written to see whether a disk is full


class UsageError(WganPaintError):
    """Reports unusable arguments before any work is done."""


def add_number(parser: argparse._ActionsContainer, name: str, help: str, *, default: int | None = None) -> None:
    parser.add_argument(name, type=int, default=default, metavar="N", help=help)


def add_device(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--device",
        default="auto",
        metavar="D",
        help="auto, cpu, cuda, cuda:N or mps (default: auto, the fastest available)",
    )


def add_force(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--force", action="store_true", help="replace files that already exist")


def check_output(path: Path, *, force: bool, make_folder: bool = False) -> None:
    """Check before any work that a file can be written and replaces no other. Raises UsageError.

    make_folder: its folder may be missing; it will be created.
    """
    if os.path.isdir(path):
        raise UsageError(f"{path} is a folder.", "Choose a file name.")
    if os.path.exists(path) and not force:
        raise UsageError(f"{path} already exists.", "Choose another name, or replace the file with --force.")
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
