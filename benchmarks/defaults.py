"""Choose optimiser, learning rate and steps: PSNR inside the hole on held-out faces, as a markdown table.

python benchmarks/defaults.py HELD_OUT.zip [--images 12] [--first N] [--steps 50 100 200 300] [--rate adam=0.03 ...]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from wganpaint_gui.cli.evaluation.held_out import HeldOut, read_held_out
from wganpaint_gui.core.measure.baselines import baseline_fill
from wganpaint_gui.core.measure.evaluation import CORRUPTIONS, Cases
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.ml.model_file import load_model
from wganpaint_gui.ml.quality import psnr
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.prepared_model import PreparedModel

RATES = [
    *(("adam", rate) for rate in (0.01, 0.03, 0.1)),
    *(("rmsprop", rate) for rate in (0.003, 0.01, 0.03)),
    *(("sgd", rate) for rate in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)),
]


def main() -> None:
    arguments = _arguments()
    model = PreparedModel(load_model(arguments.model, torch.device("cpu")), torch.device("cpu"))
    data = _spread(read_held_out(arguments.zip, 10**9, model.resolution, 0), arguments.images, arguments.first)
    corrupted = [data.cases(corruption) for corruption in CORRUPTIONS]
    started = time.perf_counter()
    print(f"{len(data.names)} images, {arguments.candidates} candidates, lambda 1, PSNR in dB inside the hole\n")
    print(
        "| method | optimiser | rate | steps |" + "".join(f" {corruption} |" for corruption in CORRUPTIONS) + " mean |"
    )
    print("|---|---|---|---|" + "---|" * (len(CORRUPTIONS) + 1))
    print(_row(["Telea", "", "", ""], [_telea(cases) for cases in corrupted]), flush=True)
    for optimizer, rate in arguments.rate or RATES:
        config = InpaintConfig(
            steps=max(arguments.steps), candidates=arguments.candidates, optimizer=optimizer, learning_rate=rate
        )
        scores = np.array(
            [_measure(model, cases, config, arguments.steps) for cases in corrupted]
        )  # [corruption, T, M]
        for m, method in enumerate(config.methods):
            for t, steps in enumerate(arguments.steps):
                print(_row([method, optimizer, f"{rate:g}", str(steps)], list(scores[:, t, m])), flush=True)
    print(f"\nMeasured in {time.perf_counter() - started:.0f} s.")


def _measure(model: PreparedModel, cases: Cases, config: InpaintConfig, horizons: list[int]) -> NDArray[np.float64]:
    """Mean PSNR [T, M] of the lowest-loss candidate's best iterate after each number of steps."""
    scores = np.zeros((len(cases), len(horizons), len(config.methods)))
    for n, (x, known) in enumerate(zip(cases.images, cases.known, strict=True)):
        search = Search(model, ModelView(np.where(known, x, np.float32(0)), known), config)
        for _ in search.advance(max(horizons), looking=lambda: False):
            pass
        for t, steps in enumerate(horizons):
            losses, latents = search.log.losses[:steps], search.log.latents[:steps]
            for m in range(len(config.methods)):
                step, candidate = np.unravel_index(losses[:, m].argmin(), losses[:, m].shape)
                image = search.render(latents[step, m, candidate])
                scores[n, t, m] = _psnr(image.transpose(2, 0, 1) / np.float32(127.5) - 1, x, known)
    return scores.mean(axis=0)


def _telea(cases: Cases) -> float:
    pairs = zip(cases.images, cases.known, strict=True)
    return float(np.mean([_psnr(baseline_fill("telea", x, known), x, known) for x, known in pairs]))


def _psnr(fill: NDArray[np.float32], x: NDArray[np.float32], known: NDArray[np.bool_]) -> float:
    return psnr(*(torch.from_numpy(part[None]) for part in (fill, x, known))).item()


def _spread(data: HeldOut, count: int, first: int) -> HeldOut:
    """Images evenly spread over all from the first-th on; random holes differ by image, not by run."""
    chosen = slice(first, None, max(1, len(data.names) // count))
    names, pixels = data.names[chosen][:count], data.pixels[chosen][:count]
    return HeldOut(data.path, names, pixels, tuple(range(len(names))), ())


def _row(names: list[str], values: list[float]) -> str:
    return "| " + " | ".join([*names, *(f"{value:.1f}" for value in [*values, float(np.mean(values))])]) + " |"


def _arguments() -> argparse.Namespace:
    def rate(text: str) -> tuple[str, float]:
        optimizer, _, number = text.partition("=")
        return optimizer, float(number)

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zip", type=Path, help="aligned faces the model has never seen")
    parser.add_argument("--images", type=int, default=12)
    parser.add_argument("--first", type=int, default=0, help="where to start: measure on other images than chosen on")
    parser.add_argument("--candidates", type=int, default=4)
    parser.add_argument("--steps", type=int, nargs="+", default=[50, 100, 200, 300])
    parser.add_argument("--rate", type=rate, nargs="+", help="optimiser=rate; default: a grid over all three")
    parser.add_argument("--model", type=Path, default=shipped_weights() / "faces-64.safetensors")
    return parser.parse_args()


if __name__ == "__main__":
    main()
