"""`wganpaint bench`: measure how fast this machine is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial

from wganpaint_gui.core.models.installed import DEFAULT_MODEL, find_model
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.training.training_config import preset_config

from .console import DONE, print_json
from .loading import load
from .options import add_device, add_number

WIDTH = 32  # of the training, as the shipped model's: the paper's 64 takes minutes on a processor


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "bench",
        help="measure how fast this machine is",
        description="Measure for about fifteen seconds: the steps of a search with both methods, their share of the "
        "arithmetic rate of a matrix product, a first guess, a step of a refinement, and the updates of a training run "
        "(preset gp, batch 32, float32). Prints medians over random images; saves nothing. Close other programs first.",
    )
    parser.add_argument(
        "--model", metavar="NAME|FILE", default=DEFAULT_MODEL, help=f"model for the search (default: {DEFAULT_MODEL})"
    )
    add_number(parser, "--width", f"width of the trained network (default: {WIDTH})", default=WIDTH)
    add_device(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    config, training_config = InpaintConfig(), preset_config("gp", width=arguments.width)
    training_config = replace(training_config, precision="float32")
    loaded = load(find_model(arguments.model), arguments.device)
    from wganpaint_gui.ml.device import describe
    from wganpaint_gui.ml.measure.speed import measure_guess, measure_refinement, measure_search, measure_training

    device = loaded.model.device
    say: Callable[[str], object] = (lambda _line: None) if arguments.json else partial(print, flush=True)
    say(f"device: {describe(device)}")
    search = measure_search(loaded.model, config)
    say(
        f"search: {search.steps_per_second:.1f} steps/s ({loaded.path.stem}, {' and '.join(config.methods)}, "
        f"{config.candidates} candidates per method, {loaded.model.step_precision})"
    )
    guess = measure_guess(loaded.model)
    say(f"first guess: {'none, the model has no encoder' if guess is None else f'{1000 * guess:.1f} ms'}")
    refined_step = measure_refinement(loaded.model, config)
    say(f"refinement: {1000 * refined_step:.1f} ms a step")
    say(
        f"arithmetic: {search.gflops:.0f} of the {search.peak_gflops:.0f} GFLOP/s of a matrix product: "
        f"{search.fraction_of_peak:.2f}"
    )
    training = measure_training(training_config, device)
    say(
        f"training: {training.updates_per_second:.1f} updates/s, {training.images_per_second:.0f} images/s "
        f"({training_config.preset}, width {arguments.width}, batch {training_config.batch_size})"
    )
    if arguments.json:
        settings = {"model": loaded.path.stem, "methods": config.methods, "candidates": config.candidates}
        shape = {name: training_config.to_json()[name] for name in ("preset", "batch_size", "precision")}
        report = {
            "device": describe(device),
            "search": {**settings, **asdict(search), "fraction_of_peak": search.fraction_of_peak},
            "guess": None if guess is None else {"seconds": guess},
            "refinement": {"seconds_per_step": refined_step},
            "training": {**shape, "width": arguments.width, **asdict(training)},
        }
        print_json(report)
    return DONE
