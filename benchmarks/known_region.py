"""Measure the known-region fit: how often it is good, fair and poor on frames that hold a face and that hold none.

python benchmarks/known_region.py HELD_OUT.zip [--models faces-64 ...] [--images 100] [--searched 25] [--calibrate]
       [--sideways NAME ...]

Every second face sets the limits, with the holes that an encoder is trained on; --calibrate writes them into the model
file. Everything is measured on the other faces and on photos that hold none, with the holes that people make. Faces are
turned here and their frame left upright; beyond a picture's border its mirror image continues. Profiles have stand-ins:
faces narrowed to 60 %, and the held-out pictures that --sideways names, with every kind of hole. --searched: so many of
each kind are searched and refined as well, which takes seconds each, and judged by the rule that was used before too.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import skimage.data
import torch
from numpy.typing import NDArray
from PIL import Image

from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.known_region_fit import KnownRegionFit
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.ml.measure.held_out import read_held_out
from wganpaint_gui.ml.model_file import Model, load_model, save_model
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.known_region import fit_limits, known_region_fit
from wganpaint_gui.ml.search.losses import make_target
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.training.examiner import Examiner

PHOTOS = (
    "coffee",
    "chelsea",
    "rocket",
    "grass",
    "brick",
    "gravel",
    "astronaut",
    "camera",
    "clock",
    "hubble_deep_field",
)
OF_PEOPLE = {"astronaut": (0, 0, 330, 300), "camera": (180, 0, 320, 190)}  # left, top, right, bottom of the head
TURNS = (0, 20, 30, 40)
NARROW = 0.6  # of its width: a profile shows about as much less of a face
VERDICTS = ("good", "fair", "poor")
GOOD_BEFORE, FAIR_BEFORE = 0.18, 0.25  # mean |G(z) - x| over the known pixels
Picture = NDArray[np.uint8]
Source = np.random.Generator


@dataclass(frozen=True)
class Case:
    """One view and the kind of frame that it is."""

    kind: str
    view: ModelView


def main() -> None:
    arguments = _arguments()
    for name in arguments.models:
        path = shipped_weights() / f"{name}.safetensors"
        model = load_model(path, torch.device("cpu"))
        held_out = read_held_out(arguments.zip, 10**9, model.card.network.resolution, 0)
        faces = held_out.pixels
        sideways = [faces[held_out.names.index(name)] for name in arguments.sideways]
        if arguments.calibrate:
            model = _calibrated(model, faces[::2])
            save_model(model, path, half=True, overwrite=True)
        prepared = PreparedModel(model, torch.device("cpu"))
        good, fair = fit_limits(prepared.card)
        print(f"{name}: good from {good:.3f}, fair from {fair:.3f}\n")
        cases = [*_cases(faces[1::2], arguments.images), *_sideways_cases(sideways)]
        _print_rates("first guess", cases, [_of_guess(prepared, case).verdict for case in cases])
        few = _some(cases, arguments.searched)
        found = [_searched(prepared, case) for case in few]
        _print_rates("refined fill, before", few, [_judged_before(distance) for distance, _ in found])
        _print_rates("refined fill", few, [fit.verdict for _, fit in found])


def _calibrated(model: Model, faces: Picture) -> Model:
    """Return the model with the limits of these faces, as a training run measures them on its held-out images."""
    limits = Examiner(faces, model.card.network.latent_size, torch.device("cpu")).fit_limits(model)
    assert limits is not None
    model.card = replace(model.card, good_fit=limits[0], fair_fit=limits[1])
    return model


# -- pictures and holes --------------------------------------------------------------------------------------------


def _cases(faces: Picture, count: int) -> list[Case]:
    side = faces.shape[1]
    cases = []
    for number, face in enumerate(faces[:count]):
        for turn in TURNS:
            hole = HOLES[number % len(HOLES)](side, np.random.default_rng((0, number)))
            kind = f"face turned by {turn}°" if turn else "face, upright"
            cases.append(Case(kind, _view(_turned(face, turn if number // len(HOLES) % 2 else -turn), hole)))
        hole = HOLES[number % len(HOLES)](side, np.random.default_rng((0, number)))
        cases.append(Case(f"face narrowed to {100 * NARROW:.0f} %", _view(_narrowed(face), hole)))
    for number in range(count):
        source = np.random.default_rng((1, number))
        picture = _part_without_face(PHOTOS[number % len(PHOTOS)], side, source)
        hole = HOLES[(number + number // len(PHOTOS)) % len(HOLES)](side, source)
        cases.append(Case("no face", _view(picture, hole)))
    return cases


def _sideways_cases(faces: list[Picture]) -> list[Case]:
    cases = []
    for number, face in enumerate(faces):
        holes = (draw(len(face), np.random.default_rng((2, number))) for draw in HOLES)
        cases += [Case("face turned to the side", _view(face, hole)) for hole in holes]
    return cases


def _view(picture: Picture, hole: NDArray[np.bool_]) -> ModelView:
    image = picture.transpose(2, 0, 1) / np.float32(127.5) - 1
    return ModelView(np.where(hole, 0, image).astype(np.float32), ~hole[None])


def _narrowed(face: Picture) -> Picture:
    side = len(face)
    width = round(NARROW * side)
    narrow = np.asarray(Image.fromarray(face).resize((width, side), Image.Resampling.BOX))
    left = (side - width) // 2
    return np.pad(narrow, ((0, 0), (left, side - width - left), (0, 0)), mode="reflect")


def _turned(face: Picture, degrees: int) -> Picture:
    if not degrees:
        return face
    side, larger = len(face), 4 * len(face)  # turned at four times the size, so that it does not get softer
    large = np.asarray(Image.fromarray(face).resize((larger, larger), Image.Resampling.LANCZOS))
    margin = larger // 2
    continued = np.pad(large, ((margin, margin), (margin, margin), (0, 0)), mode="reflect")
    turned = Image.fromarray(continued).rotate(degrees, Image.Resampling.BICUBIC)
    inside = turned.crop((margin, margin, margin + larger, margin + larger))
    return np.asarray(inside.resize((side, side), Image.Resampling.BOX))


def _part_without_face(name: str, side: int, source: Source) -> Picture:
    photo = getattr(skimage.data, name)()
    photo = photo if photo.ndim == 3 else np.repeat(photo[..., None], 3, axis=2)
    left, top, right, bottom = OF_PEOPLE.get(name, (0, 0, 0, 0))
    while True:
        size = max(side, int(source.uniform(0.2, 0.8) * min(photo.shape[:2])))
        y, x = source.integers(0, photo.shape[0] - size + 1), source.integers(0, photo.shape[1] - size + 1)
        if x >= right or x + size <= left or y >= bottom or y + size <= top:
            part = Image.fromarray(photo[y : y + size, x : x + size])
            return np.asarray(part.resize((side, side), Image.Resampling.BOX))


def _rectangle(left: float, top: float, right: float, bottom: float, side: int, source: Source) -> NDArray[np.bool_]:
    """Return a hole of these shares of the side, each edge moved by up to 3 %."""
    moved = np.array([left, top, right, bottom]) + source.uniform(-0.03, 0.03, 4)
    x0, y0, x1, y1 = np.round(side * moved).astype(int).clip(0, side)
    hole = np.zeros((side, side), bool)
    hole[y0:y1, x0:x1] = True
    return hole


def _spots(side: int, source: Source) -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:side, :side] / side
    hole = np.zeros((side, side), bool)
    for _ in range(source.integers(1, 5)):
        y, x, radius = *source.uniform(0.12, 0.88, 2), source.uniform(0.025, 0.09)
        hole |= (rows - y) ** 2 + (columns - x) ** 2 < radius**2
    return hole


def _random(share: float, side: int, source: Source) -> NDArray[np.bool_]:
    return source.random((side, side)) < share


def _half(side: int, source: Source) -> NDArray[np.bool_]:
    """Return a hole that reaches from one border to a third of the side."""
    hole: NDArray[np.bool_] = np.rot90(_rectangle(-0.1, -0.1, 0.3, 1.1, side, source), int(source.integers(4)))
    return hole


HOLES: tuple[Callable[[int, Source], NDArray[np.bool_]], ...] = (
    partial(_rectangle, 0.1, 0.2, 0.9, 0.42),  # glasses
    partial(_rectangle, 0.28, 0.6, 0.72, 0.82),  # mouth
    partial(_rectangle, 0.375, 0.375, 0.625, 0.625),
    partial(_rectangle, 0.25, 0.25, 0.75, 0.75),
    _spots,
    partial(_random, 0.5),
    partial(_random, 0.8),
    _half,
)


# -- verdicts ------------------------------------------------------------------------------------------------------


def _of_guess(model: PreparedModel, case: Case) -> KnownRegionFit:
    return known_region_fit(model, make_target(case.view, InpaintConfig(), model.device))


def _searched(model: PreparedModel, case: Case) -> tuple[float, KnownRegionFit]:
    """Search and refine; return the mean difference from the known pixels then, and the known-region fit."""
    config = InpaintConfig(methods=("yeh",), candidates=1)
    search = Search(model, case.view, config)
    for _ in search.advance(config.steps, watched=lambda: False):
        pass
    for _ in search.refine(0, config.refine, watched=lambda: False):
        pass
    image = search.images_of(search.state)[0, 0].transpose(2, 0, 1) / np.float32(127.5) - 1
    return float(np.abs(image - case.view.image)[:, case.view.known[0]].mean()), search.fit()


def _judged_before(distance: float) -> str:
    if distance < GOOD_BEFORE:
        return "good"
    return "fair" if distance < FAIR_BEFORE else "poor"


def _some(cases: list[Case], count: int) -> list[Case]:
    """Return so many cases of each kind, evenly spread."""
    by_kind = {case.kind: [one for one in cases if one.kind == case.kind] for case in cases}
    return [one for some in by_kind.values() for one in some[:: max(1, len(some) // max(1, count))][:count]]


def _print_rates(title: str, cases: list[Case], verdicts: Sequence[str]) -> None:
    if not cases:
        return
    print(f"| {title} | frames | good | fair | poor |\n|---|---|---|---|---|")
    for kind in dict.fromkeys(case.kind for case in cases):
        found = [verdict for case, verdict in zip(cases, verdicts, strict=True) if case.kind == kind]
        shares = " | ".join(f"{100 * found.count(verdict) / len(found):.0f} %" for verdict in VERDICTS)
        print(f"| {kind} | {len(found)} | {shares} |", flush=True)
    print()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zip", type=Path, help="aligned faces the models have never seen")
    parser.add_argument("--models", nargs="+", default=["faces-64", "faces-64-paper"])
    parser.add_argument("--images", type=int, default=100, help="of each kind")
    parser.add_argument("--searched", type=int, default=25, help="of each kind")
    parser.add_argument("--sideways", nargs="*", default=[], help="names of pictures whose face is turned to the side")
    parser.add_argument("--calibrate", action="store_true", help="write the limits into the shipped model files")
    return parser.parse_args()


if __name__ == "__main__":
    main()
