"""`wganpaint selftest`: it passes here, and where it does not it names the step."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest


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
    monkeypatch.setattr("wganpaint_gui.cli.filling.changed_outside", lambda *_: 7)
    assert failed_step(wganpaint("selftest")) == "nothing changed outside the mask"
