"""Boxes and frames in photo coordinates: x to the right, y down, whole photo pixels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce


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

    def moved(self, dx: int, dy: int) -> Box:
        return Box(self.x + dx, self.y + dy, self.width, self.height)


EMPTY_BOX = Box(0, 0, 0, 0)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all of them; EMPTY_BOX for none."""
    return reduce(Box.union, boxes, EMPTY_BOX)


@dataclass(frozen=True)
class Frame:
    """The square the model sees: left, top, side, in photo pixels.

    It may extend beyond the photo; what lies outside is missing.
    """

    x: int
    y: int
    size: int

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.size, self.size)
