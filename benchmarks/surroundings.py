"""Measures fills from the surroundings against Telea, Navier-Stokes, biharmonic and FSR on scikit-image's pictures.

Holes: ten squares a picture, of 2 to 15 % of its shorter side, at random places. Random pixels: 80 % of the middle
256 x 256 pixels. PSNR is that of the missing pixels; texture is their standard deviation over that of the original: 1
at best, below 1 where the fill is too smooth. Prints two tables in Markdown, writes JSON, and with --pictures the fills
side by side.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage import data
from skimage.restoration import inpaint_biharmonic

from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.surroundings.native import reconstruct_by_frequency
from wganpaint_gui.core.surroundings.surroundings import fill_from_surroundings

Picture = NDArray[np.uint8]
Known = NDArray[np.bool_]
Fill = Callable[[Picture, Known], Picture]

PICTURES = ("gravel", "grass", "brick", "coffee", "cat", "rocket")
HOLES = 10
SMALLEST, LARGEST = 0.02, 0.15  # of the shorter side
RANDOM = 256  # pixels, side of the part with random missing pixels
SHARE = 0.8
NEAR = 32  # pixels around a hole that the classical ways are given; they look no farther than a few


def surroundings(picture: Picture, known: Known) -> Picture:
    *_, last = fill_from_surroundings(photo_from_pixels(picture), np.where(known, np.uint8(0), np.uint8(255)))
    assert last.fill is not None
    return np.asarray(last.fill.written_into(photo_from_pixels(picture)).pixels, np.uint8)


def by_opencv(flag: int) -> Fill:
    def fill(picture: Picture, known: Known) -> Picture:
        return np.asarray(cv2.inpaint(picture, np.where(known, np.uint8(0), np.uint8(255)), 3, flag), np.uint8)

    return fill


def biharmonic(picture: Picture, known: Known) -> Picture:
    filled = inpaint_biharmonic(picture, ~known, channel_axis=-1)
    return np.asarray(np.rint(255 * np.clip(filled, 0, 1)), np.uint8)


CLASSICAL: dict[str, Fill] = {
    "telea": by_opencv(cv2.INPAINT_TELEA),
    "navier-stokes": by_opencv(cv2.INPAINT_NS),
    "biharmonic": biharmonic,
}


def picture_of(name: str) -> Picture:
    picture = getattr(data, name)()
    return np.ascontiguousarray(picture if picture.ndim == 3 else np.stack([picture] * 3, axis=2))


def hidden(picture: Picture, known: Known) -> Picture:
    return np.where(known[..., None], picture, np.uint8(0))


def psnr(filled: Picture, truth: Picture, missing: Known) -> float:
    error = filled[missing].astype(float) - truth[missing]
    return float(10 * np.log10(255**2 / max(np.square(error).mean(), 1e-9)))


def texture(filled: Picture, truth: Picture, missing: Known) -> float:
    return float(filled[missing].std(axis=0).mean() / max(truth[missing].std(axis=0).mean(), 1e-9))


def holes(picture: Picture, source: np.random.Generator) -> list[tuple[int, int, int]]:
    """Return (top, left, side) of each hole, small ones first."""
    height, width = picture.shape[:2]
    sides = np.rint(np.linspace(SMALLEST, LARGEST, HOLES) * min(height, width)).astype(int).tolist()
    return [(int(source.integers(height - side)), int(source.integers(width - side)), side) for side in sides]


def measure_holes(name: str, pictures: Path | None) -> list[dict[str, Any]]:
    picture, rows = picture_of(name), []
    for number, (top, left, side) in enumerate(holes(picture, np.random.default_rng(PICTURES.index(name)))):
        known = np.ones(picture.shape[:2], bool)
        known[top : top + side, left : left + side] = False
        near = (slice(max(0, top - NEAR), top + side + NEAR), slice(max(0, left - NEAR), left + side + NEAR))
        shown = [picture, hidden(picture, known)]
        for way, fill in {"surroundings": surroundings, **CLASSICAL}.items():
            started, filled = time.perf_counter(), picture.copy()
            if way == "surroundings":
                filled = fill(hidden(picture, known), known)
            else:
                filled[near] = fill(np.ascontiguousarray(hidden(picture, known)[near]), known[near])
            seconds = time.perf_counter() - started
            measures = {"psnr": psnr(filled, picture, ~known), "texture": texture(filled, picture, ~known)}
            rows.append({"picture": name, "hole": number, "side": side, "way": way, "seconds": seconds, **measures})
            shown.append(filled)
        if pictures is not None:
            wide = tuple(slice(max(0, start - side), start + 2 * side) for start in (top, left))
            parts = [cv2.resize(one[wide], (200, 200), interpolation=cv2.INTER_NEAREST) for one in shown]
            Image.fromarray(np.hstack(parts)).save(pictures / f"{name}-{number}.png")
    return rows


def measure_random(name: str) -> list[dict[str, Any]]:
    whole = picture_of(name)
    top, left = ((length - RANDOM) // 2 for length in whole.shape[:2])
    picture = np.ascontiguousarray(whole[top : top + RANDOM, left : left + RANDOM])
    known = np.random.default_rng(PICTURES.index(name)).random(picture.shape[:2]) >= SHARE
    rows = []
    for way, fill in {"surroundings": surroundings, **CLASSICAL, "fsr": reconstruct_by_frequency}.items():
        started = time.perf_counter()
        filled = fill(hidden(picture, known), known)
        seconds = time.perf_counter() - started
        rows.append({"picture": name, "way": way, "seconds": seconds, "psnr": psnr(filled, picture, ~known)})
    return rows


def table(rows: list[dict[str, Any]], cell: Callable[[list[dict[str, Any]]], str]) -> str:
    """Return a table in Markdown: a line for each picture, a column for each way."""
    ways = list(dict.fromkeys(row["way"] for row in rows))
    lines = [f"| picture | {' | '.join(ways)} |", f"| --- |{' ---: |' * len(ways)}"]
    for name in dict.fromkeys(row["picture"] for row in rows):
        cells = [cell([row for row in rows if (row["picture"], row["way"]) == (name, way)]) for way in ways]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def mean(rows: list[dict[str, Any]], measure: str) -> float:
    return float(np.mean([row[measure] for row in rows]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PICTURES, default=PICTURES)
    parser.add_argument("--pictures", type=Path, help="a folder for the fills of all holes")
    parser.add_argument("--json", type=Path, help="a file for all rows")
    arguments = parser.parse_args()
    if arguments.pictures is not None:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    in_holes = [row for name in arguments.only for row in measure_holes(name, arguments.pictures)]
    print(table(in_holes, lambda rows: f"{mean(rows, 'psnr'):.1f} dB, {mean(rows, 'texture'):.2f}"), flush=True)
    own = [row["seconds"] for row in in_holes if row["way"] == "surroundings"]
    print(f"\nseconds a hole, surroundings: median {np.median(own):.2f}, longest {max(own):.2f}\n")
    at_random = [row for name in arguments.only for row in measure_random(name)]
    print(table(at_random, lambda rows: f"{mean(rows, 'psnr'):.1f} dB"))
    if arguments.json is not None:
        arguments.json.write_text(json.dumps({"holes": in_holes, "random": at_random}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
