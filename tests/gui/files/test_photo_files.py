"""Photos and masks in and out of the real window: nothing is overwritten, nothing is lost, and what is said is true."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from tests.gui.conftest import Editor
from tests.gui.file_helpers import (
    BOX,
    HEIGHT,
    WIDTH,
    click,
    found,
    is_dirty,
    keep_a_fill,
    noise,
    settle,
    type_name,
    writing_takes_long,
)
from tests.gui.shown import shown_message
from wganpaint_gui.core.edit.mask_io import load_mask, save_mask
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels, save_photo
from wganpaint_gui.gui.files.file_dialogs import SAVE_FILTERS
from wganpaint_gui.gui.look.images import to_pixels

pytestmark = pytest.mark.usefixtures("without_engine")

# -- names ---------------------------------------------------------------------------------------------------------


def test_saving_again_counts_up_beside_the_photo_that_was_opened(opened: Editor, photo: Path):
    for number in range(3):
        keep_a_fill(opened.document, number)
        opened.act("save")
        settle(opened)
    names = sorted(path.name for path in photo.parent.iterdir())
    assert names == ["photo-filled-2.png", "photo-filled-3.png", "photo-filled.png", "photo.png", "second.png"]
    assert opened.window.windowTitle().startswith("photo.png"), "to which unsaved work belongs"
    opened.act("next_photo")
    opened.wait(lambda: "second.png" in opened.window.windowTitle())


def test_saving_while_a_save_is_being_written_takes_the_next_name(opened: Editor, photo: Path):
    first = keep_a_fill(opened.document)
    with writing_takes_long(opened):
        opened.act("save")
        second = keep_a_fill(opened.document, 200)
        opened.act("save")
    settle(opened)
    assert np.array_equal(load_photo(photo.with_name("photo-filled.png")).pixels, first)
    assert np.array_equal(load_photo(photo.with_name("photo-filled-2.png")).pixels, second)
    assert opened.document.history.is_saved
    assert "Saved as photo-filled-2.png" in shown_message(opened.window.messages)


def test_a_pasted_photo_asks_for_its_name_once(opened: Editor, tmp_path: Path):
    before = opened.document
    opened.act("copy")
    settle(opened)
    opened.act("paste")
    opened.wait(lambda: opened.document is not before)
    assert "Pasted photo" in opened.window.windowTitle()
    opened.act("save")
    type_name(opened, tmp_path / "mine.png")
    settle(opened)
    opened.act("save")
    settle(opened)
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["mine-filled.png", "mine.png"]


# -- the dialogs overwrite nothing unasked -------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["precious", "precious.v2"])
def test_a_name_without_a_format_gets_one_and_is_asked_about(opened: Editor, photo: Path, typed: str):
    precious = photo.with_name(f"{typed}.png")
    precious.write_bytes(b"precious")
    pixels = keep_a_fill(opened.document)

    def ask() -> QMessageBox:
        opened.act("save_as")
        type_name(opened, photo.with_name(typed))
        return found(opened, QMessageBox, "replaceBox")

    box = ask()
    assert precious.name in box.text()
    click(box, QMessageBox.StandardButton.Cancel)
    opened.wait(lambda: opened.window.findChild(QMessageBox, "replaceBox") is None)
    settle(opened)
    assert precious.read_bytes() == b"precious"
    assert is_dirty(opened)
    click(ask(), QMessageBox.StandardButton.Yes)
    settle(opened)
    assert np.array_equal(load_photo(precious).pixels, pixels)
    assert not is_dirty(opened)


@pytest.mark.parametrize("name_filter", SAVE_FILTERS)
def test_a_name_without_a_format_gets_the_chosen_one(opened: Editor, photo: Path, name_filter: str):
    opened.act("save_as")
    type_name(opened, photo.with_name("new"), name_filter)
    settle(opened)
    path = photo.with_name(f"new{SAVE_FILTERS[name_filter]}")
    assert load_photo(path).width == WIDTH
    assert f"Saved as {path.name}" in shown_message(opened.window.messages)
    assert ("lossless" in name_filter) == ("0 pixels changed outside the mask" in shown_message(opened.window.messages))


@pytest.mark.parametrize("typed", ["m", "m.v2", "m.jpg"])
def test_a_mask_overwrites_nothing_unasked(opened: Editor, photo: Path, typed: str):
    for name in ("m.png", "m.v2", "m.jpg"):
        photo.with_name(name).write_bytes(b"precious")
    before = {path.name: path.read_bytes() for path in photo.parent.iterdir()}
    with opened.document.edit_mask("rectangle") as edit:
        edit.rectangle(BOX, 255)
    opened.wait(lambda: opened.window.frame_planner.settled)  # that there is no face is said before
    opened.act("save_mask")
    # Not the dialog's own button: it would ask about m.jpg, which is not what is written.
    found(opened, QFileDialog, "saveDialog").fileSelected.emit(str(photo.with_name(typed)))
    written = f"{typed}.png"
    if written in before:
        click(found(opened, QMessageBox, "replaceBox"), QMessageBox.StandardButton.Cancel)
    settle(opened)
    assert {name: photo.with_name(name).read_bytes() for name in before} == before
    if written not in before:
        assert np.array_equal(load_mask(photo.with_name(written), (WIDTH, HEIGHT)), opened.document.mask)
        assert written in shown_message(opened.window.messages)


def answer_the_dialogs_own_question(answer: QMessageBox.StandardButton, asked: list[str]) -> None:
    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        click(box, answer)

    QTimer.singleShot(0, press)


def test_an_existing_file_is_asked_about_by_the_dialog(opened: Editor, photo: Path):
    keep_a_fill(opened.document)
    before, asked = photo.read_bytes(), list[str]()
    opened.act("save_as")
    answer_the_dialogs_own_question(QMessageBox.StandardButton.No, asked)
    dialog = type_name(opened, photo)
    assert "photo.png" in asked[0]
    assert dialog.isVisible(), "another name can be typed"
    dialog.reject()
    settle(opened)
    assert photo.read_bytes() == before
    assert is_dirty(opened)


def test_an_existing_file_is_replaced_where_the_dialog_was_told_so(opened: Editor, photo: Path):
    pixels = keep_a_fill(opened.document)
    opened.act("save_as")
    answer_the_dialogs_own_question(QMessageBox.StandardButton.Yes, [])
    type_name(opened, photo)
    settle(opened)
    assert np.array_equal(load_photo(photo).pixels, pixels)


def test_a_file_that_appears_after_the_dialog_is_not_overwritten(opened: Editor, photo: Path):
    keep_a_fill(opened.document)
    target = photo.with_name("new.png")
    with writing_takes_long(opened):
        opened.act("save_as")
        type_name(opened, target)
        target.write_bytes(b"someone else's")
    opened.wait(lambda: "already exists" in shown_message(opened.window.messages))
    assert target.read_bytes() == b"someone else's"
    assert is_dirty(opened)


# -- places that cannot be written ---------------------------------------------------------------------------------


def test_a_folder_that_became_a_file_is_said_and_nothing_is_lost(opened: Editor, photo: Path):
    pixels = keep_a_fill(opened.document)
    shutil.rmtree(photo.parent)
    photo.parent.write_bytes(b"a file")
    opened.act("save")
    opened.wait(lambda: "is a file, not a folder" in shown_message(opened.window.messages))
    assert np.array_equal(opened.document.photo.pixels, pixels)
    assert is_dirty(opened)
    assert photo.parent.read_bytes() == b"a file"


def save_under(editor: Editor, path: Path) -> None:
    """By the button of the message that says that a file was not saved."""
    (button,) = (one for one in editor.window.messages.findChildren(QPushButton) if one.isVisible())
    assert button.text() == "Save as…"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    type_name(editor, path)
    settle(editor)


def test_a_photo_that_cannot_be_saved_there_can_be_saved_elsewhere(opened: Editor, photo: Path, tmp_path: Path):
    pixels = keep_a_fill(opened.document)
    photo.parent.rename(tmp_path / "elsewhere")
    opened.act("save")
    opened.wait(lambda: "does not exist" in shown_message(opened.window.messages))
    save_under(opened, tmp_path / "elsewhere" / "mine.png")
    assert np.array_equal(load_photo(tmp_path / "elsewhere" / "mine.png").pixels, pixels)
    assert not is_dirty(opened)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can grow beyond a kilobyte: writing fails half-way, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_nothing_is_lost(opened: Editor, photo: Path):
    pixels = keep_a_fill(opened.document)
    before = sorted(photo.parent.iterdir())
    with full_disk():
        opened.act("save")
        settle(opened)
    assert "the disk is full" in shown_message(opened.window.messages)
    assert sorted(photo.parent.iterdir()) == before, "no half-written file is left"
    assert np.array_equal(opened.document.photo.pixels, pixels)
    assert is_dirty(opened)
    opened.act("save")
    settle(opened)
    assert np.array_equal(load_photo(photo.with_name("photo-filled.png")).pixels, pixels)


def test_a_mask_on_a_full_disk_is_said_and_can_be_saved_elsewhere(opened: Editor, photo: Path, tmp_path: Path):
    target = photo.with_name("mask.png")
    opened.document.replace_mask("noise", noise(1)[..., 0])
    opened.wait(lambda: opened.window.frame_planner.settled)  # that there is no face is said before
    with full_disk():
        opened.act("save_mask")
        type_name(opened, target)
        settle(opened)
    assert "the disk is full" in shown_message(opened.window.messages)
    assert not target.exists()
    save_under(opened, tmp_path / "mine.png")
    assert np.array_equal(load_mask(tmp_path / "mine.png", (WIDTH, HEIGHT)), opened.document.mask)


@pytest.mark.parametrize(("channels", "alpha"), [(1, None), (2, None), (4, 255), (4, None)])
def test_any_layout_of_pixels_is_saved_as_webp(editor: Editor, tmp_path: Path, channels: int, alpha: int | None):
    pixels = noise(channels)
    if alpha is not None:
        pixels[..., -1] = alpha
    save_photo(photo_from_pixels(pixels), tmp_path / "photo.png")
    editor.open(tmp_path / "photo.png")
    keep_a_fill(editor.document)
    editor.act("save_as")
    type_name(editor, tmp_path / "new.webp")
    settle(editor)
    assert shown_message(editor.window.messages) == "Saved as new.webp. 0 pixels changed outside the mask."
    assert editor.document.history.is_saved


# -- masks ---------------------------------------------------------------------------------------------------------


def a_mask(folder: Path) -> tuple[Path, np.ndarray]:
    mask = noise(1, seed=5)[..., 0]
    save_mask(mask, folder / "mask.png")
    return folder / "mask.png", mask


def test_a_mask_loaded_while_a_stroke_is_painted_comes_after_it(opened: Editor, tmp_path: Path):
    path, mask = a_mask(tmp_path)
    canvas = opened.window.canvas
    opened.act("load_mask")
    with writing_takes_long(opened):
        type_name(opened, path)
        opened.wait(lambda: opened.window.findChild(QFileDialog) is None)
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=opened.on_screen((30, 30)))
        assert opened.document.editing
    settle(opened)
    assert opened.document.editing
    assert shown_message(opened.window.messages) == ""
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=opened.on_screen((40, 30)))
    opened.wait(lambda: opened.document.history.undo_name == "load mask")
    assert np.array_equal(opened.document.mask, mask)
    assert len(opened.document.history.done_names) == 2


def test_a_mask_loaded_for_one_photo_does_not_land_on_another(opened: Editor, photo: Path, tmp_path: Path):
    path, _ = a_mask(tmp_path)
    first = opened.document
    opened.act("load_mask")
    with writing_takes_long(opened):
        opened.window.open_photos([photo.with_name("second.png")])
        type_name(opened, path)
    opened.wait(lambda: opened.document is not first)
    settle(opened)
    for document in (first, opened.document):
        assert not document.mask.any()
        assert not document.history.can_undo


# -- the clipboard -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_what_is_copied_is_the_photo_of_that_moment_with_its_alpha(
    editor: Editor, tmp_path: Path, channels: int, dtype: type
):
    pixels = noise(channels).astype(dtype) * dtype(257 if dtype is np.uint16 else 1)
    save_photo(photo_from_pixels(pixels), tmp_path / "photo.png")
    editor.open(tmp_path / "photo.png")
    QGuiApplication.clipboard().clear()
    with writing_takes_long(editor):
        editor.act("copy")
        assert "clipboard" not in shown_message(editor.window.messages), "it is not there yet"
        keep_a_fill(editor.document)
    settle(editor)
    assert shown_message(editor.window.messages) == "Photo copied to the clipboard."
    copied = to_pixels(QGuiApplication.clipboard().image())
    eight = noise(channels)
    colours = np.repeat(eight[..., :1], 3, axis=2) if channels < 3 else eight[..., :3]
    assert np.array_equal(copied[..., :3], colours)
    assert (copied.shape[2] == 4) == (channels in (2, 4))
    if channels in (2, 4):
        assert np.array_equal(copied[..., 3], eight[..., -1])


def test_an_empty_clipboard_does_not_take_the_name_from_a_photo_being_opened(opened: Editor, photo: Path):
    QGuiApplication.clipboard().clear()
    before = opened.document
    with writing_takes_long(opened):
        opened.window.open_photos([photo.with_name("second.png")])
        opened.act("paste")
        assert "no picture on the clipboard" in shown_message(opened.window.messages)
    opened.wait(lambda: opened.document is not before)
    assert "second.png" in opened.window.windowTitle()
    keep_a_fill(opened.document)
    opened.act("save")
    settle(opened)
    assert photo.with_name("second-filled.png").exists()


def test_a_photo_is_used_as_a_mask_only_after_a_question(opened: Editor, photo: Path):
    for answer, masked in ((QMessageBox.StandardButton.Cancel, False), (QMessageBox.StandardButton.Yes, True)):
        opened.act("load_mask")
        type_name(opened, photo)
        click(found(opened, QMessageBox, "maskBox"), answer)
        opened.wait(lambda: opened.window.findChild(QMessageBox, "maskBox") is None)
        settle(opened)
        assert bool(opened.document.mask.any()) == masked
