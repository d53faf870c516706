"""The metrics of a run as CSV: every number of the file, and nothing that was damaged."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wganpaint_gui.core.errors import ExistsError, TrainingError
from wganpaint_gui.core.training.metrics_csv import COLUMNS, export_metrics
from wganpaint_gui.core.training.training_log import Tick, tick_line, update_line

LINES = (
    update_line("gan", 1, -0.1, 0.25, 80.04),
    update_line("gan", 2, 3.5, 0.5, 81.0),
    tick_line(Tick("gan", 2, 0.75, 31.25, None, "samples/gan-00000002.png")),
    '{"stage": "gan", "upd',
    update_line("encoder", 1, 0.125, 0.0625, 90.0),
    tick_line(Tick("encoder", 1, None, None, 14.5, "samples/encoder-00000001.png")),
)


@pytest.fixture
def metrics(tmp_path: Path) -> Path:
    path = tmp_path / "marbles" / "metrics.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(LINES) + "\n")
    return path


def test_every_update_is_a_row_with_what_was_measured_at_its_tick(metrics: Path, tmp_path: Path) -> None:
    assert export_metrics(metrics, tmp_path / "out.csv", overwrite=False) == 3
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    told = [{name: value for name, value in row.items() if value} for row in rows]
    plain = {"stage": "gan", "update": "1", "w": "-0.1", "pressure": "0.25", "images_per_second": "80.0"}
    ticked = {"stage": "gan", "update": "2", "w": "3.5", "pressure": "0.5", "images_per_second": "81.0"}
    guess = {"stage": "encoder", "update": "1", "loss": "0.125", "difference": "0.0625", "images_per_second": "90.0"}
    assert told == [plain, {**ticked, "critic_gap": "0.75", "swd": "31.25"}, {**guess, "fill_psnr": "14.5"}]


def test_nothing_is_overwritten_unasked_and_a_run_without_updates_is_said(metrics: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("mine")
    with pytest.raises(ExistsError):
        export_metrics(metrics, target, overwrite=False)
    metrics.unlink()
    with pytest.raises(TrainingError, match="marbles has no metrics yet"):
        export_metrics(metrics, target, overwrite=True)
    assert target.read_text() == "mine"
