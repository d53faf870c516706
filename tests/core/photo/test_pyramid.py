"""The half sizes the canvas draws from are averages, and follow every change of the photo."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.pyramid import SMALLEST, Pyramid

KINDS = st.tuples(st.sampled_from([np.uint8, np.uint16]), st.integers(1, 4))


def noise(height: int, width: int, channels: int, dtype=np.uint8, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, np.iinfo(dtype).max + 1, (height, width, channels), dtype=dtype)


def halved(level: np.ndarray) -> np.ndarray:
    """Mean of each 2 x 2, or of what there is at odd edges, in float64."""
    values = level.astype(np.float64)
    height, width = values.shape[:2]
    rows, columns = np.arange(0, height, 2), np.arange(0, width, 2)
    sums = np.add.reduceat(np.add.reduceat(values, rows, axis=0), columns, axis=1)
    counts = np.minimum(2, height - rows)[:, None] * np.minimum(2, width - columns)
    return sums / counts[..., None]


@settings(max_examples=25)
@given(height=st.integers(1, 40), width=st.integers(1, 2300), turned=st.booleans())
def test_each_level_averages_the_one_above(height, width, turned):
    pixels = noise(*((width, height) if turned else (height, width)), 3)
    levels = Pyramid.build(Photo(pixels)).levels
    assert np.array_equal(levels[0], pixels)
    assert max(levels[-1].shape[:2]) <= SMALLEST
    assert len(levels) == 1 or max(levels[-2].shape[:2]) > SMALLEST
    for above, below in itertools.pairwise(levels):
        assert np.abs(below - halved(above)).max() <= 0.51


@settings(max_examples=40)
@given(data=st.data(), kind=KINDS, height=st.integers(1, 30), width=st.integers(513, 2300))
def test_following_a_change_equals_building_anew(data, kind, height, width):
    dtype, channels = kind
    photo = Photo(noise(height, width, channels, dtype))
    pyramid = Pyramid.build(photo)
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    box = Box(x, y, data.draw(st.integers(1, width - x)), data.draw(st.integers(1, height - y)))
    changed = photo.pixels.copy()
    changed[box.slices] = noise(box.height, box.width, channels, dtype, seed=1)
    photo = photo.replaced(changed)
    pyramid.update(photo, box)
    for found, expected in zip(pyramid.levels, Pyramid.build(photo).levels, strict=True):
        assert np.array_equal(found, expected)


def test_an_update_touches_only_the_box():
    photo = Photo(noise(600, 1100, 3))
    pyramid = Pyramid.build(photo)
    before = [level.copy() for level in pyramid.levels]
    photo.pixels[:] = 0  # all of it, but only the box is told
    pyramid.update(photo, Box(100, 200, 10, 20))
    inside = np.zeros(pyramid.levels[1].shape[:2], bool)
    inside[100:110, 50:55] = True
    assert not pyramid.levels[1][inside].any()
    assert np.array_equal(pyramid.levels[1][~inside], before[1][~inside])


def test_a_box_that_hangs_over_the_photo_is_cut():
    photo = Photo(noise(600, 700, 3))
    pyramid = Pyramid.build(photo)
    photo.pixels[590:, 690:] = 7
    pyramid.update(photo, Box(690, 590, 100, 100))
    pyramid.update(photo, Box(-50, -50, 10, 10))
    assert np.array_equal(pyramid.levels[1], Pyramid.build(photo).levels[1])


def test_the_first_level_of_a_common_photo_is_no_copy_and_the_rest_is_a_third():
    for channels in (3, 4):
        photo = Photo(noise(2048, 2048, channels))
        pyramid = Pyramid.build(photo)
        assert np.shares_memory(pyramid.levels[0], photo.pixels)
        assert sum(level.nbytes for level in pyramid.levels[1:]) <= 0.34 * photo.pixels.nbytes


def test_grey_and_deep_photos_are_shown_in_8_bit_colour():
    deep = Photo(noise(5, 6, 2, np.uint16))
    level = Pyramid.build(deep).levels[0]
    assert level.dtype == np.uint8
    assert np.array_equal(level[..., 1], deep.pixels[..., 0] >> 8)
    assert np.array_equal(level[..., 3], deep.pixels[..., 1] >> 8)


def test_colours_under_transparency_do_not_bleed_into_half_sizes():
    pixels = np.zeros((1, 1024, 4), np.uint8)
    pixels[:, ::2] = (200, 100, 50, 255)
    pixels[:, 1::2] = (0, 255, 0, 0)
    below = Pyramid.build(Photo(pixels)).levels[1]
    assert np.abs(below[..., :3].astype(int) - (200, 100, 50)).max() <= 2
    assert np.abs(below[..., 3].astype(int) - 128).max() <= 1


def test_a_region_is_ready_for_drawing():
    photo = Photo(noise(600, 1100, 3))
    pyramid = Pyramid.build(photo)
    region = pyramid.region(1, Box(10, 20, 30, 40))
    assert region.flags.c_contiguous
    assert np.array_equal(region, pyramid.levels[1][20:60, 10:40])


def test_one_pixel_has_one_level():
    assert [level.shape for level in Pyramid.build(Photo(noise(1, 1, 3))).levels] == [(1, 1, 3)]
