"""Writing a fill back: the model's small picture into the photo, under the mask and nowhere else."""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.edit.tiles import changed_pixels
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import bounding_box, hole
from wganpaint_gui.core.photo.photo import Photo

from .blend import DIRECT_LIMIT, Blender
from .frame import model_view
from .resampling import area_sum, spans, upsampling
from .settings import Blend

PREVIEW_SIZE = 512  # pixels; the live preview's longest side
_PREVIEW_LIMIT = 4_000  # unknowns solved directly for a preview; more would cost the frame rate
_FEATHER = 2.0  # model pixels over which a feathered fill fades in
_LUMINANCE = np.array([[0.299], [0.587], [0.114]], np.float32)  # Rec. 601, as Pillow's "L"

Pixels = NDArray[np.uint8] | NDArray[np.uint16]


class Composer:
    """Composes fills of one frame of one photo. Copies what it needs; safe to use from a worker thread.

    mask: uint8 [H, W], above 127 = fill. The frame must touch the photo.
    """

    def __init__(self, photo: Photo, mask: NDArray[np.uint8], frame: Frame, resolution: int, blend: Blend) -> None:
        self._photo = photo  # asked for its colours and its depth only: its pixels may change meanwhile
        self._frame = frame
        self._box = frame.box.intersect(photo.box)
        self._pixels = photo.pixels[self._box.slices].copy()
        self._source = _Source(photo, mask, frame, resolution, blend)
        self._preview = _Layer(self._source, min(frame.size, PREVIEW_SIZE), _PREVIEW_LIMIT)
        self._full: _Layer | None = None
        self._lock = Lock()
        view = model_view(photo, mask, frame, resolution)
        self._known = view.known[0]
        self._seen = np.rint((view.image.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)

    def patch(self, image: NDArray[np.uint8]) -> tuple[Box, Pixels]:
        """The photo's part under the frame with the fill in its hole, at full resolution.

        image: uint8 [R, R, 3] sRGB, the model's picture of the whole frame. Returns the frame's box inside the photo
        and its pixels in the photo's own depth and channels; every pixel outside the hole is bit-identical. In the hole
        pixels that were fully transparent become opaque, every other alpha keeps its value.
        """
        with self._lock:
            if self._full is None:
                self._full = _Layer(self._source, self._frame.size, DIRECT_LIMIT)
        layer = self._full
        result = self._pixels.copy()
        if not layer.region.empty:
            most = self._photo.max_value
            values = np.rint(np.clip(layer.blended(self._colours(image)), 0, 1) * most)
            # The layer may reach a pixel beyond the frame, to look at the photo there; it fills nothing there.
            place = layer.region.moved(self._frame.x, self._frame.y)
            inside = place.intersect(self._box)
            cut = inside.moved(-place.x, -place.y).slices
            target = result[inside.moved(-self._box.x, -self._box.y).slices]
            chosen = layer.hole[cut]
            for channel, plane in enumerate(values):
                target[..., channel][chosen] = plane[cut][chosen]
            if self._photo.has_alpha:  # a fill that nobody sees is none
                alpha = target[..., -1]
                alpha[chosen & (alpha == 0)] = most
        return self._box, result

    def overlay(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A preview of the fill to draw over the frame: uint8 [s, s, 4] RGBA, straight alpha, 0 outside the hole.

        image: uint8 [R, R, 3] sRGB. s = min(frame.size, PREVIEW_SIZE); colours are the photo's own.
        """
        layer = self._preview
        result = np.zeros((layer.cells, layer.cells, 4), np.uint8)
        if layer.region.empty:
            return result
        colours = np.clip(np.rint(layer.matched(self._colours(image)) * 255), 0, 255)
        inside = layer.region.intersect(Box(0, 0, layer.cells, layer.cells))
        cut = inside.moved(-layer.region.x, -layer.region.y).slices
        target = result[inside.slices]
        opacity = layer.opacity[cut]
        shown = opacity > 0
        for channel in range(3):
            target[..., channel] = colours[channel % len(colours)][cut] * shown
        target[..., 3] = opacity
        return result

    def fill(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The composite at the model's resolution, M*x + (1 - M)*G(z): uint8 [R, R, 3] sRGB."""
        return np.where(self._known[:, :, None], self._seen, image)

    def _colours(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The model's sRGB picture in the photo's own colours: float32 [1 or 3, R, R] in 0..1."""
        colours = self._photo.from_srgb(image)
        return np.ascontiguousarray((colours @ _LUMINANCE if self._photo.is_grey else colours).transpose(2, 0, 1))


class _Source:
    """A copy of the photo under a frame, and of a little around it, for layers of any resolution."""

    def __init__(self, photo: Photo, mask: NDArray[np.uint8], frame: Frame, resolution: int, blend: Blend) -> None:
        self.frame = frame
        self.resolution = resolution
        self.blend: Blend = blend
        # One cell more than the frame: where the hole reaches the frame's edge, the blend joins the photo beyond it.
        margin = -(-frame.size // min(frame.size, PREVIEW_SIZE))
        area = frame.box.grown(margin).intersect(photo.box)
        self.area = area.moved(-frame.x, -frame.y)  # in the frame's coordinates
        self.transparent = photo.transparent(area)
        # Colours that nobody sees must neither join the fill nor show through a feathered one.
        self.pixels = photo.pixels[area.slices][..., : 1 if photo.is_grey else 3].copy()
        self.pixels[self.transparent] = 0
        self.scale = np.float32(1 / photo.max_value)
        self.kept = ~hole(mask[area.slices]) & ~self.transparent
        self.mask = np.zeros(self.kept.shape, np.uint8)  # what is to fill: nothing outside the frame
        within = frame.box.intersect(photo.box)
        self.mask[within.moved(-area.x, -area.y).slices] = mask[within.slices]
        self.mask[~hole(self.mask)] = 0
        self.hole_box = bounding_box(self.mask).moved(self.area.x, self.area.y)


class _Layer:
    """The neighbourhood of the hole on a grid that cuts the frame into cells by cells; prepared once, blended often.

    region: the cells it holds, counted in the frame. hole: bool [h, w] of the region, cells with anything to fill.
    opacity: uint8 [h, w], the fill's share of each cell for drawing it over the photo.
    """

    def __init__(self, source: _Source, cells: int, direct_limit: int) -> None:
        size = source.frame.size
        self.cells = cells
        self.region = _cells(source.hole_box, size, cells).grown(1).intersect(_cells(source.area, size, cells))
        if source.hole_box.empty:
            self.region = Box(0, 0, 0, 0)
            return
        region = self.region
        kept = self._reduced(source, source.kept)
        filled = self._reduced(source, source.mask > 0)
        soft = self._reduced(source, source.mask) / np.maximum(np.float32(255) * filled, np.float32(1e-6))
        bare = self._reduced(source, (source.mask > 0) & source.transparent)
        bare /= np.maximum(filled, np.float32(1e-6))
        planes = source.pixels.transpose(2, 0, 1)
        if cells == size:  # under the mask, too: a feathered fill fades into what stands there
            self._base = np.stack([self._reduced(source, plane) for plane in planes]) * source.scale
        else:
            kept_planes = [self._reduced(source, np.where(source.kept, plane, 0)) for plane in planes]
            self._base = np.stack(kept_planes) * (source.scale / np.maximum(kept, np.float32(1e-6)))
        known = kept > 0
        self.hole = filled > 0
        feather = _FEATHER * cells / source.resolution
        self._blender = Blender(
            self.hole, known, soft, source.blend, bare=bare, feather=feather, direct_limit=direct_limit
        )
        self.opacity = np.rint(255 * np.clip(filled, 0, 1) * self._blender.weight).astype(np.uint8)
        self._rows = upsampling(cells, source.resolution, region.y, region.bottom)
        self._columns = upsampling(cells, source.resolution, region.x, region.right)

    def blended(self, colours: NDArray[np.float32]) -> NDArray[np.float32]:
        """colours: float32 [C, R, R] of the whole frame. Returns the region [C, h, w] of the photo, its hole filled."""
        return self._blender.apply(self._base, self._enlarged(colours))

    def matched(self, colours: NDArray[np.float32]) -> NDArray[np.float32]:
        """The region of the fill alone, its colours fitted to the photo as the blend wants."""
        return self._blender.matched(self._base, self._enlarged(colours))

    def _enlarged(self, colours: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(self._rows @ colours @ self._columns.T)

    def _reduced(self, source: _Source, values: NDArray[Any]) -> NDArray[np.float32]:
        """Area average of the source's values [H, W] to the region's cells; what is not there counts as 0."""
        size, region, area = source.frame.size, self.region, source.area
        if self.cells == size:
            return values[region.moved(-area.x, -area.y).slices].astype(np.float32)
        rows = list(spans(size, self.cells, area.y, area.height, region.y, region.bottom))
        columns = list(spans(size, self.cells, area.x, area.width, region.x, region.right))
        tall = area_sum(values, rows, region.y, region.height)
        return np.ascontiguousarray(area_sum(tall.T, columns, region.x, region.width).T, np.float32)


def _cells(box: Box, size: int, cells: int) -> Box:
    """The cells that a box of the frame's pixels touches."""
    left, top = box.x * cells // size, box.y * cells // size
    return Box(left, top, -(-box.right * cells // size) - left, -(-box.bottom * cells // size) - top)


def changed_outside(before: Pixels, after: Pixels, mask: NDArray[np.uint8]) -> int:
    """Count the pixels that differ in any channel although the mask does not allow it; must be 0.

    before, after: [H, W, C] of the same shape and depth. mask: uint8 [H, W], above 127 = fill.
    """
    if before.shape != after.shape or before.dtype != after.dtype:
        raise ValueError(f"cannot compare {before.dtype} {before.shape} with {after.dtype} {after.shape}")
    return int(np.count_nonzero(changed_pixels(before, after) & ~hole(mask)))
