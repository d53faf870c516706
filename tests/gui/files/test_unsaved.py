"""What counts as saved, and the question before a fill would be lost."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from tests.gui.conftest import MOUTH, Editor
from tests.gui.file_helpers import click, found, is_dirty, keep_a_fill, settle, type_name, writing_takes_long
from tests.gui.shown import shown_message
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.gui.files.unsaved import Unsaved, UnsavedQuestion
from wganpaint_gui.gui.fill.fill_state import FillState

without_engine = pytest.mark.usefixtures("without_engine")


@without_engine
def test_a_saved_photo_is_marked_as_saved(opened: Editor, photo: Path):
    pixels = keep_a_fill(opened.document)
    assert is_dirty(opened)
    opened.act("save")
    settle(opened)
    assert opened.document.history.is_saved
    assert not opened.window.isWindowModified()
    assert np.array_equal(load_photo(photo.with_name("photo-filled.png")).pixels, pixels)
    assert shown_message(opened.window.messages) == "Saved as photo-filled.png. 0 pixels changed outside the mask."


@without_engine
def test_undoing_to_the_pixels_that_were_saved_is_saved_again(opened: Editor):
    keep_a_fill(opened.document)
    opened.act("save")
    settle(opened)
    keep_a_fill(opened.document, 200)
    assert is_dirty(opened)
    opened.act("undo")
    assert opened.document.history.undo_name == "rectangle", "what was masked since is still there"
    assert opened.document.history.is_saved
    opened.act("redo")
    assert is_dirty(opened)
    opened.act("undo")
    opened.act("undo")
    assert not opened.window.isWindowModified()
    opened.window.close()
    assert not opened.window.isVisible(), "there was nothing to ask about"


@without_engine
def test_work_done_while_a_photo_is_saved_stays_unsaved(opened: Editor, photo: Path):
    asked = keep_a_fill(opened.document)
    with writing_takes_long(opened):
        opened.act("save")
        keep_a_fill(opened.document, 200)
    settle(opened)
    assert np.array_equal(load_photo(photo.with_name("photo-filled.png")).pixels, asked)
    assert is_dirty(opened)
    assert "0 pixels changed" in shown_message(opened.window.messages)
    opened.act("undo")
    opened.act("undo")
    assert opened.document.history.is_saved, "this is what stands in the file"


@without_engine
def test_what_was_undone_while_its_file_was_written_is_not_taken_for_saved(opened: Editor):
    keep_a_fill(opened.document)
    with writing_takes_long(opened):
        opened.act("save")
        opened.act("undo")
        opened.act("undo")
        keep_a_fill(opened.document, 200)
    settle(opened)
    assert is_dirty(opened)


@without_engine
def test_a_lossy_file_is_told_beside_the_count_until_the_photo_changes(opened: Editor, photo: Path):
    changed = opened.window.fill_panel.result.changed
    keep_a_fill(opened.document)
    assert (changed.text(), changed.property("tone")) == ("0 px", "good")
    opened.act("save_as")
    type_name(opened, photo.with_name("small.jpg"))
    settle(opened)
    assert "JPG is lossy" in shown_message(opened.window.messages)
    assert (changed.text(), changed.property("tone")) == ("0 px, file is lossy", "fair")
    keep_a_fill(opened.document, 200)
    assert (changed.text(), changed.property("tone")) == ("0 px", "good")
    opened.act("undo")
    assert changed.text() == "0 px, file is lossy", "this is what stands in the file"
    opened.act("save")
    settle(opened)
    assert (changed.text(), changed.property("tone")) == ("0 px", "good"), "the file is a PNG now"


# -- what was found and not kept -----------------------------------------------------------------------------------


def search(editor: Editor) -> None:
    editor.ready_to_fill(methods=("yeh",), candidates=3)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)


def open_boxes(editor: Editor) -> list[QMessageBox]:
    return [box for box in editor.window.findChildren(QMessageBox, "unsavedBox") if box.isVisible()]


def test_fills_that_were_found_and_not_kept_are_asked_about(editor: Editor):
    search(editor)
    editor.window.close()
    (box,) = open_boxes(editor)
    assert box.text() == "None of the 3 fills that were found has been kept."
    assert box.button(QMessageBox.StandardButton.Save) is None, "there is nothing to save yet"
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel), "Enter loses nothing"
    click(box, QMessageBox.StandardButton.Cancel)
    assert editor.window.isVisible()
    assert editor.controller.state is FillState.FINISHED
    editor.window.close()
    click(open_boxes(editor)[0], QMessageBox.StandardButton.Discard)
    assert not editor.window.isVisible()


def test_kept_and_found_fills_are_asked_about_in_one_question(editor: Editor, tmp_path: Path):
    search(editor)
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)
    editor.paint(*MOUTH)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.window.close()
    (box,) = open_boxes(editor)
    assert box.text() == "This photo has unsaved fills. None of the 3 fills that were found has been kept."
    click(box, QMessageBox.StandardButton.Save)
    type_name(editor, tmp_path / "mine.png")
    editor.wait(lambda: not editor.window.isVisible())
    assert (tmp_path / "mine.png").exists()


def test_what_was_discarded_is_not_asked_about(editor: Editor):
    search(editor)
    editor.act("discard")
    editor.act("mask_clear")
    editor.wait_for_state(FillState.NO_MASK)
    editor.window.close()
    assert not editor.window.isVisible()


# -- what follows a save -------------------------------------------------------------------------------------------


def close_and_save(editor: Editor) -> None:
    editor.window.close()
    click(found(editor, QMessageBox, "unsavedBox"), QMessageBox.StandardButton.Save)


@without_engine
def test_closing_with_save_closes_the_window_when_the_photo_is_saved(opened: Editor, photo: Path):
    pixels = keep_a_fill(opened.document)
    close_and_save(opened)
    opened.wait(lambda: not opened.window.isVisible())
    assert np.array_equal(load_photo(photo.with_name("photo-filled.png")).pixels, pixels)


@without_engine
def test_a_failed_save_keeps_the_window_open_and_the_next_save_does_not_close_it(opened: Editor, photo: Path):
    keep_a_fill(opened.document)
    elsewhere = photo.parent.with_name("elsewhere")
    photo.parent.rename(elsewhere)
    close_and_save(opened)
    opened.wait(lambda: "does not exist" in shown_message(opened.window.messages))
    assert opened.window.isVisible()
    assert is_dirty(opened)
    elsewhere.rename(photo.parent)
    opened.act("save")
    opened.wait(lambda: "Saved as photo-filled.png" in shown_message(opened.window.messages))
    settle(opened)
    assert opened.window.isVisible()


@without_engine
def test_a_cancelled_dialog_forgets_that_the_window_was_to_close(editor: Editor, tmp_path: Path):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    keep_a_fill(editor.document)
    close_and_save(editor)
    found(editor, QFileDialog, "saveDialog").reject()
    editor.wait(lambda: editor.window.findChild(QFileDialog, "saveDialog") is None)
    editor.act("save")
    type_name(editor, tmp_path / "mine.png")
    editor.wait(lambda: "Saved as mine.png" in shown_message(editor.window.messages))
    assert editor.window.isVisible()


@without_engine
def test_work_done_after_closing_with_save_is_asked_about_too(opened: Editor):
    keep_a_fill(opened.document)
    opened.window.close()
    box = found(opened, QMessageBox, "unsavedBox")
    with writing_takes_long(opened):
        click(box, QMessageBox.StandardButton.Save)
        keep_a_fill(opened.document, 200)
    settle(opened)
    assert opened.window.isVisible()
    boxes = [box for box in opened.window.findChildren(QMessageBox, "unsavedBox") if box.isVisible()]
    assert len(boxes) == 1
    click(boxes[0], QMessageBox.StandardButton.Cancel)
    assert opened.window.isVisible()


@without_engine
def test_one_question_is_asked_however_often_the_window_is_to_close(opened: Editor):
    keep_a_fill(opened.document)
    for _ in range(3):
        opened.window.close()
    (box,) = opened.window.findChildren(QMessageBox, "unsavedBox")
    click(box, QMessageBox.StandardButton.Cancel)
    assert opened.window.isVisible()
    opened.window.close()
    box = next(box for box in opened.window.findChildren(QMessageBox, "unsavedBox") if box.isVisible())
    click(box, QMessageBox.StandardButton.Discard)
    assert not opened.window.isVisible()


@without_engine
def test_a_window_that_is_to_close_while_another_photo_is_asked_about_closes(opened: Editor, photo: Path):
    keep_a_fill(opened.document)
    document = opened.document
    opened.act("next_photo")
    opened.window.close()
    (box,) = opened.window.findChildren(QMessageBox, "unsavedBox")
    click(box, QMessageBox.StandardButton.Discard)
    assert not opened.window.isVisible()
    assert opened.document is document


@without_engine
def test_a_save_that_waits_is_written_though_an_earlier_one_closes_the_window(opened: Editor, photo: Path):
    keep_a_fill(opened.document)
    opened.window.close()
    box = found(opened, QMessageBox, "unsavedBox")
    with writing_takes_long(opened):
        click(box, QMessageBox.StandardButton.Save)
        opened.act("save")
    opened.wait(lambda: not opened.window.isVisible())
    assert opened.window.files.files.wait(time.monotonic() + 10)
    assert photo.with_name("photo-filled.png").exists()
    assert photo.with_name("photo-filled-2.png").exists()


@without_engine
def test_everything_to_be_written_is_written_after_closing_and_nothing_is_read_any_more(opened: Editor, photo: Path):
    files, read = opened.window.files.files, list[Path]()
    with writing_takes_long(opened):
        opened.act("save")
        files.read(lambda: read.append(photo), print)
        files.save_mask(opened.document.snapshot(), photo.with_name("mask.png"), overwrite=False, done=lambda: None)
        files.close()
        assert not files.wait(time.monotonic() + 0.01)
    assert files.wait(time.monotonic() + 10)
    assert np.array_equal(load_photo(photo.with_name("photo-filled.png")).pixels, load_photo(photo).pixels)
    assert photo.with_name("mask.png").exists()
    assert not read


def test_the_two_ways_to_save_stand_side_by_side(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    UnsavedQuestion(window, print, print).ask(Unsaved(kept=True, found=4), print, print)
    (box,) = window.findChildren(QMessageBox)
    words = [button.text().replace("&", "") for button in sorted(box.buttons(), key=lambda button: button.x())]
    assert abs(words.index("Save") - words.index("Save project…")) == 1
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Save)


def test_a_question_about_something_else_takes_the_place_of_the_one_that_is_open(qtbot):
    window, discarded = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.show()
    question = UnsavedQuestion(window, print, print)
    question.ask(Unsaved(found=4), lambda: discarded.append("photo"), print)
    question.ask(Unsaved(kept=True), lambda: discarded.append("all"), print)
    (box,) = (one for one in window.findChildren(QMessageBox) if one.isVisible())
    assert box.text() == "This photo has unsaved fills."
    click(box, QMessageBox.StandardButton.Discard)
    assert discarded == ["all"]
