"""How a photo differs from the one that was opened, against the same computed of whole arrays."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import EMPTY_BOX, Box
from wganpaint_gui.core.photo.maps.difference import difference, laid_over, opened_part, shown_difference
from wganpaint_gui.core.photo.maps.heat_map import GROUND, brightest, colour_table, heat_colours
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels
from wganpaint_gui.core.photo.pyramid import Pyramid

WIDTH, HEIGHT = 1300, 1100  # three levels
WHOLE = Box(0, 0, WIDTH, HEIGHT)
TILE = Box(512, 256, 256, 256)


@pytest.fixture
def before() -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)


@pytest.fixture
def photo(before: NDArray[np.uint8]) -> Photo:
    """Two squares differ from the opened photo, one of them at the edge of the tile."""
    pixels = before.copy()
    pixels[300:320, 600:640] = 255 - pixels[300:320, 600:640]
    pixels[500:512, 512:530] ^= 3
    return photo_from_pixels(pixels)


def test_the_difference_is_that_of_the_channel_that_differs_most() -> None:
    before = np.array([[[10, 200, 30], [0, 0, 0]]], np.uint8)
    now = np.array([[[12, 100, 35], [0, 0, 0]]], np.uint8)
    assert difference(before, now).tolist() == [[100, 0]]


@pytest.mark.parametrize(("zoom", "level"), [(3.0, 0), (1.0, 0), (0.5, 1), (0.2, 1)])
@pytest.mark.parametrize("visible", [WHOLE, Box(550, 290, 100, 60), Box(1, 3, 777, 333)])
def test_kept_fills_differ_as_the_whole_pictures_do(
    photo: Photo, before: NDArray[np.uint8], visible: Box, zoom: float, level: int
) -> None:
    opened = opened_part(photo, [(TILE, before[TILE.slices]), (TILE.moved(256, 0), before[256:512, 768:1024])])
    now = Pyramid.build(photo)
    place, values = shown_difference(now, opened, None, visible, zoom)
    level = min(level, len(opened[0].levels) - 1) if opened else level
    whole = difference(Pyramid.build(photo_from_pixels(before)).levels[level], now.levels[level])
    step = 2**level
    assert values.shape == (place.height // step, place.width // step)
    assert np.array_equal(values, whole[place.y // step :, place.x // step :][: values.shape[0], : values.shape[1]])
    changed = np.zeros((HEIGHT, WIDTH), bool)
    changed[visible.slices] = (photo.pixels != before).any(axis=2)[visible.slices]
    rows, columns = np.nonzero(changed)
    assert place.contains(Box(columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1))


def test_a_fill_in_hand_counts_as_the_screen_shows_it(before: NDArray[np.uint8]) -> None:
    photo, side = photo_from_pixels(before), 90
    overlay = np.random.default_rng(1).integers(0, 256, (side, side, 4), np.uint8)
    overlay[:40, ..., 3] = 0
    square = Box(100, 200, side, side)
    place, values = shown_difference(Pyramid.build(photo), None, (square, overlay), WHOLE, 2.0)
    under, opacity = before[square.slices].astype(float), overlay[..., 3:] / 255
    over = np.rint(under * (1 - opacity) + overlay[..., :3] * opacity)
    assert place == square
    assert np.abs(values.astype(float) - np.abs(over - under).max(axis=2)).max() <= 1
    assert not values[:39].any(), "nothing is filled there"


@pytest.mark.parametrize("channels", [3, 4])
def test_an_overlay_of_fewer_pixels_is_stretched_over_its_square(channels: int) -> None:
    ground = np.full((60, 80, channels), 100, np.uint8)
    overlay = np.full((8, 8, 4), 255, np.uint8)
    over = laid_over(ground, overlay, x=16, y=8, side=32)
    assert (over[10:38, 18:46] == 255).all()
    assert np.array_equal(over[:6], ground[:6])
    assert np.array_equal(over[:, 51:], ground[:, 51:])


def test_where_nothing_changed_there_is_no_difference(before: NDArray[np.uint8]) -> None:
    photo = photo_from_pixels(before)
    assert opened_part(photo, []) is None
    assert shown_difference(Pyramid.build(photo), None, None, WHOLE, 1.0)[0] == EMPTY_BOX


def test_what_lies_outside_the_part_in_sight_is_not_computed(photo: Photo, before: NDArray[np.uint8]) -> None:
    opened = opened_part(photo, [(TILE, before[TILE.slices])])
    assert shown_difference(Pyramid.build(photo), opened, None, Box(0, 0, 100, 100), 1.0)[0] == EMPTY_BOX


def test_colours_get_brighter_with_the_value() -> None:
    for fading in (False, True):
        brightness = colour_table(fading=fading)[:, :3].sum(axis=1).astype(int)
        assert brightness[0] < 10
        assert (np.diff(brightness) > -4).all()
        assert brightness[-1] > 500
    assert colour_table(fading=True)[0, 3] == 0
    assert colour_table(fading=False)[[0, -1], 3].tolist() == [round(255 * GROUND), 255]


def test_values_beyond_the_scale_have_the_colours_of_its_ends() -> None:
    found = heat_colours(np.array([[-3.0, 0.0, 1.0, 9.0]]), fading=False)
    assert np.array_equal(found[0, 0], found[0, 1])
    assert np.array_equal(found[0, 2], found[0, 3])


def test_one_outlier_does_not_set_the_scale() -> None:
    values = np.ones((64, 64))
    values[3, 4] = 1e6
    assert brightest(values) == 1
    assert brightest(np.zeros((4, 4))) > 0
