"""Test a built program: python .ci/try_bundle.py FOLDER [SCREENSHOT.png]

Hides PATH and PYTHONPATH from it and runs the self test, a fill, a training run and its resumption, the paper's
experiment, and, on Linux, the window with a photo on a virtual screen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image, ImageGrab

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
WINDOW_SECONDS = 120
STILL_SECONDS = 3  # longer than the window ever pauses while it works
MOUTH = 468, 250  # of the sample portrait, on a screen of 1280 x 720


def main() -> None:
    place = Path(sys.argv[1]).resolve()
    screenshot = Path(sys.argv[2] if len(sys.argv) > 2 else "bundle.png")
    with tempfile.TemporaryDirectory() as work:
        pictures = _pictures(Path(work) / "pictures")
        run = Run(place, Path(work))
        run("selftest")
        filled = run(
            "inpaint", ROOT / "resources/sample-portrait.png", "--mask", "center32", "-o", "füll.png", "--json"
        )
        assert json.loads(filled)["changed_outside_mask"] == 0
        train = ("train", pictures, "--out", "run", "--width", "4", "--batch-size", "8")
        run(*train, "--generator-updates", "4", "--aware-updates", "2")
        run("train", pictures, "--out", "run", "--resume", "--aware-updates", "4")
        run("evaluate", "run", pictures, "--out", "evaluation", "--count", "4", "--steps", "5")
        run("samples", "faces-64", "-o", "grid.png")
        if sys.platform == "linux":
            _use_window(place, run.environment, screenshot)
            print(f"The window: {screenshot}")
        reports = list(Path(work).rglob("crash-*.txt"))
        if reports:
            raise SystemExit(reports[0].read_text("utf-8"))
    print("OK")


class Run:
    """Runs the console program in an environment where it cannot find this machine's Python."""

    def __init__(self, place: Path, work: Path) -> None:
        self.program, self.work = place / ("wganpaint-cli.exe" if sys.platform == "win32" else "wganpaint-cli"), work
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        empty = {"LANG": "C.UTF-8", "HOME": str(work), "PATH": "", "PYTHONPATH": ""}
        self.environment = {**kept, **empty, "WGANPAINT_HOME": str(work / "home")}

    def __call__(self, *arguments: object) -> str:
        command = [str(self.program), *map(str, arguments)]
        started = time.monotonic()
        done = subprocess.run(command, cwd=self.work, env=self.environment, stdout=subprocess.PIPE, encoding="utf-8")
        print(done.stdout if arguments[0] == "selftest" else "", end="")
        print(f"wganpaint-cli {arguments[0]}: {time.monotonic() - started:.1f} s", flush=True)
        if done.returncode:
            raise SystemExit(f"{command} ended with {done.returncode}")
        return done.stdout


def _pictures(folder: Path) -> Path:
    folder.mkdir()
    source = np.random.default_rng(0)
    for number in range(40):
        corners = source.integers(0, 256, (3, 3, 3), np.uint8)
        Image.fromarray(corners).resize((64, 64), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    return folder


def _use_window(place: Path, environment: dict[str, str], screenshot: Path) -> None:
    """Open the windowed program with a photo; paint, fill, take a screenshot, and quit by the keyboard."""
    photo = ROOT / "resources" / "sample-portrait.png"
    with _Screen() as screen, screen.start([place / "wganpaint", photo], environment) as program:
        window = _until(lambda: screen.do("search", "--onlyvisible", "--name", photo.stem).split())[-1]
        screen.do("windowfocus", "--sync", window)  # there is no window manager to do it
        screen.settled()
        x, y = MOUTH
        screen.do("mousemove", x - 20, y, "mousedown", 1, "mousemove", x + 20, y, "mouseup", 1)
        masked = screen.settled()[y, x]
        screen.do("key", "ctrl+Return")
        try:
            _until(lambda: (screen.look()[y, x] != masked).any())
            screen.settled()
        finally:
            screenshot.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(screen.look()).save(screenshot)
        screen.do("key", "BackSpace", "key", "ctrl+d")  # discard candidates and mask, or closing asks about them
        screen.settled()
        screen.do("key", "ctrl+t")  # the training page, which imports pyqtgraph
        screen.settled()
        screen.do("key", "Escape", "key", "ctrl+q")
        assert program.wait(WINDOW_SECONDS) == 0


class _Screen:
    """A virtual screen with a display number of its own."""

    def __enter__(self) -> _Screen:
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x720x24"]
        self._server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with open(reader) as answer:
            self._display = f":{answer.readline().strip()}"
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.kill()
        self._server.wait()

    @contextmanager
    def start(self, command: list[Path], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
        program = subprocess.Popen(command, env={**environment, "DISPLAY": self._display})
        try:
            yield program
        finally:
            program.kill()
            program.wait()

    def do(self, *arguments: object) -> str:
        environment = {**os.environ, "DISPLAY": self._display}
        command = ["xdotool", *map(str, arguments)]
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True).stdout

    def look(self) -> np.ndarray:
        return np.asarray(ImageGrab.grab(xdisplay=self._display).convert("RGB"))

    def settled(self) -> np.ndarray:
        """Wait until the screen has not changed for a while, and return it."""
        before, end = np.zeros(0), time.monotonic() + WINDOW_SECONDS
        while not np.array_equal(before, now := self.look()):
            if time.monotonic() > end:
                raise SystemExit("The window did not stop changing in time.")
            before = now
            time.sleep(STILL_SECONDS)
        return now


def _until(found: Callable[[], T]) -> T:
    end = time.monotonic() + WINDOW_SECONDS
    while not (result := found()):
        if time.monotonic() > end:
            raise SystemExit("The window did not show what was expected in time.")
        time.sleep(0.2)
    return result


if __name__ == "__main__":
    main()
