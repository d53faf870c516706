"""Which command is meant, and what a person reads who asks for help."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from wganpaint_gui import __version__
from wganpaint_gui.cli import parser


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """Stands in for the window: notes the photos it would open."""
    calls: list[list[Path]] = []
    app = ModuleType("wganpaint_gui.gui.app")
    app.run_editor = lambda photos: calls.append(photos) or 0
    monkeypatch.setitem(sys.modules, "wganpaint_gui.gui.app", app)
    return calls


@pytest.mark.parametrize(
    ("arguments", "photos"),
    [
        ([], []),
        (["gui"], []),
        (["a.png"], ["a.png"]),
        (["a.png", "gui"], ["a.png", "gui"]),
        (["gui", "a.png", "b.png"], ["a.png", "b.png"]),
        (["./inpaint"], ["./inpaint"]),
        (["--", "-odd.png"], ["-odd.png"]),
    ],
)
def test_what_is_no_command_is_photos_for_the_editor(wganpaint, opened, arguments: list[str], photos: list[str]):
    assert wganpaint(*arguments).code == 0
    assert opened == [[Path(photo) for photo in photos]]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("trian", "Did you mean `wganpaint train`?"),
        ("Inpaint", "Did you mean `wganpaint inpaint`?"),
        ("nonsense", "`wganpaint --help` lists the commands."),
        ("x" * 5000, "`wganpaint --help` lists the commands."),
    ],
)
def test_a_mistyped_command_opens_no_editor(wganpaint, opened, word: str, hint: str):
    ran = wganpaint(word, "photos/", "--out", "runs/mine")
    assert (ran.code, ran.out, opened) == (2, "", [])
    assert ran.complaints == [f"wganpaint: No command or photo named {word}. {hint}"]


@pytest.fixture
def standalone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program without Python is, called by its second name."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["./wganpaint-cli"])


@pytest.mark.usefixtures("standalone")
def test_whatever_is_said_names_the_program_that_was_called(wganpaint, opened, tmp_path: Path):
    assert wganpaint("trian").complaints == [
        "wganpaint-cli: No command or photo named trian. Did you mean `wganpaint-cli train`?"
    ]
    assert wganpaint("inpaint").complaints[-1].startswith("wganpaint-cli inpaint: error:")
    assert wganpaint("train", tmp_path / "gone", "--out", tmp_path / "run").err.startswith("wganpaint-cli: ")


@pytest.mark.usefixtures("standalone")
@pytest.mark.parametrize("command", ["", *parser.COMMANDS])
def test_help_names_the_program_that_was_called(wganpaint, command: str):
    said = wganpaint(*command.split(), "--help").out
    assert said.startswith("usage: wganpaint-cli")
    assert not re.search(r"\bwganpaint\b(?!-cli)", said)


@pytest.mark.parametrize("name", ["nonsense.png", "./nonsense", "photos/nonsense"])
def test_what_is_wrong_with_a_file_the_editor_says(wganpaint, opened, name: str):
    assert wganpaint(name).code == 0
    assert opened == [[Path(name)]]


def test_a_photo_without_a_suffix_is_opened(wganpaint, opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "trian").touch()
    monkeypatch.chdir(tmp_path)
    assert wganpaint("trian").code == 0
    assert opened == [[Path("trian")]]


def test_a_missing_graphics_library_is_a_sentence(wganpaint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "wganpaint_gui.gui.app", None)  # importing it raises ImportError
    ran = wganpaint()
    assert ran.code == 1
    assert "needs Qt" in ran.complaints[-1]


def test_the_version_goes_to_stdout(wganpaint):
    ran = wganpaint("--version")
    assert (ran.code, ran.out) == (0, f"wganpaint {__version__}\n")


def test_the_help_names_every_command_examples_and_exit_codes(wganpaint):
    ran = wganpaint("--help")
    assert ran.code == 0
    for word in (*parser.COMMANDS, "examples:", "exit codes:", "130  interrupted"):
        assert word in ran.out


@pytest.mark.parametrize("command", parser.COMMANDS)
def test_every_command_explains_itself(wganpaint, command: str):
    ran = wganpaint(command, "--help")
    assert ran.code == 0
    assert f"wganpaint {command}" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["inpaint"],
        ["inpaint", "a.png", "--mask", "m.png"],
        ["inpaint", "a.png", "--mask", "m.png", "-o", "b.png", "--method", "magic"],
        ["inpaint", "a.png", "--mask", "m.png", "-o", "b.png", "--steps", "many"],
        ["inpaint", "a.png", "--mask", "m.png", "-o", "b.png", "--frame", "1,2"],
        ["inpaint", "a.png", "--mask", "m.png", "-o", "b.png", "--frame", "1,2,64,left"],
        ["inpaint", "a.png", "--mask", "m.png", "-o", "b.png", "--frame", "1,2,64,nan"],
        ["inpaint", "a.png", "--mask", "m.png", "-o", "b.png", "--frame", "1,2,64,20,1"],
        ["models", "paint"],
        ["selftest", "please"],
    ],
)
def test_wrong_usage_is_2_with_a_reason_on_stderr(wganpaint, arguments: list[str]):
    ran = wganpaint(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "error:" in ran.complaints[-1]
