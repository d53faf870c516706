"""Speeds of earlier runs: measured without waits, kept in a file, and matched to the settings of a new run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wganpaint_gui.core.training import measured_speed
from wganpaint_gui.core.training.measured_speed import (
    MeasuredSpeed,
    SpeedMeter,
    estimate_time,
    read_speeds,
    remember_speeds,
    this_machine,
    work_of,
)
from wganpaint_gui.core.training.training_config import EncoderConfig, TrainingConfig
from wganpaint_gui.core.training.training_log import TrainingStep

CONFIG = TrainingConfig(generator_updates=1000, encoder=EncoderConfig(updates=100))


def step(update: int, stage: str = "gan") -> TrainingStep:
    return TrainingStep(stage, update, 1000, 0.0, None, None)  # type: ignore[arg-type]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """clock[0]: what the time is."""
    now = [0.0]
    monkeypatch.setattr(measured_speed.time, "perf_counter", lambda: now[0])
    return now


def drive(meter: SpeedMeter, clock: list[float], updates: range, seconds: float, stage: str = "gan") -> None:
    """Let each update take so long, and whoever drives the training wait for an hour after each."""
    for update in updates:
        clock[0] += seconds
        meter.note(step(update, stage))
        clock[0] += 3600
        meter.go_on()


def test_waits_do_not_count_and_short_stages_say_nothing(clock: list[float]) -> None:
    meter = SpeedMeter()
    drive(meter, clock, range(1, 102), 2.0)
    drive(meter, clock, range(1, 30), 1.0, "encoder")
    (speed,) = meter.speeds(CONFIG, "auto")
    assert speed == MeasuredSpeed(this_machine(), "auto", work_of(CONFIG, "gan"), "float32", 2.0)


def test_a_run_goes_back_after_it_diverged_and_is_still_measured(clock: list[float]) -> None:
    meter = SpeedMeter()
    drive(meter, clock, range(1, 102), 2.0)
    drive(meter, clock, range(50, 102), 2.0)
    assert meter.speeds(CONFIG, "auto")[0].seconds_per_update == 2.0


def speed_of(config: TrainingConfig, seconds: float, **changes: str) -> MeasuredSpeed:
    return replace(MeasuredSpeed(this_machine(), "auto", work_of(config, "gan"), "float32", seconds), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        speed_of(CONFIG, 0.5, machine="another"),
        speed_of(CONFIG, 0.5, device="cuda"),
        speed_of(CONFIG, 0.5, precision="bfloat16"),
        speed_of(replace(CONFIG, batch_size=16), 0.5),
        speed_of(replace(CONFIG, augment=True), 0.5),
    ],
)
def test_only_runs_of_the_same_kind_say_how_long_it_takes(other: MeasuredSpeed) -> None:
    assert estimate_time([other], CONFIG, "auto").unknown == ("gan", "encoder")
    found = estimate_time([other, speed_of(CONFIG, 0.25)], CONFIG, "auto")
    assert (found.seconds, found.unknown) == (250.0, ("encoder",))
    settled_later = replace(CONFIG, precision="auto")
    assert estimate_time([speed_of(CONFIG, 0.25)], settled_later, "auto").seconds == 250.0


def test_the_newest_speed_of_a_kind_replaces_the_older_one(tmp_path: Path) -> None:
    path = tmp_path / "data" / "speeds.json"
    other = speed_of(replace(CONFIG, augment=True), 3.0)
    for speeds in ([speed_of(CONFIG, 1.0)], [other], [speed_of(CONFIG, 2.0)]):
        remember_speeds(path, speeds)
    assert read_speeds(path) == [speed_of(CONFIG, 2.0), other]


NO_NAME = '[{"machine": [], "device": "cpu", "work": "gan", "precision": "float32", "seconds_per_update": 1.0}]'


@pytest.mark.parametrize("text", ["", "{", "[3]", "{}", '[{"machine": 1}]', "[[]]", NO_NAME])
def test_a_damaged_file_is_no_speeds(tmp_path: Path, text: str) -> None:
    (tmp_path / "speeds.json").write_text(text)
    assert read_speeds(tmp_path / "speeds.json") == []
    remember_speeds(tmp_path / "speeds.json", [speed_of(CONFIG, 1.0)])
    assert read_speeds(tmp_path / "speeds.json") == [speed_of(CONFIG, 1.0)]
