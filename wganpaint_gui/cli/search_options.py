"""The options of a search that `inpaint` and `evaluate` share: where it starts, its steps, and its refinement."""

from __future__ import annotations

import argparse
from typing import get_args

from wganpaint_gui.core.errors import UsageError
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.search.settings import DEFAULT_STEPS, MAX_REFINE, InpaintConfig, Start
from wganpaint_gui.core.system.program import program_name

from .console import print_warning
from .options import add_number


def add_start_and_steps(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--start",
        choices=get_args(Start),
        help="where the search starts: guess, the first guess of the model's encoder, or random latents (default: "
        "guess if the model has an encoder)",
    )
    add_number(
        group,
        "--steps",
        "update steps of the latents per search (default: "
        f"{DEFAULT_STEPS['guess']} from a guess, {DEFAULT_STEPS['random']} from random latents)",
    )
    add_number(
        group,
        "--refine",
        f"most steps in which the generator is then fitted to the image, 0 to {MAX_REFINE:,}; 0: none; ends early "
        "when left-out known pixels clearly get worse; method yeh only: fitted to the critic alone, the generator "
        "would find the critic's blind spots (default: %(default)s)",
        default=InpaintConfig.refine,
    )


def check_refine(refine: int) -> None:
    """Raise UsageError where --refine is out of range."""
    if not 0 <= refine <= MAX_REFINE:
        raise UsageError(
            f"--refine is {refine}; it must be a whole number from 0 to {MAX_REFINE}.", "0 refines nothing."
        )


def choose_start(asked: Start | None, card: ModelCard) -> Start:
    """Return where searches with this model start; print a warning if it has no encoder and --start was not given.

    Raises UsageError where a guess was asked for and the model cannot make one.
    """
    if card.has_encoder:
        return asked or "guess"
    if asked == "guess":
        raise UsageError(
            f"--start guess: the model {card.name} has no encoder, which makes the first guess.",
            f"Use --start random, or train an encoder for it: `{program_name()} train --encoder-updates N`.",
        )
    if asked is None:
        print_warning(
            f"The model {card.name} has no encoder: searches start at random latents, as with --start random."
        )
    return "random"
