"""Write a fill back: the model's small image into the photo, under the mask and nowhere else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cached_property
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
from .turned import turned_back

PREVIEW_SIZE = 512  # pixels; the live preview's longest side
_PREVIEW_LIMIT = 4_000  # unknowns solved directly for a preview; more would cost the frame rate
FEATHER = 2.0  # model pixels over which a feathered fill fades in
_LUMINANCE = np.array([[0.299], [0.587], [0.114]], np.float32)  # Rec. 601, as Pillow's "L"

Pixels = NDArray[np.uint8] | NDArray[np.uint16]


class Composer:
    """Composes fills of one frame of one photo. Copies what it needs and never changes; any thread may use it.

    view: what the model sees of the frame. blend: how fills meet the photo.
    """

    def __init__(self, photo: Photo, mask: NDArray[np.uint8], frame: Frame, resolution: int, blend: Blend) -> None:
        """mask: uint8 [H, W], above 127 = fill. The frame must touch the photo."""
        self._photo = photo  # only its colour profile and depth are used later: its pixels may change
        self._frame = frame
        self._box = frame.box.intersect(photo.box)
        self._source = _Source(photo, mask, frame, resolution)
        self.view = model_view(photo, mask, frame, resolution)
        self._seen = np.rint((self.view.image.transpose(1, 2, 0) + 1) * 127.5).astype(np.uint8)
        self._blend_by(blend)

    def blended_by(self, blend: Blend) -> Composer:
        """Return a composer of the same frame and mask with another blend; computes nothing but the blend."""
        other = copy.copy(self)
        other._blend_by(blend)
        return other

    def _blend_by(self, blend: Blend) -> None:
        self.blend: Blend = blend
        self._preview = _Layer(self._source.preview, blend, _PREVIEW_LIMIT)
        self._full: _Layer | None = None
        self._lock = Lock()  # of _full

    def patch(self, image: NDArray[np.uint8]) -> tuple[Box, Pixels]:
        """Compose the photo's part under the frame with the fill in its hole, at full resolution.

        image: uint8 [R, R, 3] sRGB, the model's image of the whole frame. Returns the frame's box inside the photo and
        its pixels in the photo's own depth and channels; every pixel outside the hole is bit-identical. In the hole
        pixels that were fully transparent become opaque, every other alpha keeps its value.
        """
        with self._lock:
            if self._full is None:
                self._full = _Layer(self._source.full, self.blend, DIRECT_LIMIT)
        layer, grid = self._full, self._full.grid
        result = self._source.under_frame.copy()
        if not grid.region.empty:
            most = self._photo.max_value
            values = np.rint(np.clip(layer.blended(self._colours(image)), 0, 1) * most)
            # The layer may reach a pixel beyond the frame, to look at the photo there; it fills nothing there.
            place = grid.region.moved(self._frame.box.x, self._frame.box.y)
            inside = place.intersect(self._box)
            cut = inside.moved(-place.x, -place.y).slices
            target = result[inside.moved(-self._box.x, -self._box.y).slices]
            chosen = grid.hole[cut]
            for channel, plane in enumerate(values):
                target[..., channel][chosen] = plane[cut][chosen]
            if self._photo.has_alpha:  # otherwise the fill would be invisible
                alpha = target[..., -1]
                alpha[chosen & (alpha == 0)] = most
        return self._box, result

    def overlay(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Render a preview of the fill, to be drawn over the frame's box.

        image: uint8 [R, R, 3] sRGB. Returns uint8 [s, s, 4] straight RGBA, sRGB, 0 outside the hole; s is the side of
        the box, at most PREVIEW_SIZE.
        """
        layer, grid = self._preview, self._preview.grid
        result = np.zeros((grid.cells, grid.cells, 4), np.uint8)
        if grid.region.empty:
            return result
        most = self._photo.max_value
        matched = np.clip(np.rint(layer.matched(self._colours(image)) * most), 0, most)
        colours = matched.astype(self._photo.pixels.dtype)
        inside = grid.region.intersect(Box(0, 0, grid.cells, grid.cells))
        cut = inside.moved(-grid.region.x, -grid.region.y).slices
        target = result[inside.slices]
        opacity = layer.opacity[cut]
        own = colours.transpose(1, 2, 0)[cut]
        target[..., :3] = self._photo.shown_colours(own) * (opacity > 0)[..., None]
        target[..., 3] = opacity
        return result

    def fill(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Compose at the model's resolution, M*x + (1 - M)*G(z). Returns uint8 [R, R, 3] sRGB."""
        return np.where(self.view.known[0][:, :, None], self._seen, image)

    def _colours(self, image: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Convert the model's sRGB image to the photo's own colours: float32 [1 or 3, R, R] in 0..1."""
        colours = self._photo.from_srgb(image)
        return np.ascontiguousarray((colours @ _LUMINANCE if self._photo.is_grey else colours).transpose(2, 0, 1))


class _Source:
    """A copy of the photo under a frame and a little around it, with its grids; composers of all blends share it."""

    def __init__(self, photo: Photo, mask: NDArray[np.uint8], frame: Frame, resolution: int) -> None:
        self.frame = frame
        self.side = frame.box.width  # photo pixels; the grids cut the upright box, however the frame is turned
        self.resolution = resolution
        # One cell more than the frame: where the hole reaches the frame's edge, the blend joins the photo beyond it.
        margin = -(-self.side // min(self.side, PREVIEW_SIZE))
        area = frame.box.grown(margin).intersect(photo.box)
        within = frame.box.intersect(photo.box).moved(-area.x, -area.y)
        self.area = area.moved(-frame.box.x, -frame.box.y)  # counted from the corner of the frame's box
        pixels = photo.pixels[area.slices].copy()
        self.under_frame = pixels[within.slices]  # all channels, as they are
        self.has_alpha, self.transparent = photo.has_alpha, photo.transparent(area)
        # Colours that nobody sees must neither join the fill nor show through a feathered one.
        colours = pixels[..., : 1 if photo.is_grey else 3]
        self.colours = np.where(self.transparent[..., None], 0, colours) if photo.has_alpha else colours
        self.scale = np.float32(1 / photo.max_value)
        self.kept = ~hole(mask[area.slices]) & ~self.transparent
        self.mask = np.zeros(self.kept.shape, np.uint8)  # what is to fill: nothing outside the frame
        self.mask[within.slices] = mask[area.slices][within.slices]
        if frame.angle:
            self.mask[~frame.holds(area)] = 0
        self.mask[~hole(self.mask)] = 0
        self.hole_box = bounding_box(self.mask).moved(self.area.x, self.area.y)

    @cached_property
    def preview(self) -> _Grid:
        return _Grid(self, min(self.side, PREVIEW_SIZE))

    @cached_property
    def full(self) -> _Grid:
        return self.preview if self.preview.cells == self.side else _Grid(self, self.side)


class _Grid:
    """The neighbourhood of the hole on a grid that cuts the frame's box into cells by cells, whatever the blend.

    region: the cells it holds, counted in the box; all arrays are of these. filled: float32 [h, w] 0..1, the share of
    each cell that is to be filled; of that, soft: the mask's mean, bare: the share that is fully transparent in the
    photo, None without alpha. hole, known: bool [h, w], whether anything is to be filled or known in it. photo: float32
    [C, h, w] 0..1.
    """

    def __init__(self, source: _Source, cells: int) -> None:
        size = source.side
        self.cells, self._frame = cells, source.frame
        self.region = _cells(source.hole_box, size, cells).grown(1).intersect(_cells(source.area, size, cells))
        if source.hole_box.empty:
            self.region = Box(0, 0, 0, 0)
            return
        region, reduced = self.region, self._reducer(source)
        kept, self.filled = reduced(source.kept), reduced(source.mask > 0)
        some: NDArray[np.float32] = np.maximum(self.filled, np.float32(1e-6))
        self.soft: NDArray[np.float32] = reduced(source.mask) / (np.float32(255) * some)
        self.bare: NDArray[np.float32] | None = None
        if source.has_alpha:
            self.bare = reduced((source.mask > 0) & source.transparent) / some
        planes = source.colours.transpose(2, 0, 1)
        if cells == size:  # under the mask, too: a feathered fill fades into what stands there
            self.photo = np.stack([reduced(plane) for plane in planes]) * source.scale
        else:
            kept_planes = [reduced(np.where(source.kept, plane, 0)) for plane in planes]
            self.photo = np.stack(kept_planes) * (source.scale / np.maximum(kept, np.float32(1e-6)))
        self.known = kept > 0
        self.hole = self.filled > 0
        self.feather = FEATHER * cells / source.resolution * (source.frame.size / size)  # cells
        if source.frame.angle:
            return
        self._rows = upsampling(cells, source.resolution, region.y, region.bottom)
        self._columns = upsampling(cells, source.resolution, region.x, region.right)

    def enlarged(self, colours: NDArray[np.float32]) -> NDArray[np.float32]:
        """Resample [C, R, R] of the whole frame to the region."""
        if self._frame.angle:
            return turned_back(self._frame, colours, self.region, self._frame.box.width / self.cells)
        return np.asarray(self._rows @ colours @ self._columns.T)

    def _reducer(self, source: _Source) -> Callable[[NDArray[Any]], NDArray[np.float32]]:
        """Return a function that averages values [H, W] of the source over the region's cells; missing ones are 0."""
        size, region, area = source.side, self.region, source.area
        if self.cells == size:
            cut = region.moved(-area.x, -area.y).slices
            return lambda values: values[cut].astype(np.float32)
        rows = list(spans(size, self.cells, area.y, area.height, region.y, region.bottom))
        columns = list(spans(size, self.cells, area.x, area.width, region.x, region.right))

        def reduced(values: NDArray[Any]) -> NDArray[np.float32]:
            tall = area_sum(values, rows, region.y, region.height)
            return np.ascontiguousarray(area_sum(tall.T, columns, region.x, region.width).T, np.float32)

        return reduced


class _Layer:
    """A grid with one blend: prepared once, blended often.

    opacity: uint8 [h, w] of the grid's region, the fill's share of each cell for drawing it over the photo.
    """

    def __init__(self, grid: _Grid, blend: Blend, direct_limit: int) -> None:
        self.grid = grid
        if grid.region.empty:
            return
        self._blender = Blender(
            grid.hole, grid.known, grid.soft, blend, bare=grid.bare, feather=grid.feather, direct_limit=direct_limit
        )
        self.opacity = np.rint(255 * np.clip(grid.filled, 0, 1) * self._blender.weight).astype(np.uint8)

    def blended(self, colours: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the region [C, h, w] of the photo, its hole filled. colours: float32 [C, R, R] of the whole frame."""
        return self._blender.apply(self.grid.photo, self.grid.enlarged(colours))

    def matched(self, colours: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the region of the fill alone, its colours fitted to the photo as the blend wants."""
        return self._blender.matched(self.grid.photo, self.grid.enlarged(colours))


def _cells(box: Box, size: int, cells: int) -> Box:
    """Return the cells that a box of photo pixels, counted from the grid's corner, touches. size: of the grid."""
    left, top = box.x * cells // size, box.y * cells // size
    return Box(left, top, -(-box.right * cells // size) - left, -(-box.bottom * cells // size) - top)


def changed_outside(before: Pixels, after: Pixels, mask: NDArray[np.uint8]) -> int:
    """Count the pixels that differ in any channel although the mask does not allow it; must be 0.

    before, after: [H, W, C] of the same shape and depth. mask: uint8 [H, W], above 127 = fill.
    """
    if before.shape != after.shape or before.dtype != after.dtype:
        raise ValueError(f"cannot compare {before.dtype} {before.shape} with {after.dtype} {after.shape}")
    return int(np.count_nonzero(changed_pixels(before, after) & ~hole(mask)))
