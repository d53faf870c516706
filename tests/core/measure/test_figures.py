"""Figures: every pixel of a picture is shown, labels fit, and the curve is where its numbers say."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from wganpaint_gui.core.measure.curve_figure import curve_figure
from wganpaint_gui.core.measure.figures import METHOD_INKS, Column, Group, comparison_figure, corrupted_picture
from wganpaint_gui.core.training.training_log import running_median

SIDE = 32
BLUE = np.array([0x1F, 0x6B, 0xCD])


def pictures(count: int = 3, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, SIDE, SIDE, 3), np.uint8)


def groups(seed: int = 0) -> list[Group]:
    found = Column("Contextual + perceptual", pictures(seed=seed + 1), METHOD_INKS["yeh"])
    return [
        Group("", (Column("Original", pictures(seed=seed)),)),
        Group("Centre, 8 by 8 pixels", (Column("Corrupted", pictures(seed=seed + 2)), found)),
    ]


def contains(figure: np.ndarray, part: np.ndarray) -> bool:
    """Whether a picture stands somewhere in the figure, every pixel a square of 4x4."""
    large = part.repeat(4, 0).repeat(4, 1)
    starts = np.argwhere((figure[: -len(large), : -large.shape[1]] == large[0, 0]).all(-1))
    return any(np.array_equal(figure[y : y + len(large), x : x + large.shape[1]], large) for y, x in starts)


def test_every_picture_is_there_pixel_by_pixel():
    figure = np.array(comparison_figure(groups(), "3 of 3 images."))
    for picture in (*pictures(seed=0), *pictures(seed=1), *pictures(seed=2)):
        assert contains(figure, picture)


def test_a_figure_has_white_margins_and_grows_with_its_content():
    figure = np.array(comparison_figure(groups(), "A caption."))
    for edge in (figure[:24], figure[-20:], figure[:, :24], figure[:, -24:]):
        assert (edge == 255).all()
    longer = comparison_figure(groups(), "A long caption that needs several lines. " * 8)
    assert longer.height > len(figure)
    assert longer.width == figure.shape[1]


def test_missing_pixels_are_grey_and_known_ones_as_they_were():
    image, known = pictures(), np.random.default_rng(5).random((3, SIDE, SIDE)) < 0.5
    seen = corrupted_picture(image, known)
    np.testing.assert_array_equal(seen[known], image[known])
    assert (seen[~known] == seen[~known][0, 0]).all()


def column_of(figure: Image.Image, share: float) -> np.ndarray:
    """Rows of the strong line's pixels at a share of the horizontal axis."""
    pixels = np.array(figure).astype(int)[:, 96 + round(share * 959)]
    return np.flatnonzero(np.abs(pixels[76 : 76 + 440] - BLUE).sum(axis=-1) < 30)


@pytest.mark.parametrize("count", [200, 20_000])
def test_the_median_is_drawn_where_its_numbers_are(count: int):
    updates = np.arange(1, count + 1)
    w = np.linspace(10, 0, count, dtype=np.float32)
    figure = curve_figure(updates, w, running_median(w), kernel=101)
    for share in (0.25, 0.5, 0.75):
        # The axis reaches from 0 to 5 % above the highest usual value, which is 10 x 99.5 %, or that of the median.
        high = 1.05 * max(9.95, float(running_median(w).max()))
        expected = 440 * (1 - 10 * (1 - share) / high)
        assert column_of(figure, share).mean() == pytest.approx(expected, abs=4)


def test_a_value_far_off_does_not_flatten_the_rest():
    w = np.linspace(4, 2, 1000, dtype=np.float32)
    calm = curve_figure(np.arange(1, 1001), w, running_median(w), kernel=101)
    w[500] = 1e6
    w[600] = np.nan
    wild = curve_figure(np.arange(1, 1001), w, running_median(w), kernel=101)
    assert abs(column_of(calm, 0.25).mean() - column_of(wild, 0.25).mean()) < 6


@pytest.mark.parametrize("w", [[0.0], [1.5], [np.nan, np.nan], [-3.0, -2.0, -1.0], [2.0] * 5, [1e-6] * 4, [1e9, -1e9]])
def test_any_numbers_make_a_figure(w: list[float]):
    values = np.array(w, np.float32)
    figure = curve_figure(np.arange(1, len(w) + 1), values, values, kernel=101)
    assert figure.size == (96 + 960 + 32, 76 + 440 + 88)
