"""`wganpaint inpaint` from the files that go in to the files that come out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import HEIGHT, WIDTH, Ran, pixels_of, write_mask, write_photo

CONTRACT = {
    "input",
    "output",
    "method",
    "loss",
    "best_step",
    "refined_steps",
    "start",
    "steps",
    "seconds",
    "known_region_fit",
    "frame",
    "model",
    "changed_outside_mask",
}


def hole_of(mask: Path) -> np.ndarray:
    return pixels_of(mask) > 127


def test_only_what_is_masked_changes(inpaint, photo: Path, mask: Path, tmp_path: Path):
    out = tmp_path / "out.png"
    ran = inpaint(photo, "--mask", mask, "-o", out)
    assert (ran.code, ran.out) == (0, f"{out}\n")
    changed = (pixels_of(photo) != pixels_of(out)).any(axis=2)
    assert changed.any()
    assert not (changed & ~hole_of(mask)).any()
    assert "0 pixels changed outside the mask" in ran.complaints[0]
    assert "known-region fit poor" in ran.complaints[0], "the model has learnt nothing"
    assert "The model does not know what surrounds the hole" in ran.complaints[1]
    assert "--method surroundings" in ran.complaints[1]


def test_json_is_one_object_with_the_promised_names(inpaint, photo: Path, mask: Path, tmp_path: Path):
    out = tmp_path / "out.png"
    ran = inpaint(photo, "--mask", mask, "-o", out, "--json", "--method", "critic", "--frame", "10,2,64")
    (result,) = ran.objects
    assert set(result) == CONTRACT
    assert result["input"] == str(photo)
    assert result["output"] == str(out)
    assert (result["method"], result["model"], result["steps"]) == ("critic", "tiny", 3)
    assert result["frame"] == [10, 2, 64]
    assert 0 <= result["best_step"] < 3
    assert result["changed_outside_mask"] == 0
    assert result["seconds"] > 0
    assert result["known_region_fit"] in ("good", "fair", "poor")
    assert ran.complaints == []


def test_both_methods_write_a_file_each(inpaint, photo: Path, mask: Path, tmp_path: Path):
    (result,) = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", "--json", "--method", "both").objects
    assert (result["method"], result["changed_outside_mask"]) == ("both", 0)
    assert [one["method"] for one in result["results"]] == ["yeh", "critic"]
    assert [one["output"] for one in result["results"]] == [
        str(tmp_path / "out-yeh.png"),
        str(tmp_path / "out-critic.png"),
    ]
    assert (pixels_of(tmp_path / "out-yeh.png") != pixels_of(tmp_path / "out-critic.png")).any()


def test_a_method_alone_gives_what_it_gives_beside_the_other(inpaint, photo: Path, mask: Path, tmp_path: Path):
    arguments = (photo, "--mask", mask, "--frame", "10,2,64")
    inpaint(*arguments, "-o", tmp_path / "out.png", "--method", "both")
    inpaint(*arguments, "-o", tmp_path / "alone.png", "--method", "critic")
    assert (pixels_of(tmp_path / "out-critic.png") == pixels_of(tmp_path / "alone.png")).all()


def test_the_same_seed_gives_the_same_pixels_and_another_others(inpaint, photo: Path, mask: Path, tmp_path: Path):
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        assert inpaint(photo, "--mask", mask, "-o", tmp_path / f"{name}.png", "--seed", seed).code == 0
    a, b, c = (pixels_of(tmp_path / f"{name}.png") for name in "abc")
    assert (a == b).all()
    assert (a != c).any()


def test_several_photos_find_their_masks_by_name(inpaint, tmp_path: Path):
    masks = tmp_path / "masks"
    masks.mkdir()
    write_photo(tmp_path / "a.png", 1)
    write_photo(tmp_path / "b.png", 2)
    write_mask(masks / "a.png", box=(5, 5, 20, 20))
    write_mask(masks / "b.bmp", box=(50, 40, 20, 20))
    ran = inpaint(tmp_path / "a.png", tmp_path / "b.png", "--mask", masks, "-o", tmp_path / "new" / "done", "--json")
    assert ran.code == 0
    assert [Path(one["output"]).name for one in ran.objects] == ["a.png", "b.png"]
    for name, mask in (("a", "a.png"), ("b", "b.bmp")):
        changed = (pixels_of(tmp_path / f"{name}.png") != pixels_of(tmp_path / "new/done" / f"{name}.png")).any(axis=2)
        assert changed.any()
        assert not (changed & ~hole_of(masks / mask)).any()


def test_what_can_be_done_is_done_and_each_failure_is_a_line(inpaint, photo: Path, mask: Path, tmp_path: Path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(photo.read_bytes()[:200])
    missing = tmp_path / "missing.png"
    ran = inpaint(broken, photo, missing, "--mask", mask, "-o", tmp_path / "done", "--json")
    assert ran.code == 1
    assert [one["input"] for one in ran.objects] == [str(photo)]
    assert [path.name for path in (tmp_path / "done").iterdir()] == ["photo.png"]
    assert len(ran.complaints) == 2
    assert "broken.png" in ran.complaints[0]
    assert "missing.png" in ran.complaints[1]


@pytest.mark.parametrize("kind", ["center", "center32", "random80"])
def test_the_papers_corruptions_need_no_mask_file(inpaint, photo: Path, tmp_path: Path, kind: str):
    out = tmp_path / "out.png"
    (result,) = inpaint(photo, "--mask", kind, "-o", out, "--json").objects
    assert result["frame"] == [10, 0, 70]  # noise shows no face: the largest centred square
    changed = (pixels_of(photo) != pixels_of(out)).any(axis=2)
    share = changed[:, 10:80].mean()
    assert share == pytest.approx({"center": 1 / 16, "center32": 1 / 4, "random80": 0.6}[kind], abs=0.1)
    assert not changed[:, :10].any()


def test_alpha_fills_what_is_transparent(inpaint, tmp_path: Path):
    path = write_photo(tmp_path / "cut.png", channels=4)
    pixels = pixels_of(path)
    pixels[..., 3] = 255
    pixels[20:40, 30:50, 3] = 0
    Image.fromarray(pixels).save(path)
    assert inpaint(path, "--mask", "alpha", "-o", tmp_path / "out.png").code == 0
    filled = pixels_of(tmp_path / "out.png")
    assert (filled[..., 3] == 255).all(), "a fill that nobody sees is none"
    changed = (filled[..., :3] != pixels[..., :3]).any(axis=2)
    assert changed[20:40, 30:50].mean() > 0.9
    changed[20:40, 30:50] = False
    assert not changed.any()


def test_hidden_colours_of_a_cut_out_change_neither_its_fill_nor_its_film(inpaint, mask: Path, tmp_path: Path):
    written = []
    for number, hidden in enumerate([(255, 0, 255), (0, 90, 0)]):
        path = write_photo(tmp_path / "cut.png", channels=4)
        pixels = pixels_of(path)
        pixels[..., 3] = 255
        pixels[:, 60:] = (*hidden, 0)
        Image.fromarray(pixels).save(path)
        out, film = tmp_path / f"{number}.png", tmp_path / f"{number}.webp"
        assert inpaint(path, "--mask", mask, "-o", out, "--frame", "whole", "--animation", film).code == 0
        written.append((pixels_of(out)[:, :60].tobytes(), film.read_bytes()))
    assert written[0] == written[1]


def test_a_photo_with_nothing_visible_around_its_hole_is_refused_and_nothing_is_written(inpaint, mask, tmp_path: Path):
    path = write_photo(tmp_path / "clear.png", channels=4)
    pixels = pixels_of(path)
    pixels[..., 3] = np.where(np.array(Image.open(mask)) > 127, 255, 0)
    Image.fromarray(pixels).save(path)
    ran = inpaint(path, "--mask", mask, "-o", tmp_path / "out.png")
    assert ran.code == 2
    assert "Everything around the mask is transparent" in ran.complaints[0]
    assert not (tmp_path / "out.png").exists()


def test_a_mask_beyond_the_frame_is_said(inpaint, photo: Path, mask: Path, tmp_path: Path):
    ran = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", "--frame", "40,0,64", "--json")
    assert ran.code == 0
    assert ran.complaints == [f"wganpaint: {photo}: 144 pixels of the mask outside the frame will not be filled."]


@pytest.fixture
def with_the_face_model(wganpaint, tmp_path: Path):
    """`wganpaint inpaint` with the model that ships, in one step."""

    def run(*arguments: object) -> Ran:
        few = ("--start", "random", "--steps", 1, "--refine", 0, "--restarts", 1)
        return wganpaint("inpaint", "-o", tmp_path / "out.png", *few, "--json", *arguments)

    return run


def test_a_mask_on_no_face_is_said_where_the_model_knows_nothing_else(with_the_face_model, photo: Path, mask: Path):
    ran = with_the_face_model(photo, "--mask", mask)
    assert ran.code == 0
    assert ran.complaints == [
        f"wganpaint: {photo}: No face was found under the mask. The model faces-64 knows only faces, and fills "
        "anything else with parts of faces."
    ]
    assert [one["input"] for one in ran.objects] == [str(photo)], "stdout is data"


def test_a_mask_on_a_face_is_nothing_to_warn_of(with_the_face_model, sample_photo_path: Path):
    ran = with_the_face_model(sample_photo_path, "--mask", sample_photo_path.with_name("sample-mask.png"))
    assert (ran.code, ran.complaints) == (0, [])


def test_a_frame_that_was_asked_for_is_nothing_to_warn_of(with_the_face_model, photo: Path, mask: Path):
    assert with_the_face_model(photo, "--mask", mask, "--frame", "whole").complaints == []


def test_whole_takes_the_square_around_the_photo(inpaint, photo: Path, mask: Path, tmp_path: Path):
    (result,) = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", "--frame", "whole", "--json").objects
    assert result["frame"] == [0, (HEIGHT - WIDTH) // 2, WIDTH]


@pytest.mark.parametrize("suffix", ["jpg", "webp", "tif", "bmp"])
def test_every_format_keeps_the_promise(inpaint, photo: Path, mask: Path, tmp_path: Path, suffix: str):
    out = tmp_path / f"out.{suffix}"
    (result,) = inpaint(photo, "--mask", mask, "-o", out, "--json").objects
    assert result["changed_outside_mask"] == 0
    assert pixels_of(out).shape == (HEIGHT, WIDTH, 3)


@pytest.mark.parametrize("channels", [1, 4])
def test_grey_and_alpha_stay_what_they_are(inpaint, mask: Path, tmp_path: Path, channels: int):
    path = write_photo(tmp_path / "other.png", channels=channels)
    (result,) = inpaint(path, "--mask", mask, "-o", tmp_path / "out.png", "--json").objects
    assert result["changed_outside_mask"] == 0
    assert pixels_of(tmp_path / "out.png").shape == pixels_of(path).shape


@pytest.mark.parametrize(
    "option",
    [
        ("--blend", "none"),
        ("--blend", "feather"),
        ("--optimizer", "sgd"),
        ("--optimizer", "rmsprop"),
        ("--lambda", "0"),
        ("--lr", "0.2"),
        ("--restarts", "1"),
    ],
)
def test_every_setting_reaches_the_search(inpaint, photo: Path, mask: Path, tmp_path: Path, option: tuple[str, str]):
    for name, extra in (("default", ()), ("changed", option)):
        assert inpaint(photo, "--mask", mask, "-o", tmp_path / f"{name}.png", "--restarts", 4, *extra).code == 0
    assert (pixels_of(tmp_path / "default.png") != pixels_of(tmp_path / "changed.png")).any()


def test_force_replaces_the_file(inpaint, photo: Path, mask: Path, tmp_path: Path):
    out = tmp_path / "out.png"
    out.write_text("old")
    assert inpaint(photo, "--mask", mask, "-o", out, "--force").code == 0
    assert pixels_of(out).shape == (HEIGHT, WIDTH, 3)


@pytest.mark.parametrize("suffix", ["webp", "gif"])
def test_the_film_shows_the_steps_of_both_methods(inpaint, photo: Path, mask: Path, tmp_path: Path, suffix: str):
    film = tmp_path / f"film.{suffix}"
    arguments = ("--frame", "10,2,64", "--method", "both", "--steps", 6, "--animation", film)
    assert inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", *arguments).code == 0
    with Image.open(film) as image:
        assert 2 <= image.n_frames <= 7  # equal pictures in a row are kept once
        assert image.width > 2 * 256 > image.height
    assert film.stat().st_size < 2_000_000


def test_a_long_search_becomes_a_short_film():
    from wganpaint_gui.ml.batch.film import MAX_PICTURES, shown_steps

    steps = shown_steps(1500, MAX_PICTURES - 1)
    assert len(steps) == MAX_PICTURES - 1
    assert (steps[0], steps[-1]) == (0, 1499)
    assert shown_steps(3, 100) == [0, 1, 2]
    assert shown_steps(1, 100) == [0]


def test_resume_fills_only_what_is_missing(inpaint, mask: Path, tmp_path: Path):
    photos = [write_photo(tmp_path / f"{name}.png", n) for n, name in enumerate("ab")]
    arguments = (*photos, "--mask", mask, "-o", tmp_path / "done", "--record", tmp_path / "record.json")
    assert inpaint(*arguments).code == 0
    whole = (tmp_path / "done" / "b.png").read_bytes()
    kept = (tmp_path / "done" / "a.png").stat().st_mtime_ns
    (tmp_path / "done" / "b.png").unlink()
    (tmp_path / "record-b.json").unlink()
    ran = inpaint(*arguments, "--resume")
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'done' / 'b.png'}\n")
    assert (tmp_path / "done" / "b.png").read_bytes() == whole
    assert (tmp_path / "done" / "a.png").stat().st_mtime_ns == kept
    (tmp_path / "record-b.json").unlink()
    assert inpaint(*arguments, "--resume").code == 2, (
        "a photo of which some files exist is not replaced without --force"
    )
