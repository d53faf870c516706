"""Exact averages of photo pixels under the cells of a turned frame, and its images turned back onto the photo."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame

from .resampling import upsampling

_STRIP = 256  # rows of the photo read at once
_LEAST_SHARE = 1e-9  # of a cell's area; less of it under a missing pixel is rounding
_OVERSAMPLED = 16  # parts of a model pixel between which a straight line is as good as a cubic


Read = Callable[[Box], NDArray[np.float32]]  # values [h, w, C] of a box of the photo


def cell_averages(
    frame: Frame, cells: int, seen: Box, missing: NDArray[np.bool_], read: Read, channels: int = 3
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Average values over each cell of a turned frame.

    seen: the frame's box inside the photo. missing: bool [h, w] of `seen`. read: returns the values, of C channels, of
    a box inside `seen`; those of missing pixels have no effect, bit for bit, nor has any pixel that does not touch the
    frame. Returns averages [cells, cells, C], 0 where not known, and bool [cells, cells]: known where no missing pixel
    touches the cell and all of it lies in the photo.
    """
    sums = _integrals(frame, cells, seen, missing, read, channels + 1)
    area = (frame.size / cells) ** 2
    known = sums[..., -1] >= area * (1 - _LEAST_SHARE)
    return np.where(known[..., None], sums[..., :-1] / area, 0), known


def known_cells(frame: Frame, cells: int, seen: Box, missing: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the second result of `cell_averages` alone."""
    return cell_averages(frame, cells, seen, missing, lambda box: np.zeros((box.height, box.width, 0), np.float32), 0)[
        1
    ]


def _integrals(
    frame: Frame, cells: int, seen: Box, missing: NDArray[np.bool_], read: Read, channels: int
) -> NDArray[np.float64]:
    """Integrate the values, and a last one that is 1 where known, over each cell: [cells, cells, channels].

    By Green's theorem the integral of f over a cell is that of F dy around it, where F is the integral of f along x:
    inside one photo pixel F is linear, so a sum over the pieces of the grid's lines is exact.
    """
    across, down = (_Lines(frame, cells, seen, channels, down=way) for way in (False, True))
    for top in range(0, 0 if seen.empty else seen.height, _STRIP):
        box = Box(seen.x, seen.y + top, seen.width, min(_STRIP, seen.height - top))
        kept = ~missing[top : top + box.height] & _touched(frame, box)
        values = np.concatenate([read(box), np.ones((*kept.shape, 1), np.float32)], axis=2)
        values = np.where(kept[..., None], values, np.float32(0))
        # One column more, where nothing is: there F is constant.
        before = np.zeros((box.height, box.width + 1, values.shape[2]))
        np.cumsum(values, axis=1, out=before[:, 1:])
        for lines in (across, down):
            lines.add(top, values, before)
    beside = down.integrals.swapaxes(0, 1)
    return beside[:, 1:] - beside[:, :-1] + across.integrals[:-1] - across.integrals[1:]


def _touched(frame: Frame, box: Box) -> NDArray[np.bool_]:
    """Return [height, width] of a box inside the frame's: False where a pixel does not even touch the frame."""
    (cx, cy), (rx, ry) = frame.centre, frame.right
    dx = np.arange(box.x, box.right) + 0.5 - cx
    dy = (np.arange(box.y, box.bottom) + 0.5 - cy)[:, None]
    reach = (frame.size + abs(rx) + abs(ry)) / 2
    return np.asarray((np.abs(dx * rx + dy * ry) < reach) & (np.abs(dy * rx - dx * ry) < reach))


class _Lines:
    """The grid's parallel lines, cut where they cross photo pixels and each other.

    integrals: [cells + 1, cells, C], of F dy along each line from one crossing to the next.
    """

    def __init__(self, frame: Frame, cells: int, seen: Box, channels: int, *, down: bool) -> None:
        """down: the lines that run from the frame's top to its bottom, else those from left to right."""
        places = np.arange(cells + 1) / cells
        nought, one = np.zeros_like(places), np.ones_like(places)
        starts = np.stack(frame.to_photo(places, nought) if down else frame.to_photo(nought, places), axis=1)
        ends = np.stack(frame.to_photo(places, one) if down else frame.to_photo(one, places), axis=1)
        starts, ends = starts - (seen.x, seen.y), ends - (seen.x, seen.y)
        way = ends[0] - starts[0]
        cuts = [np.broadcast_to(places, (cells + 1, cells + 1))]
        for axis, length in enumerate((seen.width, seen.height)):
            if abs(way[axis]) > _LEAST_SHARE * frame.size:
                cuts.append((np.arange(length + 1) - starts[:, axis, None]) / way[axis])
        # What is cut beyond a line's ends becomes pieces without length, which are left out.
        at = np.sort(np.concatenate(cuts, axis=1).clip(0, 1), axis=1)
        line, piece = np.nonzero(np.diff(at, axis=1) > 0)
        begin, end = at[line, piece], at[line, piece + 1]
        middle = (begin + end) / 2
        self._x, y = (starts[line] + middle[:, None] * way).T
        row = np.floor(y)
        order = np.argsort(row, kind="stable")
        self._row, self._x = row[order].astype(np.intp), self._x[order]
        self._rise = ((end - begin) * way[1])[order]
        self._place = (line * cells + np.minimum(middle * cells, cells - 1).astype(np.intp))[order]
        self.integrals = np.zeros((cells + 1, cells, channels))

    def add(self, top: int, values: NDArray[np.float32], before: NDArray[np.float64]) -> None:
        """Add the part of the lines in the photo's rows from `top` on.

        values: [h, w, C]. before: [h, w + 1, C], the sums of the values left of each pixel.
        """
        height, width, channels = values.shape
        lines, cells, _ = self.integrals.shape
        some = slice(*np.searchsorted(self._row, [top, top + height]))
        row, x, rise, place = self._row[some] - top, self._x[some], self._rise[some], self._place[some]
        left = np.floor(x.clip(0, width))
        column = left.astype(np.intp)
        inside = np.where((x > 0) & (x < width), x - left, 0)
        under = np.minimum(column, width - 1)
        for channel in range(channels):
            so_far = before[row, column, channel] + inside * values[row, under, channel]
            sums = np.bincount(place, so_far * rise, minlength=lines * cells)
            self.integrals[..., channel] += sums.reshape(lines, cells)


def turned_back(frame: Frame, images: NDArray[np.float32], box: Box, step: float) -> NDArray[np.float32]:
    """Resample images of a turned frame to a grid of upright cells of the photo.

    images: float32 [C, R, R], of the whole frame. box: the cells wanted, counted from the corner of `frame.box`. step:
    photo pixels a cell is wide. Returns float32 [C, height, width]. Cubic where there are more cells than model
    pixels, else the area average; beyond the frame the last model pixels repeat.
    """
    import cv2

    resolution = images.shape[1]
    fine = max(1, min(round(frame.size / step), _OVERSAMPLED * resolution))
    matrix = upsampling(fine, resolution, 0, fine)
    (cx, cy), (rx, ry) = frame.centre, frame.right
    corner = (frame.box.x + (box.x + 0.5) * step - cx, frame.box.y + (box.y + 0.5) * step - cy)
    scale = fine / frame.size
    turn = np.array([[rx, ry], [-ry, rx]]) * scale
    offset = turn @ corner + (fine / 2 - 0.5)
    inverse = np.column_stack([turn * step, offset])
    planes = [
        cv2.warpAffine(
            matrix @ image @ matrix.T,
            inverse,
            (box.width, box.height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        for image in images
    ]
    return np.asarray(np.stack(planes), np.float32)
