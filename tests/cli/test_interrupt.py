"""Ctrl-C at any moment, and readers that go away: each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.cli.conftest import write_photo

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")

Start = Callable[..., "subprocess.Popen[Any]"]


@pytest.fixture
def start(tiny_model: Path, tmp_path: Path) -> Start:
    """Start `wganpaint inpaint` with the tiny model in the background."""

    def run(*arguments: object, **streams: Any) -> subprocess.Popen[Any]:
        options = ("--model", tiny_model, "--restarts", 1, "--device", "cpu", "--frame", "10,2,64", "--mask", "center")
        options += ("--start", "random", "--refine", 0)
        command = [sys.executable, "-m", "wganpaint_gui", "inpaint", *options, *arguments]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
        return subprocess.Popen([str(part) for part in command], **streams)

    return run


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_is_finished_is_kept_and_nothing_partial_is_left(
    start: Start, tmp_path: Path, number: signal.Signals, code: int
):
    photos = [write_photo(tmp_path / f"{index}.png", index) for index in range(30)]
    done = tmp_path / "done"
    with start(*photos, "-o", done, "--steps", 150, "--json", text=True) as process:
        first = process.stdout.readline()
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert err == ""
    told = [json.loads(line)["output"] for line in [first, *out.splitlines()]]
    written = sorted(done.iterdir())
    assert {Path(path) for path in told} <= set(written)
    assert 1 <= len(written) <= len(told) + 1  # interrupted between writing and telling
    assert len(written) < len(photos)
    for path in written:
        with Image.open(path) as image:
            image.load()


@pytest.mark.slow
def test_on_a_terminal_a_bar_shows_the_search_until_it_is_interrupted(start: Start, tmp_path: Path):
    photo = write_photo(tmp_path / "photo.png")
    screen, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (24, 100))
    with start(photo, "-o", tmp_path / "out.png", "--steps", 5000, stderr=terminal) as process:
        os.close(terminal)
        shown = b""
        while b"/5000" not in shown and (chunk := _read(screen)):
            shown += chunk
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    while chunk := _read(screen):
        shown += chunk
    os.close(screen)
    assert process.returncode == 130
    assert out == b""
    assert b"photo.png (1/1)" in shown
    assert b"Traceback" not in shown
    assert [path.name for path in tmp_path.iterdir()] == ["photo.png"]


def _read(screen: int) -> bytes:
    try:
        return os.read(screen, 1000)
    except OSError:  # Linux says EIO at the end
        return b""


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_drama(start: Start, tmp_path: Path):
    photo = write_photo(tmp_path / "photo.png")
    reading, writing = os.pipe()
    os.close(reading)
    with start(photo, "-o", tmp_path / "out.png", "--steps", 1, "--json", stdout=writing, text=True) as process:
        os.close(writing)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert err == ""
    with Image.open(tmp_path / "out.png") as image:
        image.load()
