"""Masks without painting: the paper's corruptions in the frame, and the photo's transparency."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import FACE, Editor
from tests.gui.mask.dialogs import dialog_of, type_number
from tests.gui.shown import shown_message
from wganpaint_gui.core.measure.corruption import corrupted
from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo

pytestmark = pytest.mark.usefixtures("without_engine")


def sample(editor: Editor) -> Editor:
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    return editor


@pytest.mark.parametrize(
    ("name", "number", "corruption"),
    [("mask_centre", 25, "center"), ("mask_centre", 50, "center32"), ("mask_random", 80, "random80")],
)
def test_the_papers_corruptions_are_made_in_the_users_frame(
    editor: Editor, name: str, number: int, corruption: str
) -> None:
    document = sample(editor).document
    document.set_frames([FACE])
    editor.wait(lambda: editor.window.frame_planner.frames == (FACE,))
    editor.act(name)
    dialog = type_number(editor, number)
    assert "64\u00a0×\u00a064 pixels" in dialog.note
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert np.array_equal(document.mask, corrupted(document.photo, corruption, FACE, 64, 0))
    assert document.frames == (FACE,)
    document.undo()
    assert not document.mask.any()
    assert document.frames == (FACE,)


def test_a_frame_found_for_a_preset_is_set_and_undone_with_it(editor: Editor, tmp_path: Path) -> None:
    save_photo(photo_from_pixels(np.full((120, 200, 3), 128, np.uint8)), tmp_path / "grey.png")
    editor.open(tmp_path / "grey.png")
    editor.act("mask_centre")
    dialog = type_number(editor, 50)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    document = editor.document
    assert [(frame.x, frame.y, frame.size) for frame in document.frames] == [(40, 0, 120)]
    assert document.mask[60, 100] == 255
    assert document.history.done_names == ("centre square",)
    document.undo()
    assert document.frames == ()


def test_another_seed_hides_other_pixels(editor: Editor) -> None:
    document = sample(editor).document
    document.set_frames([FACE])
    editor.wait(lambda: editor.window.frame_planner.frames == (FACE,))
    editor.act("mask_random")
    dialog = dialog_of(editor)
    dialog.sliders[1].set_value(7)
    type_number(editor, 80)
    dialog.changed.emit()
    editor.wait(lambda: editor.window.masks.background.pending == 0)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert np.array_equal(document.mask, corrupted(document.photo, "random80", FACE, 64, 7))


def test_what_is_fully_transparent_becomes_the_mask(editor: Editor, tmp_path: Path) -> None:
    pixels = np.full((40, 50, 4), 200, np.uint8)
    pixels[10:20, 5:30, 3] = 0
    save_photo(photo_from_pixels(pixels), tmp_path / "cut-out.png")
    editor.open(tmp_path / "cut-out.png")
    editor.act("mask_transparency")
    editor.wait(lambda: editor.document.history.can_undo)
    assert np.array_equal(editor.document.mask, np.where(pixels[..., 3] == 0, 255, 0))
    assert editor.document.undo() == "mask from transparency"


def test_a_photo_without_alpha_offers_no_mask_from_it(opened: Editor) -> None:
    assert not opened.window.actions_by_id["mask_transparency"].isEnabled()


def test_a_photo_without_transparent_pixels_says_so(editor: Editor, tmp_path: Path) -> None:
    save_photo(photo_from_pixels(np.full((40, 50, 4), 200, np.uint8)), tmp_path / "opaque.png")
    editor.open(tmp_path / "opaque.png")
    editor.act("mask_transparency")
    editor.wait(lambda: editor.window.masks.background.pending == 0)
    assert shown_message(editor.window.messages) == "Nothing in this photo is fully transparent."
    assert not editor.document.history.can_undo
