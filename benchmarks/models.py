"""Compares models, also of different resolutions, and the classical ways by their fills of the same held-out faces.

Every model fills the same holes of the same pictures, as the editor would: searched, refined, enlarged to the
picture's pixels, blended. Prints a table in Markdown, of PSNR in the hole and, after the comma, of texture (the
deviation in the hole over that of the original: below 1 is too smooth); with --pictures writes a sheet a hole, with a
line a picture: original, hole, and each fill.
Use: python benchmarks/models.py faces-64 faces-128 --images HELD_OUT.zip [--count 50] [--skip 0] [--size 128]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from surroundings import CLASSICAL, hidden, psnr, texture
from surroundings import surroundings as from_surroundings

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.measure.corruption import corrupted
from wganpaint_gui.core.models.installed import find_model
from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.settings import METHODS, InpaintConfig
from wganpaint_gui.ml.measure.held_out import read_held_out
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.prepared_model import PreparedModel, load_prepared

CPU = torch.device("cpu")
HOLES = ("center", "center32", "random80")
Picture = NDArray[np.uint8]


def fills_of(
    model: PreparedModel, picture: Picture, mask: NDArray[np.uint8], config: InpaintConfig
) -> dict[str, Picture]:
    """Return the picture [H, W, 3] filled by each method of the settings."""
    photo = photo_from_pixels(picture)
    fill = Fill(model, photo, mask, Frame(0, 0, photo.width), config)
    for _ in fill.run(watched=lambda: False):
        pass
    filled: dict[str, Picture] = {}
    for number, method in enumerate(config.methods):
        box, pixels = fill.result(Selection(number))
        filled[method] = picture.copy()
        filled[method][box.slices] = pixels[..., :3]
    return filled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", help="names or files")
    parser.add_argument("--images", type=Path, required=True, help="folder or zip of held-out pictures")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--skip", type=int, default=0, help="pictures to leave out first")
    parser.add_argument("--size", type=int, default=128, help="side to which the pictures are reduced (default: 128)")
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    parser.add_argument("--holes", nargs="+", choices=HOLES, default=list(HOLES))
    parser.add_argument("--pictures", type=Path, help="a folder for the sheets")
    arguments = parser.parse_args()
    models = {Path(name).stem: load_prepared(find_model(name), CPU, "auto") for name in arguments.models}
    data = read_held_out(arguments.images, arguments.skip + arguments.count, arguments.size, 0)
    images = data.pixels[arguments.skip :]
    cells = min(model.resolution for model in models.values())  # a pixel of any model is missing, or none of it
    rows: dict[str, dict[str, list[tuple[float, float]]]] = {hole: defaultdict(list) for hole in HOLES}
    config = InpaintConfig(methods=tuple(arguments.methods), candidates=1)
    for hole in arguments.holes:
        sheet = []
        for number, picture in enumerate(images):
            photo = photo_from_pixels(picture)
            mask = corrupted(photo, hole, Frame(0, 0, photo.width), cells, number)
            known = mask == 0
            shown = {"original": picture, "hole": hidden(picture, known)}
            for name, model in models.items():
                for method, filled in fills_of(model, shown["hole"], mask, config).items():
                    shown[f"{name} {method}"] = filled
            shown["surroundings"] = from_surroundings(shown["hole"], known)
            shown |= {way: fill(shown["hole"], known) for way, fill in CLASSICAL.items()}
            for way, filled in list(shown.items())[2:]:
                rows[hole][way].append((psnr(filled, picture, ~known), texture(filled, picture, ~known)))
            sheet.append(np.hstack(list(shown.values())))
        if arguments.pictures is not None:
            arguments.pictures.mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.vstack(sheet)).save(arguments.pictures / f"{hole}.png")
    print(f"{len(images)} pictures at {arguments.size} x {arguments.size}: PSNR in dB ± its standard error, texture")
    print(f"| | {' | '.join(arguments.holes)} |\n| --- |{' ---: |' * len(arguments.holes)}")
    for way in rows[arguments.holes[0]]:
        print(f"| {way} | {' | '.join(_cell(rows[hole][way]) for hole in arguments.holes)} |", flush=True)


def _cell(measured: list[tuple[float, float]]) -> str:
    values = np.array(measured)
    error = values[:, 0].std(ddof=1) / len(values) ** 0.5 if len(values) > 1 else np.nan
    return f"{values[:, 0].mean():.2f} ± {error:.2f}, {values[:, 1].mean():.2f}"


if __name__ == "__main__":
    main()
