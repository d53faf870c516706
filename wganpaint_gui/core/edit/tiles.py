"""Copy-on-write tiles: what an array held before it was changed, without copying all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import EMPTY_BOX, Box, Frame, around
from wganpaint_gui.core.mask import hole, masked_count

from .history import Patch

TILE = 256  # pixels, a side
_STRIPS, _LOWEST_STRIP = 8, 16  # of `changed_strips`: at most so many; rows


def changed_pixels(before: NDArray[Any], after: NDArray[Any]) -> NDArray[np.bool_]:
    """Return [H, W], True where two arrays [H, W] or [H, W, C] differ in any channel."""
    different: NDArray[np.bool_] = before != after
    # Channel by channel: numpy's any() along so short an axis takes ten times as long.
    return different if different.ndim == 2 else reduce(np.logical_or, np.moveaxis(different, 2, 0))


def tiles_under(box: Box, bounds: Box) -> Iterator[Box]:
    """Yield the tiles of the grid that a box touches, cut at the bounds."""
    inside = box.intersect(bounds)
    for top in range(inside.y // TILE * TILE, inside.bottom, TILE):
        for left in range(inside.x // TILE * TILE, inside.right, TILE):
            yield Box(left, top, TILE, TILE).intersect(bounds)


class TileCopies:
    """Remembers the tiles of a live array [H, W, ...] as they were when first saved."""

    def __init__(self, array: NDArray[Any]) -> None:
        self.array = array
        self.bounds = Box(0, 0, array.shape[1], array.shape[0])
        self.saved: dict[Box, NDArray[Any]] = {}

    def save(self, box: Box) -> None:
        """Save the tiles under the box; call it before every change there. A tile already saved is left as it is."""
        for tile in tiles_under(box, self.bounds):
            if tile not in self.saved:
                self.saved[tile] = self.array[tile.slices].copy()

    def restore(self) -> Box:
        """Restore every saved tile; returns their box."""
        for tile, before in self.saved.items():
            self.array[tile.slices] = before
        return around(self.saved)

    def patches(self) -> tuple[Patch, ...]:
        """Return what differs from the saved tiles: at most one patch a tile, trimmed to the difference."""
        found = (patch_between(tile, before, self.array[tile.slices]) for tile, before in self.saved.items())
        return tuple(patch for patch in found if patch is not None)


def _copied(pixels: NDArray[Any]) -> NDArray[Any]:
    return pixels.copy()


class DeferredCopy:
    """Copies an array [H, W, ...] as it is now, but later and in any thread, while its owner goes on changing it."""

    def __init__(self, array: NDArray[Any]) -> None:
        self._copies = TileCopies(array)
        self.taken = False  # nothing needs to be saved for it any longer

    def save(self, box: Box) -> None:
        """Save what the box holds; the owner calls it before every change there."""
        self._copies.save(box)

    def take(self, of: Callable[[NDArray[Any]], NDArray[Any]] = _copied) -> NDArray[Any]:
        """Make the copy, or what a function of single pixels returns of the array. Call it once."""
        try:
            whole = of(self._copies.array)
            # Read after the copy: a tile that changed during it was saved before, and replaces what may be torn.
            for tile, before in tuple(self._copies.saved.items()):
                whole[tile.slices] = of(before)
            return whole
        finally:  # also where memory runs out, or every later change would go on being saved
            self.taken = True


def changed_box(before: NDArray[Any], after: NDArray[Any]) -> Box:
    """Return the smallest box that holds every difference, EMPTY_BOX where there is none, see `changed_pixels`."""
    changed = changed_pixels(before, after)
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not rows.size:
        return EMPTY_BOX
    left, top = int(columns[0]), int(rows[0])
    return Box(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)


def changed_strips(before: NDArray[Any], after: NDArray[Any]) -> list[Box]:
    """Return boxes that hold every difference of two arrays [H, W], one for each of a few strips of rows."""
    changed, boxes = before != after, list[Box]()
    height = max(_LOWEST_STRIP, -(-len(changed) // _STRIPS))
    for top in range(0, len(changed), height):
        strip = changed[top : top + height]
        columns = np.flatnonzero(strip.any(axis=0))
        if columns.size:
            left, right = int(columns[0]), int(columns[-1]) + 1
            boxes.append(Box(left, top, right - left, len(strip)))
    return boxes


def patch_between(tile: Box, before: NDArray[Any], after: NDArray[Any]) -> Patch | None:
    """Return what differs inside one tile, trimmed; None where nothing does. `before` must not change afterwards."""
    trimmed = changed_box(before, after)
    if trimmed.empty:
        return None
    # A copy, unless all of it is needed, so that a patch of a few pixels does not keep a whole tile alive.
    kept = before if trimmed.area == tile.area else before[trimmed.slices].copy()
    return Patch(trimmed.moved(tile.x, tile.y), kept, after[trimmed.slices].copy())


@dataclass(frozen=True)
class MaskSnapshot:
    """A mask [H, W] at one moment; never changes. Snapshots share the tiles that stayed the same."""

    shape: tuple[int, int]  # height, width
    tiles: Mapping[Box, NDArray[np.uint8]] = field(default_factory=dict)  # those that hold anything
    counts: Mapping[Box, int] = field(default_factory=dict)  # of each of them: pixels to fill

    @property
    def masked_pixels(self) -> int:
        """Number of pixels to fill."""
        return sum(self.counts.values())

    def masked_outside(self, frames: Sequence[Frame]) -> int:
        """Count the pixels to fill that lie in no frame; reads only the tiles that an edge of a frame cuts."""
        total = 0
        for tile, count in self.counts.items():
            touching = [frame for frame in frames if not frame.box.intersect(tile).empty]
            if not any(frame.contains(tile) for frame in touching):
                total += self._left_in(tile, touching) if touching else count
        return total

    def _left_in(self, tile: Box, frames: Sequence[Frame]) -> int:
        left = hole(self.tiles[tile])
        for frame in frames:
            left &= ~frame.holds(tile)
        return int(np.count_nonzero(left))

    def same_as(self, other: MaskSnapshot) -> bool:
        """Whether both hold the same mask of the same photo; tiles that they share are not compared."""
        return self.tiles.keys() == other.tiles.keys() and all(
            tile is other.tiles[box] or np.array_equal(tile, other.tiles[box]) for box, tile in self.tiles.items()
        )

    def array(self) -> NDArray[np.uint8]:
        """Return the whole mask, a new array [H, W]."""
        mask = np.zeros(self.shape, np.uint8)
        for tile, content in self.tiles.items():
            mask[tile.slices] = content
        return mask

    def updated(self, mask: NDArray[np.uint8], changed: Iterable[Box]) -> MaskSnapshot:
        """Return a snapshot of `mask`, which differs from this one only in the tiles `changed`."""
        tiles, counts = dict(self.tiles), dict(self.counts)
        for tile in changed:
            if mask[tile.slices].any():
                tiles[tile] = mask[tile.slices].copy()
                counts[tile] = masked_count(tiles[tile])
            else:
                tiles.pop(tile, None)
                counts.pop(tile, None)
        return MaskSnapshot(self.shape, tiles, counts)
