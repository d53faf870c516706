"""`wganpaint evaluate` with a first guess and a refinement: rows of one table, files, figure, resuming."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import Run, pixels_of
from tests.cli.test_evaluate import rows, shows, write_images
from wganpaint_gui.core.measure.baselines import BASELINES
from wganpaint_gui.core.measure.evaluation import BLENDED, GUESS, ORIGINAL, REFINED
from wganpaint_gui.core.search.settings import METHODS, SURROUNDINGS
from wganpaint_gui.ml.measure import evaluating

R = 32  # of the tiny model
ROWS = [ORIGINAL, GUESS, "yeh", REFINED, BLENDED["yeh"], "critic", BLENDED["critic"], *BASELINES]
REFINED_RUN = ("--start", "guess", "--refine", 4, "--corruption", "center")
PLAIN_RUN = ("--start", "random", "--refine", 0, "--blend", "none", "--corruption", "center")


@pytest.fixture
def images(tmp_path: Path) -> Path:
    return write_images(tmp_path / "images")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def evaluate(wganpaint: Run, guessing_model: Path, images: Path, out: Path) -> Run:
    """`wganpaint evaluate` of a model with an encoder, few steps; later arguments win."""

    def run(*arguments: object) -> Any:
        return wganpaint("evaluate", guessing_model, images, "--out", out, "--steps", 3, "--device", "cpu", *arguments)

    return run


@pytest.fixture
def corruptions_run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which corruptions were searched."""
    done: list[str] = []
    whole = evaluating.run_corruption

    def run(model: Any, cases: Any, corruption: Any, *rest: Any) -> Iterator[Any]:
        done.append(corruption)
        yield from whole(model, cases, corruption, *rest)

    monkeypatch.setattr(evaluating, "run_corruption", run)
    return done


def test_guess_search_and_refinement_are_rows_of_one_table(evaluate: Run, out: Path):
    ran = evaluate(*REFINED_RUN)
    assert (ran.code, [line["method"] for line in rows(out, "table.csv")]) == (0, ROWS)
    assert [line["method"] for line in json.loads((out / "table.json").read_text())["table"]] == ROWS
    assert [row["method"] for row in rows(out)] == [name for name in ROWS for _ in range(3)]
    refined, guessed = ([row for row in rows(out) if row["method"] == name] for name in (REFINED, GUESS))
    assert {3 <= int(row["best_step"]) < 7 for row in refined} == {True}
    assert {(row["best_step"], row["loss"]) for row in guessed} == {("", "")}
    for method in (GUESS, REFINED):
        assert method in ran.err.split()


def test_without_guess_refinement_and_blend_the_table_is_that_of_the_paper(evaluate: Run, out: Path):
    evaluate(*PLAIN_RUN)
    assert [line["method"] for line in rows(out, "table.csv")] == [ORIGINAL, *METHODS, *BASELINES]


def test_critic_alone_is_not_refined(evaluate: Run, out: Path):
    evaluate(*REFINED_RUN, "--methods", "critic")
    assert [line["method"] for line in rows(out, "table.csv")] == [
        ORIGINAL,
        GUESS,
        "critic",
        BLENDED["critic"],
        *BASELINES,
    ]
    assert json.loads((out / "center.json").read_text())["refined"] is None


def test_the_surroundings_are_measured_beside_a_search_where_they_are_asked_for(evaluate: Run, out: Path):
    assert evaluate(*PLAIN_RUN, "--methods", "surroundings").code == 2
    assert evaluate(*PLAIN_RUN, "--methods", "yeh", "surroundings").code == 0
    assert [line["method"] for line in rows(out, "table.csv")] == [ORIGINAL, "yeh", *BASELINES, SURROUNDINGS]
    again = evaluate(*PLAIN_RUN, "--methods", "yeh", "--resume")
    assert again.code == 2
    assert "with the surroundings" in again.complaints[0]


def test_the_help_names_every_row_and_column(wganpaint: Run):
    said = wganpaint("evaluate", "--help").out
    for name in (*ROWS, "PSNR", "SSIM", "L1", "critic's score", "seconds", "best step", "loss", "seed"):
        assert name in said


def test_inpaint_with_a_refined_rows_seed_repeats_it(
    evaluate: Run, out: Path, wganpaint: Run, guessing_model: Path, images: Path
):
    evaluate("--start", "guess", "--refine", 4, "--corruption", "random80", "--seed", 5)
    row = next(row for row in rows(out) if row["image"] == "2.png" and row["method"] == REFINED)
    options = ("--mask", "random80", "--frame", "whole", "--restarts", 1, "--steps", 3, "--refine", 4)
    (result,) = wganpaint(
        *("inpaint", images / "2.png", "-o", out / "again.png", "--model", guessing_model, *options),
        *("--seed", row["seed"], "--blend", "none", "--json", "--device", "cpu"),
    ).objects
    assert result["loss"] == pytest.approx(float(row["loss"]), rel=1e-4)
    assert result["best_step"] == int(row["best_step"])
    stored = json.loads((out / "random80.json").read_text())["refined"][2]
    with Image.open(io.BytesIO(base64.b64decode(stored))) as image:
        difference = np.abs(np.array(image).astype(int) - pixels_of(out / "again.png"))
    assert difference.max() <= 2  # the written fill goes by way of 8 bits and the photo's own colours


def test_figure_4_has_a_column_of_refined_fills(evaluate: Run, out: Path, corruptions_run: list[str]):
    evaluate(*REFINED_RUN)
    figure = pixels_of(out / "figure-4.png")
    for png in json.loads((out / "center.json").read_text())["refined"]:
        with Image.open(io.BytesIO(base64.b64decode(png))) as image:
            fill = np.array(image)
        assert shows(figure, fill[R // 2 - 1 : R // 2 + 1])  # through the hole
    corruptions_run.clear()
    (out / "figure-4.png").unlink()
    assert evaluate(*REFINED_RUN, "--resume").code == 0
    assert corruptions_run == []
    assert np.array_equal(pixels_of(out / "figure-4.png"), figure)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("--refine", 0), "refine 4 instead of 0"),
        (("--start", "random"), "start guess instead of random"),
    ],
)
def test_nothing_refined_or_started_otherwise_is_added_to_a_table(evaluate: Run, change: tuple[str, Any], named: str):
    evaluate(*REFINED_RUN)
    ran = evaluate(*REFINED_RUN, *change, "--resume")
    assert ran.code == 2
    assert named in ran.complaints[0]


def test_an_evaluation_from_before_there_was_a_guess_goes_on_at_random(
    evaluate: Run, out: Path, corruptions_run: list[str]
):
    evaluate(*PLAIN_RUN)
    before = json.loads((out / "center.json").read_text())
    del before["refined"], before["settings"]["start"], before["settings"]["refine"]
    (out / "center.json").write_text(json.dumps(before))
    ran = evaluate(*REFINED_RUN, "--resume")
    assert ran.code == 2
    assert "start random instead of guess, refine 0 instead of 4" in ran.complaints[0]
    corruptions_run.clear()
    assert evaluate(*PLAIN_RUN, "--resume").code == 0
    assert corruptions_run == []


def test_refined_images_that_are_none_are_a_damaged_file(evaluate: Run, out: Path):
    evaluate(*REFINED_RUN)
    record = json.loads((out / "center.json").read_text())
    record["refined"][1] = base64.b64encode(b"no picture").decode()
    (out / "center.json").write_text(json.dumps(record))
    ran = evaluate(*REFINED_RUN, "--resume")
    assert ran.code == 2
    assert "center.json is damaged" in ran.complaints[0]


def test_guesses_that_are_not_numbers_are_counted(
    evaluate: Run, wganpaint: Run, blind_model: Path, images: Path, out: Path
):
    few = ("--steps", 1, "--refine", 0, "--corruption", "center")
    said = "wganpaint: center: the first guess of 3 images was not a number; these searches started at random latents."
    assert said not in evaluate(*few).complaints
    blind = out.with_name("blind")
    assert said in wganpaint("evaluate", blind_model, images, "--out", blind, *few).complaints
    assert GUESS not in [row["method"] for row in rows(blind)]
