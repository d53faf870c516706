"""The training curve as in the paper, drawn with Pillow alone: W of every update, and its running median."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .figures import INK, LABEL, MARGIN, MUTED, PAPER, TITLE, text_width, write

_WIDTH, _HEIGHT = 960, 440  # pixels between the axes
_LEFT, _TOP = 96, 76  # corner of the area between them
_BELOW = 88
_FINE = 4  # lines are drawn this many times as large and averaged down: Pillow does not smooth them
_CURVE = "#1f6bcd"
_GRID = "#e6e7ea"
_RAW = 0.30  # opacity
_RAW_LINE, _MEDIAN_LINE = 1.0, 2.5  # pixels
_TICKS = 6  # per axis, approximately
_USUAL = 99.5  # percent of the raw values for which the axis has room
_AIR = 0.05  # of the axis, above the highest value
_LEAST_UPDATES = 10  # on the axis


V = TypeVar("V", float, NDArray[np.float64])


@dataclass(frozen=True)
class _Axis:
    low: float
    high: float
    least_step: float = 0.0  # between two ticks

    def place(self, values: V) -> V:
        """Map a value to its place on the axis: 0 at the low end, 1 at the high end."""
        return (values - self.low) / (self.high - self.low)

    def ticks(self) -> list[tuple[float, str]]:
        """Return (value, label) of each tick: round numbers, 1, 2 or 5 times a power of ten apart."""
        rough = max((self.high - self.low) / _TICKS, self.least_step)
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        form = ".3g" if max(-self.low, self.high) >= 1e6 else f",.{decimals}f"
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(n * step, f"{n * step:{form}}") for n in range(first, last + 1)]


def curve_figure(
    updates: NDArray[np.int64], raw: NDArray[np.float32], median: NDArray[np.float32], *, kernel: int
) -> Image.Image:
    """Draw figure 2: W over the generator's updates, raw values faint and the median over `kernel` updates strong.

    updates, raw, median: [N], N at least 1, updates rising. The vertical axis holds zero, the median and nearly all raw
    values: a single one far off would flatten the rest. NaN and infinity are left out.
    """
    across = _Axis(0.0, float(max(updates[-1], _LEAST_UPDATES)), least_step=1)
    up = _vertical(raw, median)
    figure = Image.new("RGB", (_LEFT + _WIDTH + MARGIN, _TOP + _HEIGHT + _BELOW), PAPER)
    draw = ImageDraw.Draw(figure)
    _draw_axes(draw, across, up)
    for values, width, opacity in ((raw, _RAW_LINE, _RAW), (median, _MEDIAN_LINE, 1.0)):
        points = _points(across.place(updates.astype(np.float64)), up.place(values.astype(np.float64)))
        figure.paste(_CURVE, (_LEFT, _TOP), _line_cover(points, width, opacity))
    _draw_legend(figure, kernel)
    return figure


def _vertical(raw: NDArray[np.float32], median: NDArray[np.float32]) -> _Axis:
    usual = raw[np.isfinite(raw)].astype(np.float64)
    middle = median[np.isfinite(median)].astype(np.float64)
    ends = [0.0, *([middle.min(), middle.max()] if len(middle) else [])]
    if len(usual):
        ends += [float(np.percentile(usual, 100 - _USUAL)), float(np.percentile(usual, _USUAL))]
    low, high = min(ends), max(ends)
    if high - low < 1e-9:
        return _Axis(low, low + 1)
    air = _AIR * (high - low)
    return _Axis(low - air if low < 0 else 0.0, high + air)


def _points(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return the fine pixels of a line through the points, at most the lowest and highest per fine column.

    x, y: [N], shares of the plot's width and height; x rising.
    """
    finite = np.isfinite(y)
    columns = np.round(x[finite] * (_WIDTH * _FINE - 1)).astype(np.int64)
    # Pillow does not accept numbers of any size; it clips what lies above or below the plot anyway.
    rows = (1 - np.clip(y[finite], -1, 2)) * (_HEIGHT * _FINE - 1)
    starts = np.flatnonzero(np.diff(columns, prepend=-1))
    if not len(starts):
        return []
    ends = np.stack([np.minimum.reduceat(rows, starts), np.maximum.reduceat(rows, starts)], axis=1)
    return [(float(column), float(row)) for column, pair in zip(columns[starts], ends, strict=True) for row in pair]


def _line_cover(points: list[tuple[float, float]], width: float, opacity: float) -> Image.Image:
    """Return how much of each pixel of the plot a line covers, as a mask for pasting."""
    fine = Image.new("L", (_WIDTH * _FINE, _HEIGHT * _FINE))
    draw = ImageDraw.Draw(fine)
    radius = width * _FINE / 2
    if points:
        draw.line(points, 255, round(2 * radius), joint="curve")
        x, y = points[-1]
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), 255)  # a single update has no line
    return fine.reduce(_FINE).point(lambda value: round(value * opacity))


def _draw_axes(draw: ImageDraw.ImageDraw, across: _Axis, up: _Axis) -> None:
    right, bottom = _LEFT + _WIDTH, _TOP + _HEIGHT
    for value, text in up.ticks():
        y = bottom - round(up.place(value) * _HEIGHT)
        draw.line((_LEFT, y, right, y), MUTED if value == 0 else _GRID)
        write(draw, (_LEFT - 12, y), text, LABEL, MUTED, "rm")
    for value, text in across.ticks():
        x = _LEFT + round(across.place(value) * _WIDTH)
        draw.line((x, bottom, x, bottom + 5), MUTED)
        write(draw, (x, bottom + 14), text, LABEL, MUTED, "mt")
    draw.line((_LEFT, bottom, right, bottom), MUTED)
    write(draw, (_LEFT + _WIDTH / 2, bottom + 46), "generator updates", LABEL, INK, "mt")
    write(draw, (_LEFT, _TOP - 28), "W", TITLE, INK, "ls")
    what = "estimated Wasserstein distance between photos and generated images"
    write(draw, (_LEFT + 28, _TOP - 28), what, LABEL, MUTED, "ls")


def _draw_legend(figure: Image.Image, kernel: int) -> None:
    """Draw the legend at the right, above the plot."""
    draw = ImageDraw.Draw(figure)
    right, y = _LEFT + _WIDTH, _TOP - 28
    for text, width, opacity in ((f"median of {kernel} updates", 3, 1.0), ("every update", 1, 0.5)):
        write(draw, (right, y), text, LABEL, INK, "rs")
        right -= round(text_width(text, LABEL)) + 10
        figure.paste(_CURVE, (right - 28, y - 5 - width // 2), Image.new("L", (28, width), round(255 * opacity)))
        right -= 28 + 24
