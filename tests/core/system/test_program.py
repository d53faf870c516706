"""The program is called what a person typed, or would have to type."""

from __future__ import annotations

import sys

import pytest

from wganpaint_gui.core.system.program import program_name


@pytest.mark.parametrize("called", ["/usr/bin/wganpaint", "/src/wganpaint_gui/__main__.py", "/usr/bin/pytest", ""])
def test_an_installed_one_has_one_name(monkeypatch: pytest.MonkeyPatch, called: str):
    monkeypatch.setattr(sys, "argv", [called])
    assert program_name() == "wganpaint"


@pytest.mark.parametrize(
    ("called", "system", "name"),
    [
        ("./wganpaint-cli", "linux", "wganpaint-cli"),
        ("./wganpaint", "linux", "wganpaint"),
        ("/home/me/Downloads/renamed", "linux", "wganpaint"),
        ("/Applications/WganPaint.app/Contents/MacOS/wganpaint", "darwin", "wganpaint"),
        ("wganpaint-cli.exe", "win32", "wganpaint-cli"),
        ("wganpaint.exe", "win32", "wganpaint-cli"),
    ],
)
def test_the_standalone_one_is_called_as_it_was_and_in_windows_as_what_has_a_console(
    monkeypatch: pytest.MonkeyPatch, called: str, system: str, name: str
):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "argv", [called])
    assert program_name() == name
