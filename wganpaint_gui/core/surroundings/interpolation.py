"""Interpolation across thin or scattered holes: the way that best restores known pixels left out near the hole."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import bounding_box

from .helper import Helper, HelperError
from .native import interpolate_smoothly, reconstruct_by_frequency

Way = Literal["biharmonic", "telea", "navier-stokes", "fsr"]
PLAIN: tuple[Way, ...] = ("biharmonic", "telea", "navier-stokes")
Colours = NDArray[Any]  # [h, w, 1 or 3] of uint8 or uint16

_TILE = 128  # pixels, side of the parts that are filled one by one
_AROUND = 16  # pixels around a part, from which it is filled
_RADIUS = 3  # pixels around a missing one that Telea and Navier-Stokes look at
_NEAR = 3  # pixels from the hole, within which known pixels are left out for the choice
_LEFT_OUT = 0.1  # share of those
_TRIALS = 4  # parts in which the ways are compared
_SCATTERED = 0.25  # share of the parts and what is around them that is missing, from which on a hole is scattered
_FEW = 50  # known pixels around a part, too few to tell frequencies by
# FSR takes a quarter of a millisecond a missing pixel, biharmonic up to a tenth. They are worth that where most is
# missing, up to these numbers of missing pixels.
_SHARE_OF_FSR = 0.75  # mixed with biharmonic, which measured better than either on most pictures
_MOST_FSR_SCATTERED, _MOST_FSR, _MOST_BIHARMONIC = 60_000, 20_000, 250_000
_QUICK = 1000  # missing pixels that biharmonic fills at once; more in the helper, so that it can be given up
_DEEP = _AROUND - 1  # pixels from the nearest known one; what lies deeper is taken from a smaller copy
_MOST_ON_COPY = 10_000  # missing pixels of that copy


class Interpolation:
    """Fills the hole of a photo in place, part by part.

    colours: [H, W, 1 or 3]; known: [H, W], which of them may be looked at; hole: [H, W], which are filled. failures: of
    calls in the helper, as ends of sentences; after one there are no more calls.
    """

    def __init__(
        self,
        colours: Colours,
        known: NDArray[np.bool_],
        hole: NDArray[np.bool_],
        helper: Helper,
        failures: list[str],
    ) -> None:
        self._colours, self._known, self._hole = colours, known, hole
        self._helper = helper
        self.parts = _parts(hole)
        self.done = 0  # parts
        self.way: Way | None = None  # once it is chosen
        self.failures = failures
        self._was_deep = False  # part of the hole lay far from all known pixels

    def run(self) -> Iterator[None]:
        """Yield after each part, and again and again while a slow one is worked on; count them in `done`."""
        if not self.parts:
            return
        deep = yield from self._fill_deep()
        self._was_deep = bool(deep.any())
        self._known |= deep
        left = self._hole & ~self._known
        way = self.way = yield from self._best(self._ways())
        for part in self.parts:
            window = part.grown(_AROUND).intersect(_whole(self._hole))
            filled = yield from self._filled(way, window, self._known[window.slices])
            chosen = left[part.slices]
            self._colours[part.slices][chosen] = filled[part.moved(-window.x, -window.y).slices][chosen]
            self.done += 1
            yield
        self._known |= self._hole

    def _ways(self) -> tuple[Way, ...]:
        windows = [part.grown(_AROUND).intersect(_whole(self._hole)) for part in self.parts]
        missing, area = int(np.count_nonzero(self._hole)), sum(window.area for window in windows)
        known = min(int(np.count_nonzero(self._known[window.slices])) for window in windows)
        plain = PLAIN if missing <= _MOST_BIHARMONIC else PLAIN[1:]
        if known < _FEW or self._was_deep:
            return plain
        if missing > _SCATTERED * area:
            return ("fsr",) if missing <= _MOST_FSR_SCATTERED else plain
        return (*plain, "fsr") if missing <= _MOST_FSR else plain

    def _best(self, ways: tuple[Way, ...]) -> Generator[None, None, Way]:
        """Fill known pixels left out near the hole by each way; return the way with the smallest squared error."""
        if len(ways) == 1:
            return ways[0]
        errors = dict.fromkeys(ways, 0.0)
        source = np.random.default_rng(0)
        for number in np.linspace(0, len(self.parts) - 1, min(_TRIALS, len(self.parts))).round().astype(int):
            window = self.parts[number].grown(_AROUND).intersect(_whole(self._hole))
            known = self._known[window.slices]
            left_out = _near(self._hole[window.slices]) & known & (source.random(known.shape) < _LEFT_OUT)
            if not (known & ~left_out).any():  # hardly anything is known here: there is nothing to compare
                continue
            truth = self._colours[window.slices][left_out].astype(np.float64)
            for way in ways:
                filled = yield from self._filled(way, window, known & ~left_out)
                errors[way] += float(np.square(filled[left_out] - truth).sum())
        return min(errors, key=errors.__getitem__)

    def _filled(self, way: Way, window: Box, known: NDArray[np.bool_]) -> Generator[None, None, Colours]:
        """Return the window's colours with everything filled that is not known."""
        colours = self._colours[window.slices]
        if way in ("telea", "navier-stokes"):
            return interpolated(way, colours, known)
        smooth = yield from self._smooth(colours, known)
        if way == "biharmonic" or self.failures:
            return smooth
        try:
            found = yield from self._helper.call(reconstruct_by_frequency, to_rgb8(colours), known)
        except HelperError as error:
            self.failures.append(str(error))
            return smooth
        mixed = _SHARE_OF_FSR * _from_rgb8(found, colours) + (1 - _SHARE_OF_FSR) * smooth
        return np.where(known[..., None], colours, np.rint(mixed)).astype(colours.dtype)

    def _smooth(self, colours: Colours, known: NDArray[np.bool_]) -> Generator[None, None, Colours]:
        """Interpolate by biharmonic, or by Telea's way where that fails."""
        if np.count_nonzero(~known) <= _QUICK:
            return interpolated("biharmonic", colours, known)
        if self.failures:  # each might take as long again
            return interpolated("telea", colours, known)
        try:
            return (yield from self._helper.call(interpolate_smoothly, colours, known))
        except HelperError as error:
            self.failures.append(str(error))
            return interpolated("telea", colours, known)

    def _fill_deep(self) -> Generator[None, None, NDArray[np.bool_]]:
        """Fill what lies far from all known pixels, from a smaller copy; return where that was: [H, W].

        Some pixel must be known.
        """
        import cv2

        hole, known = self._hole, self._known
        nothing = np.zeros_like(hole)
        box = bounding_box(hole.view(np.uint8) * np.uint8(255))
        near = box.grown(2 * _AROUND).intersect(_whole(hole))
        if not known[near.slices].any():
            near = _whole(hole)
        apart = cv2.distanceTransform((~known[near.slices]).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        deep = hole[near.slices] & (apart > _DEEP)
        if not deep.any():
            return nothing
        factor = max(2, math.ceil(math.sqrt(np.count_nonzero(deep) / _MOST_ON_COPY)))
        small, seen = yield from reduced(self._colours[near.slices], known[near.slices], factor)
        found = yield from self._smooth(small, seen)
        size = found.shape[1] * factor, found.shape[0] * factor
        large = cv2.resize(found, size, interpolation=cv2.INTER_LINEAR).reshape(size[1], size[0], -1)
        self._colours[near.slices][deep] = large[: near.height, : near.width][deep]
        nothing[near.slices] = deep
        return nothing


def interpolated(way: Way, colours: Colours, known: NDArray[np.bool_]) -> Colours:
    """Return the colours with everything filled that is not known, in their own depth.

    colours: [h, w, 1 or 3]. known: [h, w], not all False. Raises ValueError where nothing is known. biharmonic: Damelin
    and Hoang 2018 as scikit-image has it, telea: Telea 2004, navier-stokes: Bertalmio et al. 2001, as OpenCV has them.
    """
    if not known.any():
        raise ValueError("nothing is known")
    if way == "biharmonic":
        return interpolate_smoothly(colours, known)
    import cv2

    seen = np.where(known[..., None], colours, 0).astype(colours.dtype)
    flag = cv2.INPAINT_TELEA if way == "telea" else cv2.INPAINT_NS
    mask = np.where(known, np.uint8(0), np.uint8(255))
    if seen.shape[2] == 3 and seen.dtype == np.uint8:
        return np.asarray(cv2.inpaint(seen, mask, _RADIUS, flag))
    planes = [cv2.inpaint(np.ascontiguousarray(plane), mask, _RADIUS, flag) for plane in np.moveaxis(seen, 2, 0)]
    return np.where(known[..., None], colours, np.dstack(planes))


def reduced(
    colours: Colours, known: NDArray[np.bool_], factor: int
) -> Generator[None, None, tuple[Colours, NDArray[np.bool_]]]:
    """Average the known pixels over squares of factor x factor; a square without any is not known."""
    height, width = known.shape
    rows, columns = -(-height // factor), -(-width // factor)
    means = np.zeros((rows, columns, colours.shape[2]), colours.dtype)
    count = np.zeros((rows, columns), np.float32)
    for row in range(rows):  # one by one: the whole in floating point would not fit into the memory of every computer
        strip = slice(row * factor, (row + 1) * factor)
        beyond = (0, -width % factor)
        seen = np.pad(known[strip], ((0, 0), beyond)).sum(0, dtype=np.float32).reshape(columns, factor)
        values = np.where(known[strip, :, None], colours[strip], 0).sum(0, dtype=np.float32)
        total = np.pad(values, (beyond, (0, 0))).reshape(columns, factor, -1).sum(1)
        count[row] = seen.sum(1)
        means[row] = np.rint(total / np.maximum(count[row], 1)[:, None])
        yield
    return means, count > 0


def to_rgb8(colours: Colours) -> NDArray[np.uint8]:
    """Return [h, w, 3] of 8 bits; grey is repeated."""
    cut = colours if colours.dtype == np.uint8 else (colours >> 8).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(cut, (*cut.shape[:2], 3)))


def _from_rgb8(filled: NDArray[np.uint8], like: Colours) -> Colours:
    values = filled[..., : like.shape[2]].astype(like.dtype)
    return values if like.dtype == np.uint8 else values * 257


def _parts(hole: NDArray[np.bool_]) -> list[Box]:
    """Return the boxes of what is missing in each tile of a grid, where there is something."""
    mask = hole.view(np.uint8) * np.uint8(255)
    found = bounding_box(mask)
    parts = []
    for y in range(found.y, found.bottom, _TILE):
        for x in range(found.x, found.right, _TILE):
            tile = Box(x, y, _TILE, _TILE).intersect(found)
            inside = bounding_box(mask[tile.slices])
            if not inside.empty:
                parts.append(inside.moved(tile.x, tile.y))
    return parts


def _near(hole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    import cv2

    side = 2 * _NEAR + 1
    return np.asarray(cv2.dilate(hole.view(np.uint8), np.ones((side, side), np.uint8)) > 0) & ~hole


def _whole(hole: NDArray[np.bool_]) -> Box:
    return Box(0, 0, hole.shape[1], hole.shape[0])
