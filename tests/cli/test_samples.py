"""`wganpaint samples`: a grid that says what a model can draw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import pixels_of

R, PITCH = 32, 34  # of the tiny model


def tile(grid: np.ndarray, row: int, column: int) -> np.ndarray:
    return grid[row * PITCH : row * PITCH + R, column * PITCH : column * PITCH + R]


def test_the_grid_is_nearly_square_and_filled_row_by_row(wganpaint, tiny_model: Path, tmp_path: Path):
    out = tmp_path / "grid.png"
    ran = wganpaint("samples", tiny_model, "-o", out, "--count", 7, "--seed", 3)
    assert (ran.code, ran.out) == (0, f"{out}\n")
    grid = pixels_of(out)
    assert grid.shape == (3 * PITCH - 2, 3 * PITCH - 2, 3)
    assert tile(grid, 2, 0).any()
    assert not tile(grid, 2, 1).any()
    assert (tile(grid, 0, 0) != tile(grid, 0, 1)).any()


def test_a_seed_gives_its_images_however_many_are_asked_for(wganpaint, tiny_model: Path, tmp_path: Path):
    for name, count, seed in (("few", 2, 1), ("many", 70, 1), ("other", 2, 2)):
        assert (
            wganpaint("samples", tiny_model, "-o", tmp_path / f"{name}.png", "--count", count, "--seed", seed).code == 0
        )
    few, many, other = (pixels_of(tmp_path / f"{name}.png") for name in ("few", "many", "other"))
    # Batches of other sizes may round differently in the last bit.
    assert np.abs(tile(few, 0, 1).astype(int) - tile(many, 0, 1)).max() <= 1
    assert (tile(few, 0, 0) != tile(other, 0, 0)).any()


@pytest.mark.parametrize(("option", "value"), [("--count", 0), ("--count", 100_000), ("--seed", -1)])
def test_impossible_numbers_are_refused(wganpaint, tiny_model: Path, tmp_path: Path, option: str, value: int):
    ran = wganpaint("samples", tiny_model, "-o", tmp_path / "grid.png", option, value)
    assert ran.code == 2
    assert option in ran.complaints[0]


def test_an_existing_file_is_replaced_only_by_force(wganpaint, tiny_model: Path, tmp_path: Path):
    out = tmp_path / "grid.png"
    out.write_text("old")
    ran = wganpaint("samples", tiny_model, "-o", out, "--count", 1)
    assert ran.code == 2
    assert "already exists" in ran.complaints[0]
    assert out.read_text() == "old"
    assert wganpaint("samples", tiny_model, "-o", out, "--count", 1, "--force").code == 0
    assert pixels_of(out).shape == (R, R, 3)


def test_an_unknown_model_is_answered_with_the_known_ones(wganpaint, tmp_path: Path):
    ran = wganpaint("samples", "dogs", "-o", tmp_path / "grid.png")
    assert ran.code == 2
    assert "Known models: faces-128, faces-64, faces-64-paper." in ran.complaints[0]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is where not even root makes a file")
def test_a_folder_that_takes_no_files_is_named_with_what_to_do(wganpaint, tiny_model: Path):
    (complaint,) = wganpaint("samples", tiny_model, "-o", "/proc/x.png", "--count", 1).complaints
    assert complaint.startswith("wganpaint: /proc/x.png ")
    assert "in /proc." in complaint or "to /proc." in complaint
    assert complaint.endswith("Choose another folder.")
