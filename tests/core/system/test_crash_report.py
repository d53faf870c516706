"""What stands in a report, what does not, and how many are kept."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from wganpaint_gui import __version__
from wganpaint_gui.core.system.crash_report import KEPT, LOG_LINES, LONGEST, report_error, without_home, write_report
from wganpaint_gui.core.system.program_log import EDITOR_LOG, session_log

log = logging.getLogger("wganpaint_gui.test")


def raised(message: str = "x") -> ZeroDivisionError:
    try:
        raise ZeroDivisionError(message)
    except ZeroDivisionError as error:
        return error


def reports(home: Path) -> list[Path]:
    return sorted((home / "log").glob("crash-*.txt"))


def test_a_report_tells_the_program_the_error_and_the_end_of_the_log(own_home: Path):
    with session_log(EDITOR_LOG):
        for number in range(200):
            log.info("Line %03d", number)
        path = report_error(raised())
    assert path is not None
    assert [path] == reports(own_home)
    text = path.read_text("utf-8")
    assert text.startswith(f"WganPaint {__version__} (not frozen), ")
    assert "ZeroDivisionError: x" in text
    assert "Line 199" in text
    assert text.count("wganpaint_gui.test: Line ") == LOG_LINES


def test_torch_is_named_only_where_it_is_loaded():
    probe = """
import sys
from wganpaint_gui.core.system.crash_report import report_error
print(report_error(ValueError("x")).read_text())
assert "torch" not in sys.modules
"""
    text = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert "torch" not in text
    import torch

    path = report_error(raised("with torch"))
    assert path is not None
    assert f"torch {torch.__version__}" in path.read_text("utf-8")


def test_the_folder_of_the_person_and_their_environment_stay_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    home = tmp_path / "ann"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("SECRET_TOKEN", "tell-nobody")
    with session_log(EDITOR_LOG):
        log.warning("%s cannot be read", home / "photos" / "party.png")
        path = report_error(OSError(f"[Errno 13] '{home / 'photos'}'"))
    assert path is not None
    text = path.read_text("utf-8")
    assert str(home) not in text
    assert "~/photos/party.png cannot be read" in text.replace("\\", "/")
    assert "tell-nobody" not in text
    assert without_home(f"{home}-old/a and {home}a/b") == f"{home}-old/a and {home}a/b", "these are others'"


def test_a_home_that_is_the_whole_disk_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", "/")
    assert without_home("/usr/lib/x.py") == "/usr/lib/x.py"


def test_a_home_on_windows_goes_in_every_spelling(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Path, "home", lambda: Path(r"C:\Users\Ann"))
    monkeypatch.setattr(Path, "resolve", lambda self: self)
    said = r"c:\users\ann\a.png, 'C:\\Users\\Ann\\b.png', C:/Users/Ann/c.png, C:\Users\Anna\d.png"
    assert without_home(said) == r"~\a.png, '~\\b.png', ~/c.png, C:\Users\Anna\d.png"


def test_a_line_that_may_hold_pixels_is_cut(own_home: Path):
    path = report_error(ValueError(np.arange(5000).tolist()))
    assert path is not None
    assert max(map(len, path.read_text("utf-8").splitlines())) <= LONGEST


def test_the_newest_ten_reports_are_kept_also_of_one_second(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("time.strftime", lambda _form: "crash-20260101-000000")
    paths = [write_report(f"Crash {number}") for number in range(13)]
    assert {path.name for path in paths if path} >= {"crash-20260101-000000.txt", "crash-20260101-000000-2.txt"}
    kept = "".join(path.read_text("utf-8") for path in reports(own_home))
    assert len(reports(own_home)) == KEPT
    assert [number for number in range(13) if f"Crash {number}\n" in kept] == list(range(3, 13))


def test_the_same_error_again_is_the_same_report_until_that_is_deleted(own_home: Path):
    error = raised("again and again")
    first = report_error(error)
    assert [report_error(error) for _ in range(20)] == [first] * 20
    assert len(reports(own_home)) == 1
    assert first is not None
    first.unlink()
    report_error(error)
    assert len(reports(own_home)) == 1


def test_what_follows_from_an_error_does_not_push_out_its_report(own_home: Path):
    first, *others = [report_error(raised(f"the {number}.")) for number in range(25)]
    assert first is not None
    assert "the 0." in first.read_text("utf-8")
    assert len(reports(own_home)) == KEPT
    assert others[-1] is None
    assert report_error(raised("the 0.")) == first


def test_a_report_that_cannot_be_written_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("WGANPAINT_HOME", str(tmp_path / "file"))
    assert report_error(raised()) is None


def test_a_message_that_is_no_text_can_be_reported():
    path = report_error(OSError(os.fsdecode(b"photo-\xe9.png")))
    assert path is not None
    assert "photo-" in path.read_text("utf-8")
