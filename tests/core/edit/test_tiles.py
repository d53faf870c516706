"""Snapshots of a mask: counted tile by tile."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from wganpaint_gui.core.edit.tiles import TILE, MaskSnapshot, tiles_under
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.search.frame import uncovered

WHOLE = Box(0, 0, 700, 600)  # 3 by 3 tiles, the last ones cut

frames = st.builds(Frame, st.integers(-300, 800), st.integers(-300, 700), st.integers(1, 900))


def snapshot(mask: NDArray[np.uint8]) -> MaskSnapshot:
    return MaskSnapshot(mask.shape).updated(mask, tiles_under(WHOLE, WHOLE))


@given(seed=st.integers(0, 9), chosen=st.lists(frames, max_size=3))
def test_what_lies_outside_the_frames_is_counted_as_pixel_by_pixel(seed: int, chosen: list[Frame]):
    mask = np.zeros((600, 700), np.uint8)
    rows, columns = np.random.default_rng(seed).integers(0, 600, (2, 2))
    mask[min(rows) : max(rows), min(columns) : max(columns)] = np.random.default_rng(seed).integers(
        0, 256, (np.ptp(rows), np.ptp(columns)), np.uint8
    )
    assert snapshot(mask).masked_outside(chosen) == uncovered(mask, chosen)


def test_only_tiles_that_the_edge_of_a_frame_cuts_are_read():
    """The window asks before every fill, and a mask may have a hundred million pixels."""

    class Read(dict[Box, NDArray[np.uint8]]):
        seen: list[Box]

        def __getitem__(self, tile: Box) -> NDArray[np.uint8]:
            self.seen.append(tile)
            return super().__getitem__(tile)

    full = snapshot(np.full((600, 700), 255, np.uint8))
    tiles: Mapping[Box, NDArray[np.uint8]] = (read := Read(full.tiles))
    read.seen = []
    frame = Frame(-10, -20, TILE + 20)  # all of the first tile, and a strip of the one beside it
    assert MaskSnapshot(full.shape, tiles, full.counts).masked_outside([frame]) == 600 * 700 - TILE * (TILE + 10)
    assert read.seen == [Box(TILE, 0, TILE, TILE)]
