"""Rendering of the photo under a view, at device resolution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.gui.look.images import to_qimage

from .view import View

_CHECKER_SIDE = 8  # logical pixels


def draw_pyramid(painter: QPainter, view: View, pyramid: Pyramid, place: Box, part: Box) -> None:
    """Draw the pixels at `place` of the photo that are visible in `part` of the window.

    part, like the painter's coordinates: in device pixels.
    """
    shown = view.photo_box(part).intersect(place)
    if shown.empty:
        return
    level = pyramid.level_for(view.zoom)
    step = 2**level
    height, width = pyramid.levels[level].shape[:2]
    # Two pixels more than visible, because the smooth filter reads neighbours.
    left, top = (shown.x - place.x) // step - 2, (shown.y - place.y) // step - 2
    right, bottom = -((place.x - shown.right) // step) + 2, -((place.y - shown.bottom) // step) + 2
    box = Box(left, top, right - left, bottom - top).intersect(Box(0, 0, width, height))
    origin_x, origin_y = view.device_origin
    side = step * view.zoom
    target = QRectF(
        origin_x + place.x * view.zoom + box.x * side,
        origin_y + place.y * view.zoom + box.y * side,
        box.width * side,
        box.height * side,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.smooth)
    painter.drawImage(target, to_qimage(pyramid.region(level, box)))


class PhotoLayer:
    """The lowest layer: surround, checkerboard, photo; redrawn only when the view changes.

    A zoom or a kept fill redraws what is visible, panning only what comes into view, painting nothing.
    """

    def __init__(self) -> None:
        self._picture = PixelBuffer(QImage.Format.Format_RGB32, np.uint32)
        self._view: View | None = None

    def invalidate(self) -> None:
        self._view = None

    def image(self, view: View, pieces: Sequence[tuple[Pyramid, Box]], *, alpha: bool, surround: QColor) -> QImage:
        """Return the layer. pieces: pixels and their place in the photo, later ones over earlier ones."""
        if view == self._view:
            return self._picture.image
        self._picture.resize(view)
        shift = view.shift_from(self._view)
        stale = self._picture.scroll(*shift) if shift else [Box(0, 0, *view.viewport)]
        self._view = view
        self._picture.image.setDevicePixelRatio(1.0)
        painter = QPainter(self._picture.image)
        for part in stale:
            painter.setClipRect(QRect(part.x, part.y, part.width, part.height))
            painter.fillRect(self._picture.image.rect(), surround)
            for pyramid, place in pieces:
                if alpha:
                    _paint_checkerboard(painter, view, place)
                draw_pyramid(painter, view, pyramid, place, part)
        painter.end()
        self._picture.image.setDevicePixelRatio(view.ratio)
        return self._picture.image


class PixelBuffer:
    """An image of the window at device resolution that both numpy and Qt can write."""

    def __init__(self, kind: QImage.Format, dtype: type[np.uint8 | np.uint32]) -> None:
        self._kind = kind
        self.pixels: NDArray[np.uint8 | np.uint32] = np.zeros((1, 1), dtype)
        self.image = QImage()

    def resize(self, view: View) -> None:
        width, height = view.viewport
        if self.pixels.shape != (height, width):
            self.pixels = np.zeros((height, width), self.pixels.dtype)
            # The image does not copy the array, which lives as long as this object.
            self.image = QImage(self.pixels.data, width, height, self.pixels.strides[0], self._kind)
        self.image.setDevicePixelRatio(view.ratio)

    def scroll(self, dx: int, dy: int) -> list[Box]:
        """Move the content; return the parts that came into view and must be drawn."""
        height, width = self.pixels.shape
        if abs(dx) >= width or abs(dy) >= height:
            return [Box(0, 0, width, height)]
        kept = Box(0, 0, width, height).intersect(Box(dx, dy, width, height))
        self.pixels[kept.slices] = self.pixels[kept.moved(-dx, -dy).slices]
        rows = Box(0, 0, width, kept.y) if dy > 0 else Box(0, kept.bottom, width, height - kept.bottom)
        columns = (0, kept.x) if dx > 0 else (kept.right, width - kept.right)
        return [part for part in (rows, Box(columns[0], kept.y, columns[1], kept.height)) if not part.empty]


def _paint_checkerboard(painter: QPainter, view: View, place: Box) -> None:
    """Draw squares of a fixed screen size that move with the photo."""
    shown = view.device_box(place)
    side = round(_CHECKER_SIDE * view.ratio)
    tile = QPixmap(2 * side, 2 * side)
    tile.fill(QColor("#cfcfcf"))
    squares = QPainter(tile)
    for corner in (0, side):
        squares.fillRect(corner, corner, side, side, QColor("#ffffff"))
    squares.end()
    left, top = view.device_origin
    offset = QPointF(round(shown.x - left) % (2 * side), round(shown.y - top) % (2 * side))
    painter.drawTiledPixmap(QRectF(shown.x, shown.y, shown.width, shown.height), tile, offset)
