"""Frames: what the model sees of one, whether it can be filled, and how large it must be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import FrameError, MaskError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import bounding_box, hole, masked_count, whole
from wganpaint_gui.core.photo.photo import Photo

from .resampling import Span, area_sum, spans
from .turned import cell_averages, known_cells

MIN_CONTEXT = 64  # photo pixels; a smaller square would show the model nothing but a magnified blur


@dataclass(frozen=True)
class ModelView:
    """What the model sees of a photo through a frame. R is the model's resolution."""

    image: NDArray[np.float32]  # [3, R, R] sRGB in [-1, 1]; 0 where missing
    known: NDArray[np.bool_]  # [1, R, R]; True = keep


def model_view(photo: Photo, mask: NDArray[np.uint8], frame: Frame, resolution: int) -> ModelView:
    """Area-average the known photo pixels of the frame, exactly, also where it is turned.

    mask: uint8 [H, W], above 127 = fill. A model pixel is missing as soon as any photo pixel that touches it is masked,
    fully transparent or outside the photo. Such values are replaced by zero before any arithmetic, so nothing depends
    on them, bit for bit. Only the frame's part of the photo is read, a strip at a time.
    """
    seen = frame.box.intersect(photo.box)
    missing = hole(mask[seen.slices]) | photo.transparent(seen)
    if frame.angle:
        image, known = cell_averages(frame, resolution, seen, missing, photo.srgb)
    else:
        image, known = _upright_averages(photo, missing, frame, seen, resolution)
    image = np.where(known[:, :, None], 2 * image - 1, 0)
    image = np.clip(image.transpose(2, 0, 1), -1, 1)
    return ModelView(np.ascontiguousarray(image, np.float32), known[None])


def _upright_averages(
    photo: Photo, missing: NDArray[np.bool_], frame: Frame, seen: Box, resolution: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return averages [R, R, 3] in 0..1 and known [R, R] under the pixels of an upright frame.

    missing: [h, w] of `seen`, the frame's part inside the photo.
    """
    rows, columns = _lines(frame, seen, resolution)
    known = _upright_known(missing, rows, columns, frame, seen, resolution)
    lines = np.zeros((resolution, seen.width, 3))
    for row in rows:
        if not known[row.cell].any():
            continue
        strip = photo.srgb(Box(seen.x, seen.y + row.start, seen.width, row.stop - row.start))
        strip = np.where(missing[row.pixels, :, None], np.float32(0), strip)
        lines[row.cell] = (row.weights @ strip.reshape(len(strip), -1)).reshape(seen.width, 3)
    return area_sum(lines.transpose(1, 0, 2), columns, 0, resolution).transpose(1, 0, 2), known


def _lines(frame: Frame, seen: Box, resolution: int) -> tuple[list[Span], list[Span]]:
    """Return (rows, columns): the pixels of `seen`, the frame's part inside the photo, under each model pixel."""
    rows = spans(frame.size, resolution, seen.y - frame.y, seen.height)
    columns = spans(frame.size, resolution, seen.x - frame.x, seen.width)
    return list(rows), list(columns)


def _known(missing: NDArray[np.bool_], frame: Frame, seen: Box, resolution: int) -> NDArray[np.bool_]:
    """Return [R, R], True where all photo pixels that touch a model pixel exist and are known.

    missing: [h, w] of `seen`, the frame's part inside the photo.
    """
    if frame.angle:
        return known_cells(frame, resolution, seen, missing)
    rows, columns = _lines(frame, seen, resolution)
    return _upright_known(missing, rows, columns, frame, seen, resolution)


def _upright_known(
    missing: NDArray[np.bool_], rows: list[Span], columns: list[Span], frame: Frame, seen: Box, resolution: int
) -> NDArray[np.bool_]:
    """Do what `_known` does for an upright frame. rows, columns: see `_lines`."""
    across = np.ones((resolution, seen.width), bool)
    for row in rows:
        across[row.cell] = missing[row.pixels].any(axis=0)
    lost = np.ones((resolution, resolution), bool)
    for column in columns:
        lost[:, column.cell] = across[:, column.pixels].any(axis=1)
    edges = np.arange(resolution + 1) * frame.size
    top, left = (seen.y - frame.y) * resolution, (seen.x - frame.x) * resolution
    bottom, right = (seen.bottom - frame.y) * resolution, (seen.right - frame.x) * resolution
    inside_y = (edges[:-1] >= top) & (edges[1:] <= bottom)
    inside_x = (edges[:-1] >= left) & (edges[1:] <= right)
    return ~lost & inside_y[:, None] & inside_x


def check_frame(
    photo: Photo, mask: NDArray[np.uint8], frame: Frame, resolution: int, *, searching: bool = True
) -> None:
    """Refuse a frame in which a search would make no sense, saying what to do instead.

    FrameError: the frame has no size or lies outside the photo, or the mask lies elsewhere. MaskError: the mask is of
    another size, is empty, or leaves nothing known at the model's resolution. searching: False for a stored search,
    which needs no visible pixel; older projects hold searches for which transparent pixels were known.
    """
    name = photo.path.name if photo.path else "The photo"
    size = f"{photo.width} × {photo.height} pixels"
    if mask.shape != (photo.height, photo.width):
        masked = " × ".join(str(side) for side in reversed(mask.shape))
        raise MaskError(f"The mask has {masked} pixels, {name} has {size}.", "Use a mask of the photo's size.")
    place = f"The frame at {described(frame)}"
    if frame.size < 1:
        raise FrameError(f"{place} has no area.", "Give it a size of at least 1.")
    seen = frame.box.intersect(photo.box)
    x, y = map(math.floor, frame.centre)
    middle = Box(x, y, 1, 1).intersect(photo.box)  # nearly always enough, and quick to ask
    if seen.empty or (frame.angle and not any(frame.holds(part).any() for part in (middle, seen))):
        raise FrameError(f"{place} lies outside the photo of {size}.", "Move it onto the photo.")
    if not frame_hole(mask, frame).any():
        if not hole(mask).any():
            raise MaskError("Nothing is masked.", "Paint over the area to fill.")
        raise FrameError(f"{place} holds no masked pixel.", "Move it over the mask, or paint over the area to fill.")
    missing = hole(mask[seen.slices])
    if not _known(missing, frame, seen, resolution).any():
        raise MaskError(
            f"The mask covers everything the model sees: none of its {resolution} × {resolution} pixels is uncovered.",
            "Make the frame larger or the mask smaller.",
        )
    if not searching or not photo.has_alpha:
        return
    if not _known(missing | photo.transparent(seen), frame, seen, resolution).any():
        raise MaskError(
            f"Everything around the mask is transparent in the frame at {described(frame)}: "
            "the model has no visible pixel to go by.",
            "Make the frame larger, or move it to where more of the photo is visible.",
        )


def described(frame: Frame) -> str:
    """Describe where a frame lies, for sentences about it."""
    turned = f" at {frame.angle:g}°" if frame.angle else ""
    return f"({frame.x}, {frame.y}) of {frame.size} pixels{turned}"


def frame_hole(mask: NDArray[np.uint8], frame: Frame) -> NDArray[np.bool_]:
    """Return [h, w] of the frame's box inside the photo, True where a pixel is to be filled and lies in the frame."""
    seen = frame.box.intersect(whole(mask))
    marked = hole(mask[seen.slices])
    if frame.angle:  # asked where the mask is alone: a frame may be most of a large photo
        part = bounding_box(mask[seen.slices])
        marked[part.slices] &= frame.holds(part.moved(seen.x, seen.y))
    return marked


def uncovered(mask: NDArray[np.uint8], frames: Iterable[Frame]) -> int:
    """Count the masked pixels that lie in no frame, so that no search would fill them."""
    return masked_count(_outside(mask, frames))


def _outside(mask: NDArray[np.uint8], frames: Iterable[Frame]) -> NDArray[np.uint8]:
    """Return the mask without what lies in a frame."""
    left = mask.copy()
    for frame in frames:
        seen = frame.box.intersect(whole(mask))
        np.copyto(left[seen.slices], np.uint8(0), where=frame.holds(seen))
    return left


def grow_frame(frame: Frame, mask_box: Box, photo_box: Box) -> Frame:
    """Return the smallest square that holds the frame and the mask, turned as the frame is.

    An upright one lies inside the photo where possible.
    """
    if frame.angle:
        return frame if frame.contains(mask_box) else _grow_turned(frame, mask_box)
    both = frame.box.union(mask_box)
    return _square(both, max(both.width, both.height), photo_box)


def _grow_turned(frame: Frame, mask_box: Box) -> Frame:
    corners = [(x, y) for x in (mask_box.x, mask_box.right) for y in (mask_box.y, mask_box.bottom)]
    shares = np.array([(0.0, 0.0), (1.0, 1.0), *(frame.from_photo(*corner) for corner in corners)])
    low, high = shares.min(axis=0), shares.max(axis=0)
    side = float((high - low).max())
    # As little as possible away from the frame's own middle, along its own axes.
    across, down = np.clip(0.5, high - side / 2, low + side / 2)
    x, y = frame.to_photo(float(across), float(down))
    size = math.ceil(side * frame.size + math.sqrt(2))  # whole pixels: the middle moves by half a diagonal at most
    return Frame(round(x - size / 2), round(y - size / 2), size, frame.angle)


def whole_frame(photo_box: Box) -> Frame:
    """Return the smallest square that holds the whole photo, centred; what hangs over its edges is unknown."""
    return _square(photo_box, max(photo_box.width, photo_box.height), photo_box)


def grow_to_cover(frames: Sequence[Frame], mask: NDArray[np.uint8], photo_box: Box) -> tuple[Frame, ...]:
    """Return the frames with one grown over all masked pixels that lie in none: the one that has to grow least."""
    missed = bounding_box(_outside(mask, frames))
    if missed.empty:
        return tuple(frames)
    grown = [grow_frame(frame, missed, photo_box) for frame in frames]
    least = min(range(len(frames)), key=lambda index: grown[index].size - frames[index].size)
    return (*frames[:least], grown[least], *frames[least + 1 :])


def context_frame(mask_box: Box, photo_box: Box) -> Frame:
    """Return the frame of a mask on no face: the smallest square around it with as much known context again.

    Twice the mask's longer side, at least MIN_CONTEXT, inside the photo. Where no square inside the photo holds the
    mask with as much known area as masked, the square around the whole photo.
    """
    longer, shorter = max(mask_box.width, mask_box.height), min(photo_box.width, photo_box.height)
    size = min(max(2 * longer, MIN_CONTEXT), shorter)
    if size < longer or size * size < 2 * mask_box.area:
        return whole_frame(photo_box)
    return _square(mask_box, size, photo_box)


def _square(held: Box, size: int, photo_box: Box) -> Frame:
    """Place a square, at least as large as the held box, around it: inside the photo and centred where possible."""
    x = _placed(held.x, held.width, size, photo_box.x, photo_box.width)
    y = _placed(held.y, held.height, size, photo_box.y, photo_box.height)
    return Frame(x, y, size)


def _placed(held: int, length: int, size: int, photo: int, extent: int) -> int:
    """Return where the side of a square starts on one axis: around what it holds, inside the photo where it fits."""
    start = held + (length - size) // 2
    if size <= extent:
        start = min(max(start, photo), photo + extent - size)
    return min(max(start, held + length - size), held)
