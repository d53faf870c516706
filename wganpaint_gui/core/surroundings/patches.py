"""Fills a hole with patches of the photo around it, copied pixel by pixel in the photo's own depth."""

from __future__ import annotations

import math
from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box

from .harmony import harmonise
from .interpolation import Colours, reduced

_MOST_MISSING = 40_000  # pixels for which patches are sought, if need be of a smaller copy; more take seconds
_LARGEST = 400_000  # pixels of that copy
_MARGIN = 1.5  # of the hole's thickness, the photo around a hole in which its patches are sought
_LEAST_MARGIN = 64  # pixels
_SAMPLES = 500  # pixels around a patch that are compared to fit it at full size
_MOST_FITTED = 300  # of the largest patches; the others are copied where the smaller copy has them
_LEAST_FITTED = 12  # pixels of the smaller copy
_ENOUGH = 0.25  # whole patches for each pixel of the hole, below which there is too little to copy

_Numbers = NDArray[np.int64]
_Flags = NDArray[np.bool_]


class TooLittleKnownError(Exception):
    """There are hardly any whole patches around a hole."""


def window_around(part: Box, thickness: float, photo: Box) -> Box:
    """Return the part of the photo in which patches for a hole are sought: the same size near the photo's border.

    thickness: of the hole, pixels.
    """
    return part.grown(max(_LEAST_MARGIN, math.ceil(_MARGIN * thickness))).placed_in(photo)


def copy_patches(colours: Colours, known: _Flags, hole: _Flags) -> Generator[None, None, _Flags]:
    """Fill a window's hole in place; return which pixels were filled.

    colours: [h, w, 1 or 3]. known: [h, w], what may be copied. hole: [h, w], what is filled; none of it known. Raises
    TooLittleKnownError.
    """
    from .patch_match import PatchMatch, whole_patches  # not above: the command line starts without OpenCV

    share = max(np.count_nonzero(~known) / _MOST_MISSING, known.size / _LARGEST)
    factor = max(1, math.ceil(math.sqrt(share)))
    small, whole = (colours.copy(), known) if factor == 1 else (yield from _reduced(colours, known, factor))
    sources = np.count_nonzero(whole_patches(whole))
    if not sources or sources < _ENOUGH * np.count_nonzero(~whole):
        raise TooLittleKnownError
    search = PatchMatch(_lab(small), whole)
    yield from search.run()
    small[~whole] = small.reshape(-1, small.shape[2])[search.sources[~whole]]
    if factor == 1:
        harmonise(small, known, ~known, search.sources)
        colours[hole] = small[hole]
        return hole
    copied = small.astype(np.float32)
    yield
    harmonise(small, whole, ~whole, search.sources)
    yield
    return (yield from _enlarged(search.sources, whole, factor, colours, known, hole, small - copied))


def _reduced(colours: Colours, known: _Flags, factor: int) -> Generator[None, None, tuple[Colours, _Flags]]:
    """Return a smaller copy, in which a pixel is known if all photo pixels under it are."""
    small, _ = yield from reduced(colours, known, factor)
    height, width = known.shape
    grown = np.pad(known, ((0, -height % factor), (0, -width % factor)))  # never copied: they are not there
    return small, np.asarray(grown.reshape(small.shape[0], factor, small.shape[1], factor).all((1, 3)))


def _lab(colours: Colours) -> NDArray[np.float32]:
    import cv2

    values = colours.astype(np.float32) / np.float32(np.iinfo(colours.dtype).max)
    rgb = np.ascontiguousarray(np.broadcast_to(values, (*values.shape[:2], 3)))
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2Lab))


def _enlarged(
    sources: _Numbers,
    whole: _Flags,
    factor: int,
    colours: Colours,
    known: _Flags,
    hole: _Flags,
    light: NDArray[np.float32],
) -> Generator[None, None, _Flags]:
    """Copy at full size what was found on a smaller copy; return which pixels were filled.

    Each patch is shifted by a multiple of the factor; the largest are then fitted to what is around them. light: what
    makes the patches of the smaller copy join.
    """
    shape = whole.shape
    rows, columns = np.nonzero(~whole)
    shift = np.stack([sources[rows, columns] // shape[1] - rows, sources[rows, columns] % shape[1] - columns])
    shifts, numbers, counts = np.unique(shift, axis=1, return_inverse=True, return_counts=True)
    shifts *= factor
    label = np.full(shape, -1)
    label[rows, columns] = numbers.reshape(-1)
    fit = _Fit(label, factor, colours, known, shifts)
    for number in np.argsort(-counts, kind="stable")[:_MOST_FITTED].tolist():
        if counts[number] >= _LEAST_FITTED:
            fit.improve(number)
            yield
    flat = colours.reshape(-1, colours.shape[2])
    filled, most = np.zeros_like(hole), np.iinfo(colours.dtype).max
    for top in range(0, hole.shape[0], factor):  # one by one: the whole would need gigabytes
        y, x = np.nonzero(hole[top : top + factor])
        if not len(y):
            continue
        y += top
        from_y, from_x = fit.source(y, x)
        usable = _inside(from_y, from_x, known)
        y, x, from_y, from_x = y[usable], x[usable], from_y[usable], from_x[usable]
        values = flat[from_y * hole.shape[1] + from_x] + light[y // factor, x // factor]
        colours[y, x] = np.rint(np.clip(values, 0, most)).astype(colours.dtype)
        filled[y, x] = True
        yield
    return filled


class _Fit:
    """Moves patches by less than the factor, so that their edges meet at full size.

    label: [rows, columns] of the smaller copy, which shift a pixel has; -1 = none; shifts: [2, n], full-size pixels.
    """

    def __init__(self, label: _Numbers, factor: int, colours: Colours, known: _Flags, shifts: _Numbers) -> None:
        self._label, self._factor, self._shifts = label, factor, shifts
        self._colours, self._known = colours, known
        order = np.argsort(label, axis=None, kind="stable")
        self._starts = np.searchsorted(label.reshape(-1)[order], np.arange(shifts.shape[1] + 1))
        self._order = order

    def source(self, y: _Numbers, x: _Numbers) -> tuple[_Numbers, _Numbers]:
        """Return where the colours of pixels come from; known ones: from themselves."""
        number = self._label[y // self._factor, x // self._factor]
        moved = (number >= 0) & ~self._known[y, x]
        shift = np.where(moved, self._shifts[:, number], 0)
        return y + shift[0], x + shift[1]

    def improve(self, number: int) -> None:
        """Move one patch to where it best meets what is around it."""
        y, x = self._ring(number)
        from_y, from_x = self.source(y, x)
        wanted = self._colours[from_y, from_x].astype(np.float32)
        best, step = self._shifts[:, number].copy(), max(1, self._factor // 2)
        least = self._error(y, x, best, wanted)
        while step:
            middle = best.copy()
            for dy in (-step, 0, step):
                for dx in (-step, 0, step):
                    tried = middle + np.array([dy, dx])
                    error = self._error(y, x, tried, wanted)
                    if error < least:
                        best, least = tried, error
            step //= 2
        self._shifts[:, number] = best

    def _ring(self, number: int) -> tuple[_Numbers, _Numbers]:
        """Return some of the pixels just outside a patch."""
        import cv2

        pixels = self._order[self._starts[number] : self._starts[number + 1]]
        rows, columns = np.divmod(pixels, self._label.shape[1])
        box = (slice(max(0, rows.min() - 1), rows.max() + 2), slice(max(0, columns.min() - 1), columns.max() + 2))
        one = self._label[box] == number
        beside = (cv2.dilate(one.view(np.uint8), np.ones((3, 3), np.uint8)) > 0) & ~one
        at_rows, at_columns = np.nonzero(beside)
        some = np.linspace(0, len(at_rows) - 1, min(len(at_rows), _SAMPLES)).astype(int)
        inner = self._factor // 2  # the middle of each: within half the factor of the patch
        y = (at_rows[some] + box[0].start) * self._factor + inner
        x = (at_columns[some] + box[1].start) * self._factor + inner
        there = (y < self._known.shape[0]) & (x < self._known.shape[1])
        return y[there], x[there]

    def _error(self, y: _Numbers, x: _Numbers, shift: _Numbers, wanted: NDArray[np.float32]) -> float:
        from_y, from_x = y + shift[0], x + shift[1]
        usable = _inside(from_y, from_x, self._known)
        if np.count_nonzero(usable) < 0.8 * len(y) or not len(y):
            return math.inf
        return float(np.square(self._colours[from_y[usable], from_x[usable]] - wanted[usable]).mean())


def _inside(y: _Numbers, x: _Numbers, known: _Flags) -> _Flags:
    inside = (y >= 0) & (y < known.shape[0]) & (x >= 0) & (x < known.shape[1])
    inside[inside] = known[y[inside], x[inside]]
    return np.asarray(inside)
