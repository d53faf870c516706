"""Which holes are thick enough for patches, and the pieces in which they are filled."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import bounding_box

_THIN = 3.0  # pixels to the nearest known one; where nothing deeper is near, a hole is interpolated
_THICK = 4.0  # where a hole is deeper than this, patches are copied; scratches that cross are not
_JOINED = 4  # pixels between holes that are filled as one
_LEAST_PIECE = 384  # pixels, side of the pieces in which a long hole is filled
_PIECE = 2.5  # of the hole's thickness


@dataclass(frozen=True)
class Piece:
    """A part of a thick hole."""

    box: Box  # of what is to fill
    thickness: float  # pixels, of the whole hole where it is thickest


def thick_pieces(marked: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], list[Piece]]:
    """Find the holes that are thick somewhere: all their pixels [H, W], and the pieces in which to fill them."""
    import cv2

    thick = np.zeros_like(marked)
    found = bounding_box(marked.view(np.uint8) * np.uint8(255))
    near = found.grown(1).intersect(Box(0, 0, marked.shape[1], marked.shape[0]))
    part = marked[near.slices]
    # The border of the photo is no edge of the hole, unless all of it is missing.
    apart: NDArray[Any] = cv2.distanceTransform(part.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    core = np.asarray(apart > _THIN)
    if apart.max() <= _THICK:
        return thick, []
    reach = 2 * math.ceil(_THIN) + 1
    opened = (cv2.dilate(core.view(np.uint8), np.ones((reach, reach), np.uint8)) > 0) & part
    side = 2 * (_JOINED // 2) + 1
    joined = cv2.dilate(opened.view(np.uint8), np.ones((side, side), np.uint8))
    labels: NDArray[Any]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    labels[~opened] = 0
    deepest = np.zeros(len(stats), np.float32)
    np.maximum.at(deepest, labels[core].astype(np.intp), apart[core])
    deepest[deepest <= _THICK] = 0
    thick[near.slices] = (deepest > 0)[labels]
    pieces: list[Piece] = []
    for number in np.flatnonzero(deepest).tolist():
        x, y, width, height, _ = stats[number].tolist()
        pieces += _cut(Box(x, y, width, height), labels, number, 2 * float(deepest[number]), near)
    return thick, pieces


def _cut(box: Box, labels: NDArray[Any], number: int, thickness: float, near: Box) -> list[Piece]:
    """Cut one hole, numbered in `labels` of the box `near`, into pieces of a few times its thickness."""
    side = max(_LEAST_PIECE, int(_PIECE * thickness))
    pieces = []
    for y in range(box.y, box.bottom, side):
        for x in range(box.x, box.right, side):
            tile = Box(x, y, side, side).intersect(box)
            inside = bounding_box((labels[tile.slices] == number).view(np.uint8) * np.uint8(255))
            if not inside.empty:
                pieces.append(Piece(inside.moved(tile.x + near.x, tile.y + near.y), thickness))
    return pieces
