"""Photos shared by several processes that torchrun started: the same files and tables as one process gives."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import write_mask, write_photo
from tests.cli.test_evaluate import without_seconds, write_images

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Gloo between processes of one machine, POSIX signals"),
]
PHOTOS = 5
# The command, in a process that dies at the photo of that name.
_RUN = """
import os, signal, sys
from wganpaint_gui.cli import main
from wganpaint_gui.ml.batch import fill_photo
whole = fill_photo.fill_photo
def fill(prepared, *arguments, **options):
    if prepared.request.photo.name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(prepared, *arguments, **options)
fill_photo.fill_photo = fill
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    write_mask(tmp_path / "mask.png")
    return [write_photo(tmp_path / f"{n}.png", n) for n in range(PHOTOS)]


def run(processes: int, script: Path, *arguments: object, dies_at: str = "") -> subprocess.CompletedProcess[str]:
    script.write_text(_RUN)
    torchrun = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node", processes, "--")
    command = (sys.executable, *(torchrun if processes > 1 else ()), script, dies_at, *arguments)
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    return subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True, timeout=240)


def inpaint(processes: int, photos: list[Path], model: Path, out: Path, *more: object, dies_at: str = ""):
    few = ("--start", "random", "--steps", 3, "--refine", 0, "--restarts", 2, "--device", "cpu", "--model", model)
    mask, script = photos[-1].with_name("mask.png"), photos[-1].with_name("run.py")
    return run(processes, script, "inpaint", *photos, "--mask", mask, "-o", out, *few, *more, dies_at=dies_at)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_processes_write_what_one_writes_and_a_bad_photo_stops_neither(
    photos: list[Path], tiny_model: Path, tmp_path: Path
):
    broken = tmp_path / "0-broken.png"
    broken.write_bytes(b"no picture")
    one, two = tmp_path / "one", tmp_path / "two"
    assert inpaint(1, [broken, *photos], tiny_model, one).returncode == 1
    ran = inpaint(2, [broken, *photos], tiny_model, two)
    assert ran.returncode == 1
    assert f"wganpaint: {broken}" in ran.stderr
    assert files(one).keys() == {photo.name for photo in photos}
    assert files(two) == files(one)


def test_a_process_that_dies_loses_no_finished_photo(photos: list[Path], tiny_model: Path, tmp_path: Path):
    whole, out = tmp_path / "whole", tmp_path / "out"
    inpaint(1, photos, tiny_model, whole)
    assert inpaint(2, photos, tiny_model, out, dies_at="3.png").returncode != 0
    kept = files(out)
    assert "1.png" in kept
    assert "3.png" not in kept
    assert inpaint(2, photos, tiny_model, out, "--resume").returncode == 0
    assert files(out) == files(whole)


def test_two_processes_measure_what_one_measures(tiny_model: Path, tmp_path: Path):
    images = write_images(tmp_path / "images", 70)  # three parts
    few = ("--start", "random", "--steps", 2, "--refine", 0, "--device", "cpu", "--count", 70, "--methods", "critic")
    for processes, out in ((1, "one"), (2, "two")):
        ran = run(processes, tmp_path / "run.py", "evaluate", tiny_model, images, "--out", tmp_path / out, *few)
        assert ran.returncode == 0, ran.stderr
    one, two = tmp_path / "one", tmp_path / "two"
    assert files(one).keys() == files(two).keys()
    assert (one / "images.csv").read_bytes() == (two / "images.csv").read_bytes()
    assert without_seconds(one) == without_seconds(two)
    with (one / "images.csv").open(newline="") as file:
        rows = [(row["method"], row["image"]) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows)) * 3, "three corruptions"
