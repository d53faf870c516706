"""Finds for each pixel of a hole another pixel to copy, so that patches agree with each other: coarse to fine.

Wexler et al. 2007: every patch that touches the hole should look like some known patch, and overlapping patches should
agree; found by turns, at half the size first. Similar patches are found by PatchMatch (Barnes et al. 2009); the most
similar of all, from comparing all, would be smoother than the photo. For the same reason the strength of texture counts
as a colour (Newson et al. 2014).
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

RADIUS = 3  # pixels; a patch has 7 x 7
_SIDE = 2 * RADIUS + 1
_MOST_WAVES = (6, 2, 2, 1, 1)  # half periods across a patch, down and across together: lightness, colours, textures
_FREQUENCIES = [(c, u, v) for c, most in enumerate(_MOST_WAVES) for u in range(most + 1) for v in range(most + 1 - u)]
_FEATURES = len(_FREQUENCIES)  # numbers by which patches are compared
_TURNS, _LAST_TURNS = 6, 4  # most turns of searching and voting at a size, and at full size
_SETTLED = 0.05  # mean change of a value (0..100) below which turns end
_AT_ONCE = 20_000_000  # products held in memory
_TEXTURE_WEIGHT, _TEXTURE_SIDE = 5.0, 9  # of the mean gradient, against a value of 0..100; pixels it is averaged over
_LEAST_SOURCES = 40  # whole patches a size
_TRUST = 1.3  # a pixel's vote counts this much less with each pixel of distance from what is known
_FARTHEST = 30  # pixels, where that ends

# The discrete cosine transform of a row of a patch, orthonormal.
_WAVES = np.cos(np.pi / _SIDE * np.outer(np.arange(_SIDE), np.arange(_SIDE) + 0.5)) * np.sqrt(2 / _SIDE)
_WAVES[0] /= np.sqrt(2)

_Flags = NDArray[np.bool_]
_Image = NDArray[np.float32]  # [h, w, C]
_Numbers = NDArray[np.int64]


def whole_patches(known: _Flags) -> _Flags:
    """Return the centres of patches that are known and inside: [h, w]."""
    inside = np.pad(known, RADIUS)[RADIUS:-RADIUS, RADIUS:-RADIUS].astype(np.uint8)
    eroded = cv2.erode(inside, np.ones((_SIDE, _SIDE), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(eroded > 0)


class PatchMatch:
    """One search. `run` yields often, so that it can be given up; then `sources` is known."""

    def __init__(self, lab: _Image, known: _Flags) -> None:
        """lab: [h, w, 3], L in 0..100; known: [h, w], with a whole patch somewhere."""
        image = np.dstack([np.where(known[..., None], lab, 0), _texture(lab[..., 0], known)])
        self._sizes = [(image.astype(np.float32), known)]
        while _thickness(self._sizes[-1][1]) > RADIUS:
            smaller = _halved(*self._sizes[-1])
            if np.count_nonzero(whole_patches(smaller[1])) < _LEAST_SOURCES:
                break
            self._sizes.append(smaller)
        # [h, w], flat indices; known ones: their own
        self.sources: _Numbers = np.arange(known.size).reshape(known.shape)

    def run(self) -> Iterator[None]:
        """Yield several times a second at most sizes that occur."""
        source, coarse = np.random.default_rng(0), None
        for image, known in reversed(self._sizes):
            level = _Level(image, known, source)
            yield
            if coarse is None:
                level.begin()
            else:
                yield from level.continue_from(coarse)
            turns = _LAST_TURNS if known is self._sizes[0][1] else _TURNS
            for _ in range(turns):
                before = level.image[~known]
                yield from level.vote()
                yield from level.search()
                if np.abs(level.image[~known] - before).mean() < _SETTLED:
                    break
            coarse = level
        assert coarse is not None
        self.sources[coarse.y, coarse.x] = coarse.nearest
        self.sources[known] = np.flatnonzero(known)


class _Level:
    """The image at one size, and the most similar known patch of each patch that touches the hole.

    y, x: [n], the centres of those; nearest: [n], flat indices of their patches; distance: [n], squared.
    """

    def __init__(self, image: _Image, known: _Flags, source: np.random.Generator) -> None:
        self.image, self._known, self._source = image.copy(), known, source
        self.height, self.width = known.shape
        self.whole = whole_patches(known)
        self._all = np.flatnonzero(self.whole)
        touching = cv2.dilate((~known).view(np.uint8), np.ones((_SIDE, _SIDE), np.uint8)) > 0
        self.y, self.x = np.nonzero(touching)
        self.number = np.full(known.shape, -1)
        self.number[touching] = np.arange(len(self.y))
        apart = cv2.distanceTransform((~known).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        self._trust = np.float32(_TRUST) ** -np.minimum(apart[touching], _FARTHEST)
        self._features = _described(self.image)
        self.nearest = np.zeros(len(self.y), np.int64)
        self.distance = np.zeros(len(self.y), np.float32)

    # -- where it begins ----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Continue the colours around into the hole, and compare all patches with that."""
        mask = (~self._known).view(np.uint8)
        for channel in np.moveaxis(self.image, 2, 0):
            least, most = float(channel[self._known].min()), float(channel[self._known].max())
            scaled = np.where(self._known, (channel - least) * (255 / max(most - least, 1e-6)), 0)
            filled = cv2.inpaint(np.rint(scaled).astype(np.uint8), mask, RADIUS, cv2.INPAINT_TELEA)
            channel[~self._known] = filled[~self._known] * ((most - least) / 255) + least
        self._features = _described(self.image)
        self._compare_all()

    def continue_from(self, coarse: _Level) -> Iterator[None]:
        """Take over the patches found at half the size."""
        y, x = np.minimum(self.y // 2, coarse.height - 1), np.minimum(self.x // 2, coarse.width - 1)
        number = coarse.number[y, x]
        found = coarse.nearest[number]
        y, x = self.y + 2 * (found // coarse.width - y), self.x + 2 * (found % coarse.width - x)
        usable = self._usable(y, x) & (number >= 0)
        self.nearest = np.where(usable, y * self.width + x, self._source.choice(self._all, len(y)))
        self.distance = np.where(usable, np.float32(1), np.float32(1e3))
        yield from self.vote()
        yield from self.search()

    # -- the two halves of a turn -------------------------------------------------------------------------------

    def vote(self) -> Iterator[None]:
        """Give each pixel of the hole the weighted mean of what the patches over it propose."""
        spread = 2 * float(np.percentile(self.distance, 75)) + 1e-6
        weight = np.exp(self.distance / -spread) * self._trust + np.float32(1e-9)
        colours = self.image.reshape(self.height * self.width, -1)
        proposed = np.hstack([colours, np.ones((len(colours), 1), np.float32)])
        stride = self.width + 2 * RADIUS
        total = np.zeros((stride * (self.height + 2 * RADIUS), proposed.shape[1]), np.float32)
        at = (self.y + RADIUS) * stride + self.x + RADIUS
        for dy in range(-RADIUS, RADIUS + 1):
            for dx in range(-RADIUS, RADIUS + 1):
                total[at + (dy * stride + dx)] += weight[:, None] * proposed[self.nearest + (dy * self.width + dx)]
            yield
        inner = total.reshape(-1, stride, proposed.shape[1])[RADIUS:-RADIUS, RADIUS:-RADIUS][~self._known]
        self.image[~self._known] = inner[:, :-1] / inner[:, -1:]
        top, left = max(0, self.y.min() - 2 * RADIUS), max(0, self.x.min() - 2 * RADIUS)
        near = slice(top, self.y.max() + 2 * RADIUS + 1), slice(left, self.x.max() + 2 * RADIUS + 1)
        changed = self.number[near] >= 0
        self._features[near][changed] = _described(self.image[near])[changed]
        self.distance = self._apart(np.arange(len(self.y)), self.nearest)

    def search(self) -> Iterator[None]:
        """Look for more similar patches: beside those that the neighbours found, and at random around one's own."""
        for step in (4, 2, 1):
            for dy, dx in ((0, step), (step, 0), (0, -step), (-step, 0)):
                y, x = self.y + dy, self.x + dx
                inside = (y >= 0) & (y < self.height) & (x >= 0) & (x < self.width)
                number = np.where(inside, self.number[np.where(inside, y, 0), np.where(inside, x, 0)], -1)
                have = np.flatnonzero(number >= 0)
                theirs = self.nearest[number[have]]
                self._try(have, theirs // self.width - dy, theirs % self.width - dx)
                yield
        everyone, reach = np.arange(len(self.y)), max(self.height, self.width) // 2
        while reach:
            dy, dx = self._source.integers(-reach, reach + 1, (2, len(self.y)))
            self._try(everyone, self.nearest // self.width + dy, self.nearest % self.width + dx)
            reach //= 2
            yield

    def _try(self, numbers: _Numbers, y: _Numbers, x: _Numbers) -> None:
        usable = self._usable(y, x)
        numbers, proposed = numbers[usable], (y * self.width + x)[usable]
        other = proposed != self.nearest[numbers]
        numbers, proposed = numbers[other], proposed[other]
        distance = self._apart(numbers, proposed)
        better = distance < self.distance[numbers]
        self.distance[numbers[better]], self.nearest[numbers[better]] = distance[better], proposed[better]

    def _usable(self, y: _Numbers, x: _Numbers) -> _Flags:
        inside = (y >= 0) & (y < self.height) & (x >= 0) & (x < self.width)
        inside[inside] = self.whole[y[inside], x[inside]]
        return np.asarray(inside)

    def _compare_all(self) -> None:
        flat = self._features.reshape(-1, _FEATURES)
        sources, squares = flat[self._all], np.square(flat[self._all]).sum(1)
        own, step = flat[self.y * self.width + self.x], max(1, _AT_ONCE // len(self._all))
        for start in range(0, len(own), step):
            some = slice(start, start + step)
            self.nearest[some] = self._all[np.argmin(squares - 2 * (own[some] @ sources.T), axis=1)]
        self.distance = self._apart(np.arange(len(self.y)), self.nearest)

    # -- how patches are compared -------------------------------------------------------------------------------

    def _apart(self, numbers: _Numbers, others: _Numbers) -> NDArray[np.float32]:
        flat = self._features.reshape(-1, _FEATURES)
        difference = flat[self.y[numbers] * self.width + self.x[numbers]] - flat[others]
        return np.asarray(np.einsum("nf,nf->n", difference, difference))


def _described(image: _Image) -> _Image:
    """Return the patch around each pixel by its lowest frequencies: [h, w, F]; a border is mirrored."""
    channels = [np.ascontiguousarray(channel) for channel in np.moveaxis(image, 2, 0)]
    parts = [cv2.sepFilter2D(channels[c], cv2.CV_32F, _WAVES[u], _WAVES[v]) for c, u, v in _FREQUENCIES]
    return np.dstack(parts)


def _texture(light: NDArray[np.float32], known: _Flags) -> _Image:
    """Return the mean gradient around each pixel, down and across, weighted to count as colours: [h, w, 2]."""
    means = []
    for axis in (0, 1):
        gradient = np.abs(np.diff(light, axis=axis, append=np.take(light, [-1], axis)))
        seen = known & np.take(known, np.minimum(np.arange(known.shape[axis]) + 1, known.shape[axis] - 1), axis)
        size = (_TEXTURE_SIDE, _TEXTURE_SIDE)
        summed = cv2.boxFilter(np.where(seen, gradient, np.float32(0)), cv2.CV_32F, size)
        means.append(summed / np.maximum(cv2.boxFilter(seen.astype(np.float32), cv2.CV_32F, size), 1e-3))
    return np.asarray(_TEXTURE_WEIGHT * np.dstack(means), np.float32)


def _thickness(known: _Flags) -> float:
    return float(cv2.distanceTransform((~known).view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE).max())


def _halved(image: _Image, known: _Flags) -> tuple[_Image, _Flags]:
    """Average the known pixels over squares of 2 x 2; a square is known where half of it is."""
    odd = [(0, length % 2) for length in known.shape]
    seen = np.pad(known.astype(np.float32), odd)
    size = seen.shape[1] // 2, seen.shape[0] // 2
    values = np.pad(np.where(known[..., None], image, np.float32(0)), [*odd, (0, 0)])
    share = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
    means = cv2.resize(values, size, interpolation=cv2.INTER_AREA) / np.maximum(share, 1e-6)[..., None]
    return np.asarray(means, np.float32), np.asarray(share >= 0.5)
