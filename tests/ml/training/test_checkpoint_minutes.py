"""Checkpoints between two ticks: one as soon as so many minutes have passed since the last."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.ml.training_runs import begin, image_set, tiny_config, write_pictures
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.ml.training.checkpoint import read_checkpoint


def test_a_checkpoint_is_written_whenever_its_minutes_have_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = image_set(write_pictures(tmp_path / "pictures"), tmp_path / "cache")
    config = tiny_config(tick_updates=100, generator_updates=11, checkpoint_minutes=2.0, keep_checkpoints=50)
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    training = begin(tmp_path / "run", config, images)
    for step in training.run():
        now = 1000.0 + 50.0 * step.update
    written = RunFolder(tmp_path / "run").numbered_checkpoints()
    # The first before anything, the last with the tick at the end, those between 150 seconds apart.
    assert [one.update for one in reversed(written)] == [0, 3, 6, 9, 11]
    for one in written:
        assert read_checkpoint(one.path)[1].generator_updates == one.update
