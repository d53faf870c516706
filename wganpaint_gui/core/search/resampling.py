"""Exact resampling between the photo pixels of a frame and a coarser or finer grid of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Span:
    """The given pixels under one cell of a line."""

    cell: int  # index of the cell
    start: int  # first pixel under it, counted in the given values
    stop: int  # one beyond the last
    weights: NDArray[np.float64]  # [stop - start], each pixel's share of the cell; they sum to 1 where all are given

    @property
    def pixels(self) -> slice:
        return slice(self.start, self.stop)


def spans(size: int, cells: int, offset: int, count: int, first: int = 0, last: int | None = None) -> Iterator[Span]:
    """Yield the cells first..last-1 of a line of `size` pixels cut into `cells`, with their given pixels.

    Only the pixels offset..offset+count-1 of the line are given; cells without any are left out. first and last may lie
    below 0 and beyond `cells`: the line continues. Overlaps are whole numbers in units of 1/cells pixel, so exact.
    """
    for cell in range(first, cells if last is None else last):
        start = max(cell * size // cells, offset)
        stop = min(-(-(cell + 1) * size // cells), offset + count)
        if start >= stop:
            continue
        pixels = np.arange(start, stop)
        overlap = np.minimum((cell + 1) * size, (pixels + 1) * cells) - np.maximum(cell * size, pixels * cells)
        yield Span(cell, start - offset, stop - offset, overlap / size)


def area_sum(values: NDArray[Any], lines: list[Span], first: int, count: int) -> NDArray[np.float64]:
    """Average areas along the first axis; pixels that are not given add nothing.

    values: [n, ...]. lines: the spans of the cells first..first+count-1. Returns [count, ...] float64.
    """
    result = np.zeros((count, *values.shape[1:]))
    for span in lines:
        block = values[span.pixels]
        result[span.cell - first] = (span.weights @ block.reshape(len(block), -1)).reshape(block.shape[1:])
    return result


def upsampling(size: int, cells: int, first: int, last: int) -> NDArray[np.float32]:
    """Return the matrix [last - first, cells] that resamples `cells` values to the pixels first..last-1 of `size`.

    Cubic where there are more pixels than cells, else the area average. Pixels beyond the line's ends repeat the
    last one: a blend needs the fill one pixel beyond the frame.
    """
    import cv2

    identity = np.eye(cells, dtype=np.float32)
    if size > cells:
        matrix = cv2.resize(identity, (cells, size), interpolation=cv2.INTER_CUBIC)
    else:
        matrix = area_sum(identity, list(spans(cells, size, 0, cells)), 0, size).astype(np.float32)
    return np.ascontiguousarray(matrix[np.clip(np.arange(first, last), 0, size - 1)], np.float32)
