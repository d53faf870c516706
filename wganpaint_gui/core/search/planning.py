"""Plan the frames of a mask: one for each masked face, and frames with context for the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import bounding_box, hole
from wganpaint_gui.core.photo.faces.leaning import find_faces
from wganpaint_gui.core.photo.photo import Photo

from .frame import context_frame, grow_frame

_REDUCED = 512  # cells of the reduced mask's longer side
_MOST_PARTS = 48  # more are joined on a coarser grid: a thousand searches would take too long
_ON_FACE = 0.5  # share of a part inside a face's frame that makes it that face's
_OF_FACE = 0.1  # or the share of the frame it covers, where a face is only some of a large part
_MOST_MASKED = 0.8  # share of a face's frame; above, too little is left to find the face by
_MOST_GROWTH = 1.6  # grown more than this, a frame shows the model no face as it knows them
_JOINED = 2.25  # parts share a frame at most this much larger than the larger of their own
_CLOSER = 6  # sides of a part: how far around it small faces are looked for
_CLOSER_SIDE = 240  # photo pixels, at least
_MOST_CLOSER_LOOKS = 4  # each takes up to a second


@dataclass(frozen=True)
class FramePlan:
    """The frames to fill one after another: faces from left to right, then the rest."""

    frames: tuple[Frame, ...] = ()
    faces: int = 0  # so many of them, the first, lie on faces
    beyond_face: bool = False  # whether a connected part of the mask is too large for the face under it

    @property
    def suits_faces(self) -> bool:
        """Whether a model that knows only faces can fill this mask, or a part of it."""
        return bool(self.faces) and not self.beyond_face


def plan_frames(photo: Photo, mask: NDArray[np.uint8]) -> FramePlan:
    """Find a frame for everything that is masked; returns an empty plan where nothing is.

    mask: uint8 [H, W], above 127 = fill. Each connected part of the mask that lies on a face gets that face's frame,
    grown where necessary to hold the part; other parts get a frame with context, nearby ones together. Every masked
    pixel lies in a frame. Photo pixels under the mask have no effect.
    """
    plan = _Plan(mask, photo.box)
    if not plan.parts:
        return FramePlan()
    plan.take_faces(find_faces(photo, mask))
    for region in plan.closer_looks():
        plan.take_faces(find_faces(photo, mask, region))
    return plan.frames()


@dataclass
class _Part:
    """A connected part of the mask on the reduced grid, and the photo pixels that hold it."""

    cells: NDArray[np.bool_]  # [h, w] of the grid
    box: Box


class _Plan:
    """The parts of a mask that have no frame yet, and the face frames chosen so far."""

    def __init__(self, mask: NDArray[np.uint8], photo_box: Box) -> None:
        self._mask = mask
        self._photo_box = photo_box
        self._chosen: list[Frame] = []
        self._beyond_face = False
        self._block = -(-max(mask.shape) // _REDUCED)
        reduced = _reduced(mask, self._block)
        while (parts := self._labelled(reduced)) is None:
            reduced, self._block = _reduced(reduced, 2), 2 * self._block
        self._masked = reduced > 127
        self.parts = parts

    def take_faces(self, faces: list[Frame]) -> None:
        """Give each masked face its frame, and remove from the parts what these frames hold."""
        faces = [face for face in faces if 0 < self._masked_share(face) <= _MOST_MASKED]
        grown = {face: face for face in faces}
        held: list[_Part] = []
        split: list[_Part] = []
        for part in self.parts:
            own = [face for face in faces if self._belongs(part, face)]
            if not own:
                continue
            frame = grown[own[0]]
            if not self._holds(frame, part):
                frame = grow_frame(frame, part.box, self._photo_box)
            if len(own) == 1 and frame.size <= _MOST_GROWTH * own[0].size:
                grown[own[0]] = frame
                held.append(part)
            else:
                split.append(part)
                self._beyond_face |= len(own) == 1
        used = [grown[face] for face in faces if any(self._belongs(part, face) for part in [*held, *split])]
        self._chosen += used
        rest = np.zeros_like(self._masked)
        for part in split:
            rest |= part.cells
        for frame in used:
            rest[self._cells(frame, whole=True)] = False
        done = {id(part) for part in [*held, *split]}
        kept = [part for part in self.parts if id(part) not in done]
        self.parts = kept + (self._labelled(np.where(rest, np.uint8(255), np.uint8(0)), limit=False) or [])

    def closer_looks(self) -> list[Box]:
        """Return where to look again for small faces: around the parts that are on no face so far."""
        longer = max(self._photo_box.width, self._photo_box.height)
        looks = []
        for box in self._joined():
            side = max(_CLOSER * max(box.width, box.height), _CLOSER_SIDE)
            if 2 * side <= longer:
                middle = Box(box.x + box.width // 2, box.y + box.height // 2, 0, 0)
                looks.append(middle.grown(side // 2).intersect(self._photo_box))
        return looks if len(looks) <= _MOST_CLOSER_LOOKS else []

    def frames(self) -> FramePlan:
        """Return the face frames, then frames with context for the remaining parts; each from left to right."""
        self.parts = [part for part in self.parts if not any(self._holds(frame, part) for frame in self._chosen)]
        context = {context_frame(box, self._photo_box) for box in self._joined()} - set(self._chosen)
        # Faces first: where frames overlap, the one that sees a face as the model knows it fills the common part.
        faces = _from_left(set(self._chosen))
        return FramePlan((*faces, *_from_left(context)), len(faces), self._beyond_face)

    def _labelled(self, reduced: NDArray[np.uint8], *, limit: bool = True) -> list[_Part] | None:
        """Return the connected parts of the grid's masked cells, corners included; None where there are too many."""
        from scipy.ndimage import find_objects, label

        labels, count = label(reduced > 127, np.ones((3, 3), bool))
        if limit and count > _MOST_PARTS:
            return None
        parts = []
        for number, (rows, columns) in enumerate(find_objects(labels), 1):
            left, top, right, bottom = (
                cell * self._block for cell in (columns.start, rows.start, columns.stop, rows.stop)
            )
            rough = Box(left, top, right - left, bottom - top).intersect(self._photo_box)
            box = bounding_box(self._mask[rough.slices])
            if not box.empty:
                parts.append(_Part(np.asarray(labels == number), box.moved(rough.x, rough.y)))
        return parts

    def _holds(self, frame: Frame, part: _Part) -> bool:
        """Return whether the frame holds every masked pixel in the part's box."""
        if frame.contains(part.box):
            return True
        return bool(frame.angle) and not (hole(self._mask[part.box.slices]) & ~frame.holds(part.box)).any()

    def _belongs(self, part: _Part, face: Frame) -> bool:
        inside = np.count_nonzero(part.cells[self._cells(face)])
        of_face = inside * self._block**2 / face.size**2
        of_part = inside / np.count_nonzero(part.cells)
        return bool(of_part >= _ON_FACE or of_face >= _OF_FACE)

    def _masked_share(self, face: Frame) -> float:
        """Return the share of the face's frame inside the photo that is masked, 0..1, on the grid."""
        cells = self._masked[self._cells(face)]
        return float(cells.mean()) if cells.size else 0.0

    def _cells(self, frame: Frame, *, whole: bool = False) -> tuple[slice, slice] | NDArray[np.bool_]:
        """Return an index of the grid's cells that the frame touches, or of those it wholly contains."""
        if frame.angle:
            return self._turned_cells(frame, -1 if whole else 1)
        inside = frame.box.intersect(self._photo_box)
        block, up = self._block, self._block - 1
        if whole:
            # The grid's last cells may be cut by the photo's edge; a box reaching it holds them as a whole.
            bottom = inside.bottom + (up if inside.bottom == self._photo_box.bottom else 0)
            right = inside.right + (up if inside.right == self._photo_box.right else 0)
            return slice((inside.y + up) // block, bottom // block), slice((inside.x + up) // block, right // block)
        rows = slice(inside.y // block, (inside.bottom + up) // block)
        return rows, slice(inside.x // block, (inside.right + up) // block)

    def _turned_cells(self, frame: Frame, grown: int) -> NDArray[np.bool_]:
        """Return [h, w] of the grid: whether a cell's middle lies in the frame, grown (+1) or shrunk (-1) by a cell."""
        rows, columns = ((np.arange(count) + 0.5) * self._block for count in self._masked.shape)
        return frame.surrounds(columns[None, :], rows[:, None], grown * (self._block - 1) * math.sqrt(0.5))

    def _joined(self) -> list[Box]:
        """Return the boxes of the parts, nearby ones joined until no two fit a frame of sensible size."""
        boxes = sorted((part.box for part in self.parts), key=lambda box: (box.x, box.y, box.width, box.height))
        pair = self._joinable(boxes)
        while pair:
            one, other = pair
            union = boxes[one].union(boxes[other])
            boxes = [*(box for at, box in enumerate(boxes) if at not in pair), union]
            pair = self._joinable(boxes)
        return boxes

    def _joinable(self, boxes: list[Box]) -> tuple[int, int] | None:
        sizes = [context_frame(box, self._photo_box).size for box in boxes]
        for one, other in combinations(range(len(boxes)), 2):
            together = context_frame(boxes[one].union(boxes[other]), self._photo_box).size
            if together <= _JOINED * max(sizes[one], sizes[other]):
                return one, other
        return None


def _from_left(frames: set[Frame]) -> list[Frame]:
    return sorted(frames, key=lambda frame: (frame.x, frame.y, frame.size, frame.angle))


def _reduced(mask: NDArray[np.uint8], block: int) -> NDArray[np.uint8]:
    """Take the maximum of each square of block by block: a cell is masked as soon as any of its pixels is."""
    rows, columns = np.arange(0, mask.shape[0], block), np.arange(0, mask.shape[1], block)
    return np.maximum.reduceat(np.maximum.reduceat(mask, rows, axis=0), columns, axis=1)
