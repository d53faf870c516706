"""The log: what a session begins with, how it makes room, and that two programs may write to it at once."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from wganpaint_gui import __version__
from wganpaint_gui.core.system import program_log
from wganpaint_gui.core.system.program_log import COMMAND_LOG, EDITOR_LOG, last_lines, session_log

log = logging.getLogger("wganpaint_gui.test")


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_a_session_begins_with_what_runs(own_home: Path):
    with session_log(EDITOR_LOG):
        log.info("Hello")
        log.info("again")
    first, *rest = lines(own_home / "log" / EDITOR_LOG)
    assert f"WganPaint {__version__} (not frozen)" in first
    assert f"Python {sys.version.split()[0]}" in first
    assert [line.rpartition(": ")[2] for line in rest] == ["Hello", "again"]


def test_a_session_without_a_word_leaves_no_file(own_home: Path):
    with session_log(COMMAND_LOG):
        pass
    assert not (own_home / "log").exists()


def test_the_inner_session_takes_the_word_and_gives_it_back(own_home: Path):
    with session_log(COMMAND_LOG):
        with session_log(EDITOR_LOG):
            log.info("inside")
        log.info("outside")
    assert "outside" not in (own_home / "log" / EDITOR_LOG).read_text()
    assert "inside" not in (own_home / "log" / COMMAND_LOG).read_text()


def test_a_folder_beside_the_program_that_cannot_be_used_is_told_once(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(program_log, "portable_complaint", lambda: "The folder cannot be written to.")
    with session_log(EDITOR_LOG):
        log.info("one")
        log.info("two")
    assert (own_home / "log" / EDITOR_LOG).read_text().count("The folder cannot be written to.") == 1


def test_a_full_log_makes_room_and_two_older_ones_are_kept(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(program_log, "MOST_BYTES", 2000)
    with session_log(EDITOR_LOG):
        for number in range(200):
            log.info("Line %03d", number)
    files = sorted(path.name for path in (own_home / "log").glob(f"{EDITOR_LOG}*"))
    assert files == [EDITOR_LOG, f"{EDITOR_LOG}.1", f"{EDITOR_LOG}.2"]
    kept = [line for name in reversed(files) for line in lines(own_home / "log" / name)]
    assert [line[-3:] for line in kept] == [f"{number:03d}" for number in range(200 - len(kept), 200)]
    assert all((own_home / "log" / name).stat().st_size < 2200 for name in files)


def test_the_last_lines_reach_back_over_a_change_of_files(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(program_log, "MOST_BYTES", 1500)  # some 24 lines, fewer where numbers of processes are long
    with session_log(EDITOR_LOG):
        for number in range(60):
            log.info("Line %03d", number)
        assert len(lines(own_home / "log" / EDITOR_LOG)) < 30
        assert [line[-3:] for line in last_lines(30)] == [f"{number:03d}" for number in range(30, 60)]
    assert last_lines(30) == []


def test_a_folder_that_cannot_be_made_costs_the_log_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("WGANPAINT_HOME", str(tmp_path / "file"))
    with session_log(EDITOR_LOG):
        log.error("lost")
    assert capsys.readouterr().err == ""


def test_a_name_that_is_no_text_can_be_logged(own_home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(logging.getLogger("wganpaint_gui"), "propagate", False)  # to pytest, which may send it on
    with session_log(EDITOR_LOG):
        log.warning("%s cannot be read", Path("photo-\udce9.png"))
    assert "photo-\\udce9.png" in (own_home / "log" / EDITOR_LOG).read_text()


_WRITER = """
import logging, sys
from wganpaint_gui.core.system import program_log
program_log.MOST_BYTES, program_log.KEPT = 5000, 30
log = logging.getLogger("wganpaint_gui.writer")
sys.stdin.readline()
with program_log.session_log(program_log.EDITOR_LOG):
    for number in range(400):
        log.info("%s %03d", sys.argv[1], number)
"""


def test_two_programs_write_to_one_log_and_no_line_is_lost(own_home: Path):
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, name], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for name in ("first", "second")
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    assert [program.communicate(timeout=60)[1] for program in programs] == ["", ""]
    written = [line for path in (own_home / "log").glob(f"{EDITOR_LOG}*") for line in lines(path)]
    for name in ("first", "second"):
        assert sorted(line[-3:] for line in written if f" {name} " in line.replace(":", " ")) == [
            f"{number:03d}" for number in range(400)
        ]
    assert len(list((own_home / "log").glob(f"{EDITOR_LOG}.*"))) > 3
