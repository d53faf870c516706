"""The open document: photo, mask and frames, with undo; every change is announced to subscribers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import EMPTY_BOX, Box, Frame, around
from wganpaint_gui.core.mask import (
    Brush,
    Mask,
    Point,
    fill_rectangle,
    hole,
    segment_box,
    stamp_segment,
    whole,
)
from wganpaint_gui.core.photo.photo import Photo

from .fill_plan import FillPlan, PlanBasis
from .history import Decision, Entry, History, Patch
from .region import NOWHERE, Combine, Region, selected, similar
from .tiles import TILE, DeferredCopy, MaskSnapshot, TileCopies, changed_pixels, changed_strips, tiles_under

Tiles = tuple[tuple[Box, NDArray[Any]], ...]  # (tile of the grid, what belongs there)


@dataclass(frozen=True)
class Change:
    """What changed; where all three are untouched, only the history did."""

    mask: Box = EMPTY_BOX
    photo: Box = EMPTY_BOX
    frames: bool = False
    mask_parts: tuple[Box, ...] = ()  # hold all that changed in `mask`, far smaller than it; empty: any of it may have


@dataclass(frozen=True)
class DocumentState:
    """A document at one moment, without its history: to save, or for a worker thread."""

    photo: Photo  # as it is now
    originals: Tiles  # drawn over it they give the photo that was opened
    filled: Tiles  # bool [h, w], True where a kept fill had its hole
    mask: MaskSnapshot
    frames: tuple[Frame, ...]


class Document:
    """One opened photo with its mask and frames. For one thread; changed only through its methods.

    `photo.pixels` and `mask` stay the same arrays for the document's life and are written in place.
    Subscribers are called after a change is complete, and may read everything.
    """

    def __init__(self, photo: Photo) -> None:
        self.photo = photo
        # full, not zeros: the system would provide the memory of zeros page by page, during the first stroke.
        self.mask: Mask = np.full((photo.height, photo.width), 0, np.uint8)
        self.frames: tuple[Frame, ...] = ()  # empty: found automatically
        self.history = History()
        self._edit: MaskEdit | None = None
        self._callbacks: list[Callable[[Change], None]] = []
        self._originals = TileCopies(photo.pixels)  # the opened photo, where fills changed it
        self._photo_writes = 0
        self._deferred_copies: list[DeferredCopy] = []  # of the photo, that workers may still take
        self._fill_counts: dict[Box, NDArray[np.int16]] = {}  # by tile: kept fills whose hole a pixel lay in
        self._lent_counts: set[Box] = set()  # tiles of them that a state may still read: copied before they change
        self._snapshot = MaskSnapshot(self.mask.shape)
        self._unseen: set[Box] = set()  # tiles whose mask changed since the snapshot
        self._changed_outside: int | None = None  # counted since the photo last changed

    @classmethod
    def from_state(cls, state: DocumentState) -> Document:
        """Make a document of a state, with nothing to undo; the state's photo becomes the document's own."""
        document = cls(state.photo)
        document.mask[...] = state.mask.array()
        document._snapshot = state.mask
        document.frames = state.frames
        document._originals.saved.update(state.originals)
        document._fill_counts.update({tile: filled.astype(np.int16) for tile, filled in state.filled})
        return document

    def state_later(self) -> Callable[[], DocumentState]:
        """Return a function that returns everything as it is now; it copies the pixels, see `photo_later`."""
        take_photo, counted = self.photo_later(), tuple(self._fill_counts.items())
        self._lent_counts.update(self._fill_counts)
        originals, mask, frames = self.original_patches, self.snapshot(), self.frames

        def take() -> DocumentState:
            filled = tuple((tile, counts > 0) for tile, counts in counted)
            return DocumentState(take_photo(), originals, filled, mask, frames)

        return take

    def photo_later(self) -> Callable[[], Photo]:
        """Return a function that copies the photo as it is now: call it once, in any thread, whatever is edited since.

        Getting the memory for a large photo alone takes a tenth of a second, in which no window moves.
        """
        photo, copy = self.photo, DeferredCopy(self.photo.pixels)
        self._deferred_copies.append(copy)
        return lambda: photo.replaced(copy.take())

    def alike_later(self, x: int, y: int, tolerance: int, *, contiguous: bool) -> Callable[[], Region]:
        """Return a function that finds the pixels of the colour that pixel (x, y) has now, see `similar`.

        Call it once, in any thread, whatever is edited since. Outside the photo there are none.
        """
        if not self.photo.box.contains(Box(x, y, 1, 1)):
            return lambda: NOWHERE
        copy, colour = DeferredCopy(self.photo.pixels), self.photo.pixels[y, x].copy()
        self._deferred_copies.append(copy)
        return lambda: selected(
            copy.take(lambda pixels: similar(pixels, colour, tolerance)), x, y, contiguous=contiguous
        )

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call `callback` after every change, in the order of subscription; return a function that unsubscribes it."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    @property
    def editing(self) -> bool:
        """True while a mask edit is open; every other edit is refused until it ends."""
        return self._edit is not None

    @property
    def masked_pixels(self) -> int:
        """Number of pixels to fill."""
        return self.snapshot().masked_pixels

    def snapshot(self) -> MaskSnapshot:
        """Return the mask as it is now, for a worker thread; only tiles changed since the last snapshot are copied."""
        if self._unseen:
            self._snapshot = self._snapshot.updated(self.mask, self._unseen)
            self._unseen.clear()
        return self._snapshot

    def edit_mask(self, name: str) -> MaskEdit:
        """Open an edit that becomes one undo entry. name: completes "Undo ..."."""
        self._refuse_while_editing(name)
        self._edit = MaskEdit(self, name)
        return self._edit

    def replace_mask(self, name: str, new_mask: Mask, frames: Iterable[Frame] | None = None) -> None:
        """Replace the whole mask, [H, W] uint8, as one undo entry; raises MaskError where the size differs.

        frames: set in the same entry; None leaves them.
        """
        if new_mask.shape != self.mask.shape:
            (height, width), own = new_mask.shape, self.photo.box
            raise MaskError(
                f"The mask is {width} × {height} pixels, the photo {own.width} × {own.height}.",
                "Use a mask of the photo's size.",
            )
        with self.edit_mask(name) as edit:
            edit.replace(new_mask)
            edit.commit(frames)

    def set_frames(self, frames: Iterable[Frame], name: str = "move frame") -> None:
        """Set the frames, as one undo entry; with none they are found automatically."""
        self._refuse_while_editing(name)
        before, after = self.frames, tuple(frames)
        if after == before:
            return
        self.frames = after
        self.history.push(Entry(name, frames=(before, after)))
        self._notify(Change(frames=True))

    def decide(self, name: str, decision: Decision) -> None:
        """Make a decision and an undo entry of it. name: completes "Undo ..."."""
        self._refuse_while_editing(name)
        self.history.push(Entry(name, decision=decision))
        decision.put(decision.after)
        self._notify(Change())

    def forget_decisions(self) -> None:
        """Take all decisions out of the history: what they were about is gone."""
        self.history.forget_decisions()
        self._notify(Change())

    def plan_basis(self) -> PlanBasis:
        """Return what a fill can be planned on in another thread, see `plan_fill`, and then kept."""
        return PlanBasis(self.photo, self._photo_writes, self.snapshot())

    def keep(self, plan: FillPlan) -> bool:
        """Write a fill into the photo and clear the mask it was made for, as one undo entry.

        False where nothing was left to write, which makes no entry. Raises RuntimeError for a plan that does not fit
        `plan_basis` as it is now.
        """
        self._refuse_while_editing("fill")
        if not plan.fits(self.plan_basis()):
            raise RuntimeError("This fill was planned on a photo or a mask that has changed since.")
        entry = Entry("fill", mask=plan.mask, photo=plan.photo)
        with ExitStack() as roll_back:  # all of it or nothing: memory may run out at any line
            self._take_over(plan, roll_back)
            if entry.mask or entry.photo:
                roll_back.callback(self._write, entry, before=True)
                self._write(entry, before=False)
                for patch in self._counted(entry):
                    self._count(patch, +1)
                    roll_back.callback(self._count, patch, -1)
                self.history.push(entry)
            roll_back.pop_all()
        self._notify(Change(mask=_extent(entry.mask), photo=_extent(entry.photo)))
        return bool(entry.mask or entry.photo)

    def _take_over(self, plan: FillPlan, roll_back: ExitStack) -> None:
        """Store what a plan has prepared for tiles that no fill has changed before."""
        for part in plan.tiles:
            if part.original is not None and part.tile not in self._originals.saved:
                roll_back.callback(self._originals.saved.pop, part.tile)
                self._originals.saved[part.tile] = part.original
            if part.counts is not None and plan.photo and part.tile not in self._fill_counts:
                roll_back.callback(self._fill_counts.pop, part.tile)
                self._fill_counts[part.tile] = part.counts

    def undo(self) -> str | None:
        """Undo the last entry; returns its name, or None where there is none."""
        return next(iter(self.jump(-1)), None)

    def redo(self) -> str | None:
        """Redo the last undone entry; returns its name, or None where there is none."""
        return next(iter(self.jump(1)), None)

    def jump(self, steps: int) -> tuple[str, ...]:
        """Undo (negative) or redo (positive) so many entries, or as many as there are; returns their names.

        Announced as one change: to show each of hundreds would take seconds.
        """
        back = steps < 0
        self._refuse_while_editing("undo" if back else "redo")
        done: list[Entry] = []
        try:
            for _ in range(abs(steps)):
                entry = self.history.undo() if back else self.history.redo()
                if entry is None:
                    break
                self._put_back(entry, before=back)
                done.append(entry)
        finally:  # also where memory ran out on the way
            if done:
                mask, photo = around(_extent(one.mask) for one in done), around(_extent(one.photo) for one in done)
                self._notify(Change(mask, photo, any(one.frames is not None for one in done)))
        return tuple(entry.name for entry in done)

    @property
    def original_patches(self) -> Tiles:
        """(box, pixels [h, w, C]) of each changed tile: drawn over the photo, they restore the one that was opened."""
        return tuple(self._originals.saved.items())

    def changed_outside_mask(self) -> int:
        """Count the pixels that differ from the opened photo though no kept fill had them in its hole; must be 0."""
        if self._changed_outside is None:
            self._changed_outside = sum(self._changed_in(tile) for tile in self._originals.saved)
        return self._changed_outside

    def _changed_in(self, tile: Box) -> int:
        fills = self._fill_counts.get(tile)
        if fills is not None and fills.all():  # wholly inside a hole, as most tiles of a large fill are
            return 0
        changed = changed_pixels(self.photo.pixels[tile.slices], self._originals.saved[tile])
        return int(np.count_nonzero(changed if fills is None else changed & (fills == 0)))

    def _save_for_copies(self, box: Box) -> None:
        """Save the pixels under the box, which are about to change, for copies that are still to be taken."""
        self._deferred_copies = [copy for copy in self._deferred_copies if not copy.taken]
        for copy in self._deferred_copies:
            copy.save(box)

    def _counted(self, entry: Entry) -> tuple[Patch, ...]:
        """Return the holes of an entry that is a fill; other entries hold no photo pixels."""
        return entry.mask if entry.photo else ()

    def _count(self, patch: Patch, step: int) -> None:
        """Count (+1) or discount (-1) the hole of a fill; all of it, or nothing where memory runs out."""
        (tile,) = tiles_under(patch.box, self.photo.box)  # patches never cross tiles
        under = hole(patch.before)
        counts = self._fill_counts.setdefault(tile, np.zeros((tile.height, tile.width), np.int16))
        if tile in self._lent_counts:
            counts = self._fill_counts[tile] = counts.copy()
            self._lent_counts.discard(tile)
        part = counts[patch.box.moved(-tile.x, -tile.y).slices]
        (np.add if step > 0 else np.subtract)(part, under, out=part)

    def _write(self, entry: Entry, *, before: bool) -> None:
        """Set photo and mask to what they were before or after the entry, without announcing it."""
        self._photo_writes += bool(entry.photo)
        for patch in entry.photo:
            self._save_for_copies(patch.box)
        for patch in entry.photo:
            self.photo.pixels[patch.box.slices] = patch.before if before else patch.after
        for patch in entry.mask:
            self.mask[patch.box.slices] = patch.before if before else patch.after

    def _put_back(self, entry: Entry, *, before: bool) -> None:
        """Make everything as it was before or after the entry, without announcing it."""
        for patch in self._counted(entry):
            self._count(patch, -1 if before else +1)
        self._write(entry, before=before)
        if entry.frames is not None:
            self.frames = entry.frames[0 if before else 1]
        if entry.decision is not None:
            entry.decision.put(entry.decision.before if before else entry.decision.after)

    def _refuse_while_editing(self, name: str) -> None:
        if self._edit is not None:
            raise RuntimeError(f'"{name}" cannot begin before "{self._edit.name}" is committed or cancelled.')

    def _close_edit(self, entry: Entry | None) -> None:
        self._edit = None
        if entry is not None:
            self.history.push(entry)

    def _notify(self, change: Change) -> None:
        self._unseen.update(tiles_under(change.mask, self.photo.box))
        if not change.photo.empty:
            self._changed_outside = None
        for callback in tuple(self._callbacks):
            callback(change)


class MaskEdit:
    """An open edit of the mask, from `Document.edit_mask`: a stroke, a shape, a new mask.

    Every call is shown at once; commit makes them one undo entry, cancel undoes them. As a context manager it commits,
    or cancels where something was raised.
    """

    def __init__(self, document: Document, name: str) -> None:
        self.name = name
        self._document = document
        self._before = TileCopies(document.mask)
        self._open = True

    def segment(self, start: Point, end: Point, brush: Brush, *, erase: bool = False) -> Box:
        """Draw the brush from start to end, see `stamp_segment`; returns the box around what changed."""
        # In pieces, since the box around a long slanted stroke would be most of the photo.
        count = max(1, math.ceil(math.dist(start, end) / (brush.diameter + TILE)))
        corners = np.linspace(start, end, count + 1).tolist()
        mask, parts = self._document.mask, list[Box]()
        for here, there in pairwise(corners):
            box = segment_box(mask, here, there, brush)
            self._prepare(box)
            before = mask[box.slices].copy()
            stamp_segment(mask, here, there, brush, erase=erase)
            # A moving brush changes a crescent at its rim; to show its whole box again would take ten times as long.
            parts += [part.moved(box.x, box.y) for part in changed_strips(before, mask[box.slices])]
        dirty = around(parts)
        self._document._notify(Change(mask=dirty, mask_parts=tuple(parts)))
        return dirty

    def rectangle(self, box: Box, value: int) -> Box:
        """Set a rectangle to value (0..255); returns the dirty box."""
        self._prepare(box)
        return self._announce(fill_rectangle(self._document.mask, box, value))

    def combine(self, region: Region, how: Combine) -> Box:
        """Add a region to the mask, subtract it, or keep nothing but it; returns the dirty box.

        A region without pixels changes nothing: an empty shape is a slip, and must not clear the mask.
        """
        if not region.inside.any():
            return self._announce(EMPTY_BOX)
        if how == "intersect":
            return self._announce(self._keep_only(region))
        self._prepare(region.box)
        value = np.uint8(255 if how == "add" else 0)
        np.copyto(self._document.mask[region.box.slices], value, where=region.inside)
        return self._announce(region.box)

    def _keep_only(self, region: Region) -> Box:
        mask, dirty = self._document.mask, EMPTY_BOX
        for tile in tiles_under(whole(mask), whole(mask)):
            if not mask[tile.slices].any():
                continue
            self._prepare(tile)
            kept, seen = np.zeros((tile.height, tile.width), np.uint8), tile.intersect(region.box)
            inside = region.inside[seen.moved(-region.box.x, -region.box.y).slices]
            np.copyto(kept[seen.moved(-tile.x, -tile.y).slices], mask[seen.slices], where=inside)
            mask[tile.slices] = kept
            dirty = dirty.union(tile)
        return dirty

    def replace(self, new_mask: Mask) -> Box:
        """Replace the whole mask by one of the same size; returns the dirty box."""
        mask, dirty = self._document.mask, EMPTY_BOX
        for tile in tiles_under(whole(mask), whole(mask)):
            if not np.array_equal(mask[tile.slices], new_mask[tile.slices]):
                self._prepare(tile)
                mask[tile.slices] = new_mask[tile.slices]
                dirty = dirty.union(tile)
        return self._announce(dirty)

    def commit(self, frames: Iterable[Frame] | None = None) -> bool:
        """End the edit as one undo entry; False, and no entry, where the mask is what it was before.

        frames: of the document, set in the same entry; None leaves them.
        """
        self._require_open()
        document, patches = self._document, self._before.patches()
        before = document.frames
        after = before if frames is None else tuple(frames)
        self._open = False
        moved = (before, after) if after != before else None
        document._close_edit(Entry(self.name, mask=patches, frames=moved) if patches or moved else None)
        document.frames = after
        document._notify(Change(frames=moved is not None))
        return bool(patches)

    def cancel(self) -> None:
        """End the edit and restore the mask."""
        self._require_open()
        dirty = self._before.restore()
        self._open = False
        self._document._close_edit(None)
        self._document._notify(Change(mask=dirty))

    def __enter__(self) -> MaskEdit:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if not self._open:
            return
        if kind is None:
            self.commit()
        else:
            self.cancel()

    def _prepare(self, box: Box) -> None:
        self._require_open()
        self._before.save(box)

    def _announce(self, dirty: Box) -> Box:
        self._document._notify(Change(mask=dirty))
        return dirty

    def _require_open(self) -> None:
        if not self._open:
            raise RuntimeError(f'"{self.name}" was already committed or cancelled.')


def _extent(patches: Sequence[Patch]) -> Box:
    return around(patch.box for patch in patches)
