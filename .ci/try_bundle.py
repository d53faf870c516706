"""Prove a built program where it lies: python .ci/try_bundle.py FOLDER [SCREENSHOT.png]

Takes PATH and PYTHONPATH away and has it do its jobs: the self test, a fill, training and going on, the paper's
experiment, and, on Linux, the window with a photo on a virtual screen.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageGrab

ROOT = Path(__file__).resolve().parent.parent
DISPLAY = ":97"
WINDOW_SECONDS = 120
STILL_SECONDS = 3  # longer than anything in the window stands still while it works
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
    """Runs the console program where nothing of this machine's Python can be found."""

    def __init__(self, place: Path, work: Path) -> None:
        self.place, self.work = place, work
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "LANG") if name in os.environ}
        self.environment = {**kept, "LANG": "C.UTF-8", "HOME": str(work), "PATH": "", "PYTHONPATH": ""}
        if sys.platform == "win32":
            self.environment |= {"LOCALAPPDATA": str(work), "APPDATA": str(work), "USERPROFILE": str(work)}

    def __call__(self, *arguments: object) -> str:
        command = [str(self.place / "wganpaint-cli"), *map(str, arguments)]
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
    """Open the windowed program with a photo, paint, fill, look at it, close it as its menu does."""
    photo = ROOT / "resources" / "sample-portrait.png"
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x720x24"], stderr=subprocess.DEVNULL)
    program = None
    try:
        _until(lambda: Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists())
        program = subprocess.Popen([str(place / "wganpaint"), str(photo)], env={**environment, "DISPLAY": DISPLAY})
        _until(lambda: bool(_windows(photo.stem)))
        # Without a window manager nobody gives a window the keyboard.
        _xdotool("windowfocus", "--sync", _windows(photo.stem)[-1])
        _settled()
        x, y = MOUTH
        _xdotool("mousemove", str(x - 20), str(y), "mousedown", "1", "mousemove", str(x + 20), str(y), "mouseup", "1")
        before = _settled()
        _xdotool("key", "ctrl+Return")
        filled = _settled()
        Image.fromarray(filled).save(screenshot)
        assert (filled[y, x] != before[y, x]).any(), f"Nothing was filled: see {screenshot}"
        _xdotool("key", "ctrl+t")  # the page that trains: curves, and all that belongs to them
        _settled()
        _xdotool("key", "Escape", "key", "ctrl+q")
        assert program.wait(WINDOW_SECONDS) == 0
    finally:
        for process in (program, screen):
            if process is not None:
                process.kill()
                process.wait()


def _settled() -> np.ndarray:
    """The screen when nothing has changed on it for a while."""
    before, end = np.zeros(0), time.monotonic() + WINDOW_SECONDS
    while True:
        now = np.asarray(ImageGrab.grab(xdisplay=DISPLAY).convert("RGB"))
        if np.array_equal(before, now):
            return now
        if time.monotonic() > end:
            raise SystemExit("The window does not come to rest.")
        before = now
        time.sleep(STILL_SECONDS)


def _windows(name: str) -> list[str]:
    return _xdotool("search", "--onlyvisible", "--name", name).split()


def _xdotool(*arguments: str) -> str:
    environment = {**os.environ, "DISPLAY": DISPLAY}
    return subprocess.run(["xdotool", *arguments], env=environment, stdout=subprocess.PIPE, text=True).stdout


def _until(holds) -> None:
    end = time.monotonic() + WINDOW_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise SystemExit("The window did not come.")
        time.sleep(0.2)


if __name__ == "__main__":
    main()
