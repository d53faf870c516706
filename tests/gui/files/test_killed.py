"""A real program is killed in the middle of a stroke, a search and a save; the next one restores what it had."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.system.paths import autosave_dir

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")]

# Starts the program, does with a real mouse what its first argument says, notes what there is, and waits to be killed.
_EDITOR = """
import os, signal, sys
from pathlib import Path
import numpy as np
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from tests.core.documents import keep_fill
from wganpaint_gui.cli import main
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.paths import autosave_dir
from wganpaint_gui.gui import app
from wganpaint_gui.gui.files import autosave
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.window.main_window import MainWindow

mode, notes, photos = sys.argv[1], sys.argv[2], sys.argv[3:]
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # it stays ignored where the tests run under nohup
autosave.INTERVAL = 100


class Driver:
    def __init__(self):
        self.window = MainWindow(load_engine=mode == "search")
        self.steps = getattr(self, mode)()
        self.timer = QTimer(interval=20)
        self.timer.timeout.connect(self.go_on)
        self.timer.start()

    def go_on(self):
        while True:
            self.waits = getattr(self, "waits", None) or next(self.steps, None)
            if self.waits is None:
                self.timer.stop()
                return
            if not self.waits():
                return
            self.waits = None

    def autosaved(self):
        document = self.window.document
        for path in (autosave_dir() / str(os.getpid())).glob("*.wganpaint"):
            saved = ProjectFile(path).read()
            same = np.array_equal(saved.document.mask.array(), document.mask)
            return same and saved.document.frames == document.frames and (mode != "search" or saved.fill is not None)
        return False

    def point(self, x, y):
        from PySide6.QtCore import QPoint
        return QPoint(*(round(value) for value in self.window.canvas.view.to_screen(x, y)))

    def press(self, *points, release=True):
        canvas = self.window.canvas
        canvas.set_brush(Brush(20))
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=self.point(*points[0]))
        for point in points[1:]:
            QTest.mouseMove(canvas, self.point(*point))
        if release:
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=self.point(*points[-1]))

    def note(self):
        document, prepared = self.window.document, self.window.fill_controller.in_hand
        frames = np.array([frame.numbers for frame in document.frames])
        best = None if prepared is None else prepared.fill.search.best
        np.savez(notes, mask=document.mask, pixels=document.photo.pixels, frames=frames,
                 latents=np.zeros(0) if best is None else best.latents,
                 losses=np.zeros(0) if best is None else best.losses,
                 kept=not document.history.is_saved)
        print("ready", flush=True)

    def opened(self):
        return self.window.document is not None

    def keep(self):
        with self.window.document.edit_mask("rectangle") as edit:
            edit.rectangle(Box(10, 20, 8, 6), 255)
        keep_fill(self.window.document, Box(10, 20, 8, 6), np.full((6, 8, 3), 50, np.uint8))

    def stroke(self):
        yield self.opened
        self.keep()
        self.window.document.set_frames([Frame(100, 90, 200)])
        self.press((200, 200), (240, 220), (260, 260), release=False)
        assert self.window.document.editing
        yield self.autosaved
        self.note()

    def search(self):
        yield self.opened
        self.press((204, 138), (216, 144), (230, 144), (242, 137))
        self.window.document.set_frames([Frame(176, 76, 92)])
        settings = InpaintConfig(start="random", steps=100_000, refine=0, candidates=3)
        self.window.fill_panel.settings.set_config(settings)
        controller = self.window.fill_controller
        yield lambda: controller.state is FillState.READY
        self.window.actions_by_id["run"].trigger()
        yield lambda: controller.in_hand is not None
        first = len(controller.fill.search.log)
        yield lambda: len(controller.fill.search.log) > first + 20
        yield self.autosaved
        self.note()

    def save(self):
        yield self.opened
        self.press((200, 200), (240, 220))
        yield self.autosaved
        self.note()
        fsync = os.fsync

        def die(descriptor):
            fsync(descriptor)
            os.kill(os.getpid(), signal.SIGKILL)

        os.fsync = die  # of the next autosave: written, and not yet moved into place
        self.press((100, 100), (140, 120))

    def wait(self):
        yield self.opened
        self.press((200, 200), (240, 220))
        yield self.autosaved
        self.note()

    def restore(self):
        dialog = lambda: self.window.findChild(QDialog, "restoreDialog")
        yield lambda: dialog() is not None and dialog().isVisible()
        button = next(one for one in dialog().findChildren(QPushButton) if one.text() == "Restore")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        yield self.window.isWindowModified
        self.note()
        self.window.files.forget_work()
        self.window.close()


def make():
    global driver
    driver = Driver()
    return driver.window

app.MainWindow = make
sys.exit(main(["gui", *photos]))
"""


@pytest.fixture
def big_photo(tmp_path: Path) -> Path:
    path = tmp_path / "Größe 日本.png"
    save_photo(photo_from_pixels(np.full((400, 500, 3), 200, np.uint8)), path)
    return path


def start(mode: str, notes: Path, *photos: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _EDITOR, mode, str(notes), *map(str, photos)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")


def kill_when_ready(mode: str, notes: Path, photo: Path, *, self_inflicted: bool = False) -> None:
    with start(mode, notes, photo) as editor:
        assert editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
        if not self_inflicted:
            editor.kill()
        assert editor.wait(60) == -signal.SIGKILL


def restored(notes: Path) -> dict[str, np.ndarray]:
    with start("restore", notes) as editor:
        said, _ = editor.communicate(timeout=120)
        assert (editor.returncode, said) == (0, "ready\n")
    return dict(np.load(notes))


def assert_restored(before: Path, after: Path) -> dict[str, np.ndarray]:
    had, has = dict(np.load(before)), restored(after)
    for name in ("mask", "pixels", "frames", "kept"):
        assert np.array_equal(had[name], has[name]), name
    assert not list(autosave_dir().iterdir()), "nothing lies about"
    return has


def test_killed_in_the_middle_of_a_stroke(big_photo: Path, tmp_path: Path):
    kill_when_ready("stroke", tmp_path / "before.npz", big_photo)
    has = assert_restored(tmp_path / "before.npz", tmp_path / "after.npz")
    assert has["mask"].any()
    assert (has["pixels"][20:26, 10:18] == 50).all()


def test_killed_in_the_middle_of_a_search(sample_photo_path: Path, tmp_path: Path):
    kill_when_ready("search", tmp_path / "before.npz", sample_photo_path)
    (path,) = autosave_dir().glob("*/*.wganpaint")
    fill = ProjectFile(path).read().fill
    assert fill is not None
    assert len(fill.search.step_losses) > 0
    has = assert_restored(tmp_path / "before.npz", tmp_path / "after.npz")
    assert np.array_equal(has["latents"], fill.search.best.latents)
    assert np.array_equal(has["losses"], fill.search.best.losses)


def test_killed_in_the_middle_of_a_save(big_photo: Path, tmp_path: Path):
    kill_when_ready("save", tmp_path / "before.npz", big_photo, self_inflicted=True)
    left = sorted(path.suffix for path in autosave_dir().glob("*/*"))
    assert left == ["", ".tmp", ".wganpaint"], "the lock, what was being written, and the autosave before"
    assert_restored(tmp_path / "before.npz", tmp_path / "after.npz")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_program_told_to_end_does_so_within_five_seconds_and_leaves_its_work(
    big_photo: Path, tmp_path: Path, name: str
):
    with start("wait", tmp_path / "before.npz", big_photo) as editor:
        assert editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
        told, number = time.monotonic(), getattr(signal, name)
        editor.send_signal(number)
        assert editor.wait(60) == 128 + number
        assert time.monotonic() - told < 5
    assert_restored(tmp_path / "before.npz", tmp_path / "after.npz")


def test_two_programs_never_take_each_others_work(big_photo: Path, tmp_path: Path):
    with start("wait", tmp_path / "first.npz", big_photo) as living:
        assert living.stdout is not None
        assert living.stdout.readline() == "ready\n"
        kill_when_ready("stroke", tmp_path / "before.npz", big_photo)
        assert len(list(autosave_dir().glob("*/*.wganpaint"))) == 2
        restored(tmp_path / "after.npz")
        assert np.array_equal(np.load(tmp_path / "before.npz")["mask"], np.load(tmp_path / "after.npz")["mask"])
        assert len(list(autosave_dir().glob("*/*.wganpaint"))) == 1, "of the program that is still running"
        living.kill()
        living.wait(60)
    assert np.array_equal(restored(tmp_path / "after.npz")["mask"], np.load(tmp_path / "first.npz")["mask"])
