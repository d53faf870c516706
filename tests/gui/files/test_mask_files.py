"""Masks of another size, and masks on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from tests.gui.conftest import Editor
from tests.gui.file_helpers import HEIGHT, WIDTH, click, found, noise, settle, type_name
from tests.gui.shown import shown_message
from wganpaint_gui.core.edit.mask_changes import fitted
from wganpaint_gui.core.edit.mask_io import save_mask
from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo
from wganpaint_gui.gui.files import mask_files
from wganpaint_gui.gui.look.images import to_exact_qimage, to_pixels

pytestmark = pytest.mark.usefixtures("without_engine")


def half(height: int, width: int) -> np.ndarray:
    mask = np.zeros((height, width), np.uint8)
    mask[:, width // 2 :] = 255
    return mask


def answer(editor: Editor, text: str) -> None:
    """Click a button of the question about the size."""
    box = found(editor, QMessageBox, "fitBox")
    button = next(button for button in box.buttons() if button.text().replace("&", "") == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    editor.wait(lambda: editor.window.findChild(QMessageBox, "fitBox") is None)
    settle(editor)


@pytest.mark.parametrize(("text", "fit"), [("Scale", "scale"), ("Centre", "centre")])
def test_a_mask_of_another_size_is_scaled_or_centred_as_one_chooses(
    opened: Editor, tmp_path: Path, text: str, fit: str
) -> None:
    mask = half(40, 100)
    save_mask(mask, tmp_path / "mask.png")
    opened.act("load_mask")
    type_name(opened, tmp_path / "mask.png")
    box = found(opened, QMessageBox, "fitBox")
    assert box.text().replace("\u00a0", " ") == f"The mask has 100 × 40 pixels, the photo {WIDTH} × {HEIGHT}."
    assert "stretches" in box.informativeText()
    answer(opened, text)
    assert np.array_equal(opened.document.mask, fitted(mask, (WIDTH, HEIGHT), fit))
    assert opened.document.history.done_names == ("load mask",)
    assert opened.window.isWindowModified(), "no file holds the mask as it is now"


def test_cancel_leaves_the_mask(opened: Editor, tmp_path: Path) -> None:
    save_mask(half(2 * HEIGHT, 2 * WIDTH), tmp_path / "mask.png")
    opened.act("load_mask")
    type_name(opened, tmp_path / "mask.png")
    assert "stretches" not in found(opened, QMessageBox, "fitBox").informativeText()
    answer(opened, "Cancel")
    assert not opened.document.history.can_undo


def test_a_copied_mask_can_be_pasted_exactly(opened: Editor, photo: Path) -> None:
    mask = noise(1, seed=3)[..., 0]
    opened.document.replace_mask("noise", mask)
    opened.act("mask_copy")
    settle(opened)
    assert shown_message(opened.window.messages) == "Mask copied to the clipboard."
    assert np.array_equal(to_pixels(QGuiApplication.clipboard().image())[..., 0], mask)
    opened.open(photo.with_name("second.png"))
    opened.act("mask_paste")
    settle(opened)
    assert np.array_equal(opened.document.mask, mask)
    assert opened.document.undo() == "paste mask"


def test_a_pasted_picture_with_colours_is_asked_about_and_then_its_size(opened: Editor) -> None:
    colours = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    QGuiApplication.clipboard().setImage(to_exact_qimage(colours))
    opened.act("mask_paste")
    click(found(opened, QMessageBox, "maskBox"), QMessageBox.StandardButton.Yes)
    answer(opened, "Centre")
    inside = opened.document.mask[15:45, 20:60]
    assert inside.any()
    assert np.count_nonzero(opened.document.mask) == np.count_nonzero(inside)


@pytest.mark.parametrize("empty", [lambda board: board.clear(), lambda board: board.setImage(QImage())])
def test_an_empty_clipboard_is_no_mask(opened: Editor, empty: Callable[[object], None]) -> None:
    empty(QGuiApplication.clipboard())
    opened.act("mask_paste")
    assert "no mask on the clipboard" in shown_message(opened.window.messages)
    assert not opened.document.history.can_undo


def test_the_last_mask_comes_back_after_it_was_cleared(opened: Editor) -> None:
    assert not opened.window.actions_by_id["mask_last"].isEnabled()
    mask = half(HEIGHT, WIDTH)
    opened.document.replace_mask("half", mask)
    assert not opened.window.actions_by_id["mask_last"].isEnabled()
    opened.act("mask_clear")
    opened.wait(lambda: not opened.document.mask.any())
    opened.act("mask_last")
    settle(opened)
    assert np.array_equal(opened.document.mask, mask)
    assert opened.document.history.undo_name == "last mask"


def test_the_last_mask_is_that_of_the_photo_before_and_fitted_to_this_one(opened: Editor, tmp_path: Path) -> None:
    mask = half(HEIGHT, WIDTH)
    opened.document.replace_mask("half", mask)
    save_photo(photo_from_pixels(np.zeros((2 * HEIGHT, 2 * WIDTH, 3), np.uint8)), tmp_path / "large.png")
    opened.open(tmp_path / "large.png")
    opened.act("mask_last")
    answer(opened, "Scale")
    assert np.array_equal(opened.document.mask, fitted(mask, (2 * WIDTH, 2 * HEIGHT), "scale"))


def test_a_mask_never_replaces_the_photo_that_is_open(
    opened: Editor, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = photo.read_bytes()
    opened.document.replace_mask("rectangle", half(HEIGHT, WIDTH))
    # As if the system's dialog had asked whether to replace the file, and the answer had been yes.
    monkeypatch.setattr(mask_files, "ask_for_name", lambda *asked: asked[-1](photo, True))
    opened.act("save_mask")
    assert "must not replace it" in shown_message(opened.window.messages)
    settle(opened)
    assert photo.read_bytes() == before
