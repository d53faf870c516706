"""Grids of samples: each image at its place, and found there again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.measure.picture_grid import GAP, cut_grid, picture_grid, write_grid


def images(count: int, side: int = 5) -> np.ndarray:
    return np.random.default_rng(count).integers(1, 256, (count, side, side, 3), np.uint8)


@given(st.integers(1, 30), st.integers(1, 9), st.integers(1, 6))
def test_the_images_of_a_grid_are_found_in_it_again(count: int, columns: int, side: int) -> None:
    made = images(count, side)
    found = cut_grid(picture_grid(made, columns), side)
    np.testing.assert_array_equal(found[:count], made)
    assert not found[count:].any()


@given(st.integers(1, 30))
def test_every_pixel_between_the_images_is_black(count: int) -> None:
    made = images(count)
    assert int(picture_grid(made).astype(int).sum()) == int(made.astype(int).sum())


def test_the_grid_is_filled_row_by_row() -> None:
    made = images(5)
    grid = picture_grid(made, 3)
    assert grid.shape == (2 * 5 + GAP, 3 * 5 + 2 * GAP, 3)
    np.testing.assert_array_equal(grid[5 + GAP :, :5], made[3])


def test_a_grid_is_nearly_square_by_itself() -> None:
    assert picture_grid(images(64, 8)).shape == (8 * 10 - GAP, 8 * 10 - GAP, 3)


def test_the_file_shows_the_grid_exactly(tmp_path: Path) -> None:
    path = tmp_path / "grid.png"
    path.write_bytes(b"an older one")
    write_grid(path, images(7), 4)
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        np.testing.assert_array_equal(np.asarray(picture), picture_grid(images(7), 4))


def test_a_grid_that_cannot_be_written_is_a_save_error(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="does not exist"):
        write_grid(tmp_path / "gone" / "grid.png", images(1))
