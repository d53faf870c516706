"""What keeping a fill will change, worked out in any thread before the document takes it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import Mask, hole
from wganpaint_gui.core.photo.photo import Photo

from .history import Patch
from .tiles import MaskSnapshot, patch_between, tiles_under


@dataclass(frozen=True, eq=False)
class Ground:
    """What a fill is planned on: a document at one moment, see `Document.ground`."""

    photo: Photo  # the document's own: pixels read while it writes may be torn, but no plan with them ever fits again
    photo_writes: int  # how often the document has changed the photo
    mask: MaskSnapshot


@dataclass(frozen=True, eq=False)
class TilePlan:
    """One tile that the fill's mask touches."""

    tile: Box
    seen: Mask | None  # the tile of the mask snapshot that this was planned on; None: there is nothing masked
    original: NDArray[Any] | None = None  # all of the photo's tile, before; None where it stays as it is
    photo: Patch | None = None
    mask: Patch | None = None
    counts: NDArray[np.int16] | None = None  # zeros of the tile's size for the document's counts of fills


@dataclass(frozen=True, eq=False)
class FillPlan:
    """A fill with everything it changes, ready for `Document.keep`."""

    box: Box
    pixels: NDArray[Any]  # [h, w, C]
    made_for: Mask | None  # [h, w]; None: for the mask as it is
    ground: Ground
    tiles: tuple[TilePlan, ...]

    @property
    def photo(self) -> tuple[Patch, ...]:
        return tuple(part.photo for part in self.tiles if part.photo is not None)

    @property
    def mask(self) -> tuple[Patch, ...]:
        return tuple(part.mask for part in self.tiles if part.mask is not None)

    def fits(self, ground: Ground) -> bool:
        """Whether photo and mask are still what this was planned on, as far as it touches them."""
        if ground.photo is not self.ground.photo or ground.photo_writes != self.ground.photo_writes:
            return False
        if self.made_for is None:
            return ground.mask is self.ground.mask
        # Snapshots share the tiles that stayed the same.
        return all(ground.mask.tiles.get(part.tile) is part.seen for part in self.tiles)

    def renewed(self, ground: Ground) -> FillPlan:
        """The same fill on another ground; tiles that stayed the same are not planned again."""
        known = {part.tile: part for part in self.tiles} if ground.photo_writes == self.ground.photo_writes else {}
        return _plan(ground, self.box, self.pixels, self.made_for, known)


def plan_fill(ground: Ground, patch_box: Box, pixels: NDArray[Any], made_for: Mask | None = None) -> FillPlan:
    """See `Document.keep_fill` for what a fill writes and clears. Raises ValueError where it does not fit the photo."""
    photo = ground.photo
    shape = (patch_box.height, patch_box.width, photo.pixels.shape[2])
    if not photo.box.contains(patch_box) or pixels.shape != shape or pixels.dtype != photo.pixels.dtype:
        raise ValueError(f"A fill of {pixels.shape} {pixels.dtype} does not fit {patch_box} of the photo.")
    return _plan(ground, patch_box, pixels, made_for, {})


def _plan(
    ground: Ground, box: Box, pixels: NDArray[Any], made_for: Mask | None, known: dict[Box, TilePlan]
) -> FillPlan:
    tiles: list[TilePlan] = []
    for tile in tiles_under(box, ground.photo.box):
        part = tile.intersect(box)
        inside = part.moved(-box.x, -box.y).slices
        if made_for is not None and not made_for[inside].any():
            continue  # whatever is painted here, it is none of this fill's
        before = known.get(tile)
        if before is None or before.seen is not ground.mask.tiles.get(tile):
            before = _plan_tile(ground, tile, part, pixels[inside], None if made_for is None else made_for[inside])
        tiles.append(before)
    return FillPlan(box, pixels, made_for, ground, tuple(tiles))


def _plan_tile(ground: Ground, tile: Box, part: Box, pixels: NDArray[Any], made_for: Mask | None) -> TilePlan:
    """part: of the tile, what lies in the fill's box; pixels and made_for are those of the part."""
    seen = ground.mask.tiles.get(tile)
    if seen is None:
        return TilePlan(tile, seen)
    place = part.moved(-tile.x, -tile.y).slices
    now = seen[place]
    made_for = now if made_for is None else made_for
    # The mask may have changed since the fill was made: only what both mark is the fill's to write.
    writable = hole(now) & hole(made_for)
    soft_edge = (made_for > 0) & ~hole(made_for) & ~hole(now)
    mask = patch_between(part, now, np.where(writable | soft_edge, np.uint8(0), now))
    original = ground.photo.pixels[tile.slices].copy()
    before = original if part == tile else original[place].copy()
    photo = patch_between(part, before, np.where(writable[..., None], pixels, before))
    # full, not zeros: the document would wait for the system to hand out the memory page by page.
    counts = None if mask is None else np.full(seen.shape, 0, np.int16)
    return TilePlan(tile, seen, None if photo is None else original, photo, mask, counts)
