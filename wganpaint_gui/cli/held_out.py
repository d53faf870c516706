"""Images to measure a model with: read from a folder or zip, in the size the model sees, and corrupted."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..core.errors import DataError
from ..core.evaluation import Cases, Corruption
from ..core.geometry import Frame
from ..core.mask import hole
from ..core.photo import photo_from_pixels
from .masks import corrupted


@dataclass(frozen=True, eq=False)
class HeldOut:
    """N images of one source. R is the model's resolution."""

    path: Path
    names: tuple[str, ...]  # [N]
    pixels: NDArray[np.uint8]  # [N, R, R, 3] RGB
    seeds: tuple[int, ...]  # [N]; of an image's corruption and its search
    problems: tuple[str, ...]  # a sentence for each image that is left out

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
    from ..core.dataset.picture import model_image
    from ..core.dataset.source import ReadFailed, open_source

    kept: list[tuple[str, int, NDArray[np.uint8]]] = []
    problems = []
    with open_source(path) as source:
        pictures = (entry for entry in source.entries() if source.is_picture(entry))
        for number, entry in zip(range(count), pictures):  # noqa: B905 -- the shorter one decides
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
    return HeldOut(path, names, np.stack(images), seeds, tuple(problems))
