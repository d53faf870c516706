"""Images to measure a model on: read from a folder or zip, at the model's resolution, and corrupted."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.dataset import DataOptions, DataProgress, open_cached, prepare_data
from wganpaint_gui.core.dataset.data_report import Fault
from wganpaint_gui.core.dataset.decode import model_image
from wganpaint_gui.core.dataset.source import ReadFailed, open_source
from wganpaint_gui.core.errors import DataError, TrainingError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.measure.corruption import corrupted
from wganpaint_gui.core.measure.evaluation import Cases, Corruption
from wganpaint_gui.core.photo.photo import photo_from_pixels

if TYPE_CHECKING:
    from wganpaint_gui.core.dataset import Framing
    from wganpaint_gui.core.training.run_folder import RunFolder

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Holds N images of one source. R is the model's resolution."""

    path: Path
    names: tuple[str, ...]  # [N]
    pixels: NDArray[np.uint8]  # [N, R, R, 3] RGB
    seeds: tuple[int, ...]  # [N]; of an image's corruption and its search
    problems: tuple[str, ...]  # a sentence for each skipped image
    found: int  # pictures in the source, whether used or not
    of_run: bool = False  # the source is the data of the model's training run, and these are held out of it

    def cases(self, corruption: Corruption) -> Cases:
        """Return the images with their known pixels, as `inpaint --frame whole` masks them with the same seed."""
        resolution = self.pixels.shape[1]
        frame = Frame(0, 0, resolution)
        known = [
            ~hole(corrupted(photo_from_pixels(image), corruption, frame, resolution, seed))
            for image, seed in zip(self.pixels, self.seeds, strict=True)
        ]
        images = self.pixels.transpose(0, 3, 1, 2) / np.float32(127.5) - 1
        return Cases(self.names, np.ascontiguousarray(images, np.float32), np.stack(known)[:, None], self.seeds)

    def sha256(self) -> str:
        """Return the hash of names and pixels, image by image; it does not depend on the kind of source."""
        digest = hashlib.sha256()
        for name, image in zip(self.names, self.pixels, strict=True):
            digest.update(name.encode() + b"\0" + image.tobytes())
        return digest.hexdigest()


def held_out_images(
    path: Path, count: int, resolution: int, seed: int, run: RunFolder | None = None
) -> Generator[DataProgress, None, HeldOut]:
    """Read the first `count` images of a folder or zip, or those that a training run holds out if it is the run's data.

    run: of the model that is to be measured. Raises DataError where there are none.
    """
    own = None if run is None else (yield from _held_out_of_run(run, path, count, seed))
    return own or (yield from _read(path, count, resolution, seed))


def read_held_out(path: Path, count: int, resolution: int, seed: int) -> HeldOut:
    """Read the first `count` pictures of a folder and its subfolders, or a zip; number n gets the seed + n.

    Each is cropped to its largest centred square and reduced by area. One that is unreadable or too small is skipped
    and becomes one of the problems. Raises DataError where none is usable, or there is neither folder nor zip.
    """
    return result_of(_read(path, count, resolution, seed))


def result_of(steps: Generator[object, None, T]) -> T:
    """Run a generator to its end, without regard to its progress; return what it returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(T, end.value)


def _read(path: Path, count: int, resolution: int, seed: int) -> Generator[DataProgress, None, HeldOut]:
    kept: list[tuple[str, int, NDArray[np.uint8]]] = []
    problems = []
    yield DataProgress("looking", 0, 0)
    with open_source(path) as source:
        pictures = [entry for entry in source.entries() if source.is_picture(entry)]
        for number, entry in enumerate(pictures[:count]):
            yield DataProgress("decoding", number, min(count, len(pictures)))
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # Pillow's warnings about odd metadata are of no use here
                    image = model_image(source.read(entry), "whole", resolution)
            except ReadFailed:
                image = Fault.UNREADABLE
            if isinstance(image, Fault):
                small = f"is smaller than the model's {resolution} × {resolution} pixels"
                reason = small if image is Fault.TOO_SMALL else "cannot be read"
                problems.append(f"{entry.name} in {path} {reason}; skipped.")
            else:
                kept.append((entry.name, seed + number, image))
    if not kept:
        reason = f" that can be used: {problems[0]}" if problems else "."
        raise DataError(f"There are no pictures in {path}{reason}", "Name a folder or zip with held-out images.")
    names, seeds, images = zip(*kept, strict=True)
    return HeldOut(path, names, np.stack(images), seeds, tuple(problems), len(pictures))


def _held_out_of_run(
    run: RunFolder, path: Path, count: int, seed: int
) -> Generator[DataProgress, None, HeldOut | None]:
    """Return the pictures that a training run holds out; None where `path` is not its data.

    They are decoded and ordered (by content) as in the run. Raises DataError where they can no longer be read, have
    changed, or none is held out.
    """
    try:
        settings = run.read_settings()
    except TrainingError:  # a folder with a model only
        return None
    kept = settings.data
    if Path(kept.source) != path.resolve():
        return None
    options = DataOptions(settings.config.network.resolution, cast("Framing", kept.framing), kept.held_out)
    images = open_cached(kept.key) or (yield from prepare_data(path, options))
    if images.key != kept.key:
        raise DataError(f"{run.name} was not trained on the pictures in {path}.", "Choose other pictures.")
    pixels = images.held_out_images
    if not len(pixels):
        raise DataError(
            f"{run.name} was trained on all pictures in {path}; none is held out.",
            "Choose pictures that it was not trained on.",
        )
    chosen = range(min(count, len(pixels)))
    names, seeds = tuple(f"held out {n}" for n in chosen), tuple(seed + n for n in chosen)
    return HeldOut(path, names, np.array(pixels[: len(chosen)]), seeds, (), len(pixels), of_run=True)
