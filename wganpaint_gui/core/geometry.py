"""Boxes and frames in photo coordinates: x to the right, y down, whole photo pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Box:
    """A rectangle of pixels: left, top, width, height. It is empty unless both width and height are positive."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column beyond the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row beyond the box."""
        return self.y + self.height

    @property
    def empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def area(self) -> int:
        """Number of pixels."""
        return 0 if self.empty else self.width * self.height

    @property
    def slices(self) -> tuple[slice, slice]:
        """(rows, columns) for indexing an array [H, W, ...]."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def intersect(self, other: Box) -> Box:
        """Return the common part; an empty box where there is none."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, max(0, right - left), max(0, bottom - top))

    def union(self, other: Box) -> Box:
        """Return the smallest box that holds both; an empty box adds nothing."""
        if self.empty:
            return other
        if other.empty:
            return self
        left, top = min(self.x, other.x), min(self.y, other.y)
        return Box(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)

    def contains(self, other: Box) -> bool:
        return other.empty or self.union(other) == self

    def grown(self, margin: int) -> Box:
        """Return the box wider by `margin` pixels on every side."""
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def placed_in(self, whole: Box) -> Box:
        """Return the box moved into another one as far as needed, and cut where it is larger."""
        width, height = min(self.width, whole.width), min(self.height, whole.height)
        x = min(max(self.x, whole.x), whole.right - width)
        y = min(max(self.y, whole.y), whole.bottom - height)
        return Box(x, y, width, height)

    def moved(self, dx: int, dy: int) -> Box:
        return Box(self.x + dx, self.y + dy, self.width, self.height)


EMPTY_BOX = Box(0, 0, 0, 0)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of them; EMPTY_BOX for none."""
    return reduce(Box.union, boxes, EMPTY_BOX)


Share = TypeVar("Share", float, NDArray[np.float64])
_ROUNDING = 1e-9  # photo pixels; how far computed corners may be off


@dataclass(frozen=True)
class Frame:
    """The square the model sees: left, top and side of an upright square in photo pixels, turned around its centre.

    angle: degrees, from -180 to 180; positive turns clockwise as seen on the screen, so that a head leaning to the
    right of the photo is upright in the frame. The square may extend beyond the photo; what lies outside is missing.
    """

    x: int
    y: int
    size: int
    angle: float = 0.0

    @property
    def numbers(self) -> list[float]:
        """x, y and size, and the angle where the frame is turned: as files and the command line write a frame."""
        return [self.x, self.y, self.size, *([self.angle] if self.angle else [])]

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.size / 2, self.y + self.size / 2

    @property
    def right(self) -> tuple[float, float]:
        """The direction (x, y) to the right in the frame, of length 1; down is (-y, x)."""
        if self.angle == 0:
            return 1.0, 0.0
        turn = math.radians(self.angle)
        return math.cos(turn), math.sin(turn)

    @property
    def upright(self) -> Box:
        """The square as it would be without its angle."""
        return Box(self.x, self.y, self.size, self.size)

    @property
    def box(self) -> Box:
        """The smallest upright box that holds the square; it is square, too."""
        if self.angle == 0:
            return self.upright
        margin = math.ceil(self.size / 2 * (sum(map(abs, self.right)) - 1) - _ROUNDING)
        return self.upright.grown(margin)

    def to_photo(self, across: Share, down: Share) -> tuple[Share, Share]:
        """Return the photo coordinates (x, y) of points given in shares of the side, from the frame's top left."""
        (cx, cy), (rx, ry) = self.centre, self.right
        u, v = (across - 0.5) * self.size, (down - 0.5) * self.size
        return cx + u * rx - v * ry, cy + u * ry + v * rx

    def from_photo(self, x: Share, y: Share) -> tuple[Share, Share]:
        """Return points of the photo in shares of the side, from the frame's top left."""
        (cx, cy), (rx, ry) = self.centre, self.right
        dx, dy = x - cx, y - cy
        return 0.5 + (dx * rx + dy * ry) / self.size, 0.5 + (dy * rx - dx * ry) / self.size

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """The corners (x, y) in photo coordinates: top left, top right, bottom right, bottom left."""
        return tuple(self.to_photo(*corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1)))

    def holds(self, box: Box) -> NDArray[np.bool_]:
        """Return [height, width] of the box: whether the centre of each of its pixels lies in the square."""
        result = np.zeros((max(0, box.height), max(0, box.width)), bool)
        inside = self.box.intersect(box)
        if inside.empty:
            return result
        part = result[inside.moved(-box.x, -box.y).slices]
        if self.angle == 0:
            part[...] = True
            return result
        x = np.arange(inside.x, inside.right, dtype=np.float64) + 0.5
        y = np.arange(inside.y, inside.bottom, dtype=np.float64) + 0.5
        part[...] = self.surrounds(x[None, :], y[:, None])
        return result

    def surrounds(self, x: NDArray[np.float64], y: NDArray[np.float64], margin: float = 0.0) -> NDArray[np.bool_]:
        """Return which points of the photo lie in the square, made wider by a margin in photo pixels on every side."""
        (cx, cy), (rx, ry) = self.centre, self.right
        dx, dy, half = x - cx, y - cy, self.size / 2 + margin
        return np.asarray((np.abs(dx * rx + dy * ry) <= half) & (np.abs(dy * rx - dx * ry) <= half))

    def contains(self, box: Box) -> bool:
        """Return whether the whole box lies in the square."""
        if self.angle == 0 or box.empty:
            return self.box.contains(box)
        corners = [(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]
        near = _ROUNDING
        return all(-near <= share <= 1 + near for x, y in corners for share in self.from_photo(x, y))


def normal_angle(angle: float) -> float:
    """Return the same direction in degrees above -180 and up to 180; raises ValueError where it is not finite."""
    if not math.isfinite(angle):
        raise ValueError(f"{angle} degrees are no angle")
    turned = math.remainder(angle, 360.0)
    return 180.0 if turned == -180.0 else turned + 0.0  # no negative zero
