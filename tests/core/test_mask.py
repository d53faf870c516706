"""What a brush does to a mask, checked against slow and plain computations."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from wganpaint_gui.core.edit.mask_changes import invert
from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.geometry import EMPTY_BOX, Box
from wganpaint_gui.core.mask import (
    Brush,
    bounding_box,
    fill_rectangle,
    hole,
    masked_count,
    stamp_segment,
)

HEIGHT, WIDTH = 70, 90
AROUND = st.tuples(st.floats(-40, WIDTH + 40), st.floats(-40, HEIGHT + 40))  # points in and around the mask
INSIDE = st.tuples(st.floats(0, WIDTH, exclude_max=True), st.floats(0, HEIGHT, exclude_max=True))
HARD = st.builds(Brush, st.floats(2, 80), st.just(1.0))
SOFT = st.builds(Brush, st.floats(4, 80), st.floats(0, 0.9))
MASKS = arrays(np.uint8, (13, 17), elements=st.integers(0, 255), fill=st.just(0))


def empty(height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.uint8]:
    return np.zeros((height, width), np.uint8)


def distances(start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
    """[HEIGHT, WIDTH]: each pixel centre's distance to the segment, by rotating the plane onto it."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    way = complex(*end) - complex(*start)
    length = abs(way)
    turned = (columns + 1j * rows - complex(*start)) * (way.conjugate() / length if length else 1)
    beyond = np.where(turned.real < 0, turned.real, np.where(turned.real > length, turned.real - length, 0))
    return np.hypot(beyond, turned.imag)


@given(AROUND, AROUND, HARD)
def test_a_hard_stroke_holds_the_pixels_whose_centres_are_within_the_radius(start, end, brush):
    mask = empty()
    stamp_segment(mask, start, end, brush)
    distance = distances(start, end)
    certain = abs(distance - brush.radius) > 1e-6
    assert np.array_equal(mask[certain], 255 * (distance < brush.radius)[certain])


@given(AROUND, AROUND, SOFT)
def test_a_soft_stroke_falls_smoothly_from_its_core_to_its_radius(start, end, brush):
    mask = empty()
    stamp_segment(mask, start, end, brush)
    core = brush.hardness * brush.radius
    depth = np.clip((brush.radius - distances(start, end)) / (brush.radius - core), 0, 1)
    assert np.allclose(mask, 255 * (3 * depth**2 - 2 * depth**3), rtol=0, atol=1)


@given(AROUND, AROUND, SOFT | HARD, st.lists(st.floats(0, 1), max_size=6), st.booleans())
def test_a_stroke_does_not_depend_on_how_it_is_cut_into_segments(start, end, brush, cuts, erase):
    at_once, in_parts = empty(), empty()
    for mask in (at_once, in_parts):
        mask[10:50, 20:60] = 200
    stamp_segment(at_once, start, end, brush, erase=erase)
    stops = [start, *(tuple(np.add(start, np.multiply(cut, np.subtract(end, start)))) for cut in sorted(cuts)), end]
    for here, there in pairwise(stops):
        stamp_segment(in_parts, here, there, brush, erase=erase)
    different = abs(at_once.astype(int) - in_parts) > 1
    if brush.hardness == 1.0:  # a centre right on the edge may fall to either side
        different &= abs(distances(start, end) - brush.radius) > 1e-6
    assert not different.any()


@given(AROUND, AROUND, SOFT | HARD, st.booleans())
def test_only_the_returned_box_changes(start, end, brush, erase):
    mask = np.full((HEIGHT, WIDTH), 100, np.uint8)
    box = stamp_segment(mask, start, end, brush, erase=erase)
    mask[box.slices] = 100
    assert (mask == 100).all()
    assert box == EMPTY_BOX or Box(0, 0, WIDTH, HEIGHT).contains(box)


@given(AROUND, AROUND, SOFT | HARD)
def test_a_stroke_over_the_border_is_the_cut_out_of_one_on_a_larger_photo(start, end, brush):
    mask, larger = empty(), empty(HEIGHT + 100, WIDTH + 100)
    stamp_segment(mask, start, end, brush)
    stamp_segment(larger, (start[0] + 50, start[1] + 50), (end[0] + 50, end[1] + 50), brush)
    cut = larger[50:-50, 50:-50]
    far = abs(distances(start, end) - brush.radius) > 1e-6
    assert (abs(mask.astype(int) - cut)[far] <= 1).all()


@given(AROUND, AROUND, SOFT | HARD)
def test_painting_twice_over_the_same_place_changes_nothing_more(start, end, brush):
    mask = empty()
    stamp_segment(mask, start, end, brush)
    once = mask.copy()
    stamp_segment(mask, start, end, brush)
    assert np.array_equal(mask, once)


@given(AROUND, AROUND, SOFT | HARD)
def test_painting_never_lowers_and_erasing_never_raises(start, end, brush):
    before = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH), np.uint8)
    painted, erased = before.copy(), before.copy()
    stamp_segment(painted, start, end, brush)
    stamp_segment(erased, start, end, brush, erase=True)
    assert (painted >= before).all()
    assert (erased <= before).all()


@given(AROUND, AROUND, SOFT | HARD)
def test_erasing_is_painting_on_the_inverted_mask(start, end, brush):
    erased = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH), np.uint8)
    painted = invert(erased)
    stamp_segment(erased, start, end, brush, erase=True)
    stamp_segment(painted, start, end, brush)
    assert np.array_equal(erased, invert(painted))


@given(AROUND, AROUND, st.builds(Brush, st.floats(1, 80)))
def test_erasing_a_hard_stroke_leaves_nothing_of_it(start, end, brush):
    mask = empty()
    stamp_segment(mask, start, end, brush)
    stamp_segment(mask, start, end, brush, erase=True)
    assert not mask.any()


@given(INSIDE, st.floats(0, 1))
def test_a_click_of_one_pixel_marks_the_pixel_under_the_cursor(point, hardness):
    mask = empty()
    stamp_segment(mask, point, point, Brush(1, hardness))
    assert masked_count(mask) == 1
    assert mask[int(point[1]), int(point[0])] == 255


@given(INSIDE, INSIDE, st.floats(1, 2))
def test_a_thin_stroke_has_no_gaps(start, end, diameter):
    from skimage.measure import label

    mask = empty()
    stamp_segment(mask, start, end, Brush(diameter))
    assert label(hole(mask), connectivity=2).max() == 1
    assert hole(mask)[int(start[1]), int(start[0])]
    assert hole(mask)[int(end[1]), int(end[0])]


def test_a_brush_of_2000_pixels_reaches_2000_pixels():
    mask = empty(2100, 2100)
    box = stamp_segment(mask, (1050, 1050), (1050, 1050), Brush(2000))
    assert box == bounding_box(mask) == Box(50, 50, 2000, 2000)
    assert masked_count(mask) == pytest.approx(np.pi * 1000**2, rel=1e-4)


@pytest.mark.parametrize("values", [(0.5, 1), (2001, 1), (float("nan"), 1), (40, -0.1), (40, 1.1), (40, float("nan"))])
def test_a_brush_with_senseless_values_is_refused(values):
    with pytest.raises(SettingsError):
        Brush(*values)


def test_a_rectangle_is_clipped_at_the_border():
    mask = empty()
    assert fill_rectangle(mask, Box(-5, -5, 15, 10), 255) == Box(0, 0, 10, 5)
    assert masked_count(mask) == 50
    assert fill_rectangle(mask, Box(2, 2, 4, 2), 0) == Box(2, 2, 4, 2)
    assert masked_count(mask) == 42
    assert fill_rectangle(mask, Box(WIDTH, 0, 5, 5), 255) == EMPTY_BOX


@given(MASKS)
def test_bounding_box_and_count_are_those_of_the_hole(mask):
    found = np.argwhere(mask > 127)
    assert masked_count(mask) == len(found)
    if not len(found):
        assert bounding_box(mask) == EMPTY_BOX
        return
    (top, left), (bottom, right) = found.min(axis=0), found.max(axis=0) + 1
    assert bounding_box(mask) == Box(left, top, right - left, bottom - top)
