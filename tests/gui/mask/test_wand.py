"""The magic wand masks what has the colour under the mouse, in a real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo

pytestmark = pytest.mark.usefixtures("without_engine")

GREY, RED, DARK_RED = (120, 120, 120), (200, 30, 30), (180, 30, 30)


@pytest.fixture
def coloured(editor: Editor, tmp_path: Path) -> Editor:
    """A grey photo with two red squares and a darker one beside the first."""
    pixels = np.empty((120, 200, 3), np.uint8)
    pixels[...] = GREY
    pixels[20:60, 20:60] = pixels[20:60, 120:160] = RED
    pixels[20:60, 60:80] = DARK_RED
    save_photo(photo_from_pixels(pixels), tmp_path / "coloured.png")
    editor.open(tmp_path / "coloured.png")
    editor.act("tool_wand")
    return editor


def squares(*columns: tuple[int, int]) -> NDArray[np.bool_]:
    expected = np.zeros((120, 200), bool)
    for left, right in columns:
        expected[20:60, left:right] = True
    return expected


def click(editor: Editor, point: tuple[int, int], keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click with the wand and wait for what it selects."""
    entries = len(editor.document.history.done_names)
    QTest.mouseClick(editor.window.canvas, Qt.MouseButton.LeftButton, keys, editor.on_screen(point))
    editor.wait(lambda: len(editor.document.history.done_names) > entries)


@pytest.mark.parametrize(
    ("tolerance", "contiguous", "expected"),
    [
        (0, True, squares((20, 60))),
        (32, True, squares((20, 80))),
        (0, False, squares((20, 60), (120, 160))),
        (32, False, squares((20, 80), (120, 160))),
    ],
)
def test_it_takes_the_colour_within_the_tolerance(coloured: Editor, tolerance, contiguous, expected) -> None:
    coloured.window.tool_options.show_wand(tolerance, contiguous=contiguous)
    click(coloured, (30, 30))
    assert np.array_equal(coloured.document.mask > 127, expected)
    assert coloured.document.undo() == "magic wand"


def test_it_combines_with_the_mask_as_shapes_do(coloured: Editor) -> None:
    coloured.act("mask_invert")
    coloured.wait(lambda: bool(coloured.document.mask.all()))
    keys = Qt.KeyboardModifier
    click(coloured, (30, 30), keys.AltModifier)
    assert np.array_equal(coloured.document.mask > 127, ~squares((20, 80)))
    coloured.document.undo()
    click(coloured, (130, 30), keys.ShiftModifier | keys.ControlModifier)
    assert np.array_equal(coloured.document.mask > 127, squares((120, 160)))


def test_its_result_for_a_photo_that_was_left_is_dropped(coloured: Editor, photo: Path) -> None:
    left = coloured.document
    QTest.mouseClick(coloured.window.canvas, Qt.MouseButton.LeftButton, pos=coloured.on_screen((30, 30)))
    if left.history.can_undo:
        pytest.fail("the result came before the click had ended")
    coloured.window.masks.set_document(None)
    coloured.wait(lambda: coloured.window.masks.background.pending == 0)
    assert not left.mask.any()


def test_beside_the_photo_it_selects_nothing(coloured: Editor) -> None:
    QTest.mouseClick(coloured.window.canvas, Qt.MouseButton.LeftButton, pos=coloured.on_screen((-5, 30)))
    coloured.wait(lambda: coloured.window.masks.background.pending == 0)
    assert not coloured.document.history.can_undo


def test_a_polygon_of_two_points_is_explained_in_the_window(coloured: Editor) -> None:
    coloured.act("tool_polygon")
    canvas = coloured.window.canvas
    for point in ((30, 30), (90, 30)):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=coloured.on_screen(point))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert "three corners" in shown_message(coloured.window.messages)


def test_the_bar_shows_what_held_keys_make_of_the_next_click(coloured: Editor) -> None:
    mode, keys = coloured.window.tool_options.mode, Qt.KeyboardModifier

    def turn(kind: QEvent.Type, key: Qt.Key, held: Qt.KeyboardModifier) -> str:
        """Press or release a key, as a keyboard reports it: with the keys that were held before."""
        QApplication.sendEvent(coloured.window.canvas, QKeyEvent(kind, key, held))
        return mode.value

    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    both = keys.ControlModifier | keys.ShiftModifier
    assert turn(press, Qt.Key.Key_Control, keys.NoModifier) == "subtract"
    assert turn(press, Qt.Key.Key_Shift, keys.ControlModifier) == "intersect"
    assert turn(release, Qt.Key.Key_Control, both) == "add"
    mode.button("subtract").click()
    assert turn(release, Qt.Key.Key_Shift, keys.ShiftModifier) == "subtract", "it stays as chosen"
