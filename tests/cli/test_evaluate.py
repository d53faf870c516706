"""`wganpaint evaluate`: the experiment from images to tables and figures, stopped, gone on with, refused."""

from __future__ import annotations

import csv
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from tests.cli.conftest import Run, pixels_of
from wganpaint_gui.core.dataset import DataOptions, ImageSet, prepare_data
from wganpaint_gui.core.training.training_log import update_line
from wganpaint_gui.ml.measure import evaluating, evaluation_folder
from wganpaint_gui.ml.measure.held_out import read_held_out
from wganpaint_gui.ml.model_file import load_model
from wganpaint_gui.ml.search.prepared_model import PreparedModel

R = 32  # of the tiny model
METHODS = ["original", "yeh", "critic", "telea", "navier-stokes", "biharmonic"]
FILES = ["center.json", "center32.json", "figure-4.png", "images.csv", "random80.json", "table.csv", "table.json"]


def write_images(folder: Path, count: int = 3, side: int = R) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        pixels = np.random.default_rng(n).integers(0, 256, (side, side, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{n}.png")
    return folder


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return write_images(tmp_path / "images")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def evaluate(wganpaint: Run, tiny_model: Path, images: Path, out: Path) -> Run:
    """`wganpaint evaluate` of the tiny model on the images, few steps from random latents; later arguments win."""

    def run(*arguments: object, model: object = tiny_model, data: object = images) -> Any:
        few = ("--start", "random", "--steps", 3, "--refine", 0, "--blend", "none")
        return wganpaint("evaluate", model, data, "--out", out, *few, "--device", "cpu", *arguments)

    return run


def rows(out: Path, name: str = "images.csv") -> list[dict[str, str]]:
    with (out / name).open(newline="") as file:
        return list(csv.DictReader(file))


def without_seconds(out: Path) -> list[dict[str, Any]]:
    return [{**line, "seconds": None} for line in json.loads((out / "table.json").read_text())["table"]]


# --- what is written -------------------------------------------------------------------------------------------


def test_a_table_has_a_line_for_each_method_and_corruption(evaluate: Run, out: Path):
    ran = evaluate()
    assert ran.code == 0
    assert sorted(path.name for path in out.iterdir()) == FILES
    assert sorted(ran.out.split()) == sorted(str(out / name) for name in FILES)
    expected = [(corruption, method) for corruption in ("center", "center32", "random80") for method in METHODS]
    for table in (json.loads((out / "table.json").read_text())["table"], rows(out, "table.csv")):
        assert [(line["corruption"], line["method"]) for line in table] == expected
        assert {int(line["images"]) for line in table} == {3}
    assert "biharmonic" in ran.err
    assert "model: tiny, without encoder" in ran.err


def test_the_table_is_the_mean_of_the_rows(evaluate: Run, out: Path):
    evaluate("--corruption", "center")
    found = [float(row["psnr"]) for row in rows(out) if row["method"] == "critic"]
    (line,) = (line for line in rows(out, "table.csv") if line["method"] == "critic")
    assert float(line["psnr"]) == pytest.approx(np.mean(found))
    assert float(line["psnr_se"]) == pytest.approx(np.std(found, ddof=1) / 3**0.5)


def test_json_on_stdout_is_what_table_json_holds(evaluate: Run, out: Path, tiny_model: Path):
    (summary,) = evaluate("--json", "--corruption", "random80", "--methods", "critic", "--count", 2).objects
    assert summary == json.loads((out / "table.json").read_text())
    assert [line["method"] for line in summary["table"]] == [name for name in METHODS if name != "yeh"]
    assert summary["settings"]["methods"] == ["critic"]
    assert summary["data"]["images"] == 2
    assert len(summary["model"]["sha256"]) == 64
    assert (summary["model"]["name"], summary["model"]["encoder_updates"]) == ("tiny", 0)


def test_samples_are_compared_with_the_images(evaluate: Run, out: Path, tiny_model: Path, images: Path):
    ran = evaluate("--corruption", "center")
    found = json.loads((out / "table.json").read_text())["samples"]
    model = PreparedModel(load_model(tiny_model, torch.device("cpu")), torch.device("cpu"))
    real = (
        torch.from_numpy(np.stack([pixels_of(images / f"{n}.png") for n in range(3)])).permute(0, 3, 1, 2) / 127.5 - 1
    )
    latents = torch.rand(64, model.latent_size, generator=torch.Generator().manual_seed(0)) * 2 - 1
    with torch.no_grad():
        gap = model.score(real).mean() - model.score(model.generate(latents)[:3]).mean()
    assert found["images"] == 3
    assert found["critic_gap"] == pytest.approx(float(gap), abs=1e-5)
    assert found["swd"] > 0
    assert f"critic gap {found['critic_gap']:+.2f}" in ran.err
    assert f"SWD {found['swd']:.1f} (lower is better)" in ran.err


def test_one_image_is_nothing_to_compare_samples_with(evaluate: Run, out: Path):
    ran = evaluate("--corruption", "center", "--count", 1)
    assert ran.code == 0
    assert json.loads((out / "table.json").read_text())["samples"] == {"images": 1, "critic_gap": None, "swd": None}
    assert "no held-out images to compare" in ran.err


def test_figure_4_shows_originals_and_known_pixels_as_they_are(evaluate: Run, out: Path, images: Path):
    evaluate("--corruption", "center")
    figure = pixels_of(out / "figure-4.png")
    original = pixels_of(images / "1.png").repeat(4, 0).repeat(4, 1)  # each pixel 4x4
    top = original[:48]  # above the hole: the same in the original, corrupted and filled by either method
    starts = np.argwhere((figure[: -len(top), : -top.shape[1]] == top[0, 0]).all(-1))
    found = [(y, x) for y, x in starts if np.array_equal(figure[y : y + 48, x : x + top.shape[1]], top)]
    assert len({x for _, x in found}) == 4


def test_inpaint_with_a_rows_seed_repeats_it(evaluate: Run, out: Path, wganpaint: Run, tiny_model: Path, images: Path):
    evaluate("--corruption", "random80", "--seed", 5)
    row = next(row for row in rows(out) if row["image"] == "2.png" and row["method"] == "critic")
    assert row["seed"] == "7"
    options = ("--mask", "random80", "--frame", "whole", "--restarts", 1, "--steps", 3, "--method", "critic")
    options += ("--start", "random")
    repeated = wganpaint(
        *("inpaint", images / "2.png", "-o", out / "again.png", "--model", tiny_model, *options),
        *("--seed", row["seed"], "--blend", "none", "--precision", "float32", "--json"),
    )
    (result,) = repeated.objects
    assert result["loss"] == pytest.approx(float(row["loss"]), rel=1e-4)
    assert result["best_step"] == int(row["best_step"])
    record = json.loads((out / "random80.json").read_text())
    latents = np.array(record["latents"]["critic"][2], np.float32)
    assert np.abs(latents).max() <= 1


# --- images ----------------------------------------------------------------------------------------------------


def test_a_zip_is_as_good_as_a_folder(images: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "images.zip", "w") as archive:
        for path in images.iterdir():
            archive.write(path, path.name)
    folder, packed = (read_held_out(path, 100, R, 0) for path in (images, tmp_path / "images.zip"))
    assert packed.names == folder.names == ("0.png", "1.png", "2.png")
    assert packed.sha256() == folder.sha256()


def test_of_larger_pictures_the_middle_square_is_averaged(tmp_path: Path):
    folder = tmp_path / "large"
    folder.mkdir()
    pixels = np.random.default_rng(0).integers(0, 256, (2 * R, 2 * R + 20, 3), np.uint8)
    Image.fromarray(pixels).save(folder / "large.png")
    expected = pixels[:, 10:-10].reshape(R, 2, R, 2, 3).mean(axis=(1, 3))
    assert np.abs(read_held_out(folder, 1, R, 0).pixels[0] - expected).max() <= 0.51


def test_corruptions_are_those_of_the_paper_in_proportion(images: Path):
    data = read_held_out(images, 100, R, 0)
    for corruption, side in (("center", 8), ("center32", 16)):
        missing = ~data.cases(corruption).known  # type: ignore[arg-type]
        assert missing.sum(axis=(1, 2, 3)).tolist() == [side**2] * 3
        middle = slice(R // 2 - side // 2, R // 2 + side // 2)
        assert missing[:, :, middle, middle].all()
    random = data.cases("random80").known
    assert (~random).sum(axis=(1, 2, 3)).tolist() == [round(0.8 * R * R)] * 3
    assert (random[0] != random[1]).any()


def test_what_cannot_be_used_is_named_and_the_others_are_done(evaluate: Run, out: Path, images: Path):
    (images / "1.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    Image.new("RGB", (R - 1, R)).save(images / "1a.png")
    ran = evaluate("--corruption", "center")
    assert ran.code == 1
    assert "1.png" in ran.complaints[0]
    assert "cannot be read" in ran.complaints[0]
    assert "1a.png" in ran.complaints[1]
    assert "smaller than the model's 32 × 32 pixels" in ran.complaints[1]
    found = [(row["image"], row["seed"]) for row in rows(out) if row["method"] == "yeh"]
    assert found == [("0.png", "0"), ("2.png", "3")]  # seeds go by the place among all pictures


def test_how_many_of_all_pictures_are_measured_on_is_said(evaluate: Run):
    ran = evaluate("--corruption", "center", "--count", 2)
    assert ran.code == 0
    assert "Measuring 2 of 3 pictures, the first by name. For all, use --count 3." in ran.err


# --- a training run --------------------------------------------------------------------------------------------


@pytest.fixture
def training_run(tmp_path: Path, tiny_model: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    shutil.copy(tiny_model, folder / "model.safetensors")
    lines = [update_line("gan", n, 5 / n, 0.5, 100.0) for n in range(1, 300)]
    (folder / "metrics.jsonl").write_text("\n".join(lines))
    return folder


def test_a_training_run_also_gives_its_curve_and_samples(evaluate: Run, out: Path, training_run: Path):
    ran = evaluate("--corruption", "center", model=training_run)
    assert ran.code == 0
    assert pixels_of(out / "figure-2.png").shape[2] == 3
    assert pixels_of(out / "figure-3.png").shape == (10 * (R + 2) - 2, 10 * (R + 2) - 2, 3)
    assert str(out / "figure-2.png") in ran.out


def test_of_the_pictures_a_run_learns_from_those_it_holds_out_are_measured_on(
    evaluate: Run, wganpaint: Run, out: Path, tmp_path: Path
):
    data, run = write_images(tmp_path / "many", 20), tmp_path / "trained"
    options = ("--resolution", R, "--width", 2, "--generator-updates", 1, "--batch-size", 4, "--device", "cpu")
    assert wganpaint("train", data, "--out", run, *options).code == 0
    ran = evaluate("--corruption", "center", model=run, data=data)
    assert ran.code == 0
    assert "measuring only its 4 held-out pictures" in ran.err
    assert {row["image"] for row in rows(out)} == {f"held out {n}" for n in range(4)}
    held_out = prepared(data).held_out_images
    figure = pixels_of(out / "figure-4.png")
    assert all(shows(figure, image) for image in held_out)


def test_other_pictures_than_a_runs_own_are_taken_as_they_are(evaluate: Run, wganpaint: Run, out: Path, tmp_path: Path):
    data, run = write_images(tmp_path / "many", 20), tmp_path / "trained"
    options = ("--resolution", R, "--width", 2, "--generator-updates", 1, "--batch-size", 4, "--device", "cpu")
    wganpaint("train", data, "--out", run, *options)
    evaluate("--corruption", "center", model=run)
    assert {row["image"] for row in rows(out)} == {"0.png", "1.png", "2.png"}


def prepared(data: Path) -> ImageSet:
    steps = prepare_data(data, DataOptions(R, "whole"))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def shows(figure: np.ndarray, image: np.ndarray) -> bool:
    """Whether the figure has the image, each of its pixels enlarged to 4x4."""
    line = image[0].repeat(4, 0)
    windows = np.lib.stride_tricks.sliding_window_view(figure, (len(line), 3), axis=(1, 2))[:, :, 0]
    return bool((windows == line).all((-1, -2)).any())


def test_a_run_without_updates_has_no_curve(evaluate: Run, out: Path, training_run: Path):
    (training_run / "metrics.jsonl").unlink()
    ran = evaluate("--corruption", "center", model=training_run)
    assert ran.code == 0
    assert "figure 2 is not drawn" in ran.err
    assert not (out / "figure-2.png").exists()


def test_a_run_without_a_model_is_refused(evaluate: Run, out: Path, training_run: Path):
    (training_run / "model.safetensors").unlink()
    ran = evaluate(model=training_run)
    assert (ran.code, out.exists()) == (2, False)
    assert "no model.safetensors" in ran.complaints[0]


# --- stopping and going on -------------------------------------------------------------------------------------


@pytest.fixture
def corruptions_run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which corruptions were searched; "stop" at its end makes the next one end as Ctrl-C does."""
    done: list[str] = []
    whole = evaluating.run_corruption

    def run(model: Any, cases: Any, corruption: Any, *settings: Any) -> Iterator[Any]:
        stop = done[-1:] == ["stop"]
        for step in whole(model, cases, corruption, *settings):
            yield step
            if stop:
                raise KeyboardInterrupt
        done.append(corruption)

    monkeypatch.setattr(evaluating, "run_corruption", run)
    return done


def test_what_is_finished_is_kept_and_not_searched_again(evaluate: Run, out: Path, corruptions_run: list[str]):
    assert evaluate("--corruption", "center").code == 0
    first = (out / "center.json").read_bytes()
    corruptions_run.append("stop")
    ran = evaluate("--resume")
    assert ran.code == 130
    assert "--resume" in ran.complaints[0]
    assert (out / "center.json").read_bytes() == first
    assert not (out / "center32.json").exists()
    corruptions_run.clear()
    assert evaluate("--resume").code == 0
    assert corruptions_run == ["center32", "random80"]
    assert (out / "center.json").read_bytes() == first
    resumed = without_seconds(out)
    shutil.rmtree(out)
    evaluate()
    assert without_seconds(out) == resumed


def test_a_part_of_the_images_that_is_finished_is_not_searched_again(
    evaluate: Run, out: Path, corruptions_run: list[str], monkeypatch: pytest.MonkeyPatch
):
    evaluate("--corruption", "center")
    at_once = without_seconds(out)
    shutil.rmtree(out)
    monkeypatch.setattr(evaluation_folder, "PART", 1)
    whole = evaluating.run_corruption

    def stop_at_the_last(model: Any, cases: Any, corruption: Any, *settings: Any) -> Iterator[Any]:
        if cases.names == ("2.png",):
            raise KeyboardInterrupt
        yield from whole(model, cases, corruption, *settings)

    with monkeypatch.context() as stopped:
        stopped.setattr(evaluating, "run_corruption", stop_at_the_last)
        ran = evaluate("--corruption", "center")
    assert ran.code == 130
    assert "--resume" in ran.complaints[-1]
    assert len(list((out / "parts").iterdir())) == 2
    corruptions_run.clear()
    assert evaluate("--corruption", "center", "--resume").code == 0
    assert corruptions_run == ["center"], "the third image alone"
    assert sorted(path.name for path in out.iterdir()) == sorted({*FILES} - {"center32.json", "random80.json"})
    for line, whole_line in zip(without_seconds(out), at_once, strict=True):
        assert line["critic_score"] == pytest.approx(whole_line["critic_score"], rel=1e-3)


def test_resuming_what_is_done_writes_its_figure_again(evaluate: Run, out: Path, corruptions_run: list[str]):
    evaluate("--corruption", "center")
    figure = (out / "figure-4.png").read_bytes()
    (out / "figure-4.png").unlink()
    corruptions_run.clear()
    assert evaluate("--corruption", "center", "--resume").code == 0
    assert corruptions_run == []
    assert (out / "figure-4.png").read_bytes() == figure


def test_resume_begins_where_nothing_is(evaluate: Run, out: Path):
    assert evaluate("--corruption", "center", "--resume").code == 0
    assert (out / "center.json").exists()


def other_model(tmp_path: Path) -> Path:
    from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
    from wganpaint_gui.ml.model_file import new_model, save_model

    network = NetworkConfig(resolution=R, width=4, latent_size=8, critic_norm="none")
    save_model(new_model(ModelCard(name="other", network=network)), tmp_path / "other.safetensors")
    return tmp_path / "other.safetensors"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda tmp: (("--steps", 4), {}), "steps 3 instead of 4"),
        (lambda tmp: (("--seed", 1), {}), "seed 0 instead of 1"),
        (lambda tmp: (("--count", 2), {}), "other images"),
        (lambda tmp: ((), {"data": write_images(tmp / "more", 4)}), "other images"),
        (lambda tmp: ((), {"model": other_model(tmp)}), "another model"),
    ],
)
def test_nothing_else_is_added_to_a_table(
    evaluate: Run, out: Path, tmp_path: Path, change: Callable[[Path], Any], named: str
):
    evaluate("--corruption", "center")
    before = {path: path.read_bytes() for path in out.iterdir()}
    arguments, keywords = change(tmp_path)
    ran = evaluate("--resume", *arguments, **keywords)
    assert ran.code == 2
    assert named in ran.complaints[0]
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_a_damaged_result_is_named(evaluate: Run, out: Path):
    evaluate("--corruption", "center")
    (out / "center.json").write_text('{"format": 1, "rows": [')
    ran = evaluate("--resume")
    assert ran.code == 2
    assert "center.json is damaged" in ran.complaints[0]


@pytest.mark.parametrize("part", ["latents", "refined"])
def test_a_result_without_all_its_fills_is_damaged(evaluate: Run, out: Path, part: str):
    arguments = ("--corruption", "center", "--methods", "yeh", "--refine", 1)
    evaluate(*arguments)
    path = out / "center.json"
    record = json.loads(path.read_text())
    (record["latents"]["yeh"] if part == "latents" else record["refined"]).pop()
    path.write_text(json.dumps(record))
    ran = evaluate(*arguments, "--resume")
    assert ran.code == 2
    assert "center.json is damaged" in ran.complaints[0]


# --- refusals --------------------------------------------------------------------------------------------------


def test_a_folder_with_anything_in_it_is_left_alone(evaluate: Run, out: Path):
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    for more in ((), ("--resume",)):
        ran = evaluate(*more)
        assert ran.code == 2
        assert str(out) in ran.complaints[0]
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_a_place_that_cannot_hold_results_is_refused_before_the_work(evaluate: Run, out: Path, tmp_path: Path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        ran = evaluate("--out", place)
        assert ran.code == 2
        assert "is a file" in ran.complaints[0]


def test_a_folder_without_permission_is_refused(evaluate: Run, out: Path, monkeypatch: pytest.MonkeyPatch):
    out.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != out)  # the tests may run as root
    ran = evaluate()
    assert ran.code == 2
    assert "no permission" in ran.complaints[0]
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--count", 0), "--count"),
        (("--steps", 0), "steps"),
        (("--restarts", 100), "candidates"),
        (("--seed", -1), "seed"),
        (("--corruption", "half"), "--corruption"),
        (("--methods", "telea"), "--methods"),
    ],
)
def test_impossible_arguments_are_refused(evaluate: Run, out: Path, arguments: tuple[Any, ...], named: str):
    ran = evaluate(*arguments)
    assert (ran.code, out.exists()) == (2, False)
    assert named in ran.err


def test_no_such_model_and_no_images(evaluate: Run, out: Path, tmp_path: Path):
    assert "Unknown model 'dogs'" in evaluate(model="dogs").complaints[0]
    assert evaluate(data=tmp_path / "nowhere").code == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    ran = evaluate(data=empty)
    assert (ran.code, out.exists()) == (2, False)
    assert "no pictures" in ran.complaints[0]
    (empty / "a.png").write_bytes(b"nothing")
    ran = evaluate(data=empty)
    assert ran.code == 2
    assert "a.png" in ran.complaints[0]
