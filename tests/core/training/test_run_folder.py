"""The folder of a run: its settings, its files by age, its name, and the lock on it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.training.run_folder import (
    DataDescription,
    RunFolder,
    RunSettings,
    checked_name,
    delete_run,
    list_runs,
    rename_run,
)
from wganpaint_gui.core.training.training_config import preset_config
from wganpaint_gui.core.training.training_request import TrainingRequest, check_same_run

DATA = DataDescription("/photos/cats.zip", "cats", "whole", held_out=10, images=90, key="abc", licence="CC0 – mine")
SETTINGS = RunSettings(preset_config("gp"), DATA, "/models/faces.safetensors")
HOLD = """
import sys
from pathlib import Path
from wganpaint_gui.core.training.run_folder import RunFolder

with RunFolder(Path(sys.argv[1])).locked():
    print("held", flush=True)
    sys.stdin.read()
"""


def make_run(path: Path) -> RunFolder:
    folder = RunFolder(path)
    folder.create(SETTINGS)
    return folder


@contextmanager
def holder(folder: RunFolder) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of a run until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def test_the_settings_of_a_run_are_read_as_they_were_written(tmp_path: Path) -> None:
    make_run(tmp_path / "runs" / "cats")
    assert RunFolder(tmp_path / "runs" / "cats").read_settings() == SETTINGS


def test_a_run_is_never_made_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(TrainingError, match="not empty"):
        make_run(tmp_path)
    with pytest.raises(TrainingError, match="is a file"):
        make_run(tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_run_is_made_in_an_empty_folder(tmp_path: Path) -> None:
    assert make_run(tmp_path).read_settings() == SETTINGS


def test_a_folder_without_settings_holds_no_run(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no training run"):
        RunFolder(tmp_path).read_settings()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"config": {}, "data": 3}', '{"config": {"seed": -1}}', "\xff"])
def test_damaged_settings_are_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    folder = make_run(tmp_path / "run")
    folder.settings_file.write_bytes(text.encode("latin-1"))
    with pytest.raises(TrainingError, match="damaged or cannot be read"):
        folder.read_settings()


def test_checkpoints_are_listed_from_the_newest_and_the_aware_stage_is_newer(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    for name in (
        "gan-00000010",
        "gan-00000009",
        "gan-100000000",
        "aware-00000000",
        "encoder-00000000",
        "best",
        "gan-x",
        "gan-1-2",
    ):
        (folder.checkpoints / f"{name}.safetensors").touch()
    (folder.checkpoints / "gan-00000011.tmp").touch()
    found = [(one.stage, one.update) for one in folder.numbered_checkpoints()]
    assert found == [("encoder", 0), ("aware", 0), ("gan", 100_000_000), ("gan", 10), ("gan", 9)]


def test_grids_are_listed_from_the_oldest(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    for stage, update in (("aware", 5), ("gan", 20), ("gan", 3)):
        folder.grid_path("aware" if stage == "aware" else "gan", update).touch()
    assert [(one.stage, one.update) for one in folder.grids()] == [("gan", 3), ("gan", 20), ("aware", 5)]


def test_a_file_is_found_at_the_path_it_was_given(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    folder.checkpoint_path("gan", 12).touch()
    assert folder.numbered_checkpoints()[0].path == folder.checkpoint_path("gan", 12)


def test_runs_are_listed_from_the_one_worked_on_last(tmp_path: Path) -> None:
    old, new = make_run(tmp_path / "old"), make_run(tmp_path / "new")
    (tmp_path / "no run").mkdir()
    (tmp_path / "file").touch()
    for folder, when in ((new, 2000), (old, 1000)):
        for path in folder.path.iterdir():
            os.utime(path, (when, when))
    assert [folder.name for folder in list_runs(tmp_path)] == ["new", "old"]
    old.metrics_file.touch()
    assert [folder.name for folder in list_runs(tmp_path)] == ["old", "new"]


def test_a_folder_that_is_missing_has_no_runs(tmp_path: Path) -> None:
    assert list_runs(tmp_path / "gone") == []


@pytest.mark.skipif(sys.platform == "win32", reason="only some may make links on Windows")
def test_a_file_that_vanishes_while_runs_are_listed_is_left_out(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    (folder.path / ".wganpaint-1234.tmp").symlink_to(tmp_path / "moved already")  # like one seen, then renamed
    assert [one.name for one in list_runs(tmp_path)] == ["run"]


BAD_NAMES = ["", "  ", ".", "..", ".hidden", "a/b", "a\\b", "c:", "what?", "a*", "<x>", 'a"b', "a|b", "a\nb", "end."]
BAD_NAMES += ["CON", "nul", "Aux.txt", "com1", "LPT9.run"]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_cannot_be_a_folders_everywhere_is_refused(name: str) -> None:
    with pytest.raises(TrainingError, match="cannot be the name of a run"):
        checked_name(name)


@pytest.mark.parametrize("name", ["cats", "Ünï cödé", "a.b", "company", "con-2", "2024-05-01 faces", "l'été"])
def test_a_good_name_is_taken_without_the_spaces_around_it(name: str) -> None:
    assert checked_name(f"  {name} ") == name


@given(st.text(max_size=20))
def test_a_name_that_is_taken_stays_inside_its_folder(name: str) -> None:
    try:
        taken = checked_name(name)
    except TrainingError:
        return
    assert (Path("/runs") / taken).parent == Path("/runs")
    assert checked_name(taken) == taken


def test_a_renamed_run_keeps_everything(tmp_path: Path) -> None:
    renamed = rename_run(make_run(tmp_path / "run"), " cats ")
    assert (renamed.path, renamed.read_settings()) == (tmp_path / "cats", SETTINGS)
    assert not (tmp_path / "run").exists()


def test_a_run_is_not_renamed_over_another(tmp_path: Path) -> None:
    one, other = make_run(tmp_path / "one"), make_run(tmp_path / "other")
    with pytest.raises(TrainingError, match="named other already"):
        rename_run(one, "other")
    assert one.read_settings() == other.read_settings() == SETTINGS


def test_a_deleted_run_is_gone(tmp_path: Path) -> None:
    delete_run(make_run(tmp_path / "run"))
    assert not (tmp_path / "run").exists()


def test_deleting_a_run_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="No such file"):
        delete_run(RunFolder(tmp_path / "gone"))


def test_a_second_process_is_kept_out_of_a_run_until_the_first_ends(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    with holder(folder), pytest.raises(TrainingError, match="under way in another program"), folder.locked():
        pytest.fail("the lock was given twice")
    with folder.locked():
        pass


def test_the_lock_of_a_killed_process_is_gone_with_it(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    with holder(folder) as process:
        process.kill()
        process.wait(timeout=30)
        with folder.locked():
            pass


def test_a_run_that_is_under_way_is_neither_renamed_nor_deleted(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    with holder(folder):
        with pytest.raises(TrainingError, match="under way"):
            rename_run(folder, "cats")
        with pytest.raises(TrainingError, match="under way"):
            delete_run(folder)
    assert folder.read_settings() == SETTINGS


def test_a_rank_that_writes_nothing_takes_no_lock(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run")
    with folder.locked(only_if=False), folder.locked():
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="fcntl is not there")
def test_a_file_system_without_locks_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with make_run(tmp_path / "run").locked():
        pass


def test_a_folder_that_is_missing_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="Nothing can be written"), RunFolder(tmp_path / "gone").locked():
        pytest.fail("a missing folder was locked")


def request(source: Path = Path("photos"), **changes: Any) -> TrainingRequest:
    return TrainingRequest(source, Path("run"), replace(SETTINGS.config, **changes), resume=True)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"generator_updates": 20_000},
        {"batch_size": 16},
        {"tick_updates": 10},
        {"checkpoint_minutes": 1.0},
        {"keep_checkpoints": 9},
        {"aware": replace(SETTINGS.config.aware, updates=500)},
        {"encoder": replace(SETTINGS.config.encoder, updates=500)},
    ],
)
def test_a_run_may_go_on_longer_and_be_looked_at_more_often(changes: dict[str, Any]) -> None:
    check_same_run(SETTINGS, request(**changes), "abc")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"seed": 1}, r"seed \(0, now 1\)"),
        ({"penalty_every": 2, "flip": False}, r"flip \(True, now False\), penalty every \(4, now 2\)"),
        ({"network": replace(SETTINGS.config.network, width=8)}, r"width \(64, now 8\)"),
        ({"aware": replace(SETTINGS.config.aware, updates=7, z_steps=9)}, r"z steps \(8, now 9\)\."),
        ({"encoder": replace(SETTINGS.config.encoder, rate=1e-3)}, r"rate \(0\.0005, now 0\.001\)\."),
        ({"precision": "bfloat16"}, "precision"),
    ],
)
def test_a_run_does_not_go_on_with_other_settings(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(TrainingError, match=f"other settings: {named}"):
        check_same_run(SETTINGS, request(**changes), "abc")


def test_a_run_does_not_go_on_with_other_images() -> None:
    with pytest.raises(TrainingError, match=r"dogs.*are not those.*90 of /photos/cats\.zip"):
        check_same_run(SETTINGS, request(source=Path("dogs")), "def")
