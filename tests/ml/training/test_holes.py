"""Holes for training: sizes and shares as documented, and always something known and something missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from wganpaint_gui.core.training.hole_mixture import HoleMixture
from wganpaint_gui.core.training.training_config import AwareConfig, EncoderConfig
from wganpaint_gui.ml.training.holes import centre_square, draw_batch, draw_known, random_pixels

seeds = st.integers(0, 2**31)
resolutions = st.sampled_from([32, 64, 128])
RANDOM = AwareConfig(random_holes=1, centre_holes=0)
CENTRE = AwareConfig(random_holes=0, centre_holes=1)
RECTANGLES = AwareConfig(random_holes=0, centre_holes=0)
BORDER = EncoderConfig(random_holes=0, centre_holes=0, border_holes=1)


def hole(resolution: int, config: HoleMixture, seed: int) -> NDArray[np.bool_]:
    known = draw_known(resolution, config, torch.Generator().manual_seed(seed))
    assert (known.shape, known.dtype) == ((1, resolution, resolution), torch.bool)
    return ~known[0].numpy()


def box(missing: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """top, bottom, left, right of what is missing; the ends lie outside."""
    rows, columns = np.flatnonzero(missing.any(1)), np.flatnonzero(missing.any(0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


@given(resolutions, seeds, st.floats(0, 1), st.floats(0, 1))
def test_never_everything_and_never_nothing_is_missing(resolution: int, seed: int, one: float, two: float) -> None:
    missing = hole(resolution, AwareConfig(random_holes=one * two, centre_holes=one * (1 - two)), seed)
    assert missing.any()
    assert not missing.all()


@given(resolutions, seeds, st.sampled_from([RANDOM, CENTRE, RECTANGLES, BORDER]))
def test_never_everything_and_never_nothing_is_missing_at_the_bounds_of_the_settings(
    resolution: int, seed: int, kind: HoleMixture
) -> None:
    least = replace(kind, most_missing=0.01, least_missing=0.01, most_square=1 / 32, least_square=1 / 32)
    least = replace(least, most_side=1 / 32, least_side=1 / 32, off_centre=0.5)
    least = replace(least, most_border=1 / 32, least_border=1 / 32)
    most = replace(kind, most_missing=0.99, least_missing=0.99, most_square=0.95, least_square=0.95)
    most = replace(most, most_border=0.95, least_border=0.95, most_side=0.95, least_side=0.95, second_rectangle=1.0)
    for config in (least, most):
        missing = hole(resolution, config, seed)
        assert missing.any()
        assert not missing.all()


@given(resolutions, seeds)
def test_the_ranges_of_all_holes_are_the_configs(resolution: int, seed: int) -> None:
    share = hole(resolution, replace(RANDOM, least_missing=0.1, most_missing=0.2), seed).mean()
    assert 0.1 - 1e-3 <= share <= 0.2 + 1e-3
    square = replace(CENTRE, least_square=0.25, most_square=0.25, off_centre=0.0)
    first, end = round(0.375 * resolution), round(0.625 * resolution)
    assert box(hole(resolution, square, seed)) == (first, end, first, end)
    rectangle = replace(RECTANGLES, least_side=0.5, most_side=0.5, second_rectangle=0.0)
    assert hole(resolution, rectangle, seed).sum() == (resolution // 2) ** 2


@given(resolutions, seeds)
def test_random_pixels_miss_30_to_90_percent(resolution: int, seed: int) -> None:
    assert 0.3 - 1e-3 <= hole(resolution, RANDOM, seed).mean() <= 0.9 + 1e-3


@given(st.floats(0, 1), seeds)
def test_random_pixels_miss_exactly_the_share_that_was_asked_for(share: float, seed: int) -> None:
    known = random_pixels(32, share, torch.Generator().manual_seed(seed))
    assert int((~known).sum()) == round(share * 1024)


def test_random_pixels_miss_no_place_more_often_than_another() -> None:
    source = torch.Generator().manual_seed(0)
    often = torch.stack([~random_pixels(32, 0.5, source) for _ in range(400)]).float().mean(0)
    assert 0.35 < often.min() < 0.5 < often.max() < 0.65


@given(resolutions, seeds)
def test_a_centre_hole_is_one_square_near_the_centre(resolution: int, seed: int) -> None:
    missing = hole(resolution, CENTRE, seed)
    top, bottom, left, right = box(missing)
    assert missing[top:bottom, left:right].all()
    assert bottom - top == right - left
    assert round(12 / 64 * resolution) <= bottom - top <= round(36 / 64 * resolution)
    for first, end in ((top, bottom), (left, right)):
        assert abs(first + end - resolution) / 2 <= 4 / 64 * resolution + 1


@given(resolutions, seeds)
def test_rectangles_lie_inside_and_are_no_larger_than_two_of_the_largest(resolution: int, seed: int) -> None:
    missing = hole(resolution, RECTANGLES, seed)
    least, most = round(10 / 64 * resolution), round(40 / 64 * resolution)
    assert least**2 <= missing.sum() <= 2 * most**2
    for lines in (missing, missing.T):
        lengths = lines.sum(1)
        assert lengths[lengths > 0].min() >= least
        assert lengths.max() <= min(2 * most, resolution)


def test_single_rectangles_have_all_sides_from_10_to_40_of_64() -> None:
    sides = []
    for seed in range(600):
        missing = hole(64, RECTANGLES, seed)
        top, bottom, left, right = box(missing)
        if missing[top:bottom, left:right].all() and max(bottom - top, right - left) <= 40:
            sides += [bottom - top, right - left]
    assert (min(sides), max(sides)) == (10, 40)


def test_no_rectangle_is_cut_off_at_the_border() -> None:
    for seed in range(3000):
        missing = hole(32, RECTANGLES, seed)
        lengths = np.concatenate([missing.sum(0), missing.sum(1)])
        assert lengths[lengths > 0].min() >= 5


@given(resolutions, seeds)
def test_a_border_hole_is_one_rectangle_of_at_most_56_of_64(resolution: int, seed: int) -> None:
    missing = hole(resolution, BORDER, seed)
    top, bottom, left, right = box(missing)
    assert missing[top:bottom, left:right].all()
    for first, end in ((top, bottom), (left, right)):
        assert end - first <= round(56 / 64 * resolution)
        inside = first > 0 and end < resolution
        assert end - first >= round(20 / 64 * resolution) // (1 if inside else 2)  # cut off no farther than its middle


def test_most_border_holes_touch_the_border_on_every_side_alike() -> None:
    touched = np.zeros(4)
    for seed in range(600):
        top, bottom, left, right = box(hole(64, BORDER, seed))
        touched += [top == 0, bottom == 64, left == 0, right == 64]
    assert (touched / 600 > 0.2).all()
    assert np.ptp(touched / 600) < 0.08


def test_the_encoders_mixture_is_the_documented_one() -> None:
    """A third random pixels, a third squares near the centre; of the rest half rectangles, half cut off."""
    known = draw_batch(1200, 32, EncoderConfig(), torch.Generator().manual_seed(3))
    assert (known.shape, known.dtype) == ((1200, 1, 32, 32), torch.bool)
    solid = touching = 0
    for missing in ~known[:, 0].numpy():
        top, bottom, left, right = box(missing)
        if missing[top:bottom, left:right].all():
            solid += 1
            touching += top == 0 or left == 0 or bottom == 32 or right == 32
    # squares, those at the border and half of the other rectangles, which are single
    assert solid / 1200 == pytest.approx(1 / 3 + 1 / 6 + 1 / 12, abs=0.06)
    assert touching / 1200 == pytest.approx(1 / 6, abs=0.05)


def test_about_half_of_the_rectangle_holes_are_two() -> None:
    single = 0
    for seed in range(600):
        missing = hole(64, RECTANGLES, seed)
        top, bottom, left, right = box(missing)
        single += bool(missing[top:bottom, left:right].all())
    assert 0.45 < single / 600 < 0.65  # a few pairs lie one inside the other


@pytest.mark.parametrize("share", [0.0, 0.2, 0.7, 1.0])
def test_the_kinds_are_mixed_in_the_configs_shares(share: float) -> None:
    config, squares = AwareConfig(random_holes=1 - share, centre_holes=share), 0
    source = torch.Generator().manual_seed(1)
    for _ in range(500):
        missing = ~draw_known(32, config, source)[0].numpy()
        top, bottom, left, right = box(missing)
        squares += bool(missing[top:bottom, left:right].all())
    assert squares / 500 == pytest.approx(share, abs=0.07)


def test_the_same_source_draws_the_same_holes() -> None:
    config = AwareConfig()
    one, other = (torch.Generator().manual_seed(4) for _ in range(2))
    for _ in range(20):
        assert torch.equal(draw_known(32, config, one), draw_known(32, config, other))


def test_the_centre_square_is_the_papers() -> None:
    expected = np.zeros((64, 64), bool)
    expected[24:40, 24:40] = True
    np.testing.assert_array_equal(~centre_square(64, 1 / 4)[0].numpy(), expected)
