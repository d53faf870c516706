"""The paper's corruptions, seen through the frame they were made for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.measure.corruption import centre_hole, corrupted, random_hole
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels
from wganpaint_gui.core.search.frame import model_view, whole_frame

R = 64


def blank(width: int, height: int) -> Photo:
    return photo_from_pixels(np.full((height, width, 3), 128, np.uint8))


@pytest.mark.parametrize("size", [64, 92, 100, 128, 211, 512])
@pytest.mark.parametrize(("kind", "side"), [("center", 16), ("center32", 32)])
def test_a_centre_mask_hides_that_square_of_the_model_pixels(kind: str, side: int, size: int):
    photo = blank(600, 600)
    frame = Frame(40, 17, size)
    missing = ~model_view(photo, corrupted(photo, kind, frame, R, 0), frame, R).known[0]
    low, high = (R - side) // 2, (R + side) // 2
    expected = np.zeros((R, R), bool)
    expected[low:high, low:high] = True
    assert (missing == expected).all()


def test_on_the_photo_center_is_the_middle_quarter_of_the_frame():
    mask = corrupted(blank(300, 300), "center", Frame(100, 20, 128), R, 0)
    rows, columns = np.nonzero(mask)
    assert (columns.min(), columns.max() + 1, rows.min(), rows.max() + 1) == (148, 180, 68, 100)


@given(size=st.integers(1, 300), seed=st.integers(0, 2**63 - 1))
@settings(max_examples=30)
def test_random80_leaves_the_chosen_fifth_of_the_model_pixels_known(size: int, seed: int):
    photo, frame = blank(320, 320), Frame(7, 9, size)
    try:
        known = model_view(photo, corrupted(photo, "random80", frame, R, seed), frame, R).known
    except MaskError:  # a frame of a pixel or two has no 80 %
        assert size <= 2
        return
    if size >= R:
        assert 0.19 < known.mean() <= 0.2001  # a cell more may be missing where the sizes do not divide
    if size % R == 0:
        assert known.sum() == R * R - round(0.8 * R * R)


def test_random80_depends_on_the_seed_alone():
    photo, frame = blank(200, 200), Frame(0, 0, 128)
    first, again, other = (corrupted(photo, "random80", frame, R, seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("size", [92, 128])
def test_in_a_turned_frame_a_centre_mask_hides_that_square_too(size: int):
    photo, frame = blank(220, 220), Frame(50, 40, size, 33)
    missing = ~model_view(photo, corrupted(photo, "center", frame, R, 0), frame, R).known[0]
    expected = np.zeros((R, R), bool)
    expected[24:40, 24:40] = True
    assert (missing == expected).all()


def test_in_a_turned_frame_random80_leaves_a_fifth_known():
    photo, frame = blank(200, 200), Frame(30, 30, 100, -20)
    known = model_view(photo, corrupted(photo, "random80", frame, R, 3), frame, R).known
    assert 0.19 < known.mean() <= 0.2001


@pytest.mark.parametrize("kind", ["center", "center32", "random80"])
def test_a_frame_over_the_edge_masks_only_photo_pixels(kind: str):
    photo = blank(100, 60)
    mask = corrupted(photo, kind, whole_frame(photo.box), R, 0)
    assert mask.shape == (60, 100)
    assert mask.any()
    assert set(np.unique(mask)) <= {0, 255}


def test_a_mask_beyond_the_photo_is_refused():
    with pytest.raises(MaskError, match="masks nothing in the frame 300,0,64"):
        corrupted(blank(100, 100), "center", Frame(300, 0, 64), R, 0)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.55, 1.0])
def test_a_centre_hole_has_the_chosen_share_of_the_frames_side(share: float):
    rows, columns = np.nonzero(centre_hole(Box(0, 0, 300, 300), Frame(50, 20, 128), R, share))
    assert np.ptp(columns) == np.ptp(rows)
    assert np.ptp(rows) + 1 == pytest.approx(share * 128, abs=2 * 128 / R)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_random_hole_hides_the_chosen_share_of_the_model_pixels(share: float):
    photo, frame = blank(200, 200), Frame(30, 40, 128)
    known = model_view(photo, random_hole(photo.box, frame, R, share, 3), frame, R).known
    assert known.sum() == R * R - round(share * R * R)
