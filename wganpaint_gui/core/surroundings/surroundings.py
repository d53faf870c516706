"""Fill what the mask marks from the rest of the photo: patches where the hole is thick, interpolation elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import bounding_box, hole
from wganpaint_gui.core.photo.photo import Photo

from .helper import LIMIT, Helper
from .interpolation import Colours, Interpolation, Way
from .patches import TooLittleKnownError, copy_patches, window_around
from .pieces import Piece, thick_pieces

WAYS = ("patches", *get_args(Way))


@dataclass(frozen=True, eq=False)
class SurroundingsFill:
    """What the surroundings give for a mask."""

    box: Box  # of the hole, inside the photo
    pixels: NDArray[Any]  # [h, w, C] of the box, in the photo's type; outside the hole the photo's own, bit for bit
    ways: tuple[str, ...]  # how: "patches" and a way of `Interpolation`, or one of them
    notice: str = ""  # a sentence where a library failed

    def written_into(self, photo: Photo) -> Photo:
        """Return a copy of the photo with the fill. photo: the one it was made for."""
        pixels = photo.pixels.copy()
        pixels[self.box.slices] = self.pixels
        return photo.replaced(pixels)


@dataclass(frozen=True, eq=False)
class SurroundingsStep:
    """Progress: parts of the hole done, of how many; the last step has the fill."""

    done: int
    total: int
    fill: SurroundingsFill | None = None


def fill_from_surroundings(
    photo: Photo, mask: NDArray[np.uint8], *, limit: float = LIMIT
) -> Iterator[SurroundingsStep]:
    """Yield steps, many a second; closing the iterator stops the work.

    mask: uint8 [H, W], above 127 = fill. limit: seconds after which a call of a library is given up. Fully transparent
    pixels are never copied; those in the hole become opaque. Raises MaskError where nothing is masked, or nothing is
    left to fill from; photo and mask never change.
    """
    check_mask(photo, mask)
    work = _Work(photo, mask)
    yield SurroundingsStep(0, work.total)
    with Helper(limit) as helper:
        for _ in work.run(helper):
            yield SurroundingsStep(work.done, work.total)
    yield SurroundingsStep(work.total, work.total, work.result())


def check_mask(photo: Photo, mask: NDArray[np.uint8]) -> None:
    """Raise MaskError where nothing is masked, or nothing is left to fill from."""
    if mask.shape != (photo.height, photo.width):
        raise MaskError(
            f"The mask has {mask.shape[1]} × {mask.shape[0]} pixels, the photo has {photo.width} × {photo.height}.",
            "Use a mask of the photo's size.",
        )
    marked = hole(mask)
    if not marked.any():
        raise MaskError("Nothing is masked.", "Paint over the area to fill.")
    if marked.all():
        raise MaskError("The mask covers the whole photo: nothing is left to fill it from.", "Erase part of the mask.")
    if not (~marked & ~photo.transparent(photo.box)).any():
        raise MaskError(
            "Everything outside the mask is transparent: nothing is left to fill it from.", "Erase part of the mask."
        )


class _Work:
    """One fill, from the photo to the result."""

    def __init__(self, photo: Photo, mask: NDArray[np.uint8]) -> None:
        self._photo = photo
        self._hole = hole(mask)
        self._known = ~self._hole & ~photo.transparent(photo.box)
        self._colours: Colours = photo.pixels[..., : 1 if photo.is_grey else 3].copy()
        self._ways: list[str] = []
        self._failures: list[str] = []
        thick, self._pieces = thick_pieces(self._hole)
        self._rest = self._hole & ~thick  # to interpolate
        self._left = np.zeros_like(self._hole)  # of what was to be copied, and is interpolated at last
        self.done, self.total = 0, len(self._pieces) + 1

    def run(self, helper: Helper) -> Iterator[None]:
        """Yield while the hole is filled; `done` counts its parts."""
        yield from self._interpolate(self._rest, helper)
        for piece in self._pieces:
            yield from self._copy(piece)
            self.done += 1
        yield from self._interpolate(self._left, helper)

    def _interpolate(self, rest: NDArray[np.bool_], helper: Helper) -> Iterator[None]:
        work = Interpolation(self._colours, self._known, rest, helper, self._failures)
        before = self.done
        self.total += len(work.parts)
        for _ in work.run():
            self.done = before + work.done
            yield
        if work.way is not None and work.way not in self._ways:
            self._ways.append(work.way)

    def _copy(self, piece: Piece) -> Iterator[None]:
        """Copy patches into one piece; note what cannot be filled that way."""
        window = window_around(piece.box, piece.thickness, self._photo.box)
        colours, known = self._colours[window.slices], self._known[window.slices]
        inside = np.zeros_like(known)
        inside[piece.box.moved(-window.x, -window.y).slices] = True
        missing = self._hole[window.slices] & ~known & inside
        if not missing.any():  # a piece around it was filled first
            return
        try:
            filled = yield from copy_patches(colours, known, missing)
        except TooLittleKnownError:
            pass
        else:
            known |= filled
            self._ways += [] if "patches" in self._ways else ["patches"]
        part = piece.box.slices
        self._left[part] |= self._hole[part] & ~self._known[part]

    def result(self) -> SurroundingsFill:
        box = bounding_box(self._hole.view(np.uint8) * np.uint8(255))
        chosen = self._hole[box.slices]
        pixels = self._photo.pixels[box.slices].copy()
        count = self._colours.shape[2]
        pixels[..., :count][chosen] = self._colours[box.slices][chosen]
        if self._photo.has_alpha:  # otherwise the fill would be invisible
            alpha = pixels[..., -1]
            alpha[chosen & (alpha == 0)] = self._photo.max_value
        return SurroundingsFill(box, pixels, tuple(self._ways), self._notice())

    def _notice(self) -> str:
        if not self._failures:
            return ""
        return f"A process that interpolates {self._failures[0]}, so simpler ways of interpolation were used."
