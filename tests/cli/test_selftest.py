"""`wganpaint selftest`: it passes here, and where it does not it names the step."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from wganpaint_gui.cli.selftest_training import TrainingTest
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.photo import Photo, save_photo


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Stands in for the window where it is not the subject."""
    app = ModuleType("wganpaint_gui.gui.app")
    app.open_for_selftest = lambda photo: photo.is_file()
    monkeypatch.setitem(sys.modules, "wganpaint_gui.gui.app", app)
    return app


def failed_step(ran) -> str:
    assert ran.code == 1
    assert "OK" not in ran.out.splitlines()
    return ran.complaints[-1].partition("failed at this step: ")[2]


def test_this_installation_passes_and_nothing_is_left(tmp_path: Path, own_home: Path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "wganpaint_gui", "selftest"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=120)
    assert result.returncode == 0, result.stderr
    *steps, last = result.stdout.splitlines()
    assert last == "OK"
    assert len(steps) == 7
    assert all(re.fullmatch(r".+: \d+\.\d s", step) for step in steps)
    assert list(tmp_path.iterdir()) == [temporary]
    assert list(temporary.glob("wganpaint*")) == []
    assert list(own_home.iterdir()) == [], "settings, models and caches are not touched"


def test_a_window_that_shows_nothing_is_named(wganpaint, window: ModuleType):
    window.open_for_selftest = lambda photo: False
    assert failed_step(wganpaint("selftest")) == "open the window off screen"


def test_missing_graphics_libraries_are_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "wganpaint_gui.gui.app", None)
    assert failed_step(wganpaint("selftest")) == "open the window off screen"


def test_a_missing_model_is_named(wganpaint, window: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wganpaint_gui.core.models.shipped_weights", lambda: tmp_path)
    assert failed_step(wganpaint("selftest")) == "load the default model"


def test_a_changed_pixel_outside_the_mask_is_found(
    wganpaint, window: ModuleType, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wganpaint_gui.cli.selftest.find_model", lambda: tiny_model)

    def save_with_a_wrong_pixel(photo: Photo, path: Path, *, overwrite: bool) -> None:
        wrong = photo.pixels.copy()
        wrong[-1, -1, 0] ^= 1
        save_photo(photo.replaced(wrong), path, overwrite=overwrite)

    monkeypatch.setattr("wganpaint_gui.cli.filling.save_photo", save_with_a_wrong_pixel)
    ran = wganpaint("selftest")
    assert failed_step(ran) == "nothing changed outside the mask"
    assert "yeh changed 1 pixels outside the mask" in ran.complaints[0]


# -- training ------------------------------------------------------------------------------------------------------


@pytest.fixture
def only_training(window: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps before it are not the subject."""
    for name in ("load_model", "fill", "read_again", "compare"):
        monkeypatch.setattr(f"wganpaint_gui.cli.selftest._SelfTest.{name}", lambda _self: None)


@pytest.mark.usefixtures("only_training")
def test_training_that_saves_nothing_is_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wganpaint_gui.ml.run_files.RunFiles.write_checkpoint", lambda *_, **__: None)
    ran = wganpaint("selftest")
    assert failed_step(ran) == "train a tiny network for 3 updates and save it"
    assert "There is no checkpoint of update 3" in ran.complaints[0]


@pytest.mark.usefixtures("only_training")
def test_training_that_begins_anew_is_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wganpaint_gui.ml.training.Training._go_on", lambda _self: None)
    assert failed_step(wganpaint("selftest")) == "go on from its checkpoint to update 5"


@pytest.mark.usefixtures("only_training")
def test_a_checkpoint_that_is_damaged_is_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    whole = TrainingTest.go_on

    def go_on_from_a_damaged_one(test: TrainingTest) -> None:
        for checkpoint in test._request.folder.glob("checkpoints/*"):
            checkpoint.write_bytes(checkpoint.read_bytes()[:-1000])
        whole(test)

    monkeypatch.setattr(TrainingTest, "go_on", go_on_from_a_damaged_one)
    assert failed_step(wganpaint("selftest")) == "go on from its checkpoint to update 5"


@pytest.mark.usefixtures("only_training")
def test_a_full_disk_ends_the_test_where_training_would_wait(wganpaint, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise SaveError("The disk is full.")

    monkeypatch.setattr("wganpaint_gui.ml.run_files.RunFiles.append_metrics", full)
    ran = wganpaint("selftest")
    assert failed_step(ran) == "train a tiny network for 3 updates and save it"
    assert "The disk is full." in ran.complaints[0]


@pytest.mark.usefixtures("only_training")
def test_what_is_unforeseen_is_reported_where_the_persons_logs_are(
    wganpaint, own_home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def explode(_test: TrainingTest) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(TrainingTest, "train", explode)
    failed_step(wganpaint("selftest"))
    caplog.clear()
    (report,) = (own_home / "log").glob("crash-*.txt")
    assert "RuntimeError: unforeseen" in report.read_text("utf-8")
