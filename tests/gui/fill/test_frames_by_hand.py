"""Several frames: added, removed and numbered by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import FACE, Editor
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.gui.canvas.tools import Tool


def test_frames_are_added_and_removed_by_key_and_mouse_and_each_can_be_undone(editor: Editor):
    editor.ready_to_fill()
    document, planner, canvas = editor.document, editor.window.frame_planner, editor.window.canvas
    editor.act("frame_add")
    beside = Frame(FACE.x + FACE.size // 2, FACE.y, FACE.size)
    assert document.frames == (FACE, beside)
    assert planner.selected == 1
    canvas.set_tool(Tool.FRAME)
    start, end = editor.on_screen((300, 300)), editor.on_screen((400, 400))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, end)
    assert len(document.frames) == 3
    drawn = document.frames[2]
    assert abs(drawn.x - 300) + abs(drawn.y - 300) + abs(drawn.size - 100) <= 6
    planner.select(0)
    editor.act("frame_remove")
    assert document.frames == (beside, drawn)
    for expected in ((FACE, beside, drawn), (FACE, beside), (FACE,)):
        document.undo()
        assert document.frames == expected
    editor.act("frame_remove")
    assert document.frames == (), "without any, they are placed automatically"
    editor.wait(lambda: planner.settled)


def test_an_added_frame_stays_in_a_narrow_photo(editor: Editor):
    editor.ready_to_fill()
    right = Frame(512 - 96, 74, 96)
    editor.document.set_frames([right])
    editor.act("frame_add")
    assert editor.document.frames == (right, Frame(right.x - 48, 74, 96))


def test_no_frame_changes_during_a_stroke(editor: Editor):
    editor.ready_to_fill()
    editor.act("frame_add")
    frames = editor.document.frames
    with editor.document.edit_mask("brush stroke"):
        for name in ("frame_add", "frame_whole", "frame_remove", "frame_automatic"):
            editor.act(name)
    assert editor.document.frames == frames
