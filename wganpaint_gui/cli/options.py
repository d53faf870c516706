"""Options that several commands share, and checks before any work begins."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from wganpaint_gui.core.errors import WganPaintError


class UsageError(WganPaintError):
    """Reports unusable arguments before any work is done."""


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
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", "Choose a file name.")
    if path.exists() and not force:
        raise UsageError(f"{path} already exists.", "Choose another name, or replace the file with --force.")
    folder = path.parent
    if make_folder:
        folder = next(parent for parent in path.parents if parent.exists())
    if not folder.is_dir():
        problem = "is not a folder" if folder.exists() else "does not exist"
        raise UsageError(f"{path} cannot be written: {folder} {problem}.", "Choose another folder.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"{path} cannot be written: no permission to write to {folder}.", "Choose another folder.")
