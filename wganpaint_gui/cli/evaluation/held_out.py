"""Images to measure a model with: read from a folder or zip, in the size the model sees, and corrupted."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.cli.fill.masks import corrupted
from wganpaint_gui.core.errors import DataError, TrainingError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.measure.evaluation import Cases, Corruption
from wganpaint_gui.core.photo.photo import photo_from_pixels

if TYPE_CHECKING:
    from wganpaint_gui.core.dataset import Framing
    from wganpaint_gui.core.training.run_folder import RunFolder

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class HeldOut:
    """N images of one source. R is the model's resolution."""

    path: Path
    names: tuple[str, ...]  # [N]
    pixels: NDArray[np.uint8]  # [N, R, R, 3] RGB
    seeds: tuple[int, ...]  # [N]; of an image's corruption and its search
    problems: tuple[str, ...]  # a sentence for each image that is left out
    found: int  # pictures of the source, measured on or not

    def cases(self, corruption: Corruption) -> Cases:
        """The images with what one corruption leaves of them, the same as `inpaint --frame whole` has with the seed."""
        resolution = self.pixels.shape[1]
        frame = Frame(0, 0, resolution)
        known = [
            ~hole(corrupted(photo_from_pixels(image), corruption, frame, resolution, seed))
            for image, seed in zip(self.pixels, self.seeds, strict=True)
        ]
        images = self.pixels.transpose(0, 3, 1, 2) / np.float32(127.5) - 1
        return Cases(self.names, np.ascontiguousarray(images, np.float32), np.stack(known)[:, None], self.seeds)

    def sha256(self) -> str:
        """Of names and pixels, image after image: the same images, whatever they are packed in."""
        digest = hashlib.sha256()
        for name, image in zip(self.names, self.pixels, strict=True):
            digest.update(name.encode() + b"\0" + image.tobytes())
        return digest.hexdigest()


def read_held_out(path: Path, count: int, resolution: int, seed: int) -> HeldOut:
    """The first `count` pictures of a folder, searched through, or a zip; their number n gives them the seed + n.

    Of a picture the largest centred square counts, reduced by area. What cannot be read or is too small is left out
    and becomes one of the problems. Raises DataError where nothing is left, or there is neither folder nor zip.
    """
    from wganpaint_gui.core.dataset.decode import model_image
    from wganpaint_gui.core.dataset.source import ReadFailed, open_source

    kept: list[tuple[str, int, NDArray[np.uint8]]] = []
    problems = []
    with open_source(path) as source:
        pictures = [entry for entry in source.entries() if source.is_picture(entry)]
        for number, entry in enumerate(pictures[:count]):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # Pillow's remarks about odd metadata help nobody here
                    image = model_image(source.read(entry), "whole", resolution)
            except ReadFailed:
                image = "unreadable"
            if isinstance(image, str):
                small = f"is smaller than the model's {resolution} × {resolution} pixels"
                problems.append(
                    f"{entry.name} in {path} {small if image == 'too small' else 'cannot be read'}; it is left out."
                )
            else:
                kept.append((entry.name, seed + number, image))
    if not kept:
        reason = f" that can be used: {problems[0]}" if problems else "."
        raise DataError(f"There are no pictures in {path}{reason}", "Name a folder or zip with held-out images.")
    names, seeds, images = zip(*kept, strict=True)
    return HeldOut(path, names, np.stack(images), seeds, tuple(problems), len(pictures))


def held_out_of_run(run: RunFolder, path: Path, count: int, seed: int) -> HeldOut | None:
    """The pictures that a training run holds out, where `path` is what it learns from; None where it is not.

    Decoded as the run had them, in the run's order, which is that of their contents. Raises DataError where they
    cannot be read any more, or none is held out.
    """
    from wganpaint_gui.core.dataset import DataOptions, open_cached, prepare_data

    try:
        settings = run.read_settings()
    except TrainingError:  # a folder with nothing but a model
        return None
    kept = settings.data
    if Path(kept.source) != path.resolve():
        return None
    options = DataOptions(settings.config.network.resolution, cast("Framing", kept.framing), kept.held_out)
    images = open_cached(kept.key) or _result(prepare_data(path, options))
    if images.key != kept.key:
        raise DataError(f"The pictures in {path} are not those that {run.name} learnt from.", "Name other pictures.")
    pixels = images.held_out_images
    if not len(pixels):
        raise DataError(
            f"{run.name} learnt from all pictures in {path} and holds none out.", "Name pictures it has never seen."
        )
    chosen = range(min(count, len(pixels)))
    names, seeds = tuple(f"held out {n}" for n in chosen), tuple(seed + n for n in chosen)
    return HeldOut(path, names, np.array(pixels[: len(chosen)]), seeds, (), len(pixels))


def _result(steps: Generator[object, None, T]) -> T:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(T, end.value)
