"""`wganpaint inpaint --method surroundings`: from the photo itself, without model and frame."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.surroundings.surroundings import fill_from_surroundings


@pytest.fixture
def gravel(tmp_path: Path) -> Path:
    """A photo and, in masks/, its mask."""
    path = tmp_path / "gravel.png"
    Image.fromarray(data.gravel()[:96, :120]).save(path)
    mask = np.zeros((96, 120), np.uint8)
    mask[40:56, 50:70] = 255
    (tmp_path / "masks").mkdir()
    Image.fromarray(mask).save(tmp_path / "masks" / "gravel.png")
    return path


def test_a_photo_without_a_face_is_filled_without_a_model(wganpaint, gravel: Path, tmp_path: Path):
    out, record = tmp_path / "out.png", tmp_path / "record.json"
    ran = wganpaint(
        *("inpaint", gravel, "--mask", tmp_path / "masks", "-o", out, "--method", "surroundings"),
        *("--json", "--record", record, "--model", "no-such-model"),
    )
    assert (ran.code, ran.complaints) == (0, [])
    told = json.loads(ran.out)
    nothing = dict.fromkeys(
        ("loss", "best_step", "refined_steps", "start", "steps", "known_region_fit", "frame", "model")
    )
    assert nothing.items() <= told.items()
    assert (told["method"], told["ways"], told["changed_outside_mask"]) == ("surroundings", ["patches"], 0)
    before, mask = load_photo(gravel), np.asarray(Image.open(tmp_path / "masks" / "gravel.png"))
    *_, last = fill_from_surroundings(before, mask)
    assert last.fill is not None
    np.testing.assert_array_equal(load_photo(out).pixels, last.fill.written_into(before).pixels)
    written = json.loads(record.read_text("utf-8"))
    assert written["surroundings"]["ways"] == ["patches"]
    assert "scikit-image" in written["surroundings"]["libraries"]
    assert (written["settings"], written["frames"]) == (None, [])


def test_all_methods_write_a_file_each(wganpaint, gravel: Path, tmp_path: Path):
    ran = wganpaint(
        *("inpaint", gravel, "--mask", tmp_path / "masks", "-o", tmp_path / "out.png", "--method", "all", "--json"),
        *("--steps", 2, "--refine", 0, "--restarts", 1, "--frame", "10,0,96"),
    )
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["method"] == "all"
    assert [one["method"] for one in told["results"]] == ["yeh", "critic", "surroundings"]
    assert all(Path(one["output"]).is_file() for one in told["results"])
    assert told["changed_outside_mask"] == 0


def test_all_gives_the_surroundings_where_the_model_sees_nothing(wganpaint, gravel: Path, tmp_path: Path):
    mask, out, record = np.full((96, 120), 255, np.uint8), tmp_path / "out.png", tmp_path / "record.json"
    mask[0, 0] = 0
    Image.fromarray(mask).save(tmp_path / "mask.png")
    ran = wganpaint(
        *("inpaint", gravel, "--mask", tmp_path / "mask.png", "-o", out, "--method", "all", "--json"),
        *("--record", record),
    )
    assert ran.code == 1
    assert any("covers everything the model sees" in line for line in ran.complaints)
    told = json.loads(ran.out)
    assert [one["method"] for one in told["results"]] == ["surroundings"]
    assert (told["model"], told["frame"]) == (None, None)
    assert (tmp_path / "out-surroundings.png").is_file()
    assert not (tmp_path / "out-yeh.png").exists()
    assert list(json.loads(record.read_text("utf-8"))["outputs"]) == ["surroundings"]


def test_a_mask_that_leaves_nothing_is_2_and_a_sentence(wganpaint, gravel: Path, tmp_path: Path):
    Image.new("L", (120, 96), 255).save(tmp_path / "all.png")
    out = tmp_path / "out.png"
    ran = wganpaint("inpaint", gravel, "--mask", tmp_path / "all.png", "-o", out, "--method", "surroundings")
    assert ran.code == 2
    assert "covers the whole photo" in ran.complaints[0]
    assert not out.exists()


def test_there_is_no_film_of_the_surroundings(wganpaint, gravel: Path, tmp_path: Path):
    arguments = ("inpaint", gravel, "--mask", tmp_path / "masks", "-o", tmp_path / "out.png")
    ran = wganpaint(*arguments, "--method", "surroundings", "--animation", tmp_path / "film.webp")
    assert ran.code == 2
    assert "--animation" in ran.complaints[0]
