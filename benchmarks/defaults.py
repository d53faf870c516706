"""Choose start, optimiser, learning rate and steps: PSNR inside the hole and loss on held-out faces, as markdown.

python benchmarks/defaults.py HELD_OUT.zip [--images 12] [--first N] [--steps 30 60 100 200] [--start guess random]
    [--rate adam=0.03 sgd=1e-4 ...] [--candidates 4]

All images are searched as one batch. The loss is the mean over the images of the candidate with the lowest one.
"""

from __future__ import annotations

import argparse
import time
from itertools import product
from pathlib import Path
from typing import get_args

import numpy as np
import torch

from wganpaint_gui.core.measure.evaluation import CORRUPTIONS, Cases
from wganpaint_gui.core.search.settings import METHODS, InpaintConfig, Method, Start
from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.ml.measure.experiment import BatchSearch, composed
from wganpaint_gui.ml.measure.held_out import HeldOut, read_held_out
from wganpaint_gui.ml.model_file import load_model
from wganpaint_gui.ml.quality import psnr
from wganpaint_gui.ml.search.prepared_model import PreparedModel

RATES = [
    *(("adam", rate) for rate in (0.01, 0.03, 0.1)),
    *(("rmsprop", rate) for rate in (0.003, 0.01, 0.03)),
    *(("sgd", rate) for rate in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)),
]
Found = dict[tuple[Method, int], tuple[float, float]]  # PSNR and loss by method and number of steps


def main() -> None:
    arguments = _arguments()
    model = PreparedModel(load_model(arguments.model, torch.device("cpu")), torch.device("cpu"))
    data = _spread(read_held_out(arguments.zip, 10**9, model.resolution, 0), arguments.images, arguments.first)
    started = time.perf_counter()
    print(f"{len(data.names)} images, {arguments.candidates} candidates, lambda 1: PSNR in dB inside the hole; loss\n")
    print("| method | start | optimiser | rate | steps |" + "".join(f" {name} |" for name in arguments.corruption))
    print("|---|---|---|---|---|" + "---|" * len(arguments.corruption))
    for start, (optimizer, rate) in product(arguments.start, arguments.rate or RATES):
        config = InpaintConfig(
            methods=tuple(arguments.methods),
            start=start,
            steps=max(arguments.steps),
            candidates=arguments.candidates,
            optimizer=optimizer,
            learning_rate=rate,
        )
        found = [_measure(model, data.cases(name), config, arguments.steps) for name in arguments.corruption]
        for method, steps in product(config.methods, arguments.steps):
            cells = [f"{near:.1f}; {loss:.1f}" for near, loss in (one[method, steps] for one in found)]
            print("| " + " | ".join([method, start, optimizer, f"{rate:g}", str(steps), *cells]) + " |", flush=True)
    print(f"\nMeasured in {time.perf_counter() - started:.0f} s.")


def _measure(model: PreparedModel, cases: Cases, config: InpaintConfig, horizons: list[int]) -> Found:
    """Measure the winners after each number of steps: means over the images."""
    images, known = torch.from_numpy(cases.images), torch.from_numpy(cases.known)
    search, found = BatchSearch(model, cases, config), Found()
    for step in search.advance(config.steps):
        if step + 1 in horizons:
            best = search.winners()
            for m, method in enumerate(config.methods):
                near = psnr(torch.from_numpy(composed(model, cases, best.latents[m])), images, known)
                found[method, step + 1] = float(near.mean()), float(np.mean(best.losses[m]))
    return found


def _spread(data: HeldOut, count: int, first: int) -> HeldOut:
    """Images evenly spread over all from the first-th on; random holes differ by image, not by run."""
    chosen = slice(first, None, max(1, len(data.names) // count))
    names, pixels = data.names[chosen][:count], data.pixels[chosen][:count]
    return HeldOut(data.path, names, pixels, tuple(range(len(names))), (), len(names))


def _arguments() -> argparse.Namespace:
    def rate(text: str) -> tuple[str, float]:
        optimizer, _, number = text.partition("=")
        return optimizer, float(number)

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zip", type=Path, help="aligned faces the model has never seen")
    parser.add_argument("--images", type=int, default=12)
    parser.add_argument("--first", type=int, default=0, help="where to start: measure on other images than chosen on")
    parser.add_argument("--candidates", type=int, default=4)
    parser.add_argument("--corruption", nargs="+", choices=CORRUPTIONS, default=CORRUPTIONS)
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--steps", type=int, nargs="+", default=[30, 60, 100, 200])
    parser.add_argument("--start", nargs="+", choices=get_args(Start), default=get_args(Start))
    parser.add_argument("--rate", type=rate, nargs="+", help="optimiser=rate; default: a grid over all three")
    parser.add_argument("--model", type=Path, default=shipped_weights() / "faces-64.safetensors")
    return parser.parse_args()


if __name__ == "__main__":
    main()
