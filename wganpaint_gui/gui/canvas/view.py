"""The transform between photo and screen: zoom, pan and their limits, as plain numbers without a widget."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from wganpaint_gui.core.geometry import Box

MIN_ZOOM = 0.02
MAX_ZOOM = 64.0
PIXELATED_FROM = 8.0  # from here on a photo pixel is shown as a square, below it is smoothed
FIT_MARGIN = 24.0  # logical pixels kept free around a fitted photo
_STOPS = (
    *(0.02, 0.03, 0.05, 0.0625, 0.09, 0.125, 0.18, 0.25, 0.33, 0.5, 0.67, 1.0, 1.5),
    *(2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0),
)


@dataclass(frozen=True)
class View:
    """Where the photo is on the screen, and how large; immutable.

    Three kinds of coordinates: photo pixels (a pixel i covers [i, i + 1)); logical pixels, in which Qt reports the
    mouse; device pixels, `ratio` of them per logical pixel. At zoom 1.0 one photo pixel is one device pixel.
    """

    photo: tuple[int, int] = (1, 1)  # width, height in photo pixels
    viewport: tuple[int, int] = (1, 1)  # width, height in device pixels
    ratio: float = 1.0  # device pixels per logical pixel
    zoom: float = 1.0  # device pixels per photo pixel
    origin: tuple[float, float] = (0.0, 0.0)  # of the photo's corner, device pixels, exact
    fits: bool = False  # the photo is fitted, and stays so when the window is resized

    @property
    def device_origin(self) -> tuple[float, float]:
        """Where the photo's corner is drawn: on a whole device pixel if that keeps photo pixels sharp."""
        if self.zoom >= 1.0 and self.zoom == round(self.zoom):
            return float(round(self.origin[0])), float(round(self.origin[1]))
        return self.origin

    @property
    def scale(self) -> float:
        """Logical pixels per photo pixel."""
        return self.zoom / self.ratio

    @property
    def smooth(self) -> bool:
        return self.zoom < PIXELATED_FROM

    @property
    def min_zoom(self) -> float:
        """Lowest zoom; a huge photo that is fitted may be below the usual limit."""
        return min(MIN_ZOOM, self._fit_zoom())

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Convert photo to logical pixels."""
        left, top = self.device_origin
        return (left + x * self.zoom) / self.ratio, (top + y * self.zoom) / self.ratio

    def to_photo(self, x: float, y: float) -> tuple[float, float]:
        """Convert logical to photo pixels."""
        left, top = self.device_origin
        return (x * self.ratio - left) / self.zoom, (y * self.ratio - top) / self.zoom

    def device_box(self, box: Box) -> Box:
        """Return the device pixels that show any part of a box of photo pixels, clipped to the viewport."""
        left, top = self.device_origin
        x0, y0 = math.floor(left + box.x * self.zoom), math.floor(top + box.y * self.zoom)
        x1, y1 = math.ceil(left + box.right * self.zoom), math.ceil(top + box.bottom * self.zoom)
        return Box(x0, y0, x1 - x0, y1 - y0).intersect(Box(0, 0, *self.viewport))

    def photo_box(self, device: Box) -> Box:
        """Return the photo pixels that are at least partly visible in a box of device pixels."""
        left, top = self.device_origin
        x0, y0 = math.floor((device.x - left) / self.zoom), math.floor((device.y - top) / self.zoom)
        x1, y1 = math.ceil((device.right - left) / self.zoom), math.ceil((device.bottom - top) / self.zoom)
        return Box(x0, y0, x1 - x0, y1 - y0).intersect(Box(0, 0, *self.photo))

    @property
    def shown_box(self) -> Box:
        """The photo pixels that are at least partly in sight."""
        return self.photo_box(Box(0, 0, *self.viewport))

    def fitted(self) -> View:
        """Return the view of the whole photo, centred, with a margin."""
        return replace(self, zoom=self._fit_zoom(), fits=True)._limited()

    def showing(self, box: Box, share: float) -> View:
        """Return the view with a box of photo pixels centred, at most this share (0..1) of the viewport's sides."""
        width, height = self.viewport
        zoom = min(MAX_ZOOM, share * min(width / max(1, box.width), height / max(1, box.height)))
        centre_x, centre_y = box.x + box.width / 2, box.y + box.height / 2
        origin = (width / 2 - centre_x * zoom, height / 2 - centre_y * zoom)
        return replace(self, zoom=zoom, origin=origin, fits=False)._limited()

    def resized(self, viewport: tuple[int, int], ratio: float) -> View:
        """Return the view for another window size: a fitted photo stays fitted, any other keeps its centre."""
        zoom = self.zoom * ratio / self.ratio  # on another screen the photo keeps its logical size
        changed = replace(self, viewport=viewport, ratio=ratio)
        if self.fits:
            return changed.fitted()
        (old_width, old_height), (width, height) = self.viewport, viewport
        grow = zoom / self.zoom
        origin = (
            width / 2 + (self.origin[0] - old_width / 2) * grow,
            height / 2 + (self.origin[1] - old_height / 2) * grow,
        )
        return replace(changed, zoom=zoom, origin=origin)._limited()

    def like(self, other: View) -> View:
        """Return the view of the same photo with the zoom and the centre of another one; its size stays."""
        zoom = other.zoom * self.ratio / other.ratio
        x, y = other.to_photo(other.viewport[0] / other.ratio / 2, other.viewport[1] / other.ratio / 2)
        origin = (self.viewport[0] / 2 - x * zoom, self.viewport[1] / 2 - y * zoom)
        return replace(self, zoom=zoom, origin=origin, fits=False)._limited()

    def zoomed(self, zoom: float, x: float, y: float) -> View:
        """Return the view with another zoom; the photo point under the logical pixel (x, y) stays there."""
        zoom = min(MAX_ZOOM, max(self.min_zoom, zoom))
        photo_x, photo_y = self.to_photo(x, y)
        origin = (x * self.ratio - photo_x * zoom, y * self.ratio - photo_y * zoom)
        return replace(self, zoom=zoom, origin=origin, fits=False)._limited()

    def scaled(self, factor: float, x: float, y: float) -> View:
        """Return the view zoomed by a factor; it stops at 100% on the way, where a photo is sharpest."""
        zoom = self.zoom * factor
        passes = min(self.zoom, zoom) < 1.0 < max(self.zoom, zoom)
        return self.zoomed(1.0 if passes else zoom, x, y)

    def next_stop(self, direction: int) -> float:
        """Return the next zoom for zooming in (+1) or out (-1) by key."""
        if direction > 0:
            return next((stop for stop in _STOPS if stop > self.zoom * 1.01), MAX_ZOOM)
        return next((stop for stop in reversed(_STOPS) if stop < self.zoom * 0.99), self.min_zoom)

    def panned(self, dx: float, dy: float) -> View:
        """Return the view moved by logical pixels."""
        origin = (self.origin[0] + dx * self.ratio, self.origin[1] + dy * self.ratio)
        return replace(self, origin=origin, fits=False)._limited()

    def shift_from(self, before: View | None) -> tuple[int, int] | None:
        """Return by how many whole device pixels this view was moved from `before`; None if it differs otherwise."""
        if before is None or replace(before, origin=self.origin, fits=self.fits) != self:
            return None
        dx = self.device_origin[0] - before.device_origin[0]
        dy = self.device_origin[1] - before.device_origin[1]
        near = abs(dx - round(dx)) < 1e-6 and abs(dy - round(dy)) < 1e-6
        return (round(dx), round(dy)) if near else None

    def _fit_zoom(self) -> float:
        margin = 2 * FIT_MARGIN * self.ratio
        room = (max(1.0, size - min(margin, size / 4)) for size in self.viewport)
        return min(MAX_ZOOM, *(space / size for space, size in zip(room, self.photo, strict=True)))

    def _limited(self) -> View:
        """Return the view with the photo centred if it is smaller than the window, else never out of reach."""
        origin = tuple(
            _limit(start, size * self.zoom, space)
            for start, size, space in zip(self.origin, self.photo, self.viewport, strict=True)
        )
        return replace(self, origin=(origin[0], origin[1]))


def _limit(start: float, length: float, space: float) -> float:
    """Limit the photo's start along one axis, given its length and the window's space; all in device pixels."""
    if length <= space:
        return (space - length) / 2
    # The slack starts at zero, so that the photo does not jump when it grows past the window's size.
    slack = min(space * 0.4, length - space)
    return min(slack, max(space - length - slack, start))
