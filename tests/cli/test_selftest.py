"""`wganpaint selftest`: it passes here, and where it does not it names the step."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

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


def test_this_installation_passes(tmp_path: Path):
    import subprocess

    command = [sys.executable, "-m", "wganpaint_gui", "selftest"]
    result = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert len(lines) == 6
    assert lines[-1] == "OK"
    assert list(tmp_path.iterdir()) == []


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
