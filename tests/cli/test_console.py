"""Data and messages on stdout and stderr: every name can be printed in every encoding, and a full disk ends no work."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from wganpaint_gui.cli.console import output_lost, prepare_streams, print_data, print_json, print_warning

RED, TWO_LINES, OLD = "\x1b[31mred\x07.png", "one\ntwo.png", os.fsdecode(b"caf\xe9.png")
NAMES = ["face.png", "gr\u00fcn.png", "\u732b.png", "\U0001f600.png", OLD, RED, TWO_LINES]


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def printed() -> io.BytesIO:
    """What is printed on stdout and stderr."""
    return io.BytesIO()


def use(monkeypatch: pytest.MonkeyPatch, stream: io.TextIOWrapper) -> None:
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    prepare_streams()


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("name", NAMES)
def test_json_is_utf8_whatever_the_encoding_and_gives_the_name_back(
    monkeypatch: pytest.MonkeyPatch, printed: io.BytesIO, encoding: str, name: str
) -> None:
    use(monkeypatch, io.TextIOWrapper(printed, encoding=encoding))
    print_json({"input": name})
    print_json({"input": name}, indent=2)
    text = printed.getvalue().decode("utf-8")
    assert "\x1b" not in text
    first, _, rest = text.partition("\n")
    assert json.loads(first) == json.loads(rest) == {"input": name}


@pytest.mark.parametrize(
    ("encoding", "name", "line"),
    [
        ("utf-8", "\u732b.png", b"\xe7\x8c\xab.png\n"),
        ("utf-8", OLD, b"caf\xe9.png\n"),
        ("latin-1", "gr\u00fcn.png", b"gr\xfcn.png\n"),
        ("latin-1", OLD, b"caf\xe9.png\n"),
        ("cp1252", "\u732b\u20ac.png", b"\\u732b\x80.png\n"),
        ("ascii", "\U0001f600.png", b"\\U0001f600.png\n"),
        ("ascii", TWO_LINES, b"one\ntwo.png\n"),
    ],
)
def test_a_name_for_another_program_is_its_bytes_and_what_the_encoding_lacks_is_escaped(
    monkeypatch: pytest.MonkeyPatch, printed: io.BytesIO, encoding: str, name: str, line: bytes
) -> None:
    use(monkeypatch, io.TextIOWrapper(printed, encoding=encoding, newline="\n"))
    print_data(name)
    assert printed.getvalue() == line


def test_a_terminal_gets_nothing_to_obey(monkeypatch: pytest.MonkeyPatch, printed: io.BytesIO) -> None:
    use(monkeypatch, Terminal(printed, encoding="utf-8"))
    print_data(RED, TWO_LINES)
    print_warning(f"{RED} is unusual")
    assert printed.getvalue().decode().splitlines() == [
        r"\x1b[31mred\x07.png",
        r"one\ntwo.png",
        r"wganpaint: \x1b[31mred\x07.png is unusual",
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")
def test_a_full_stdout_is_said_once_and_ends_no_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        for number in range(3):
            print_json({"number": number})
    assert capsys.readouterr().err == (
        "wganpaint: Results cannot be printed (No space left on device); the work goes on without them.\n"
    )
    assert output_lost()
    assert not output_lost()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")
def test_a_command_whose_results_were_lost_has_failed(
    monkeypatch: pytest.MonkeyPatch, wganpaint: Run, tiny_model: Path
) -> None:
    assert wganpaint("models", "show", tiny_model).code == 0
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert wganpaint("models", "show", tiny_model).code == 1
