"""What the Mask menu does to a mask, checked against slow and plain computations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from wganpaint_gui.core.edit.mask_changes import clear, feather, fitted, grow, invert, shrink, smooth
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.mask import Mask, hole, masked_count

MASKS = arrays(np.uint8, (13, 17), elements=st.integers(0, 255), fill=st.just(0))


def half() -> Mask:
    """The left half is hole."""
    mask = np.zeros((40, 60), np.uint8)
    mask[:, :30] = 255
    return mask


def disc(pixels: int) -> NDArray[np.bool_]:
    rows, columns = np.mgrid[-pixels : pixels + 1, -pixels : pixels + 1]
    return rows**2 + columns**2 <= pixels**2


@given(MASKS, st.integers(0, 8))
def test_growing_dilates_the_hole_by_a_disc_and_loses_nothing(mask, pixels):
    from scipy.ndimage import binary_dilation

    grown = grow(mask, pixels)
    assert np.array_equal(hole(grown), binary_dilation(hole(mask), disc(pixels)))
    assert (grown >= mask).all()


@given(MASKS, st.integers(0, 8))
def test_shrinking_erodes_the_hole_by_a_disc_and_adds_nothing(mask, pixels):
    from scipy.ndimage import binary_erosion

    shrunk = shrink(mask, pixels)
    assert np.array_equal(hole(shrunk), binary_erosion(hole(mask), disc(pixels), border_value=True))
    assert (shrunk <= mask).all()


@given(MASKS, st.integers(0, 8))
def test_shrinking_the_hole_is_growing_what_is_kept(mask, pixels):
    assert np.array_equal(hole(shrink(mask, pixels)), ~hole(grow(invert(mask), pixels)))


@pytest.mark.parametrize("value", [0, 255])
def test_empty_and_full_masks_neither_grow_nor_shrink(value):
    mask = np.full((20, 30), value, np.uint8)
    assert np.array_equal(grow(mask, 5), mask)
    assert np.array_equal(shrink(mask, 5), mask)


@given(MASKS)
def test_inverting_swaps_filled_and_kept_and_twice_is_nothing(mask):
    assert np.array_equal(hole(invert(mask)), ~hole(mask))
    assert np.array_equal(invert(invert(mask)), mask)


def test_clearing_makes_an_empty_mask_of_the_same_size():
    mask = np.full((4, 6), 255, np.uint8)
    assert not clear(mask).any()
    assert clear(mask).shape == (4, 6)
    assert mask.all()


@settings(max_examples=20)
@given(MASKS, st.integers(0, 5))
def test_menu_operations_leave_the_given_mask_alone(mask, pixels):
    before = mask.copy()
    for result in (invert(mask), clear(mask), grow(mask, pixels), shrink(mask, pixels)):
        assert not np.shares_memory(result, mask)
    for result in (feather(mask, pixels), smooth(mask, pixels)):
        assert not np.shares_memory(result, mask)
    assert np.array_equal(mask, before)


@given(MASKS, st.integers(0, 300))
def test_feathering_leaves_every_pixel_on_its_side(mask, pixels):
    assert np.array_equal(hole(feather(mask, pixels)), hole(mask))


@pytest.mark.parametrize("pixels", [1, 2, 5, 12])
def test_a_feathered_edge_rises_like_a_soft_brush_and_no_farther_than_asked(pixels):
    row = feather(half(), pixels)[20].astype(int)
    depth = 30 - (np.arange(60) + 0.5)  # pixels from the edge, above 0 in the hole
    share = np.clip((depth / pixels + 1) / 2, 0, 1)
    assert np.allclose(row, 255 * (3 * share**2 - 2 * share**3), rtol=0, atol=1)
    assert (row[depth >= pixels] == 255).all()
    assert (row[depth <= -pixels] == 0).all()


def test_a_feather_of_zero_hardens_the_edge():
    soft = feather(half(), 8)
    assert np.array_equal(feather(soft, 0), half())


@given(MASKS)
def test_smoothing_by_nothing_changes_nothing(mask):
    assert np.array_equal(smooth(mask, 0), mask)


def test_smoothing_removes_specks_and_gaps_and_keeps_a_straight_edge_where_it_was():
    mask = half()
    mask[20, 45:47] = 255
    mask[10:12, 12] = 0
    assert np.array_equal(smooth(mask, 6), half())


def test_smoothing_rounds_a_corner_and_keeps_the_middle():
    mask = np.zeros((80, 80), np.uint8)
    mask[20:60, 20:60] = 255
    rounded = hole(smooth(mask, 15))
    assert not rounded[20, 20]
    assert rounded[40, 20:60].all()
    assert not rounded[~hole(mask)].any()
    assert np.array_equal(rounded, rounded.T)


def test_nothing_is_smoothed_away_along_the_photos_border():
    mask = np.full((20, 30), 255, np.uint8)
    assert np.array_equal(smooth(mask, 7), mask)


def test_a_mask_of_another_size_is_scaled_to_the_photo():
    mask = np.zeros((10, 20), np.uint8)
    mask[:, 10:] = 255
    for size in ((40, 20), (10, 5), (31, 17)):
        scaled = fitted(mask, size, "scale")
        assert scaled.shape == size[::-1]
        assert masked_count(scaled) == pytest.approx(size[0] * size[1] / 2, rel=0.05)


def test_a_mask_of_another_size_is_centred_and_cut_at_the_photos_edges():
    mask = np.arange(1, 13, dtype=np.uint8).reshape(2, 6)
    assert fitted(mask, (4, 4), "centre").tolist() == [[0] * 4, [2, 3, 4, 5], [8, 9, 10, 11], [0] * 4]


@pytest.mark.parametrize("fit", ["scale", "centre"])
def test_a_mask_without_pixels_fits_no_photo(fit):
    with pytest.raises(MaskError, match="no pixels"):
        fitted(np.zeros((0, 0), np.uint8), (4, 4), fit)
