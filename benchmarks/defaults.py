"""Choose optimiser, learning rate and steps: PSNR inside the hole on held-out faces, as a markdown table.

python benchmarks/defaults.py HELD_OUT.zip [--images 12] [--first N] [--steps 50 100 200 300] [--rate adam=0.03 ...]
"""

from __future__ import annotations

import argparse
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.config import InpaintConfig
from wganpaint_gui.core.frame import ModelView
from wganpaint_gui.core.paths import shipped_weights
from wganpaint_gui.ml.inpainting import Search
from wganpaint_gui.ml.model_file import load_model
from wganpaint_gui.ml.prepare import PreparedModel, prepare

HOLES = ("centre 16x16", "centre 32x32", "random 80 %")
RATES = [
    *(("adam", rate) for rate in (0.01, 0.03, 0.1)),
    *(("rmsprop", rate) for rate in (0.003, 0.01, 0.03)),
    *(("sgd", rate) for rate in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1)),
]


def main() -> None:
    arguments = _arguments()
    model = prepare(load_model(arguments.model, torch.device("cpu")), torch.device("cpu"))
    photos = list(_photos(arguments.zip, arguments.images, arguments.first, model.resolution))
    started = time.perf_counter()
    print(f"{len(photos)} images, {arguments.candidates} candidates, lambda 1, PSNR in dB inside the hole\n")
    print("| method | optimiser | rate | steps |" + "".join(f" {hole} |" for hole in HOLES) + " mean |")
    print("|---|---|---|---|" + "---|" * (len(HOLES) + 1))
    telea = [np.mean([_psnr(_telea(x, known), x, known) for x, known in _cases(photos, hole)]) for hole in HOLES]
    print(_row(["Telea", "", "", ""], telea), flush=True)
    for optimizer, rate in arguments.rate or RATES:
        config = InpaintConfig(
            steps=max(arguments.steps), candidates=arguments.candidates, optimizer=optimizer, learning_rate=rate
        )
        scores = np.array([_measure(model, photos, hole, config, arguments.steps) for hole in HOLES])  # [hole, T, M]
        for m, method in enumerate(config.methods):
            for t, steps in enumerate(arguments.steps):
                print(_row([method, optimizer, f"{rate:g}", str(steps)], list(scores[:, t, m])), flush=True)
    print(f"\nMeasured in {time.perf_counter() - started:.0f} s.")


def _measure(
    model: PreparedModel, photos: list[NDArray[np.float32]], hole: str, config: InpaintConfig, horizons: list[int]
) -> NDArray[np.float64]:
    """Mean PSNR [T, M] of the lowest-loss candidate's best iterate after each number of steps."""
    scores = np.zeros((len(photos), len(horizons), len(config.methods)))
    for n, (x, known) in enumerate(_cases(photos, hole)):
        search = Search(model, ModelView(np.where(known, x, np.float32(0)), known), config)
        for _ in search.advance(max(horizons), looking=lambda: False):
            pass
        for t, steps in enumerate(horizons):
            losses, latents = search.log.losses[:steps], search.log.latents[:steps]
            for m in range(len(config.methods)):
                step, candidate = np.unravel_index(losses[:, m].argmin(), losses[:, m].shape)
                image = search.render(latents[step, m, candidate])
                scores[n, t, m] = _psnr(image.transpose(2, 0, 1) / 127.5 - 1, x, known)
    return scores.mean(axis=0)


def _cases(photos: list[NDArray[np.float32]], hole: str) -> Iterator[tuple[NDArray[np.float32], NDArray[np.bool_]]]:
    """Each photo with its known pixels [1, R, R]; random holes differ by photo, not by run."""
    for n, x in enumerate(photos):
        side = x.shape[1]
        known = np.ones((1, side, side), bool)
        if hole == "random 80 %":
            order = np.random.default_rng(n).permutation(side * side)
            known.reshape(-1)[order[: round(0.8 * side * side)]] = False
        else:
            half = {"centre 16x16": 8, "centre 32x32": 16}[hole]
            known[:, side // 2 - half : side // 2 + half, side // 2 - half : side // 2 + half] = False
        yield x, known


def _psnr(fill: NDArray[np.floating], x: NDArray[np.float32], known: NDArray[np.bool_]) -> float:
    """Both [3, R, R] in [-1, 1]; decibels over missing pixels, peak to peak 2."""
    missing = np.broadcast_to(~known, x.shape)
    return float(10 * np.log10(4 / np.mean((fill - x)[missing] ** 2)))


def _telea(x: NDArray[np.float32], known: NDArray[np.bool_]) -> NDArray[np.floating]:
    picture = np.rint((x.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)
    filled = cv2.inpaint(picture, np.uint8(255) * ~known[0], 3, cv2.INPAINT_TELEA)
    return np.asarray(filled.transpose(2, 0, 1) / 127.5 - 1)


def _photos(path: Path, count: int, first: int, resolution: int) -> Iterator[NDArray[np.float32]]:
    """Evenly spread over the archive from the first-th on, [3, R, R] in [-1, 1]."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.lower().endswith((".png", ".webp", ".jpg")))
        for name in names[first :: max(1, len(names) // count)][:count]:
            with archive.open(name) as file, Image.open(file) as image:
                pixels = np.asarray(image.convert("RGB").resize((resolution, resolution), Image.Resampling.BOX))
            yield (pixels / np.float32(127.5) - 1).transpose(2, 0, 1).astype(np.float32)


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
