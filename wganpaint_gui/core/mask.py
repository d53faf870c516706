"""Masks, uint8 [H, W] with values above 127 to be filled: what a brush does to them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .errors import SettingsError
from .geometry import EMPTY_BOX, Box

Mask = NDArray[np.uint8]
Pressure = Literal["size", "hardness", "none"]  # what the pressure of a pen changes
Point = tuple[float, float]  # (x, y) in photo pixels; the centre of the first pixel is (0.5, 0.5)

MIN_DIAMETER, MAX_DIAMETER = 1.0, 2000.0  # photo pixels
_SMALLEST_FITTING, _LARGEST_FITTING = 4, 200  # photo pixels, of the first diameter of a brush
_STRIP = 32  # rows computed at once: 2000 px of float32 by 32 rows stay in the processor's cache
_FLAT = 1e-9  # photo pixels; an edge rising less is horizontal


@dataclass(frozen=True)
class Brush:
    """A round brush; its value falls from full at hardness * radius to nothing at the radius."""

    diameter: float = 40.0  # photo pixels, 1 to 2000
    hardness: float = 1.0  # 0 soft to the centre, 1 a sharp edge

    def __post_init__(self) -> None:
        if not MIN_DIAMETER <= self.diameter <= MAX_DIAMETER:
            raise SettingsError(f"The brush is {self.diameter} pixels wide; it must be from 1 to 2000 pixels.")
        if not 0.0 <= self.hardness <= 1.0:
            raise SettingsError(f"The brush hardness is {self.hardness}; it must be from 0 to 1.")

    @property
    def radius(self) -> float:
        return self.diameter / 2

    def pressed(self, pressure: float, changes: Pressure) -> Brush:
        """Return the brush of a pen pressed this much, 0 to 1; at full pressure it is this one."""
        match changes:
            case "size":
                return replace(self, diameter=max(MIN_DIAMETER, self.diameter * pressure))
            case "hardness":
                return replace(self, hardness=self.hardness * pressure)
            case "none":
                return self


def fitting_diameter(width: int, height: int) -> float:
    """Return a brush diameter for a photo of this size: about a mouth's height where a face fills a third of it."""
    return float(min(_LARGEST_FITTING, max(_SMALLEST_FITTING, round(min(width, height) / 25))))


def hole(mask: Mask) -> NDArray[np.bool_]:
    """Return [H, W], True where the photo is to be filled."""
    return mask > 127


def masked_count(mask: Mask) -> int:
    """Count the pixels to fill."""
    return int(np.count_nonzero(hole(mask)))


def bounding_box(mask: Mask) -> Box:
    """Return the smallest box that holds the hole; EMPTY_BOX where nothing is masked."""
    # Maxima along an axis need no temporary of the photo's size.
    rows = np.flatnonzero(mask.max(axis=1, initial=0) > 127)
    if not rows.size:
        return EMPTY_BOX
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero(mask[top:bottom].max(axis=0) > 127)
    left, right = int(columns[0]), int(columns[-1]) + 1
    return Box(left, top, right - left, bottom - top)


def segment_box(mask: Mask, start: Point, end: Point, brush: Brush) -> Box:
    """Return the part of the mask that `stamp_segment` may change."""
    left = math.floor(min(start[0], end[0]) - brush.radius)
    top = math.floor(min(start[1], end[1]) - brush.radius)
    right = math.ceil(max(start[0], end[0]) + brush.radius)
    bottom = math.ceil(max(start[1], end[1]) + brush.radius)
    return Box(left, top, right - left, bottom - top).intersect(whole(mask))


def stamp_segment(mask: Mask, start: Point, end: Point, brush: Brush, *, erase: bool = False) -> Box:
    """Draw the brush from start to end into the mask, in place; returns the box it may have changed.

    The stroke is a capsule: a pixel's value depends on the distance of its centre from the segment, so a stroke does
    not depend on how often the mouse reported. Painting keeps the maximum and erasing the minimum of old and new
    values: overlapping stamps never add up. start == end is a single stamp.
    """
    box = segment_box(mask, start, end, brush)
    if box.empty:
        return EMPTY_BOX
    rows = np.arange(box.y, box.bottom, dtype=np.float64) + 0.5
    left, right = _spans(rows, start, end, brush.radius)
    # A pixel belongs to a row's open interval when its centre does.
    first = np.clip(np.floor(left - 0.5) + 1, box.x, box.right).astype(np.intp)
    last = np.clip(np.ceil(right - 0.5), box.x, box.right).astype(np.intp)
    if brush.hardness == 1.0:
        value = 0 if erase else 255
        for row, begin, stop in zip(mask[box.y : box.bottom], first.tolist(), last.tolist(), strict=True):
            if begin < stop:  # the interval of an empty row is reversed
                row[begin:stop] = value
    else:
        for top in range(0, box.height, _STRIP):
            part = slice(top, top + _STRIP)
            begin, stop = int(first[part].min()), int(last[part].max())
            if begin < stop:
                target = mask[box.y : box.bottom][part, begin:stop]
                columns = np.arange(begin, stop, dtype=np.float64) + 0.5
                values = _profile(rows[part], columns, start, end, brush)
                if erase:
                    np.minimum(target, 255 - values, out=target)
                else:
                    np.maximum(target, values, out=target)
    if brush.diameter < 2:
        _trace(mask, start, end, value=0 if erase else 255)
    return box


def fill_rectangle(mask: Mask, box: Box, value: int) -> Box:
    """Set the part of the box inside the mask to value (0..255), in place; returns that part."""
    inside = box.intersect(whole(mask))
    if inside.empty:
        return EMPTY_BOX
    mask[inside.slices] = value
    return inside


def whole(mask: Mask) -> Box:
    """Return the box of the whole mask."""
    return Box(0, 0, mask.shape[1], mask.shape[0])


def _spans(
    rows: NDArray[np.float64], start: Point, end: Point, radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return for each row, given by its y, the open interval of x in the capsule: (left, right), or (inf, -inf).

    The capsule is convex, so there is one interval a row; its ends lie on the discs or on the straight sides.
    """
    left, right = np.full(len(rows), np.inf), np.full(len(rows), -np.inf)
    for x, y in (start, end):
        square = radius**2 - (rows - y) ** 2
        hit = square > 0
        half = np.sqrt(square[hit])
        left[hit] = np.minimum(left[hit], x - half)
        right[hit] = np.maximum(right[hit], x + half)
    run, rise = end[0] - start[0], end[1] - start[1]
    if abs(rise) > _FLAT:  # otherwise the discs reach as far as the sides
        scale = radius / math.hypot(run, rise)
        for side in (scale, -scale):
            way = (rows - (start[1] + side * run)) / rise
            hit = (way >= 0) & (way <= 1)
            x_side = start[0] - side * rise + way[hit] * run
            left[hit] = np.minimum(left[hit], x_side)
            right[hit] = np.maximum(right[hit], x_side)
    return left, right


def _profile(
    rows: NDArray[np.float64], columns: NDArray[np.float64], start: Point, end: Point, brush: Brush
) -> NDArray[np.uint8]:
    """Return [len(rows), len(columns)] of a soft capsule, 0..255. Float32 and in place: the inner loop of the brush."""
    run, rise = end[0] - start[0], end[1] - start[1]
    length = math.hypot(run, rise)
    along_x, along_y = (run / length, rise / length) if length else (1.0, 0.0)
    x, y = columns - start[0], rows - start[1]
    # Squared distance to the segment: across its line, and along it beyond the nearer end.
    square = np.add.outer((y * along_x).astype(np.float32), (x * -along_y).astype(np.float32))
    beyond = np.add.outer((y * along_y).astype(np.float32), (x * along_x).astype(np.float32))
    beyond -= np.clip(beyond, 0, length)
    square *= square
    beyond *= beyond
    square += beyond
    depth = np.sqrt(square, out=square)
    depth -= brush.radius
    depth *= -1 / (brush.radius * (1 - brush.hardness))
    np.clip(depth, 0, 1, out=depth)
    # Smoothstep, 3 t^2 - 2 t^3: level at both ends, so the edge shows no ring.
    value = np.multiply(depth, -2, out=beyond)
    value += 3
    value *= depth
    value *= depth
    value *= 255
    value += 0.5
    return value.astype(np.uint8)


def _trace(mask: Mask, start: Point, end: Point, *, value: int) -> None:
    """Mark every pixel that a thin brush runs through, which may miss all their centres."""
    count = math.ceil(max(abs(end[0] - start[0]), abs(end[1] - start[1]))) + 1
    x = np.floor(np.linspace(start[0], end[0], count)).astype(int)
    y = np.floor(np.linspace(start[1], end[1], count)).astype(int)
    inside = (x >= 0) & (x < mask.shape[1]) & (y >= 0) & (y < mask.shape[0])
    mask[y[inside], x[inside]] = value
