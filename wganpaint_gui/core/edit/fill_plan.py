"""What keeping a fill will change, computed in any thread before the document applies it."""

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
class PlanBasis:
    """What a fill is planned on: a document at one moment, see `Document.plan_basis`."""

    photo: Photo  # the document's own: pixels read while it writes may be torn, but no plan with them ever fits again
    photo_writes: int  # how often the document has changed the photo
    mask: MaskSnapshot


@dataclass(frozen=True, eq=False)
class TilePlan:
    """What changes in one tile that the fill's mask touches."""

    tile: Box
    basis: Mask | None  # the tile of the mask snapshot that this was planned on; None: nothing is masked there
    original: NDArray[Any] | None = None  # all of the photo's tile, before; None where it stays as it is
    photo: Patch | None = None
    mask: Patch | None = None
    counts: NDArray[np.int16] | None = None  # zeros of the tile's size for the document's counts of fills


@dataclass(frozen=True, eq=False)
class FillPlan:
    """A fill with everything it changes, ready for `Document.keep`.

    Only pixels in the hole of both masks, the one it was made for and the present one, are written and cleared: paint
    added since stays, and what was erased from the mask since keeps its value. Soft edges go with their hole.
    """

    box: Box
    pixels: NDArray[Any]  # [h, w, C]
    made_for: Mask  # [h, w], the mask inside the box when the fill was made
    basis: PlanBasis
    tiles: tuple[TilePlan, ...]

    @property
    def photo(self) -> tuple[Patch, ...]:
        return tuple(part.photo for part in self.tiles if part.photo is not None)

    @property
    def mask(self) -> tuple[Patch, ...]:
        return tuple(part.mask for part in self.tiles if part.mask is not None)

    def fits(self, basis: PlanBasis) -> bool:
        """Return whether photo and mask are still what this was planned on, as far as it touches them."""
        if basis.photo is not self.basis.photo or basis.photo_writes != self.basis.photo_writes:
            return False
        # Snapshots share the tiles that stayed the same.
        return all(basis.mask.tiles.get(part.tile) is part.basis for part in self.tiles)

    def replanned(self, basis: PlanBasis) -> FillPlan:
        """Plan the same fill on another basis; tiles that stayed the same are not planned again."""
        known = {part.tile: part for part in self.tiles} if basis.photo_writes == self.basis.photo_writes else {}
        return _plan(basis, self.box, self.pixels, self.made_for, known)


def plan_fill(basis: PlanBasis, patch_box: Box, pixels: NDArray[Any], made_for: Mask) -> FillPlan:
    """Compute what keeping a fill changes, see `FillPlan`.

    patch_box: inside the photo. pixels: [h, w, C] of the photo's type. made_for: [h, w], the mask inside the box when
    the fill was made. Raises ValueError where these do not fit the photo.
    """
    photo = basis.photo
    shape = (patch_box.height, patch_box.width, photo.pixels.shape[2])
    if not photo.box.contains(patch_box) or pixels.shape != shape or pixels.dtype != photo.pixels.dtype:
        raise ValueError(f"A fill of {pixels.shape} {pixels.dtype} does not fit {patch_box} of the photo.")
    return _plan(basis, patch_box, pixels, made_for, {})


def _plan(basis: PlanBasis, box: Box, pixels: NDArray[Any], made_for: Mask, known: dict[Box, TilePlan]) -> FillPlan:
    tiles: list[TilePlan] = []
    for tile in tiles_under(box, basis.photo.box):
        part = tile.intersect(box)
        inside = part.moved(-box.x, -box.y).slices
        if not made_for[inside].any():
            continue  # the fill has nothing here, whatever has been painted since
        before = known.get(tile)
        if before is None or before.basis is not basis.mask.tiles.get(tile):
            before = _plan_tile(basis, tile, part, pixels[inside], made_for[inside])
        tiles.append(before)
    return FillPlan(box, pixels, made_for, basis, tuple(tiles))


def _plan_tile(basis: PlanBasis, tile: Box, part: Box, pixels: NDArray[Any], made_for: Mask) -> TilePlan:
    """Plan one tile. part: what of it lies in the fill's box; pixels and made_for are those of the part."""
    mask_tile = basis.mask.tiles.get(tile)
    if mask_tile is None:
        return TilePlan(tile, mask_tile)
    place = part.moved(-tile.x, -tile.y).slices
    now = mask_tile[place]
    writable = hole(now) & hole(made_for)
    soft_edge = (made_for > 0) & ~hole(made_for) & ~hole(now)
    mask = patch_between(part, now, np.where(writable | soft_edge, np.uint8(0), now))
    original = basis.photo.pixels[tile.slices].copy()
    before = original if part == tile else original[place].copy()
    photo = patch_between(part, before, np.where(writable[..., None], pixels, before))
    # full, not zeros: the document would wait for the system to provide the memory page by page.
    counts = None if mask is None else np.full(mask_tile.shape, 0, np.int16)
    return TilePlan(tile, mask_tile, None if photo is None else original, photo, mask, counts)
