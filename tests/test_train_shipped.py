"""The one command that trains what ships: rehearsed on made-up pictures, where nothing it makes can be good."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from wganpaint_gui.core.system.paths import shipped_weights

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "train_shipped.py"


def write_zip(path: Path, count: int, first: int) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(first, first + count):
            corners = np.random.default_rng(number).integers(0, 256, (3, 3, 3), np.uint8)
            with archive.open(f"{number}.png", "w") as file:
                Image.fromarray(corners).resize((64, 64), Image.Resampling.BICUBIC).save(file, "png")


@pytest.mark.slow
def test_a_rehearsal_goes_through_everything_and_is_never_taken_for_the_run(tmp_path: Path):
    faces, out = tmp_path / "faces", tmp_path / "runs"
    faces.mkdir()
    write_zip(faces / "train-64.zip", 24, 0)
    write_zip(faces / "holdout-64.zip", 4, 100)
    before = {path: path.stat().st_mtime_ns for path in shipped_weights().iterdir()}
    options = ("--device", "cpu", "--width", "1", "--presets", "gp", "--rehearse", "--install")
    command = [sys.executable, str(SCRIPT), str(faces), "--out", str(out), *options]
    for _ in range(2):  # the second time everything is there
        ran = subprocess.run(command, capture_output=True, text=True, env=os.environ, timeout=500)
        assert ran.returncode == 1, ran.stderr
        assert "faces-64 is not good: it fills no better than what ships" in ran.stdout
        assert "faces-64: critic gap" in ran.stdout
        assert ran.stdout.count("telea") == 6, "three corruptions, of the new model and of the shipped one"
        assert "critic-only behind yeh at random80 by" in ran.stdout
        assert [path.name for path in out.iterdir()] == ["rehearsal"]
    assert {path: path.stat().st_mtime_ns for path in shipped_weights().iterdir()} == before
