"""Whatever somebody does in whatever order, nothing unexpected happens, also where the window is closed in the middle.

WGANPAINT_SEEDS=100:200 chooses other seeds. A seed that fails is repeated with WGANPAINT_SEEDS=N:N+1.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.gui.conftest import Editor
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.canvas.tools import Tool

SEEDS = range(*(int(number) for number in os.environ.get("WGANPAINT_SEEDS", "0:8").split(":")))
ACTIONS = 40
OFTEN = ("run", "fill_surroundings", "stop", "pause", "keep", "discard", "undo", "redo", "frame_add", "next_candidate")
DRAGGED = (Tool.FRAME, Tool.RECTANGLE, Tool.ELLIPSE, Tool.LASSO, Tool.POLYGON, Tool.WAND)


class Player:
    """Does one thing after another, as the seed says."""

    def __init__(self, editor: Editor, photos: list[Path], seed: int) -> None:
        self.editor, self.photos = editor, photos
        self.random = random.Random(seed)
        self.done: list[str] = []
        # Those that end in … open a dialog, which waits for somebody.
        actions = editor.window.actions_by_id
        self.others = sorted(set(actions) - {name for name in actions if "…" in actions[name].text()} - {"quit"})

    def play(self) -> None:
        moves = (self.act, self.act, self.act, self.paint, self.drag, self.put_frames, self.open, self.rest)
        self.random.choice(moves)()
        QTest.qWait(self.random.choice((0, 0, 5, 30)))

    def act(self) -> None:
        name = self.random.choice(OFTEN if self.random.random() < 0.8 else self.others)
        action = self.editor.window.actions_by_id[name]
        if action.isEnabled():
            self.done.append(name)
            action.trigger()

    def paint(self) -> None:
        self.done.append("paint")
        self.editor.window.canvas.set_tool(Tool.BRUSH)
        self.editor.paint(self.place(), self.place(), diameter=self.random.choice((1, 5, 20, 60)))

    def drag(self) -> None:
        self.done.append("drag")
        canvas, keys = self.editor.window.canvas, Qt.KeyboardModifier
        canvas.set_tool(
            self.random.choice((Tool.FRAME, Tool.RECTANGLE, Tool.ELLIPSE, Tool.LASSO, Tool.POLYGON, Tool.WAND))
        )
        key = self.random.choice(
            (keys.NoModifier, keys.AltModifier, keys.ShiftModifier, keys.ShiftModifier | keys.ControlModifier)
        )
        start, end = (self.editor.on_screen(self.place()) for _ in range(2))
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, key, start)
        QTest.mouseMove(canvas, end)
        if self.random.random() < 0.3:
            self.act()
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, key, end)

    def put_frames(self) -> None:
        document = self.editor.document
        if document.editing:
            return
        self.done.append("frames")
        sides = [self.random.randint(8, 150) for _ in range(self.random.randint(0, 3))]
        places = [tuple(round(value) for value in self.place()) for _ in sides]
        document.set_frames([Frame(*place, side) for place, side in zip(places, sides, strict=True)])

    def open(self) -> None:
        self.done.append("open")
        self.editor.document.history.mark_saved()  # fewer questions
        self.editor.window.open_photos([self.random.choice(self.photos)])

    def rest(self) -> None:
        self.done.append("rest")
        QTest.qWait(self.random.choice((10, 100, 400)))

    def place(self) -> tuple[float, float]:
        photo = self.editor.document.photo
        return self.random.uniform(-20, photo.width + 20), self.random.uniform(-20, photo.height + 20)


@pytest.mark.slow  # seconds a seed
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_unexpected_happens(editor: Editor, photo: Path, sample_photo_path: Path, seed: int) -> None:
    editor.open(sample_photo_path)
    editor.wait(lambda: editor.window.engine.model is not None)
    editor.window.fill_panel.settings.set_config(InpaintConfig(steps=20, refine=5, candidates=2))
    player = Player(editor, [sample_photo_path, photo, photo.with_name("second.png")], seed)
    for _ in range(ACTIONS):
        player.play()
    said = [label.text() for label in editor.window.messages.findChildren(QLabel)]
    assert not [text for text in said if "nexpected" in text or "unforeseen" in text], player.done
