"""`wganpaint models`: list, show, add and remove models."""

from __future__ import annotations

import argparse
from pathlib import Path

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.models.installed import (
    DEFAULT_MODEL,
    ModelEntry,
    add_model,
    find_model,
    list_models,
    remove_model,
)
from wganpaint_gui.core.models.model_card import ModelCard, read_card

from .console import DONE, print_data, print_json


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "models",
        help="list, show, add and remove models",
        description="Manage the models that come with the program and those you add. Without an action, lists them.",
        epilog="example: %(prog)s add runs/portraits.safetensors",
    )
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    actions.add_parser("list", help="print one line per model (the default)").set_defaults(run=_list)
    show = actions.add_parser("show", help="print a model's card as JSON")
    show.add_argument("model", metavar="NAME", help="a name from the list, or a .safetensors file")
    show.set_defaults(run=_show)
    add = actions.add_parser("add", help="copy a model file to your own models; its file name becomes its name")
    add.add_argument("file", type=Path, metavar="FILE", help="a model file (.safetensors)")
    add.set_defaults(run=_add)
    remove = actions.add_parser("remove", help="delete a model you added")
    remove.add_argument("model", metavar="NAME", help="a name from the list")
    remove.set_defaults(run=_remove)


def _list(_arguments: argparse.Namespace) -> int:
    entries = list_models()
    width = max((len(entry.name) for entry in entries), default=0)
    for entry in entries:
        print_data(f"{entry.name:<{width}}  {_describe(entry)}")
    return DONE


def _describe(entry: ModelEntry) -> str:
    try:
        card = read_card(entry.path)
    except ModelError as error:
        return f"unusable: {error.message}"
    origin = "shipped" if entry.shipped else f"added, {entry.path}"
    return f"{summary(card)}; {origin}{' (default)' if entry.name == DEFAULT_MODEL else ''}"


def summary(card: ModelCard) -> str:
    """Describe a model in one line: size, training, encoder, data."""
    network = card.network
    parts = [f"{network.resolution}x{network.resolution}, width {network.width}", counted(card.updates, "update")]
    if card.has_encoder:
        parts.append("with encoder")
    if card.dataset:
        parts.append(card.dataset)
    return ", ".join(parts)


def _show(arguments: argparse.Namespace) -> int:
    path = find_model(arguments.model)
    print_json({"file": str(path), **read_card(path).to_json()}, indent=2)
    return DONE


def _add(arguments: argparse.Namespace) -> int:
    print_data(add_model(arguments.file).name)
    return DONE


def _remove(arguments: argparse.Namespace) -> int:
    remove_model(arguments.model)
    return DONE
