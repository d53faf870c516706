"""The mask layer: a tint with a crisp outline, at device resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from wganpaint_gui.core.geometry import EMPTY_BOX, Box, Frame, around

from .render import PixelBuffer
from .view import View

_EDGE = 127  # mask values above it are filled
_OUTLINE = 255
_MOST_STALE = 64  # parts that are computed one by one; more become one


class MaskLayer:
    """An image of the window in the mask's colour; Qt draws premultiplied pixels fastest.

    Until they are coloured, an even byte is the mask's value at a pixel, an odd one the outline. A change of the mask
    recomputes only the device pixels that show it.
    """

    def __init__(self, colour: QColor) -> None:
        self.colour = colour
        self._opacity = 0.45
        self._picture = PixelBuffer(QImage.Format.Format_ARGB32_Premultiplied, np.uint32)
        self._view: View | None = None
        self._bare: Frame | None = None
        self._stale: list[Box] = []  # device pixels to compute
        self._columns = self._rows = _Axis.under(np.zeros(0), 1.0, 1)
        self._mix()

    def set_colour(self, colour: QColor) -> None:
        """Set the colour of tint and outline."""
        self.colour = colour
        self._mix()

    def set_opacity(self, opacity: float) -> None:
        """Set the opacity of the tint where the mask is full, 0..1; the outline stays opaque."""
        self._opacity = opacity
        self._mix()

    def _mix(self) -> None:
        tints = np.round(self._opacity * np.arange(0, 256, 2) * 255 / 254)
        alpha = np.stack((tints, np.full_like(tints, 255)), axis=1).ravel()  # even: tint, odd: outline
        channels = (self.colour.red(), self.colour.green(), self.colour.blue())
        red, green, blue = (np.round(alpha * channel / 255).astype(np.uint32) for channel in channels)
        self._colours = alpha.astype(np.uint32) << 24 | red << 16 | green << 8 | blue
        self.invalidate()

    def look_as(self, other: MaskLayer) -> None:
        """Take over colour and opacity."""
        if (self.colour, self._opacity) != (other.colour, other._opacity):
            self.colour, self._opacity = other.colour, other._opacity
            self._mix()

    def set_bare(self, frame: Frame | None) -> None:
        """Draw only the outline in this frame, because a fill is shown there."""
        if frame == self._bare:
            return
        changed, self._bare = (self._bare, frame), frame
        for part in changed:
            if part is not None:
                self.mark(part.box)

    def invalidate(self) -> None:
        self._view = None

    def mark(self, box: Box) -> Box:
        """Mark photo pixels as changed, to be recomputed before they are shown. Return their device pixels."""
        if self._view is None or box.empty:
            return EMPTY_BOX
        dirty = self._view.device_box(box)
        if dirty.empty:
            return EMPTY_BOX
        # A smooth outline can change up to one photo pixel away.
        reach = self._line + (math.ceil(self._view.zoom) if self._mixed else 0)
        dirty = dirty.grown(reach).intersect(Box(0, 0, *self._view.viewport))
        self._stale.append(dirty)
        if len(self._stale) > _MOST_STALE:
            self._stale = [around(self._stale)]
        return dirty

    def image(self, view: View, mask: NDArray[np.uint8]) -> QImage:
        """Return the layer under a view. mask: [H, W] of the photo's size, 0..255."""
        if view != self._view:
            self._begin(view)
        for part in self._stale:
            self._compute(mask, part)
        self._stale = []
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
            window = Box(0, 0, width, height)
            stale = [part.moved(*shift).intersect(window) for part in self._stale]
            self._stale = [part for part in stale if not part.empty] + self._picture.scroll(*shift)
        else:
            self._stale = [Box(0, 0, width, height)]
        self._view = view
        line = self._line
        left, top = view.device_origin
        # `line` pixels more on each side of the window, because the outline depends on neighbours.
        self._columns = _Axis.under(np.arange(-line, width + line) + 0.5 - left, view.zoom, view.photo[0])
        self._rows = _Axis.under(np.arange(-line, height + line) + 0.5 - top, view.zoom, view.photo[1])

    def _compute(self, mask: NDArray[np.uint8], dirty: Box) -> None:
        """Recompute the device pixels of `dirty`."""
        assert self._view is not None
        line = self._line
        target = self._picture.pixels[dirty.slices]
        values, edge = self._sample(mask, dirty, line)
        if not values.any():
            target.fill(0)
            return
        filled = edge > _EDGE
        inner, inside = values[line:-line, line:-line], filled[line:-line, line:-line]
        if edge is not values:
            # The outline cuts through photo pixels: full tint only inside it; soft edges stay soft.
            inner = np.where(inside, np.maximum(inner, 255 - inner), np.minimum(inner, 255 - inner))
        codes = inner & 0xFE
        if self._bare is not None:
            bare = self._view.device_box(self._bare.box).intersect(dirty)
            pixels = codes[bare.moved(-dirty.x, -dirty.y).slices]
            pixels[self._inside_bare(self._bare, bare) if self._bare.angle else ...] = 0
        deep = filled[: -2 * line, line:-line] & filled[2 * line :, line:-line]
        deep &= filled[line:-line, : -2 * line]
        deep &= filled[line:-line, 2 * line :]
        codes[inside & ~deep] = _OUTLINE
        target[...] = self._colours.take(codes, mode="clip")  # twice as fast as indexing

    def _inside_bare(self, frame: Frame, device: Box) -> NDArray[np.bool_]:
        """Return [h, w] of a box of device pixels that show a turned frame's box: whether they lie in the frame."""
        assert self._view is not None
        (left, top), zoom = self._view.device_origin, self._view.zoom
        x = (np.arange(device.x, device.right, dtype=np.float64) + 0.5 - left) / zoom
        y = (np.arange(device.y, device.bottom, dtype=np.float64) + 0.5 - top) / zoom
        return frame.surrounds(x[None, :], y[:, None])

    def _sample(self, mask: NDArray[np.uint8], dirty: Box, margin: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the mask values under the device pixels of `dirty` and a margin around it; 0 outside the photo.

        First nearest values, then values interpolated between pixels (the same array if nothing is interpolated).
        """
        shape = (dirty.height + 2 * margin, dirty.width + 2 * margin)
        values = edge = np.zeros(shape, np.uint8)
        columns = self._columns.part(dirty.x, dirty.right + 2 * margin)
        rows = self._rows.part(dirty.y, dirty.bottom + 2 * margin)
        if not len(columns.nearest) or not len(rows.nearest):
            return values, edge
        part = mask[rows.start : rows.stop, columns.start : columns.stop]
        shown = rows.inside, columns.inside
        if not self._mixed:
            # First the axis that leaves the least data.
            if len(rows.nearest) < len(part):
                values[shown] = columns.pick(rows.pick(part, 0), 1)
            else:
                values[shown] = rows.pick(columns.pick(part, 1), 0)
        elif part.any():
            edge = np.zeros(shape, np.uint8)
            values[shown] = rows.pick(columns.pick(part, 1), 0)
            edge[shown] = rows.mix(columns.mix(part, 1), 0)
        return values, edge

    @property
    def _mixed(self) -> bool:
        """Whether the outline is interpolated between pixels, as the photo's colours are."""
        return self._view is not None and self._view.smooth and self._view.zoom > 1.0


@dataclass(frozen=True)
class _Axis:
    """Mapping from the device pixels of one axis to photo pixels. Lengths are in photo pixels."""

    inside: slice  # the device pixels that lie in the photo
    nearest: NDArray[np.intp]  # of those: the photo pixel under each
    first: NDArray[np.intp]  # the last photo pixel whose centre does not lie after the device pixel's
    share: NDArray[np.uint16]  # of the photo pixel after `first`, 0..256
    length: int  # of the photo

    @classmethod
    def under(cls, device: NDArray[np.floating[Any]], zoom: float, length: int) -> _Axis:
        """Build the mapping. device: centres of device pixels, counted from the photo's edge."""
        photo = device / zoom
        low, high = (int(at) for at in np.searchsorted(photo, [0, length]))
        photo = photo[low:high]
        centred = (photo - 0.5).clip(0, length - 1)
        first = centred.astype(np.intp)
        share = np.round(256 * (centred - first)).astype(np.uint16)
        return cls(slice(low, high), photo.astype(np.intp), first, share, length)

    def part(self, start: int, stop: int) -> _Axis:
        """Return the mapping of the device pixels from start to stop, counted from start."""
        low, high = (min(max(at, self.inside.start), self.inside.stop) for at in (start, stop))
        kept = slice(low - self.inside.start, high - self.inside.start)
        inside = slice(low - start, high - start)
        return _Axis(inside, self.nearest[kept], self.first[kept], self.share[kept], self.length)

    @property
    def start(self) -> int:
        """First photo pixel that is read."""
        return int(self.first[0])

    @property
    def stop(self) -> int:
        """Photo pixel after the last one that is read."""
        return min(self.length, int(self.first[-1]) + 2)

    def pick(self, values: NDArray[np.uint8], axis: int) -> NDArray[np.uint8]:
        """Return the value under each device pixel. values: from start to stop along the axis."""
        return _taken(values, self.nearest - self.start, axis)

    def mix(self, values: NDArray[np.uint8], axis: int) -> NDArray[np.uint8]:
        """Return the values interpolated linearly between the centres of photo pixels."""
        share = self.share[:, None] if axis == 0 else self.share
        first = self.first - self.start
        second = np.minimum(first + 1, values.shape[axis] - 1)
        mixed = _taken(values, first, axis).astype(np.uint16)
        mixed *= 256 - share  # 255 * 256 fits into 16 bits
        mixed += _taken(values, second, axis) * share
        mixed >>= 8
        return mixed.astype(np.uint8)


def _taken(values: NDArray[np.uint8], places: NDArray[np.intp], axis: int) -> NDArray[np.uint8]:
    # take() first copies an array that is not contiguous, indexing rows does not: it matters for a large mask.
    taken: NDArray[np.uint8] = values[places] if axis == 0 else values.take(places, axis=1)
    return taken
