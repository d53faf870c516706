"""`wganpaint selftest`: it passes here, and where it does not it names the step."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.test_no_network import SHUT_NETWORK
from wganpaint_gui.cli.selftest_training import TrainingTest
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.photo.photo import Photo, save_photo
from wganpaint_gui.ml.training.checkpoint import write_checkpoint

ROOT = Path(__file__).resolve().parent.parent.parent


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
    return ran.complaints[-1].partition("Self-test failed: ")[2]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Path]:
    """A copy of the program that nobody may write to."""
    place = tmp_path / "an installation – ü"
    for folder in ("wganpaint_gui", "resources", "weights"):
        shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__"))
    entries = [place, *place.rglob("*")]
    for entry in entries:
        entry.chmod(entry.stat().st_mode & ~0o222)
    yield place
    for entry in entries:
        entry.chmod(entry.stat().st_mode | 0o200)


def state(place: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of every file. Root may write anywhere, and Python keeps its bytecode where it may."""
    files = (path for path in place.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@pytest.mark.slow
def test_an_installation_passes_without_network_and_compiler_and_leaves_nothing(
    installation: Path, tmp_path: Path, own_home: Path
):
    """With every way to the network shut, and without torch's compiler, which build.spec leaves out."""
    temporary, elsewhere = tmp_path / "temporary", tmp_path / "elsewhere"
    temporary.mkdir()
    elsewhere.mkdir()
    before = state(installation)
    start = (
        f"{SHUT_NETWORK}\n"
        "sys.modules |= dict.fromkeys(('torch._dynamo', 'torch._inductor', 'sympy'))\n"  # None: an import fails
        "import wganpaint_gui; print(wganpaint_gui.__file__)\n"
        "from wganpaint_gui.__main__ import main; main()"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(installation), "TMPDIR": str(temporary)}
    result = subprocess.run(
        [sys.executable, "-c", start, "selftest"],
        capture_output=True,
        encoding="utf-8",
        cwd=elsewhere,
        env=environment,
        timeout=180,
    )
    assert (result.returncode, result.stderr) == (0, "")
    place, *steps, last = result.stdout.splitlines()
    assert Path(place).is_relative_to(installation)
    assert last == "OK"
    assert len(steps) == 7
    assert all(re.fullmatch(r".+: \d+\.\d s", step) for step in steps)
    assert state(installation) == before
    assert list(elsewhere.iterdir()) == []
    assert list(temporary.glob("wganpaint*")) == []
    assert list(own_home.iterdir()) == [], "settings, models and caches are not touched"


def test_a_window_that_shows_nothing_is_named(wganpaint, window: ModuleType):
    window.open_for_selftest = lambda photo: False
    assert failed_step(wganpaint("selftest")) == "open the window off screen"


def test_missing_graphics_libraries_are_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "wganpaint_gui.gui.app", None)
    assert failed_step(wganpaint("selftest")) == "open the window off screen"


def test_a_missing_model_is_named(wganpaint, window: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wganpaint_gui.core.models.installed.shipped_weights", lambda: tmp_path)
    assert failed_step(wganpaint("selftest")) == "load the default model"


def test_a_changed_pixel_outside_the_mask_is_found(
    wganpaint, window: ModuleType, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wganpaint_gui.cli.selftest.find_model", lambda: tiny_model)

    def save_with_a_wrong_pixel(photo: Photo, path: Path, *, overwrite: bool) -> None:
        wrong = photo.pixels.copy()
        wrong[-1, -1, 0] ^= 1
        save_photo(photo.replaced(wrong), path, overwrite=overwrite)

    monkeypatch.setattr("wganpaint_gui.ml.batch.fill_photo.save_photo", save_with_a_wrong_pixel)
    ran = wganpaint("selftest")
    assert failed_step(ran) == "nothing changed outside the mask"
    assert "yeh changed 1 pixel outside the mask" in ran.complaints[0]


# -- training ------------------------------------------------------------------------------------------------------


@pytest.fixture
def only_training(window: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps before it are not the subject."""
    for name in ("load_model", "fill", "read_again", "compare"):
        monkeypatch.setattr(f"wganpaint_gui.cli.selftest._SelfTest.{name}", lambda _self: None)


@pytest.mark.usefixtures("only_training")
def test_training_that_saves_nothing_is_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wganpaint_gui.ml.training.run_files.RunFiles.write_checkpoint", lambda *_, **__: None)
    ran = wganpaint("selftest")
    assert failed_step(ran) == "train a tiny network for 3 updates and save it"
    assert "There is no checkpoint of update 3" in ran.complaints[0]


@pytest.mark.usefixtures("only_training")
def test_training_that_begins_anew_is_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wganpaint_gui.ml.training.run_files.RunFiles.read_checkpoint", lambda _self: None)
    assert failed_step(wganpaint("selftest")) == "resume it from its checkpoint to update 5, and train an encoder"


@pytest.mark.usefixtures("only_training")
def test_a_checkpoint_that_is_damaged_is_named(wganpaint, monkeypatch: pytest.MonkeyPatch):
    def write_damaged(path: Path, *what: object) -> None:
        write_checkpoint(path, *what)  # type: ignore[arg-type]
        path.write_bytes(path.read_bytes()[:-1000])

    monkeypatch.setattr("wganpaint_gui.ml.training.run_files.write_checkpoint", write_damaged)
    assert failed_step(wganpaint("selftest")) == "resume it from its checkpoint to update 5, and train an encoder"


@pytest.mark.usefixtures("only_training")
def test_a_full_disk_ends_the_test_where_training_would_wait(wganpaint, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise SaveError("The disk is full.")

    monkeypatch.setattr("wganpaint_gui.core.training.metrics_file.MetricsFile.append", full)
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
