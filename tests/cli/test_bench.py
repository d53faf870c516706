"""`wganpaint bench`: numbers about this machine that fit together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


@pytest.mark.slow
def test_it_says_how_fast_searching_and_training_are_and_keeps_nothing(
    wganpaint, tiny_model: Path, own_home: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    before = set(own_home.rglob("*"))
    ran = wganpaint("bench", "--model", tiny_model, "--width", 2, "--device", "cpu")
    assert (ran.code, ran.err) == (0, "")
    device, search, guess, refinement, arithmetic, training = ran.out.splitlines()
    assert guess == "first guess: none, the model has no encoder"
    assert device.startswith("device: CPU, ")
    assert re.fullmatch(r"search: \d+\.\d steps/s \(tiny, yeh and critic, 4 candidates per method, float32\)", search)
    assert re.fullmatch(r"arithmetic: \d+ of the \d+ GFLOP/s of a matrix product: \d\.\d\d", arithmetic)
    assert re.fullmatch(r"refinement: \d+\.\d ms a step", refinement)
    assert re.fullmatch(r"training: \d+\.\d updates/s, \d+ images/s \(gp, width 2, batch 32\)", training)
    assert list(tmp_path.rglob("*.*")) == []
    assert {path for path in own_home.rglob("*") if path.parent.name != "log"} <= before | {own_home / "log"}


@pytest.mark.slow
def test_a_script_reads_one_object(wganpaint, guessing_model: Path):
    ran = wganpaint("bench", "--model", guessing_model, "--width", 2, "--device", "cpu", "--json")
    (found,) = ran.objects
    search, training = found["search"], found["training"]
    assert (search["model"], search["methods"], search["candidates"]) == ("guessing", ["yeh", "critic"], 4)
    assert search["steps_per_second"] > 0
    assert search["fraction_of_peak"] == pytest.approx(search["gflops"] / search["peak_gflops"])
    # A fifth of the peak would be a miracle of so small a model, and more than all of it a wrong count.
    assert 0 < search["fraction_of_peak"] < 1
    assert 0 < found["guess"]["seconds"] < found["refinement"]["seconds_per_step"]
    assert (training["preset"], training["width"], training["batch_size"]) == ("gp", 2, 32)
    assert training["images_per_second"] == pytest.approx(32 * training["updates_per_second"])


def test_the_time_of_a_guess_is_measured_where_there_is_an_encoder() -> None:
    import torch

    from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
    from wganpaint_gui.ml.measure.speed import measure_guess
    from wganpaint_gui.ml.model_file import new_model
    from wganpaint_gui.ml.search.prepared_model import PreparedModel

    model = new_model(ModelCard("guessing", NetworkConfig(32, width=2), encoder_updates=1))
    seconds = measure_guess(PreparedModel(model, torch.device("cpu")))
    assert seconds is not None
    assert 0 < seconds < 1


def test_an_impossible_width_is_refused_before_anything_is_measured(wganpaint, tiny_model: Path):
    ran = wganpaint("bench", "--model", tiny_model, "--width", 0)
    assert (ran.code, ran.out) == (2, "")
    assert "width is 0" in ran.complaints[0]
