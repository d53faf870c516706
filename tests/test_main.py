"""The program as a process: streams that are not there, and names of files that are no text."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wganpaint_gui.__main__
from wganpaint_gui.__main__ import main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")

PROGRAM = [sys.executable, "-m", "wganpaint_gui"]
WITHOUT_STREAMS = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]  # as Windows starts a program with a window
QUICK = (
    *("--mask", "center", "--start", "random", "--steps", "1", "--refine", "0", "--restarts", "1", "--device", "cpu"),
)


def run(*command: object, **variables: str) -> subprocess.CompletedProcess[bytes]:
    words = [os.fsencode(word) if isinstance(word, Path) else str(word) for word in command]
    return subprocess.run(words, capture_output=True, timeout=120, env={**os.environ, **variables})


def test_the_start_file_runs_as_a_script():
    """As PyInstaller's loader runs it: without a package of its own."""
    start = Path(wganpaint_gui.__main__.__file__)
    done = run(sys.executable, start, "--version", PYTHONPATH=str(start.parent.parent))
    assert (done.returncode, done.stdout[:10]) == (0, b"wganpaint "), done.stderr


@pytest.mark.slow
def test_a_program_without_streams_does_its_work(tmp_path: Path, sample_photo_path: Path):
    out = tmp_path / "out.png"
    assert run(*WITHOUT_STREAMS, *PROGRAM, "inpaint", sample_photo_path, "-o", out, *QUICK).returncode == 0
    assert out.is_file()
    assert run(*WITHOUT_STREAMS, *PROGRAM, "models").returncode == 0
    assert run(*WITHOUT_STREAMS, *PROGRAM, "--help").returncode == 0


def test_a_program_without_streams_still_has_its_exit_code(tmp_path: Path):
    assert run(*WITHOUT_STREAMS, *PROGRAM, "--wrong").returncode == 2
    assert run(*WITHOUT_STREAMS, *PROGRAM, "inpaint", "missing.png", "-o", tmp_path / "out.png", *QUICK).returncode == 2


def test_a_program_without_streams_reports_a_failure(own_home: Path):
    failing = """
from wganpaint_gui.__main__ import main
from wganpaint_gui.cli import models
models.list_models = None
main()
"""
    done = run(*WITHOUT_STREAMS, sys.executable, "-c", failing, "models", "list")
    assert done.returncode == 1
    (report,) = (own_home / "log").glob("crash-*.txt")
    assert "TypeError" in report.read_text("utf-8")


@pytest.mark.parametrize(("own", "after"), [("/opt/lib", "/opt/lib"), (None, None)])
def test_other_programs_do_not_inherit_the_bundles_libraries(
    monkeypatch: pytest.MonkeyPatch, own: str | None, after: str | None
):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["wganpaint", "--version"])
    monkeypatch.setenv("LD_LIBRARY_PATH", f"/bundle/_internal:{own}")  # as PyInstaller's loader sets it
    if own is None:
        monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    else:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", own)
    with pytest.raises(SystemExit):
        main()
    assert os.environ.get("LD_LIBRARY_PATH") == after


@pytest.mark.skipif(sys.platform == "darwin", reason="every file's name is text there")
@pytest.mark.slow
def test_a_name_that_is_no_text_is_printed_and_recorded_as_it_is(tmp_path: Path, sample_photo_path: Path):
    photo = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png"))
    shutil.copy(sample_photo_path, photo)
    out, record = photo.with_stem(f"{photo.stem}-out"), tmp_path / "record.json"
    strict = {"PYTHONIOENCODING": "utf-8:strict"}  # as it is under most people's language
    done = run(*PROGRAM, "inpaint", photo, "-o", out, "--record", record, *QUICK, **strict)
    assert done.returncode == 0, done.stderr
    assert done.stdout == os.fsencode(out) + b"\n"
    assert out.is_file()
    assert json.loads(record.read_text("utf-8"))["photo"]["path"] == str(photo)
