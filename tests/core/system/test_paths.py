"""The settings folder beside the program: used where it can be, and nothing else is touched then."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wganpaint_gui.core.models.installed import list_models
from wganpaint_gui.core.system import paths
from wganpaint_gui.core.system.paths import PORTABLE_NAME, portable_complaint, portable_folder
from wganpaint_gui.core.training.run_folder import list_runs

FOLDERS: tuple[Callable[[], Path], ...] = (
    paths.config_dir,
    paths.log_dir,
    paths.user_models,
    paths.training_runs,
    paths.dataset_cache,
)
NOBODY = 65534


@pytest.fixture(autouse=True)
def no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WGANPAINT_HOME")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The executable of a frozen program."""
    monkeypatch.setattr("sys.frozen", True, raising=False)
    return run_from(tmp_path / "WganPaint" / "wganpaint", monkeypatch)


def run_from(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path.parent.mkdir(parents=True)
    path.touch()
    monkeypatch.setattr("sys.executable", str(path))
    return path


def put_beside(path: Path) -> Path:
    folder = path.parent / PORTABLE_NAME
    folder.mkdir()
    return folder


def test_everything_of_the_person_goes_into_the_folder_beside_the_program(program: Path):
    folder = put_beside(program)
    assert portable_folder() == folder
    assert portable_complaint() == ""
    assert all(find().is_relative_to(folder) for find in FOLDERS)
    assert list(folder.iterdir()) == [], "looking leaves nothing behind"


def test_without_the_folder_the_system_says_where_things_are(program: Path):
    assert portable_folder() is None
    assert not any(find().is_relative_to(program.parent) for find in FOLDERS)


def test_a_file_of_that_name_is_no_folder(program: Path):
    (program.parent / PORTABLE_NAME).touch()
    assert (portable_folder(), portable_complaint()) == (None, "")


def test_the_environment_wins(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put_beside(program)
    monkeypatch.setenv("WGANPAINT_HOME", str(tmp_path / "home"))
    assert all(find().is_relative_to(tmp_path / "home") for find in FOLDERS)


def test_on_a_mac_it_stands_beside_the_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.frozen", True, raising=False)
    inside = run_from(tmp_path / "WganPaint.app" / "Contents" / "MacOS" / "wganpaint", monkeypatch)
    put_beside(inside)
    assert portable_folder() is None, "a signed bundle must not be written into"
    folder = put_beside(tmp_path / "WganPaint.app")
    assert portable_folder() == folder


def test_what_is_not_frozen_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    put_beside(run_from(tmp_path / "bin" / "python", monkeypatch))
    assert portable_folder() is None


@pytest.fixture
def read_only_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Beside a frozen program. Root may write anywhere, so it is nobody who asks; below tmp_path nobody may look."""
    above = Path(tempfile.mkdtemp(dir="/tmp"))
    monkeypatch.setattr("sys.frozen", True, raising=False)
    folder = put_beside(run_from(above / "program" / "wganpaint", monkeypatch))
    above.chmod(0o755)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    yield folder
    if root:
        os.seteuid(0)
    shutil.rmtree(above)


@pytest.mark.skipif(os.name == "nt", reason="a folder's permissions are another matter there")
def test_a_folder_that_cannot_be_written_to_is_not_used_and_named(read_only_folder: Path):
    assert portable_folder() is None
    assert str(read_only_folder) in portable_complaint()
    assert not any(find().is_relative_to(read_only_folder) for find in FOLDERS)


@pytest.mark.skipif(os.name == "nt", reason="a folder's permissions are another matter there")
def test_what_cannot_be_looked_into_holds_no_models_and_no_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WGANPAINT_HOME", str(tmp_path / "closed"))
    (tmp_path / "closed" / "data" / "runs").mkdir(parents=True)
    closed = tmp_path / "closed" / "data"
    for place in (closed / "runs", closed):
        place.chmod(0o000)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        # Another user may be kept out of the shipped models too: a checkout can lie in a closed folder.
        assert not [model for model in list_models() if not model.shipped]
        assert list_runs(closed) == list_runs(closed / "runs") == []
    finally:
        if root:
            os.seteuid(0)
        closed.chmod(0o755)
        (closed / "runs").chmod(0o755)
