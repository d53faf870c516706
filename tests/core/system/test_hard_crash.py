"""Deaths without an exception: noted by the program that dies, reported by the next one, and by it alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from wganpaint_gui.core.system.hard_crash import hard_crashes_noted, report_hard_crashes

_DIE = """
import ctypes, logging
from wganpaint_gui.core.system.hard_crash import hard_crashes_noted
from wganpaint_gui.core.system.program_log import EDITOR_LOG, session_log
def read_nowhere():
    ctypes.string_at(1)
with session_log(EDITOR_LOG), hard_crashes_noted():
    logging.getLogger("wganpaint_gui").info("The last words")
    read_nowhere()
"""
_LIVE = """
import os, sys
from wganpaint_gui.core.system.hard_crash import hard_crashes_noted
with hard_crashes_noted():
    print(os.getpid(), flush=True)
    sys.stdin.readline()
"""


def noted(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "log").glob("fault-*"))


def die() -> None:
    assert subprocess.run([sys.executable, "-c", _DIE], capture_output=True).returncode not in (0, 1)


def start() -> subprocess.Popen[str]:
    program = subprocess.Popen([sys.executable, "-c", _LIVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    program.pid_inside = int(program.stdout.readline())  # type: ignore[attr-defined]
    return program


def test_a_hard_crash_is_reported_once_with_the_place_and_the_log_before_it(own_home: Path):
    from wganpaint_gui.core.system.program_log import EDITOR_LOG, session_log

    die()
    assert len(noted(own_home)) == 2
    with session_log(EDITOR_LOG):
        (report,) = report_hard_crashes()
        assert report_hard_crashes() == []
    text = report.read_text("utf-8")
    assert "read_nowhere" in text
    assert "The last words" in text
    assert noted(own_home) == []


def test_a_program_that_ends_well_leaves_nothing(own_home: Path):
    start().communicate("end\n", timeout=60)
    assert noted(own_home) == []
    assert report_hard_crashes() == []


def test_a_killed_program_is_no_crash(own_home: Path):
    program = start()
    program.kill()
    program.communicate(timeout=60)
    assert len(noted(own_home)) == 2
    assert report_hard_crashes() == []
    assert noted(own_home) == []


def test_a_program_that_runs_keeps_its_file(own_home: Path):
    program = start()
    before = noted(own_home)
    die()
    assert len(report_hard_crashes()) == 1
    assert noted(own_home) == before
    program.communicate("end\n", timeout=60)
    assert noted(own_home) == []


def test_two_programs_with_one_process_id_have_a_file_each(own_home: Path, monkeypatch):
    """As in two containers that share a folder."""
    program = start()
    monkeypatch.setattr("os.getpid", lambda: program.pid_inside)
    monkeypatch.setattr("faulthandler.enable", lambda _file: None)  # pytest's own stays
    monkeypatch.setattr("faulthandler.disable", lambda: None)
    with hard_crashes_noted():
        assert len(noted(own_home)) == 4
        assert report_hard_crashes() == []
        assert len(noted(own_home)) == 4
    assert len(noted(own_home)) == 2
    program.communicate("end\n", timeout=60)


def test_a_program_with_the_process_id_of_one_that_died_leaves_its_notes_to_be_reported(own_home: Path, monkeypatch):
    """As in a container, where every start may have the same one."""
    die()
    number = int(noted(own_home)[0].removeprefix("fault-").removesuffix(".lock"))
    monkeypatch.setattr("os.getpid", lambda: number)
    monkeypatch.setattr("faulthandler.enable", lambda _file: None)  # pytest's own stays
    monkeypatch.setattr("faulthandler.disable", lambda: None)
    with hard_crashes_noted():
        (report,) = report_hard_crashes()
    assert "read_nowhere" in report.read_text("utf-8")
    assert noted(own_home) == []


def test_a_folder_that_cannot_be_made_costs_only_the_notes(tmp_path: Path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("WGANPAINT_HOME", str(tmp_path / "file"))
    with hard_crashes_noted():
        pass
    assert report_hard_crashes() == []
