"""The log of a run: what is written is read again, whatever has happened to the file in between."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.growing_array import GrowingArray
from wganpaint_gui.core.training.training_log import (
    MEDIAN_KERNEL,
    Tick,
    TrainingLog,
    TrainingStep,
    fill_log,
    position,
    read_log,
    running_median,
    tick_line,
    update_line,
)

TICK = Tick("gan", 250, 0.5, 31.25, None, "samples/gan-00000250.png")
DAMAGED = [
    "",
    "\n",
    '{"stage": "gan", "upd',
    "null",
    "17",
    '"stage tick"',
    "[1, 2]",
    '{"stage": "gan"}',
    '{"stage": "other", "update": 3, "w": 0, "pressure": 0, "images_per_second": 0}',
    '{"stage": ["gan"], "update": 3, "w": 0, "pressure": 0, "images_per_second": 0}',
    '{"stage": "gan", "update": Infinity, "w": 0, "pressure": 0, "images_per_second": 0}',
    '{"stage": "gan", "update": NaN, "w": 0, "pressure": 0, "images_per_second": 0}',
    '{"stage": "gan", "update": null, "w": 0, "pressure": 0, "images_per_second": 0}',
    '{"tick": 3}',
    json.dumps({"tick": {**json.loads(tick_line(TICK))["tick"], "stage": "other"}}),
]
finite = st.floats(-(2.0**100), 2.0**100, width=32)


@given(finite, finite.map(abs))
def test_an_update_is_read_exactly_as_it_was_written(w: float, pressure: float) -> None:
    log = TrainingLog()
    line = update_line("aware", 7, w, pressure, 123.44)
    fill_log(log, [line])
    assert (log.aware.updates.tolist(), log.aware.values.tolist()) == ([7], [w])
    values = json.loads(line)
    assert (np.float32(values["pressure"]), values["images_per_second"]) == (pressure, 123.4)


def test_the_smallest_w_keeps_its_digits() -> None:
    assert json.loads(update_line("gan", 1, 1.23456e-9, 0, 0))["w"] == 1.23456e-9


def test_a_tick_is_read_as_it_was_written() -> None:
    log = TrainingLog()
    fill_log(log, [tick_line(TICK)])
    assert log.gan.ticks == (TICK,)
    assert len(log.gan) == 0


def test_an_update_of_the_encoder_is_written_under_its_own_names() -> None:
    log = TrainingLog()
    line = update_line("encoder", 7, 1.5, 0.25, 40)
    values = {"stage": "encoder", "update": 7, "loss": 1.5, "difference": 0.25, "images_per_second": 40}
    assert json.loads(line) == values
    fill_log(log, [line, line.replace("loss", "w")])
    assert (log.encoder.updates.tolist(), log.encoder.values.tolist()) == ([7], [1.5])
    assert position(line) == ("encoder", 7)


def test_the_stages_are_kept_apart() -> None:
    log = TrainingLog()
    of_gan = [update_line("gan", 1, 1, 0, 0), update_line("gan", 2, 3, 0, 0)]
    tick = replace(TICK, stage="encoder")
    fill_log(log, [*of_gan, update_line("aware", 1, 2, 0, 0), update_line("encoder", 1, 4, 0, 0), tick_line(tick)])
    assert log.stage("encoder").values.tolist() == [4]
    assert (log.count, log.ticks, log.encoder.ticks) == (4, (tick,), (tick,))
    assert log.stage("gan").values.tolist() == [1, 3]
    assert log.stage("aware").values.tolist() == [2]


@pytest.mark.parametrize("line", DAMAGED)
def test_a_damaged_line_is_left_out(line: str) -> None:
    log = TrainingLog()
    fill_log(log, [update_line("gan", 1, 1, 0, 0), line, update_line("gan", 2, 2, 0, 0)])
    assert log.gan.updates.tolist() == [1, 2]
    assert (len(log.aware), log.gan.ticks, log.aware.ticks) == (0, (), ())


@pytest.mark.parametrize("line", DAMAGED)
def test_a_damaged_line_has_no_position(line: str) -> None:
    assert position(line) is None


def test_the_position_of_a_line_is_its_stage_and_update() -> None:
    assert position(update_line("aware", 12, 0, 0, 0)) == ("aware", 12)
    assert position(tick_line(TICK)) == ("gan", 250)


def test_bytes_that_are_no_text_spoil_their_own_line_only(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    lines = [update_line("gan", i, i, 0, 0).encode() for i in (1, 2, 3)]
    path.write_bytes(lines[0] + b"\n" + b'{"stage": "gan\xff\xfe\n' + lines[1] + b"\n" + lines[2] + b"\n")
    assert read_log(path).gan.updates.tolist() == [1, 2, 3]


def test_a_file_that_is_missing_is_an_empty_log(tmp_path: Path) -> None:
    log = read_log(tmp_path / "metrics.jsonl")
    assert (len(log.gan), len(log.aware)) == (0, 0)


def test_readers_keep_a_stage_that_is_forgotten() -> None:
    log = TrainingLog()
    log.gan.append(1, 0.5)
    stage = log.gan
    log.reset()
    assert (stage.values.tolist(), len(log.gan)) == ([0.5], 0)


@pytest.mark.parametrize("count", [0, 1, 2, 50, 100, 101, 102, 103, 250])
def test_the_running_median_is_the_median_of_each_window(count: int) -> None:
    values = np.random.default_rng(count).standard_normal(count).astype(np.float32)
    half = MEDIAN_KERNEL // 2
    naive = [np.median(values[max(0, i - half) : i + half + 1]) for i in range(count)]
    found = running_median(values)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, np.array(naive, np.float32))


@given(st.lists(finite, max_size=40), st.sampled_from([1, 3, 5, 7, 9]))
def test_the_running_median_of_any_kernel_is_the_median_of_each_window(values: list[float], kernel: int) -> None:
    array, half = np.array(values, np.float32), kernel // 2
    naive = [np.median(array[max(0, i - half) : i + half + 1]) for i in range(len(values))]
    np.testing.assert_array_equal(running_median(array, kernel), np.array(naive, np.float32))


@given(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=60), st.integers(1, 8))
def test_rows_that_were_appended_stand_in_order(values: list[int], capacity: int) -> None:
    rows = GrowingArray((2,), np.int64, capacity)
    for value in values:
        rows.append((value, -value))
    assert rows.values.tolist() == [[value, -value] for value in values]
    assert len(rows) == len(values)


def test_what_a_reader_took_does_not_change_when_the_array_grows() -> None:
    rows = GrowingArray((), np.int64, 2)
    rows.append(1)
    taken = rows.values
    for value in range(2, 9):
        rows.append(value)
    assert taken.tolist() == [1]
    assert rows.values.tolist() == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_reader_never_sees_a_row_that_is_not_written_yet() -> None:
    rows = GrowingArray((), np.int64, 1)
    wrong: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen = rows.values
            if not np.array_equal(seen, np.arange(1, len(seen) + 1)):
                wrong.append(len(seen))

    reader = threading.Thread(target=read)
    reader.start()
    for value in range(1, 3000):
        rows.append(value)
    done.set()
    reader.join()
    assert wrong == []


def test_a_speed_that_is_not_measured_yet_is_that_of_the_step_before_in_the_stage():
    known = TrainingStep("gan", 9, 20, 120.0, 40.0, None)
    after_tick = TrainingStep("gan", 10, 20, 0.0, None, None)
    assert after_tick.with_pace_of(known) == replace(after_tick, images_per_second=120.0, seconds_left=40.0)
    assert after_tick.with_pace_of(None) == after_tick
    assert known.with_pace_of(after_tick) == known
    assert replace(after_tick, stage="aware").with_pace_of(known).images_per_second == 0, "another stage, another pace"
