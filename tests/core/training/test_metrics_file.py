"""metrics.jsonl: whole lines or none, and nothing beyond the checkpoint a run goes on from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.training.metrics_file import MetricsFile
from wganpaint_gui.core.training.training_log import Tick, tick_line, update_line


def line(update: int, stage: str = "gan") -> str:
    return update_line("aware" if stage == "aware" else "gan", update, 0.5, 0.25, 100)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "metrics.jsonl"


def test_lines_are_appended_in_order(path: Path) -> None:
    file = MetricsFile(path)
    file.append([line(1), line(2)])
    file.append([])
    file.append([line(3)])
    assert path.read_text().splitlines() == [line(1), line(2), line(3)]


def test_cutting_forgets_what_lies_beyond_the_checkpoint(path: Path) -> None:
    file = MetricsFile(path)
    tick = tick_line(Tick("gan", 4, 0, None, None, ""))
    file.append([line(1), line(2), line(3), line(4), tick, line(1, "aware"), line(2, "aware")])
    kept = file.cut({"gan": 4, "aware": 1})
    assert kept == [line(1), line(2), line(3), line(4), tick, line(1, "aware")]
    assert file.cut({"gan": 3, "aware": 0}) == [line(1), line(2), line(3)]
    assert path.read_text().splitlines() == [line(1), line(2), line(3)]


def test_cutting_leaves_damaged_lines_out(path: Path) -> None:
    path.write_bytes(
        f'{line(1)}\n\xff\xfe{{"\n{{"stage": "x", "update": 1}}\n{line(2)}\n{line(3)[:20]}'.encode("latin-1")
    )
    assert MetricsFile(path).cut({"gan": 9, "aware": 9}) == [line(1), line(2)]
    assert path.read_text() == f"{line(1)}\n{line(2)}\n"


def test_a_last_line_without_its_end_does_not_spoil_the_next(path: Path) -> None:
    path.write_text(line(1))
    file = MetricsFile(path)
    file.cut({"gan": 9, "aware": 9})
    file.append([line(2)])
    assert path.read_text().splitlines() == [line(1), line(2)]


def test_a_file_with_nothing_to_forget_is_not_written_again(path: Path) -> None:
    file = MetricsFile(path)
    file.append([line(1)])
    before = path.stat().st_ino
    file.cut({"gan": 1, "aware": 0})
    assert path.stat().st_ino == before


def test_a_file_that_is_missing_has_no_lines_and_is_not_made(path: Path) -> None:
    assert MetricsFile(path).cut({"gan": 1, "aware": 1}) == []
    assert not path.exists()


@given(st.integers(0, 400), st.integers(0, 6))
def test_a_file_cut_short_anywhere_goes_on_as_if_the_last_line_had_not_been(
    tmp_path_factory: pytest.TempPathFactory, end: int, update: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "metrics.jsonl"
    whole = "".join(f"{line(i)}\n" for i in range(1, 6))
    path.write_text(whole[:end])
    file = MetricsFile(path)
    kept = file.cut({"gan": update, "aware": 0})
    file.append([line(99)])
    expected = [line(i) for i in range(1, 6) if i <= update and whole.find(line(i)) + len(line(i)) <= end]
    assert kept == expected
    assert path.read_text().splitlines() == [*expected, line(99)]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.training.metrics_file import MetricsFile

path = Path(sys.argv[1])
file = MetricsFile(path)
file.append(["x" * 99] * 3)
before = path.read_bytes()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing fails then, as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (350, 350))
try:
    file.append(["y" * 99, "z" * 99])
except SaveError as error:
    assert "disk is full" in error.message, error
    assert path.read_bytes() == before
    resource.setrlimit(resource.RLIMIT_FSIZE, (350, 350))
    file.append(["short"])
    assert path.read_bytes() == before + b"short\\n"
    print("as it was")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a process's files")
def test_a_full_disk_leaves_the_file_as_it_was(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("as it was\n", "")


def test_a_folder_that_is_missing_is_a_save_error(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match=r"metrics\.jsonl was not saved"):
        MetricsFile(tmp_path / "gone" / "metrics.jsonl").append([line(1)])
