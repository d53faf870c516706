"""Options that several commands share."""

from __future__ import annotations

import argparse
from typing import get_args

from wganpaint_gui.core.training.training_config import Precision

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


def add_precision(parser: argparse._ActionsContainer, what: str, default: Precision | None = "auto") -> None:
    parser.add_argument(
        "--precision",
        choices=get_args(Precision),
        default=default,
        help=f"number format of the convolutions in {what}; auto takes bfloat16 where the processor has AMX or "
        "AVX-512 BF16 (default: auto)",
    )


def add_force(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--force", action="store_true", help="replace files that already exist")
