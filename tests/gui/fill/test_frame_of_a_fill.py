"""The frame of a fill in mouse: it does not move under the fill, and whoever drags it is told why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import FACE, Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.gui.fill.fill_actions import FRAME_IN_USE
from wganpaint_gui.gui.fill.fill_state import FillState

MOVED = Frame(FACE.x - 8, FACE.y + 4, FACE.size + 10)


@pytest.fixture
def dragged(editor: Editor) -> Editor:
    """The person has dragged the frame of a fill that waits for a decision."""
    editor.ready_to_fill()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    frames = editor.document.frames
    editor.window.canvas.frame_edited.emit(MOVED)
    assert editor.document.frames == frames
    assert shown_message(editor.window.messages) == FRAME_IN_USE
    return editor


def test_the_frame_moves_once_its_fill_is_discarded(dragged: Editor):
    (button,) = (one for one in dragged.window.messages.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dragged.wait_for_state(FillState.READY)
    assert dragged.controller.fill is None
    assert dragged.document.frames == (MOVED,)


@pytest.mark.parametrize("decision", ["keep", "discard"])
def test_what_was_said_goes_with_the_fill(dragged: Editor, decision: str):
    frames = dragged.document.frames
    dragged.act(decision)
    dragged.wait(lambda: dragged.controller.fill is None)
    assert shown_message(dragged.window.messages) == ""
    assert dragged.document.frames == frames
