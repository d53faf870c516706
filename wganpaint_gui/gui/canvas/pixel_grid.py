"""The pixel grid: lines between the photo's pixels, at high zoom."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from .render import PixelBuffer
from .view import PIXELATED_FROM, View

GRID_ABOVE = PIXELATED_FROM  # zoom: at 800 % and below, lines would hide too much of the photo
# Dark and light dots in turn, premultiplied ARGB: one of them shows on any colour.
_DOTS = np.array([0x50000000, 0x50505050], np.uint32)


class PixelGrid:
    """An image of the window at device resolution, transparent between lines one device pixel wide.

    Painting the lines themselves would take fifty times as long.
    """

    def __init__(self) -> None:
        self._view: View | None = None
        self._picture: PixelBuffer | None = None  # only while it is shown

    def image(self, view: View) -> QImage | None:
        """Return the grid over the visible part of the photo; None at a zoom up to `GRID_ABOVE`."""
        if view.zoom <= GRID_ABOVE:
            self._view = self._picture = None
            return None
        if self._picture is None:
            self._picture = PixelBuffer(QImage.Format.Format_ARGB32_Premultiplied, np.uint32)
        if view != self._view:
            self._view = view
            self._picture.resize(view)
            _draw_lines(self._picture.pixels, view)
        return self._picture.image


def _draw_lines(pixels: NDArray[np.uint8 | np.uint32], view: View) -> None:
    """Draw the edges of all photo pixels in sight. pixels: [h, w] of the window."""
    pixels.fill(0)
    height, width = pixels.shape
    box, (left, top) = view.shown_box, view.device_origin
    x = np.floor(left + np.arange(box.x, box.right + 1) * view.zoom).astype(np.intp)
    y = np.floor(top + np.arange(box.y, box.bottom + 1) * view.zoom).astype(np.intp)
    columns, rows = np.arange(max(x[0], 0), min(x[-1] + 1, width)), np.arange(max(y[0], 0), min(y[-1] + 1, height))
    for across, down in ((x[(x >= 0) & (x < width)], rows), (columns, y[(y >= 0) & (y < height)])):
        pixels[np.ix_(down, across)] = _DOTS[(down[:, None] + across) % 2]
