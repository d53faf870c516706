"""Temporary files of writers that were killed are removed, those of living ones never."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wganpaint_gui.core.system import leftovers
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.system.leftovers import IDLE_SECONDS, mark_as_written, sweep, temporary_beside

_WRITER = """
import os, signal, sys
from pathlib import Path
from wganpaint_gui.core.system.atomic import atomic_write

def write(file):
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

atomic_write(Path(sys.argv[1]), write, overwrite=False)
"""


@pytest.fixture(autouse=True)
def _never_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_swept", set())


def grown_old(path: Path, seconds: float = IDLE_SECONDS + 5) -> Path:
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_a_killed_writer_left_is_removed_by_the_next_write(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", _WRITER, tmp_path / "a.bin"], check=False)
    assert killed.returncode < 0
    (left,) = tmp_path.iterdir()
    grown_old(left)
    atomic_write(tmp_path / "b.bin", lambda file: file.write(b"whole"), overwrite=False)
    assert [path.name for path in tmp_path.iterdir()] == ["b.bin"]


def test_a_file_that_is_being_written_stays_however_long_that_takes(tmp_path: Path) -> None:
    path = temporary_beside(tmp_path / "photo.png")
    with path.open("xb") as file:
        mark_as_written(file)
        grown_old(path)
        sweep(tmp_path)
        assert path.exists()


def test_a_file_written_just_now_stays_and_so_does_everything_else(tmp_path: Path) -> None:
    fresh = temporary_beside(tmp_path / "photo.png")
    fresh.touch()
    others = [tmp_path / name for name in (".wganpaint-notes.tmp", "wganpaint-0123456789abcdef.tmp", "photo.tmp")]
    for path in others:
        path.touch()
        grown_old(path, 1e6)
    folder = tmp_path / ".wganpaint-0123456789abcdef.tmp"
    folder.mkdir()
    grown_old(folder, 1e6)
    sweep(tmp_path)
    assert {*others, fresh, folder} == set(tmp_path.iterdir())
