"""The editor as a person has it: a real window with the shipped model behind it."""

from __future__ import annotations

import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import ended_threads
from tests.gui.canvas_mouse import CanvasMouse, Make, plain_photo
from tests.gui.file_helpers import noise
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels, save_photo
from wganpaint_gui.core.search import planning
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.app import Interrupts, make_application
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.window.main_window import MainWindow

PATIENCE = 30_000  # milliseconds; these machines are noisy
FACE = Frame(176, 76, 92)  # of the sample portrait
MOUTH = ((204, 138), (216, 144), (230, 144), (242, 137))  # photo pixels


class Editor:
    """Drives a main window the way a person does: mouse, keys and menu."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.controller = window.fill_controller

    @property
    def document(self) -> Document:
        assert self.window.document is not None
        return self.window.document

    def open(self, path: Path) -> None:
        before = self.window.document
        self.window.open_photos([path])
        self.wait(lambda: self.window.document is not before)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def wait_for_state(self, state: FillState) -> None:
        self.wait(lambda: self.controller.state is state)

    def act(self, name: str) -> None:
        action = self.window.actions_by_id[name]
        assert action.isEnabled(), f"{name} is off"
        action.trigger()

    @property
    def choices(self) -> list[QPushButton]:
        """What the message bar offers now."""
        return [button for button in self.window.messages.findChildren(QPushButton) if button.isVisible()]

    def choose(self, words: str) -> None:
        """Click a choice of the message bar."""
        button = next(button for button in self.choices if words in button.text())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def on_screen(self, point: tuple[float, float]) -> QPoint:
        x, y = self.window.canvas.view.to_screen(*point)
        return QPoint(round(x), round(y))

    def paint(self, *points: tuple[float, float], diameter: float = 20) -> None:
        """A stroke with the left button through these photo pixels."""
        canvas = self.window.canvas
        canvas.set_brush(Brush(diameter))
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=self.on_screen(points[0]))
        for point in points[1:]:
            QTest.mouseMove(canvas, self.on_screen(point))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=self.on_screen(points[-1]))

    def ready_to_fill(self, **settings: object) -> None:
        """The sample portrait with its mouth painted over, its face framed, few steps, no refinement."""
        self.window.open_sample()
        self.wait(lambda: self.window.document is not None)
        self.paint(*MOUTH)
        self.document.set_frames([FACE])
        config = {"start": "random", "steps": 5, "refine": 0, "candidates": 2, **settings}
        self.window.fill_panel.settings.set_config(InpaintConfig(**config))  # type: ignore[arg-type]
        self.wait_for_state(FillState.READY)

    @property
    def steps(self) -> int:
        return len(self.controller.fill.search.log) if self.controller.fill is not None else 0

    def pause(self) -> None:
        """Press P and wait until the step under way has ended too."""
        QTest.keyClick(self.window, Qt.Key.Key_P)
        self.wait_for_state(FillState.PAUSED)
        self.wait(_sleeps_between_steps)


def _sleeps_between_steps() -> bool:
    """Whether a search's thread waits for the end of its pause: `drive` then waits for a stop."""
    for frame in sys._current_frames().values():
        called = {(Path(one.f_code.co_filename).name, one.f_code.co_name) for one, _ in traceback.walk_stack(frame)}
        if {("drive.py", "_stop_requested"), ("threading.py", "wait")} <= called:
            return True
    return False


@pytest.fixture(autouse=True)
def no_widgets_left(qapp: QApplication) -> Iterator[None]:
    """Delete what a test is done with: every change of the theme would dress all windows of all tests before."""
    before = set(threading.enumerate())
    yield
    ended_threads(before)  # they report to objects that are about to be deleted
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and not window.isVisible():
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[QWidget, int, int], None]:
    """Shows a widget of its own at a width and height, until the test ends."""

    def show(widget: QWidget, width: int, height: int) -> None:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)

    return show


@pytest.fixture(scope="session")
def faces_found() -> dict[object, list[Frame]]:
    """The faces of the photos that tests have looked through."""
    return {}


@pytest.fixture
def quick_faces(monkeypatch: pytest.MonkeyPatch, faces_found: dict[object, list[Frame]]) -> None:
    """Look for faces once in a photo and a mask that many tests have: each look takes half a second."""
    look = planning.find_faces

    def find_faces(photo: Photo, mask: NDArray[np.uint8], region: Box | None = None) -> list[Frame]:
        key = photo.pixels.shape, sha256(photo.pixels.tobytes()).digest(), sha256(mask.tobytes()).digest(), region
        if key not in faces_found:
            faces_found[key] = look(photo, mask, region)
        return list(faces_found[key])

    monkeypatch.setattr(planning, "find_faces", find_faces)


@pytest.fixture
def without_engine() -> None:
    """Ask for a window that loads no model, where none is needed."""


@pytest.fixture
def editor(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    quick_faces: None,
    quick_framing: None,
    quick_model: None,
    quick_ticks: None,
) -> Iterator[Editor]:
    """A window that is closed, with everything it runs, when the test ends."""
    make_application()
    window = MainWindow(load_engine="without_engine" not in request.fixturenames)
    window.resize(1280, 800)
    window.show()
    yield Editor(window, qtbot)
    window.files.forget_work()
    window.close()
    QApplication.processEvents()
    window.deleteLater()


@pytest.fixture
def interrupts(editor: Editor) -> Iterator[Interrupts]:
    """Signals do to the window what they do when the program runs for a person."""
    hangup = getattr(signal, "SIGHUP", None)
    before = None if hangup is None else signal.signal(hangup, signal.SIG_DFL)  # under nohup it is ignored
    listening = Interrupts(editor.window)
    yield listening
    listening.stop()
    if hangup is not None:
        signal.signal(hangup, before)


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    """Shows a canvas with a document on a plain photo."""

    def shown(width: int = 300, height: int = 200, window: tuple[int, int] = (500, 400)) -> CanvasMouse:
        canvas = Canvas()
        qtbot.addWidget(canvas)
        canvas.resize(*window)
        document = Document(plain_photo(width, height, (90, 120, 150)))
        canvas.show_document(document, None)
        canvas.show()
        qtbot.waitExposed(canvas)
        canvas.set_brush(Brush(20, 1.0))
        return CanvasMouse(canvas, document)

    return shown


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo in a folder of its own, which also holds a second one of the same size."""
    folder = tmp_path / "holiday"
    folder.mkdir()
    for seed, name in enumerate(("photo.png", "second.png")):
        save_photo(photo_from_pixels(noise(seed=seed)), folder / name)
    return folder / "photo.png"


@pytest.fixture
def opened(editor: Editor, photo: Path) -> Editor:
    editor.open(photo)
    return editor


@pytest.fixture
def another(qtbot: QtBot) -> Iterator[Callable[..., Editor]]:
    """Opens further windows, as a second start of the program does: another(load_engine=True)."""
    windows: list[MainWindow] = []

    def start(*, load_engine: bool = True) -> Editor:
        window = MainWindow(load_engine=load_engine)
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        return Editor(window, qtbot)

    yield start
    for window in windows:
        window.files.forget_work()
        window.close()
        QApplication.processEvents()
        window.deleteLater()
