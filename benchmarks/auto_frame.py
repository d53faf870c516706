"""How well `auto` frames leaning faces: aligned held-out faces pasted into photos at random size, place and angle.

python benchmarks/auto_frame.py HELD_OUT.zip [--images 50] [--skip 0] [--seed 0] [--megapixels 24] [--json FILE]

HELD_OUT.zip holds square pictures with the eyes near (0.30, 0.30) and (0.70, 0.30) and the mouth near y = 0.70. Each is
pasted, with a feathered edge, into one of scikit-image's pictures that show no face, turned by up to 40 degrees; its
side is a tenth to a half of the photo's shorter one. A part of the face is masked. A frame is right where both of its
eyes lie within 12 % of the distance between them and its angle within 6 degrees. Times are those of the work alone,
without reading the photo: wall clock, and seconds of the processor.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame, normal_angle
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels
from wganpaint_gui.core.search.planning import plan_frames
from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.ml.measure.held_out import read_held_out
from wganpaint_gui.ml.model_file import load_model
from wganpaint_gui.ml.search.frame_refinement import refine_frame
from wganpaint_gui.ml.search.prepared_model import PreparedModel

BACKGROUNDS = ("coffee", "chelsea", "rocket", "brick", "grass", "gravel", "hubble_deep_field")
MOST_ANGLE = 40.0  # degrees to either side
SIDES = (0.1, 0.5)  # of the photo's shorter side
FEATHER = 0.06  # of the face's side
HOLE = 0.25  # of the face's side
EYES = ((0.3, 0.3), (0.7, 0.3))
NEAR, NEAR_ANGLE = 0.12, 6.0  # of the distance between the eyes; degrees


@dataclass(frozen=True)
class Result:
    """One photo: what was pasted, and how far the frame is from it."""

    name: str
    side: float  # photo pixels, of the pasted face
    angle: float  # degrees
    found: bool  # whether a frame lies on a face at all
    off: float  # the farther eye, in distances between the eyes
    turned_off: float  # degrees
    wall: float  # seconds
    cpu: float  # seconds

    @property
    def right(self) -> bool:
        return self.found and self.off <= NEAR and abs(self.turned_off) <= NEAR_ANGLE


def main() -> None:
    arguments = _arguments()
    model = PreparedModel(load_model(arguments.model, torch.device("cpu")), torch.device("cpu"))
    faces = read_held_out(arguments.zip, arguments.skip + arguments.images, arguments.read_at, 0)
    results = []
    for number, (name, face) in enumerate(zip(faces.names, faces.pixels, strict=True)):
        if number < arguments.skip:
            continue
        random = np.random.default_rng((arguments.seed, number))
        background = BACKGROUNDS[number % len(BACKGROUNDS)]
        photo, mask, middle, side, angle = _pasted(face, background, arguments.megapixels, random)
        results.append(_measured(model, photo, mask, name, middle, side, angle))
        print(_line(results[-1], background), flush=True)
    _print_summary(results)
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(one) for one in results], indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zip", type=Path)
    parser.add_argument("--images", type=int, default=50)
    parser.add_argument("--skip", type=int, default=0, help="so many images before them")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--megapixels", type=float, default=24.0)
    parser.add_argument("--read-at", type=int, default=128, help="pixels a side that the faces are read at")
    parser.add_argument("--model", type=Path, default=shipped_weights() / "faces-64.safetensors")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


def _pasted(
    face: NDArray[np.uint8], background: str, megapixels: float, random: np.random.Generator
) -> tuple[Photo, NDArray[np.uint8], tuple[float, float], float, float]:
    """Return photo, mask, and the face's middle, side and angle."""
    import cv2

    width, height = round(math.sqrt(megapixels * 1e6 * 1.5)), round(math.sqrt(megapixels * 1e6 / 1.5))
    pixels = _covering(background, width, height)
    side = height * math.exp(random.uniform(math.log(SIDES[0]), math.log(SIDES[1])))
    angle = random.uniform(-MOST_ANGLE, MOST_ANGLE)
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    half = side / 2 * (abs(cos) + abs(sin))
    x, y = random.uniform(half, width - half), random.uniform(half, height - half)
    to_photo = np.array([[cos, -sin], [sin, cos]]) * side
    box = Box(math.floor(x - half), math.floor(y - half), math.ceil(2 * half) + 1, math.ceil(2 * half) + 1)
    corner = np.array([x, y]) - to_photo @ (0.5, 0.5) - (box.x, box.y)
    count = face.shape[0]
    matrix = np.column_stack([to_photo / count, corner + to_photo @ (0.5 / count, 0.5 / count) - 0.5])
    size = (box.width, box.height)
    turned = cv2.warpAffine(face, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    columns, rows = np.meshgrid(np.arange(box.width) + 0.5 - corner[0], np.arange(box.height) + 0.5 - corner[1])
    across, down = (columns * cos + rows * sin) / side, (rows * cos - columns * sin) / side
    edge = np.minimum(np.minimum(across, 1 - across), np.minimum(down, 1 - down)) / FEATHER
    share = np.clip(edge, 0, 1)[..., None]
    share = share * share * (3 - 2 * share)
    inside = box.intersect(Box(0, 0, width, height))
    cut = inside.moved(-box.x, -box.y).slices
    under = pixels[inside.slices]
    pixels[inside.slices] = np.rint(under + share[cut] * (turned[cut].astype(np.float64) - under)).astype(np.uint8)
    left, top = random.uniform(0.3, 0.7 - HOLE), random.uniform(0.3, 0.8 - HOLE)
    mask = np.zeros((height, width), np.uint8)
    hole = (across > left) & (across < left + HOLE) & (down > top) & (down < top + HOLE)
    mask[inside.slices][hole[cut]] = 255
    return photo_from_pixels(pixels), mask, (x, y), side, angle


def _covering(name: str, width: int, height: int) -> NDArray[np.uint8]:
    """Return one of scikit-image's pictures, enlarged until it covers the photo: [height, width, 3]."""
    import cv2
    from skimage import data

    picture = np.asarray(getattr(data, name)())
    picture = np.repeat(picture[..., None], 3, 2) if picture.ndim == 2 else picture[..., :3]
    scale = max(width / picture.shape[1], height / picture.shape[0])
    large = cv2.resize(picture, None, fx=scale * 1.001, fy=scale * 1.001, interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(large[:height, :width])


def _measured(
    model: PreparedModel,
    photo: Photo,
    mask: NDArray[np.uint8],
    name: str,
    middle: tuple[float, float],
    side: float,
    angle: float,
) -> Result:
    wall, cpu = time.perf_counter(), time.process_time()
    plan = plan_frames(photo, mask)
    frames = [refine_frame(model, photo, mask, frame) for frame in plan.frames]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    apart = [_apart(frame, middle, side, angle) for frame in frames[: plan.faces]]
    off, turned_off = min(apart, default=(math.inf, math.inf))
    return Result(name, side, angle, bool(apart), off, turned_off, wall, cpu)


def _apart(frame: Frame, middle: tuple[float, float], side: float, angle: float) -> tuple[float, float]:
    """Return how far a frame is from the face: its farther eye, and its angle."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    farther = 0.0
    for across, down in EYES:
        u, v = (across - 0.5) * side, (down - 0.5) * side
        x, y = middle[0] + u * cos - v * sin, middle[1] + u * sin + v * cos
        farther = max(farther, math.dist(frame.to_photo(across, down), (x, y)))
    return farther / (0.4 * side), normal_angle(frame.angle - angle)


def _line(one: Result, background: str) -> str:
    verdict = "right" if one.right else "off" if one.found else "none"
    return (
        f"{one.name:12} {background:18} side {one.side:6.0f} angle {one.angle:6.1f}: {verdict:5} "
        f"eyes {one.off:6.3f} angle {one.turned_off:6.1f}  {one.wall:5.2f} s wall {one.cpu:5.2f} s cpu"
    )


def _print_summary(results: list[Result]) -> None:
    found = [one for one in results if one.found]
    values: dict[str, Any] = {
        "framed right": f"{sum(one.right for one in results)} of {len(results)}",
        "face found": len(found),
        "eyes within 12 %": sum(one.off <= NEAR for one in found),
        "angle within 6 degrees": sum(abs(one.turned_off) <= NEAR_ANGLE for one in found),
        "median eyes": f"{np.median([one.off for one in found]):.3f}" if found else "-",
        "wall seconds, median and longest": _times([one.wall for one in results]),
        "cpu seconds, median and longest": _times([one.cpu for one in results]),
    }
    for name, value in values.items():
        print(f"{name}: {value}")


def _times(seconds: list[float]) -> str:
    return f"{np.median(seconds):.2f}, {max(seconds):.2f}"


if __name__ == "__main__":
    main()
