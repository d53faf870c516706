"""Several frames in one photo: each fills what the ones before it left, and the record repeats them all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import Run, pixels_of, write_photo
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.planning import FramePlan
from wganpaint_gui.ml.batch import frame_filler
from wganpaint_gui.ml.batch.backdrop import Backdrop, backdrop

MOUTH = Box(192, 126, 58, 34)
COLLAR = Box(150, 180, 130, 60)  # context around it is a frame that holds the whole face


@pytest.fixture
def two_holes(tmp_path: Path) -> Path:
    """A mask of the sample portrait: the mouth, and a second hole whose frame reaches over the face."""
    values = np.zeros((512, 512), np.uint8)
    values[MOUTH.slices] = values[COLLAR.slices] = 255
    path = tmp_path / "two.png"
    Image.fromarray(values).save(path)
    return path


def repeated(record: dict[str, Any], frames: int | None = None) -> dict[str, np.ndarray]:
    """The pixels of each method, made again from what the record names: all frames, or the first few of them."""
    import torch

    from wganpaint_gui.core.edit.mask_io import load_mask
    from wganpaint_gui.core.photo.photo import load_photo
    from wganpaint_gui.core.search.composed_fill import Selection
    from wganpaint_gui.core.search.settings import InpaintConfig
    from wganpaint_gui.ml.search.fill import Fill
    from wganpaint_gui.ml.search.prepared_model import load_prepared

    path, cpu = Path(record["model"]["path"]), torch.device("cpu")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == record["model"]["sha256"]
    model = load_prepared(path, cpu, record["step_precision"])
    config = InpaintConfig.from_json(record["settings"])
    photos = {method: load_photo(Path(record["photo"]["path"])) for method in config.methods}
    box = next(iter(photos.values())).box
    left = load_mask(Path(record["mask"]["source"]), (box.width, box.height))
    for entry in record["frames"][:frames]:
        frame = Frame(*entry["frame"])
        for methods in entry["batches"]:
            fill = Fill(model, photos[methods[0]], left, frame, replace(config, methods=tuple(methods)))
            for _ in fill.run(watched=lambda: False):
                pass
            if methods == entry["batches"][0]:
                assert fill.search.fit().to_json() == entry["known_region_fit"]
            here = [config.methods.index(method) for method in methods]
            assert np.array_equal(fill.search.best.latents, np.array(entry["best_latents"], np.float32)[here])
            searched, refined = np.split(fill.search.log.losses, [config.steps])
            assert np.array_equal(searched, np.array(entry["losses"], np.float32)[:, here])
            chosen: dict[str, int | None] = dict.fromkeys(methods)
            if len(refined):
                (kept, index) = entry["refinement"], methods.index("yeh")
                chosen["yeh"] = kept["candidate"]
                assert (kept["method"], kept["first_step"]) == ("yeh", config.steps)
                assert kept["best_step"] == fill.search.best.steps[index, kept["candidate"]]
                assert np.array_equal(refined[:, index, kept["candidate"]], np.array(kept["losses"], np.float32))
            for index, method in enumerate(methods):
                place, patch = fill.result(Selection(index, chosen[method]))
                photos[method].pixels[place.slices] = patch
        left[frame.box.intersect(box).slices][frame.holds(frame.box.intersect(box))] = 0
    return {method: photo.pixels for method, photo in photos.items()}


def planned(monkeypatch: pytest.MonkeyPatch, *frames: Frame) -> None:
    """Let these be the frames, whatever the photo shows."""
    monkeypatch.setattr("wganpaint_gui.ml.batch.fill_photo.plan_frames", lambda *_: FramePlan(frames))
    monkeypatch.setattr(
        "wganpaint_gui.ml.search.frame_refinement.refine_frame", lambda _model, _photo, _mask, frame: frame
    )


def recorded(inpaint: Run, photo: Path, mask: Path, folder: Path, *options: object) -> dict[str, Any]:
    """Fill by both methods and return the record."""
    path = folder / "run.json"
    ran = inpaint(photo, "--mask", mask, "-o", folder / "out.png", "--method", "both", "--record", path, *options)
    assert ran.code == 0
    return json.loads(path.read_text())


@pytest.mark.parametrize("frame", ["auto", "5,0,70,-20.5"])
def test_a_run_repeated_from_its_record_gives_the_same_pixels(
    inpaint, photo: Path, mask: Path, tmp_path: Path, frame: str
):
    record = recorded(inpaint, photo, mask, tmp_path, "--frame", frame, "--animation", tmp_path / "film.webp")
    (entry,) = record["frames"]
    assert entry["batches"] == [["yeh", "critic"]]
    assert entry["refinement"] is None
    for method, pixels in repeated(record).items():
        assert np.array_equal(pixels_of(Path(record["outputs"][method])), pixels)


def test_a_refined_run_repeated_from_its_record_gives_the_same_pixels_and_numbers(
    inpaint, guessing_model: Path, photo: Path, mask: Path, tmp_path: Path
):
    options = ("--model", guessing_model, "--start", "guess", "--refine", 6)
    record = recorded(inpaint, photo, mask, tmp_path, *options)
    assert (record["settings"]["start"], record["settings"]["refine"]) == ("guess", 6)
    (entry,) = record["frames"]
    kept = entry["refinement"]
    assert kept["first_step"] <= kept["best_step"] < kept["first_step"] + len(kept["losses"])
    assert entry["best_losses"][0][kept["candidate"]] == kept["losses"][kept["best_step"] - kept["first_step"]]
    for method, pixels in repeated(record).items():
        assert np.array_equal(pixels_of(Path(record["outputs"][method])), pixels)
    again = tmp_path / "again"
    again.mkdir()
    other = recorded(inpaint, photo, mask, again, *options)
    assert other["frames"] == record["frames"]
    for method in ("yeh", "critic"):
        assert np.array_equal(*(pixels_of(Path(one["outputs"][method])) for one in (record, other)))


def test_a_later_frame_leaves_the_face_as_its_own_frame_filled_it(
    inpaint, sample_photo_path: Path, two_holes: Path, tmp_path: Path
):
    record = recorded(inpaint, sample_photo_path, two_holes, tmp_path, "--refine", 3)
    face, around = (Frame(*entry["frame"]) for entry in record["frames"])
    assert face.contains(MOUTH)
    assert around.contains(MOUTH)
    assert around.size > 2 * face.size
    assert [entry["batches"] for entry in record["frames"]] == [[["yeh", "critic"]], [["yeh"], ["critic"]]]
    by_face, by_all = repeated(record, frames=1), repeated(record)
    assert [entry["refinement"]["method"] for entry in record["frames"]] == ["yeh", "yeh"]
    for method in ("yeh", "critic"):
        written = pixels_of(Path(record["outputs"][method]))
        assert np.array_equal(written[MOUTH.slices], by_face[method][MOUTH.slices])
        assert np.array_equal(written, by_all[method])
        assert (written[COLLAR.slices] != pixels_of(sample_photo_path)[COLLAR.slices]).mean() > 0.5


def test_a_frame_with_nothing_left_to_fill_is_skipped(
    inpaint, photo: Path, mask: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    planned(monkeypatch, Frame(20, 10, 50), Frame(10, 0, 70))
    (result,) = inpaint(photo, "--mask", mask, "-o", tmp_path / "out.png", "--json").objects
    assert result["frame"] == [20, 10, 50]
    assert isinstance(result["loss"], float)


def test_a_film_of_methods_that_are_searched_alone_goes_on_while_one_is_refined(
    inpaint, sample_photo_path: Path, two_holes: Path, tmp_path: Path
):
    film = tmp_path / "film.webp"
    options = ("--method", "both", "--refine", 3, "--animation", film, "--json")
    (result,) = inpaint(sample_photo_path, "--mask", two_holes, "-o", tmp_path / "out.png", *options).objects
    yeh, critic = result["results"]
    assert (yeh["refined_steps"], critic["refined_steps"]) == ([3, 3], [0, 0])
    with Image.open(film) as image:
        assert 8 <= image.n_frames <= 2 * (3 + 3 + 1)


def test_two_masked_faces_are_filled_one_after_the_other(inpaint, tmp_path: Path):
    photo = write_photo(tmp_path / "wide.png", size=(600, 128))
    values = np.zeros((128, 600), np.uint8)
    values[40:70, 40:70] = values[50:80, 500:530] = 255
    Image.fromarray(values).save(tmp_path / "mask.png")
    (result,) = inpaint(photo, "--mask", tmp_path / "mask.png", "-o", tmp_path / "out.png", "--json").objects
    assert len(result["frame"]) == len(result["loss"]) == len(result["best_step"]) == 2
    assert result["frame"][0][0] < result["frame"][1][0]
    assert result["changed_outside_mask"] == 0
    changed = (pixels_of(photo) != pixels_of(tmp_path / "out.png")).any(axis=2)
    assert changed[40:70, 40:70].mean() > 0.9
    assert changed[50:80, 500:530].mean() > 0.9


def test_the_film_shows_each_frame_in_the_photo_as_it_was_then(
    inpaint, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first, second = Box(30, 20, 20, 15), Box(10, 45, 20, 15)
    values = np.zeros((70, 90), np.uint8)
    values[first.slices] = values[second.slices] = 255
    Image.fromarray(values).save(tmp_path / "mask.png")
    planned(monkeypatch, Frame(25, 5, 35), Frame(0, 0, 70))
    seen = []

    def watched(photo: Photo, frame: Frame) -> Backdrop:
        seen.append(photo.pixels.copy())
        return backdrop(photo, frame)

    monkeypatch.setattr(frame_filler, "backdrop", watched)
    film, out = tmp_path / "film.webp", tmp_path / "out.png"
    assert inpaint(photo, "--mask", tmp_path / "mask.png", "-o", out, "--animation", film).code == 0
    original, written = pixels_of(photo), pixels_of(out)
    assert np.array_equal(seen[0], original)
    assert np.array_equal(seen[1][first.slices], written[first.slices])
    assert np.array_equal(seen[1][second.slices], original[second.slices])
    with Image.open(film) as image:
        assert image.n_frames >= 4
