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
_OUTLINE = 255


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """A QImage of its own from contiguous [h, w, 3] RGB or [h, w, 4] straight RGBA, in the format that paints best."""
    height, width, channels = pixels.shape
    alpha = channels == 4
    kind = QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888
    borrowed = QImage(pixels.data, width, height, pixels.strides[0], kind)
    # The conversion copies, so the array need not outlive the image.
    return borrowed.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32)


def draw_pyramid(painter: QPainter, view: View, pyramid: Pyramid, place: Box, part: Box) -> None:
    """Draw the pixels that lie at `place` of the photo, as far as they show in `part` of the window.

    The painter counts device pixels, as does part.
    """
    shown = view.photo_box(part).intersect(place)
    if shown.empty:
        return
    # The level just finer than the screen, or one up to a fifth coarser: it has far fewer pixels and looks the same.
    level = min(len(pyramid.levels) - 1, max(0, math.floor(0.25 - math.log2(view.zoom))))
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

    A zoom or a kept fill costs one drawing of what is visible, panning one of what comes into sight, painting none.
    """

    def __init__(self) -> None:
        self._picture = Picture(QImage.Format.Format_RGB32, np.uint32)
        self._view: View | None = None

    def invalidate(self) -> None:
        self._view = None

    def image(self, view: View, pieces: Sequence[tuple[Pyramid, Box]], *, alpha: bool, surround: QColor) -> QImage:
        """pieces: pixels and their place in the photo, later ones over earlier ones."""
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


class Picture:
    """An image of the window at device resolution that numpy and Qt both write."""

    def __init__(self, kind: QImage.Format, dtype: type[np.uint8 | np.uint32]) -> None:
        self._kind = kind
        self.pixels: NDArray[np.uint8 | np.uint32] = np.zeros((1, 1), dtype)
        self.image = QImage()

    def resize(self, view: View) -> None:
        width, height = view.viewport
        if self.pixels.shape != (height, width):
            self.pixels = np.zeros((height, width), self.pixels.dtype)
            # The image borrows the array, which lives as long as this does.
            self.image = QImage(self.pixels.data, width, height, self.pixels.strides[0], self._kind)
        self.image.setDevicePixelRatio(view.ratio)

    def scroll(self, dx: int, dy: int) -> list[Box]:
        """Move what is shown; returns what came into sight, to be drawn."""
        height, width = self.pixels.shape
        if abs(dx) >= width or abs(dy) >= height:
            return [Box(0, 0, width, height)]
        kept = Box(0, 0, width, height).intersect(Box(dx, dy, width, height))
        self.pixels[kept.slices] = self.pixels[kept.moved(-dx, -dy).slices]
        rows = Box(0, 0, width, kept.y) if dy > 0 else Box(0, kept.bottom, width, height - kept.bottom)
        columns = (0, kept.x) if dx > 0 else (kept.right, width - kept.right)
        return [part for part in (rows, Box(columns[0], kept.y, columns[1], kept.height)) if not part.empty]


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
    """The mask as a tint with a crisp outline: a picture of the window with a byte a pixel, and a table of colours.

    An even byte is the mask's value there, an odd one the outline.
    A change of the mask recomputes only the device pixels that show it, by picking the mask value under each of them.
    """

    def __init__(self, colour: QColor) -> None:
        self._colour = colour
        self._picture = Picture(QImage.Format.Format_Indexed8, np.uint8)
        self._view: View | None = None
        self._bare = EMPTY_BOX
        self._stale = QRegion()
        self._columns: NDArray[np.intp] = np.zeros(0, np.intp)
        self._rows: NDArray[np.intp] = np.zeros(0, np.intp)
        self.set_opacity(0.45)

    def set_opacity(self, opacity: float) -> None:
        """Of the tint where the mask is full, 0..1; the outline stays opaque."""
        red, green, blue = self._colour.red(), self._colour.green(), self._colour.blue()
        outline = QColor(red, green, blue).rgba()
        tints = (QColor(red, green, blue, round(opacity * value * 255 / 254)).rgba() for value in range(0, 256, 2))
        self._colours = [colour for tint in tints for colour in (tint, outline)]

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
        self._picture.image.setColorTable(self._colours)
        return self._picture.image

    @property
    def _line(self) -> int:
        """Width of the outline, device pixels."""
        return 1 if self._view is None else max(1, round(1.5 * self._view.ratio))

    def _begin(self, view: View) -> None:
        width, height = view.viewport
        self._picture.resize(view)
        shift = view.shift_from(self._view)
        if shift:
            self._stale.translate(*shift)
            for part in self._picture.scroll(*shift):
                self._stale = self._stale.united(QRect(part.x, part.y, part.width, part.height))
            self._stale = self._stale.intersected(QRect(0, 0, width, height))
        else:
            self._stale = QRegion(0, 0, width, height)
        self._view = view
        line = self._line
        left, top = view.device_origin
        # The photo pixel under the centre of each device pixel, from `line` before the window to `line` beyond it,
        # for the outline looks at neighbours; -1 and the photo's size stand for outside.
        columns = np.floor((np.arange(-line, width + line) + 0.5 - left) / view.zoom).clip(-1, view.photo[0])
        rows = np.floor((np.arange(-line, height + line) + 0.5 - top) / view.zoom).clip(-1, view.photo[1])
        self._columns, self._rows = columns.astype(np.intp), rows.astype(np.intp)

    def _compute(self, mask: NDArray[np.uint8], dirty: Box) -> None:
        """Bring the device pixels of `dirty` up to date."""
        line = self._line
        values = self._sample(mask, dirty, line)
        target = self._picture.pixels[dirty.slices]
        if not values.any():
            target.fill(0)
            return
        inner = values[line:-line, line:-line]
        np.bitwise_and(inner, 0xFE, out=target)
        if self._view is not None and not self._bare.empty:
            bare = self._view.device_box(self._bare).intersect(dirty)
            self._picture.pixels[bare.slices] = 0
        filled = values > _EDGE
        deep = filled[: -2 * line, line:-line] & filled[2 * line :, line:-line]
        deep &= filled[line:-line, : -2 * line]
        deep &= filled[line:-line, 2 * line :]
        target[filled[line:-line, line:-line] & ~deep] = _OUTLINE

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
