"""Fills that are kept while the person goes on: whatever is undone or painted meanwhile counts."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import FACE, MOUTH, Editor
from wganpaint_gui.core.mask import hole
from wganpaint_gui.gui.fill.fill_state import FillState


def test_undoing_an_earlier_fill_ends_the_search_that_saw_it(editor: Editor):
    editor.ready_to_fill(steps=2)
    opened = editor.document.photo.pixels.copy()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    editor.paint((200, 110), (215, 112))
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("undo")  # the stroke: the mask is empty, nothing is left to fill
    editor.wait(lambda: editor.controller.fill is None)
    editor.act("redo")
    editor.wait_for_state(FillState.READY)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("undo")
    editor.act("undo")
    assert editor.controller.fill is None
    assert np.array_equal(editor.document.photo.pixels, opened)


def test_a_fill_is_not_written_where_the_mask_was_taken_away_meanwhile(editor: Editor):
    editor.ready_to_fill()
    opened = editor.document.photo.pixels.copy()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.document.replace_mask("clear mask", np.zeros_like(editor.document.mask))
    editor.paint((400, 400), (410, 400))
    editor.act("keep")
    editor.wait(lambda: editor.controller.fill is None)
    assert np.array_equal(editor.document.photo.pixels, opened)
    assert "under the mask" in editor.window.messages.text
    assert editor.document.changed_outside_mask() == 0


def test_undoing_the_stroke_while_a_fill_is_being_kept_writes_nothing(editor: Editor):
    editor.ready_to_fill()
    editor.document.set_frames(())
    editor.document.set_frames([FACE])
    opened = editor.document.photo.pixels.copy()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.document.replace_mask("clear mask", np.zeros_like(editor.document.mask))
    editor.wait(lambda: editor.controller.fill is None)
    assert np.array_equal(editor.document.photo.pixels, opened)


def test_what_is_painted_while_a_fill_is_being_kept_stays_to_be_filled(editor: Editor):
    editor.ready_to_fill()
    document = editor.document
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    opened, to_fill = document.photo.pixels.copy(), hole(document.mask)
    editor.act("keep")
    editor.paint(MOUTH[0], (204, 400))  # begins in the hole, ends outside the frame
    QTest.mousePress(editor.window.canvas, Qt.MouseButton.LeftButton, pos=editor.on_screen(MOUTH[1]))
    editor.wait(lambda: editor.controller.background.pending == 0)
    assert editor.controller.fill is not None, "it waits for the end of the stroke"
    QTest.mouseRelease(editor.window.canvas, Qt.MouseButton.LeftButton, pos=editor.on_screen(MOUTH[1]))
    painted = document.mask.copy()
    editor.wait(lambda: editor.controller.fill is None)
    assert document.history.undo_name == "fill"
    changed = (document.photo.pixels != opened).any(axis=2)
    assert changed[to_fill].any()
    assert not changed[~to_fill].any()
    assert np.array_equal(hole(document.mask), hole(painted) & ~to_fill)
    assert document.changed_outside_mask() == 0
    editor.act("undo")
    assert np.array_equal(document.photo.pixels, opened)
    assert np.array_equal(document.mask, painted)


def test_continuing_while_a_fill_is_being_kept_starts_nothing(editor: Editor):
    editor.ready_to_fill()
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.act("keep")
    editor.act("more_steps")
    editor.wait(lambda: editor.document.history.undo_name == "fill")
    assert editor.controller.fill is None
    editor.wait(lambda: editor.controller.wait(0))
