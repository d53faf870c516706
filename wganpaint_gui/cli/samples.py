"""`wganpaint samples`: draw a grid of random images from a model."""

from __future__ import annotations

import argparse
from pathlib import Path

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.system.output_check import check_output
from wganpaint_gui.core.system.program import program_name

from .console import DONE, print_data
from .loading import load
from .options import REPLACE_HINT, add_device, add_force, add_number

MAX_COUNT = 10_000


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "samples",
        help="draw a grid of random images from a model",
        description="Draw random images from a model as one picture, in a nearly square grid.",
        epilog="example: %(prog)s faces-64 -o grid.png --count 64 --seed 1",
    )
    parser.add_argument("model", metavar="MODEL", help=f"a name of `{program_name()} models`, or a .safetensors file")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="GRID.png", help="the picture to write")
    add_number(parser, "--count", f"images, 1 to {MAX_COUNT} (default: 100)", default=100)
    add_number(parser, "--seed", "a different seed gives different images (default: 0)", default=0)
    add_device(parser)
    add_force(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from wganpaint_gui.core.models.installed import find_model
    from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo

    if not 1 <= arguments.count <= MAX_COUNT:
        raise SettingsError(f"--count is {arguments.count}; it must be a whole number from 1 to {MAX_COUNT}.")
    if arguments.seed < 0:
        raise SettingsError(f"--seed is {arguments.seed}; it must not be negative.")
    path = find_model(arguments.model)
    check_output(arguments.output, force=arguments.force, replace_hint=REPLACE_HINT)

    loaded = load(path, arguments.device)
    from wganpaint_gui.ml.measure.sample_drawing import draw_sample_grid

    grid = draw_sample_grid(loaded.model, arguments.count, arguments.seed)
    save_photo(photo_from_pixels(grid), arguments.output, overwrite=arguments.force)
    print_data(arguments.output)
    return DONE
