"""Pictures behind the canvas: the photo as the view shows it, and the mask over it, both at device resolution."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QRegion

from ...core.geometry import EMPTY_BOX, Box
from ...core.pyramid import Pyramid
from .view import View

_CHECKER_SIDE = 8  # logical pixels
_EDGE = 127  # mask values above it are filled


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """A QImage of its own from [h, w, 3] RGB or [h, w, 4] straight RGBA, in the format that paints fastest."""
    pixels = np.ascontiguousarray(pixels)
    height, width, channels = pixels.shape
    alpha = channels == 4
    kind = QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888
    borrowed = QImage(pixels.data, width, height, pixels.strides[0], kind)
    # The conversion copies, so the array need not outlive the image.
    return borrowed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32)


def draw_pyramid(painter: QPainter, view: View, pyramid: Pyramid, place: Box) -> None:
    """Draw what is visible of the pixels that lie at `place` of the photo; the painter counts device pixels."""
    shown = view.visible().intersect(place)
    if shown.empty:
        return
    level = min(len(pyramid.levels) - 1, max(0, math.floor(-math.log2(view.zoom))))
    step = 2**level
    height, width = pyramid.levels[level].shape[:2]
    # Two pixels more than visible, for the smooth filter looks at neighbours.
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
    painter.drawImage(target, image_of(pyramid.region(level, box)))


class PhotoLayer:
    """The part of the window behind everything: surround, checkerboard, photo; drawn anew only when the view changes.

    Panning, zooming and a kept fill cost one drawing of what is visible; painting costs none.
    """

    def __init__(self) -> None:
        self._image = QImage()
        self._view: View | None = None

    def invalidate(self) -> None:
        self._view = None

    def image(self, view: View, pieces: Sequence[tuple[Pyramid, Box]], *, alpha: bool, surround: QColor) -> QImage:
        """pieces: pixels and their place in the photo, later ones over earlier ones."""
        if view == self._view:
            return self._image
        if self._image.size().toTuple() != view.viewport:
            self._image = QImage(*view.viewport, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(1.0)
        painter = QPainter(self._image)
        painter.fillRect(self._image.rect(), surround)
        for pyramid, place in pieces:
            if alpha:
                _paint_checkerboard(painter, view, place)
            draw_pyramid(painter, view, pyramid, place)
        painter.end()
        self._image.setDevicePixelRatio(view.ratio)
        self._view = view
        return self._image


def _paint_checkerboard(painter: QPainter, view: View, place: Box) -> None:
    """Squares of a fixed size on the screen that move with the photo."""
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


class MaskLayer:
    """The mask as a tint with a crisp outline, one premultiplied ARGB picture of the window.

    A change of the mask recomputes only the device pixels that show it, by picking the mask value under each of them.
    """

    def __init__(self, colour: QColor) -> None:
        self._colour = colour
        self._opacity = 0.5
        self._tints = np.zeros(256, np.uint32)
        self._outline = _premultiplied(colour, 1.0)
        self._pixels = np.zeros((1, 1), np.uint32)
        self._image = QImage()
        self._view: View | None = None
        self._bare = EMPTY_BOX
        self._stale = QRegion()
        self._columns: NDArray[np.intp] = np.zeros(0, np.intp)
        self._rows: NDArray[np.intp] = np.zeros(0, np.intp)
        self.set_opacity(self._opacity)

    def set_opacity(self, opacity: float) -> None:
        """Of the tint where the mask is full, 0..1; the outline stays opaque."""
        self._opacity = opacity
        values = np.arange(256) / 255 * opacity
        self._tints = np.array([_premultiplied(self._colour, alpha) for alpha in values], np.uint32)
        self.invalidate()

    def set_bare(self, box: Box) -> None:
        """Photo pixels without tint, outline only, because a fill is shown there."""
        if box == self._bare:
            return
        changed, self._bare = (self._bare, box), box
        for part in changed:
            self.mark(part)

    def invalidate(self) -> None:
        self._view = None

    def mark(self, box: Box) -> Box:
        """Photo pixels changed: their part of the picture is computed before it is shown. Returns device pixels."""
        if self._view is None or box.empty:
            return EMPTY_BOX
        dirty = self._view.device_box(box)
        if dirty.empty:
            return EMPTY_BOX
        dirty = dirty.grown(self._line).intersect(Box(0, 0, *self._view.viewport))
        self._stale = self._stale.united(QRect(dirty.x, dirty.y, dirty.width, dirty.height))
        return dirty

    def image(self, view: View, mask: NDArray[np.uint8]) -> QImage:
        """mask: [H, W] of the photo's size, 0..255."""
        if view != self._view:
            self._begin(view)
        # The stubs do not know that a region can be walked through.
        for rect in cast("Iterable[QRect]", self._stale):
            self._compute(mask, Box(rect.x(), rect.y(), rect.width(), rect.height()))
        self._stale = QRegion()
        return self._image

    @property
    def _line(self) -> int:
        """Width of the outline, device pixels."""
        return 1 if self._view is None else max(1, round(1.25 * self._view.ratio))

    def _begin(self, view: View) -> None:
        width, height = view.viewport
        if self._pixels.shape != (height, width):
            self._pixels = np.zeros((height, width), np.uint32)
            self._image = QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        self._image.setDevicePixelRatio(view.ratio)
        self._view = view
        line = self._line
        left, top = view.device_origin
        # The photo pixel under the centre of each device pixel, from `line` before the window to `line` beyond it,
        # for the outline looks at neighbours; -1 and the photo's size stand for outside.
        columns = np.floor((np.arange(-line, width + line) + 0.5 - left) / view.zoom).clip(-1, view.photo[0])
        rows = np.floor((np.arange(-line, height + line) + 0.5 - top) / view.zoom).clip(-1, view.photo[1])
        self._columns, self._rows = columns.astype(np.intp), rows.astype(np.intp)
        self._stale = QRegion(0, 0, width, height)

    def _compute(self, mask: NDArray[np.uint8], dirty: Box) -> None:
        """Bring the device pixels of `dirty` up to date."""
        line = self._line
        values = self._sample(mask, dirty, line)
        target = self._pixels[dirty.slices]
        if not values.any():
            target.fill(0)
            return
        inner = values[line:-line, line:-line]
        np.take(self._tints, inner, out=target)
        if self._view is not None and not self._bare.empty:
            bare = self._view.device_box(self._bare).intersect(dirty)
            self._pixels[bare.slices] = 0
        filled = values > _EDGE
        deep = filled[: -2 * line, line:-line] & filled[2 * line :, line:-line]
        deep &= filled[line:-line, : -2 * line]
        deep &= filled[line:-line, 2 * line :]
        target[filled[line:-line, line:-line] & ~deep] = self._outline

    def _sample(self, mask: NDArray[np.uint8], dirty: Box, margin: int) -> NDArray[np.uint8]:
        """Mask values under the device pixels of `dirty` and a margin around it; 0 outside the photo."""
        values = np.zeros((dirty.height + 2 * margin, dirty.width + 2 * margin), np.uint8)
        columns = self._columns[dirty.x : dirty.right + 2 * margin]
        rows = self._rows[dirty.y : dirty.bottom + 2 * margin]
        x0, x1 = np.searchsorted(columns, [0, mask.shape[1]])
        y0, y1 = np.searchsorted(rows, [0, mask.shape[0]])
        if x0 == x1 or y0 == y1:
            return values
        columns, rows = columns[x0:x1], rows[y0:y1]
        part = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        columns, rows = columns - columns[0], rows - rows[0]
        # The axis first that leaves the least to pick from. take() copies a part that is not contiguous, a list of
        # rows does not: it matters where the part is most of a large mask.
        few_rows = len(rows) < len(part)
        values[y0:y1, x0:x1] = part[rows].take(columns, axis=1) if few_rows else part.take(columns, axis=1)[rows]
        return values


def _premultiplied(colour: QColor, alpha: float) -> int:
    red, green, blue = (round(part * alpha) for part in (colour.red(), colour.green(), colour.blue()))
    return round(255 * alpha) << 24 | red << 16 | green << 8 | blue
