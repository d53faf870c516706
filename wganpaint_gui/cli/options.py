"""Options that several commands share."""

from __future__ import annotations

import argparse

REPLACE_HINT = "Choose another name, or replace the file with --force."


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
