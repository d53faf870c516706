"""Projects in the real window: what was saved is there again, and neither program overwrites the other's."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from tests.gui.conftest import FACE, MOUTH, Editor
from tests.gui.file_helpers import (
    BOX,
    asked,
    click,
    found,
    keep_a_fill,
    noise,
    save_project_as,
    search,
    settle,
    type_name,
    writing_takes_long,
)
from tests.gui.shown import shown_message
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_state import FillState

without_engine = pytest.mark.usefixtures("without_engine")


def mask_a_box(editor: Editor) -> None:
    with editor.document.edit_mask("rectangle") as edit:
        edit.rectangle(BOX, 255)


# -- there and back ------------------------------------------------------------------------------------------------


@without_engine
def test_photo_mask_frames_and_settings_are_there_again(opened: Editor, photo: Path, another, tmp_path: Path):
    pixels = keep_a_fill(opened.document)
    mask_a_box(opened)
    opened.document.set_frames([FACE])
    opened.window.fill_panel.settings.set_config(InpaintConfig(seed=41, steps=17, blend="feather"))
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    photo.unlink()
    editor = another()
    editor.open(path)
    document = editor.document
    assert np.array_equal(document.photo.pixels, pixels)
    assert np.array_equal(document.mask, opened.document.mask)
    assert document.frames == (FACE,)
    assert editor.window.fill_panel.settings.config == InpaintConfig(seed=41, steps=17, blend="feather")
    editor.wait(lambda: editor.window.fill_panel.settings.frame_mode.currentData() == "custom")
    assert document.changed_outside_mask() == 0
    for box, before in document.original_patches:
        assert np.array_equal(before, noise()[box.slices]), "the original can still be looked at"


@without_engine
def test_the_frame_of_a_project_without_a_search_is_drawn_at_once(opened: Editor, another, tmp_path: Path):
    mask_a_box(opened)
    opened.document.set_frames([Frame(4, 6, 30)])
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    editor = another()
    editor.open(path)
    canvas, with_frame = editor.window.canvas, editor.window.canvas.grab().toImage()
    canvas.set_frames((), 0, "")
    assert with_frame != canvas.grab().toImage()


@without_engine
def test_a_pasted_photo_becomes_a_project(opened: Editor, another, tmp_path: Path):
    before = opened.document
    opened.act("copy")
    settle(opened)
    opened.act("paste")
    opened.wait(lambda: opened.document is not before)
    opened.window.files.folder = str(tmp_path)
    opened.act("save_project")
    found(opened, QFileDialog, "saveDialog").accept()
    settle(opened)
    again = another()
    again.open(tmp_path / "pasted.wganpaint")
    assert np.array_equal(again.document.photo.pixels, noise())


# -- names ---------------------------------------------------------------------------------------------------------


@without_engine
def test_a_projects_name_is_proposed_beside_the_photo_and_never_taken(opened: Editor, photo: Path):
    photo.with_suffix(".wganpaint").write_bytes(b"precious")
    opened.act("save_project")
    dialog = found(opened, QFileDialog, "saveDialog")
    assert [Path(name).name for name in dialog.selectedFiles()] == ["photo-2.wganpaint"]
    dialog.accept()
    settle(opened)
    assert photo.with_suffix(".wganpaint").read_bytes() == b"precious"
    assert photo.with_name("photo-2.wganpaint").exists()
    assert shown_message(opened.window.messages) == "Project saved as photo-2.wganpaint."


@without_engine
def test_title_status_and_recent_name_the_project(opened: Editor, another, tmp_path: Path):
    path = save_project_as(opened, tmp_path / "mine")
    path = path.with_suffix(".wganpaint")
    assert opened.window.windowTitle() == "mine.wganpaint[*] – WganPaint"
    again = another()
    again.open(path)
    assert again.window.windowTitle() == "mine.wganpaint[*] – WganPaint"
    assert "mine.wganpaint" in again.window.findChild(QLabel, "statusPhoto").text()
    assert again.window.memory.preferences.recent[0] == str(path)
    again.window.recent_menu.actions()[0].trigger()
    before = again.document
    again.wait(lambda: again.document is not before)


@without_engine
def test_a_photo_saved_from_a_project_stands_beside_it(opened: Editor, tmp_path: Path):
    keep_a_fill(opened.document)
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    opened.open(path)
    opened.act("save")
    settle(opened)
    assert shown_message(opened.window.messages) == "Saved as photo-filled.png. 0 pixels changed outside the mask."
    assert np.array_equal(load_photo(tmp_path / "photo-filled.png").pixels, opened.document.photo.pixels)
    assert "mine.wganpaint" in opened.window.windowTitle()


@without_engine
def test_a_project_is_opened_by_the_dialog_and_by_a_drop(opened: Editor, another, tmp_path: Path):
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    editor = another()
    editor.act("open")
    dialog = found(editor, QFileDialog, "openDialog")
    assert "*.wganpaint" in dialog.nameFilters()[0]
    type_name(editor, path)
    editor.wait(lambda: editor.window.document is not None)
    before, data = editor.document, QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    editor.window.canvas.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    )
    editor.wait(lambda: editor.document is not before)


@without_engine
def test_a_project_among_photos_leads_to_its_neighbours(opened: Editor, photo: Path, tmp_path: Path):
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    before = opened.document
    opened.window.open_photos([path, photo.with_name("second.png")])
    opened.wait(lambda: opened.document is not before)
    opened.act("next_photo")
    opened.wait(lambda: "second.png" in opened.window.windowTitle())
    opened.act("previous_photo")
    opened.wait(lambda: "mine.wganpaint" in opened.window.windowTitle())


@without_engine
def test_a_damaged_project_is_said_and_the_photo_stays(opened: Editor, tmp_path: Path):
    (tmp_path / "bad.wganpaint").write_bytes(b"PK hello")
    before = opened.document
    opened.window.open_photos([tmp_path / "bad.wganpaint"])
    opened.wait(lambda: "bad.wganpaint is not a WganPaint project" in shown_message(opened.window.messages))
    assert opened.document is before
    assert "photo.png" in opened.window.windowTitle()


# -- what is saved -------------------------------------------------------------------------------------------------


@without_engine
def test_what_is_saved_in_the_project_is_not_asked_about(opened: Editor, tmp_path: Path):
    keep_a_fill(opened.document)
    mask_a_box(opened)
    assert opened.window.isWindowModified()
    save_project_as(opened, tmp_path / "mine.wganpaint")
    assert not opened.window.isWindowModified()
    opened.window.close()
    assert not opened.window.isVisible()


@without_engine
@pytest.mark.parametrize("change", ["mask", "fill", "frame", "undo"])
def test_every_later_change_is_asked_about(opened: Editor, tmp_path: Path, change: str):
    mask_a_box(opened)
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    opened.open(path)
    mask_a_box(opened) if change != "mask" else None
    match change:
        case "mask":
            with opened.document.edit_mask("clear") as edit:
                edit.rectangle(BOX, 0)
        case "fill":
            keep_a_fill(opened.document)
        case "frame":
            opened.document.set_frames([FACE])
        case "undo":
            opened.document.set_frames([FACE])
            opened.act("save_project")
            settle(opened)
            opened.act("undo")
    assert opened.window.isWindowModified()
    opened.window.close()
    (box,) = asked(opened)
    assert box.text() == "mine.wganpaint has unsaved changes."
    click(box, QMessageBox.StandardButton.Save)
    opened.wait(lambda: not opened.window.isVisible())
    again = ProjectFile(path).read().document
    assert np.array_equal(again.mask.array(), opened.document.mask)
    assert np.array_equal(again.photo.pixels, opened.document.photo.pixels)
    assert again.frames == opened.document.frames


@without_engine
def test_undoing_to_what_was_saved_is_saved_again(opened: Editor, tmp_path: Path):
    save_project_as(opened, tmp_path / "mine.wganpaint")
    mask_a_box(opened)
    assert opened.window.isWindowModified()
    opened.act("undo")
    assert not opened.window.isWindowModified()


@without_engine
def test_work_done_while_a_project_is_written_stays_unsaved(opened: Editor, tmp_path: Path):
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    asked_for = keep_a_fill(opened.document)
    with writing_takes_long(opened):
        opened.act("save_project")
        keep_a_fill(opened.document, 200)
    settle(opened)
    assert opened.window.isWindowModified()
    assert np.array_equal(ProjectFile(path).read().document.photo.pixels, asked_for)


@without_engine
def test_two_saves_in_a_row_are_both_written(opened: Editor, tmp_path: Path):
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    with writing_takes_long(opened):
        keep_a_fill(opened.document)
        opened.act("save_project")
        last = keep_a_fill(opened.document, 200)
        opened.act("save_project")
    settle(opened)
    assert np.array_equal(ProjectFile(path).read().document.photo.pixels, last)
    assert not opened.window.isWindowModified()


def test_candidates_in_the_project_are_not_asked_about_and_new_ones_are(editor: Editor, another, tmp_path: Path):
    search(editor)
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    assert not editor.window.isWindowModified()
    editor.window.close()
    assert not editor.window.isVisible()
    again = another()
    again.open(path)
    again.act("discard")
    assert again.window.isWindowModified(), "the project still has them"
    again.window.close()
    click(asked(again)[0], QMessageBox.StandardButton.Cancel)
    again.act("save_project")
    settle(again)
    again.wait_for_state(FillState.READY)
    again.act("run")
    again.wait_for_state(FillState.FINISHED)
    assert again.window.isWindowModified()


def test_another_choice_among_saved_candidates_is_asked_about(editor: Editor, tmp_path: Path):
    search(editor)
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    assert not editor.window.isWindowModified()
    editor.controller.select(1, 1)
    editor.wait(editor.window.isWindowModified)
    editor.window.close()
    (box,) = asked(editor)
    click(box, QMessageBox.StandardButton.Save)
    editor.wait(lambda: not editor.window.isVisible())
    saved = ProjectFile(path).read().fill
    assert saved is not None
    assert saved.selection == Selection(1, 1)


def test_another_blend_of_saved_candidates_is_asked_about(editor: Editor, tmp_path: Path):
    search(editor)
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    panel = editor.window.fill_panel
    blend = "none" if panel.settings.config.blend != "none" else "feather"
    editor.controller.apply_settings(replace(panel.settings.config, blend=blend))
    editor.wait(editor.window.isWindowModified)
    assert editor.controller.fill.config.blend == blend
    editor.window.close()
    (box,) = asked(editor)
    click(box, QMessageBox.StandardButton.Save)
    editor.wait(lambda: not editor.window.isVisible())
    saved = ProjectFile(path).read().fill
    assert saved is not None
    assert saved.search.config.blend == blend


def test_candidates_whose_mask_has_left_their_frame_are_not_taken_for_saved(editor: Editor, tmp_path: Path):
    search(editor)
    painted = editor.document.mask.copy()
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    elsewhere = np.zeros_like(painted)
    elsewhere[:4, :4] = 255
    editor.document.replace_mask("elsewhere", elsewhere)
    editor.wait(lambda: "no masked pixel" in shown_message(editor.window.messages))
    editor.act("save_project")
    settle(editor)
    assert ProjectFile(path).read().fill is None
    assert "without the candidates" in shown_message(editor.window.messages)
    assert editor.window.isWindowModified()
    editor.act("undo")
    editor.act("save_project")
    settle(editor)
    assert ProjectFile(path).read().fill is not None
    assert not editor.window.isWindowModified()


def test_fills_found_and_not_kept_can_be_saved_as_a_project_when_asked(editor: Editor, tmp_path: Path):
    search(editor, candidates=1)
    editor.window.close()
    (box,) = asked(editor)
    (button,) = (one for one in box.findChildren(QPushButton) if one.text() == "Save project…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    type_name(editor, tmp_path / "mine.wganpaint")
    editor.wait(lambda: not editor.window.isVisible())
    project = ProjectFile(tmp_path / "mine.wganpaint").read()
    assert project.fill is not None
    assert project.fill.search.images.shape[:2] == (2, 1)


def test_closing_with_save_during_a_search_saves_and_closes(editor: Editor, tmp_path: Path):
    editor.ready_to_fill(steps=100_000)
    path = save_project_as(editor, tmp_path / "mine.wganpaint")
    editor.act("run")
    editor.wait(lambda: editor.steps > 3)
    editor.window.close()
    click(asked(editor)[0], QMessageBox.StandardButton.Save)
    editor.wait(lambda: not editor.window.isVisible())
    assert ProjectFile(path).read().fill is not None


@without_engine
def test_another_photo_belongs_to_no_project(opened: Editor, photo: Path, tmp_path: Path):
    save_project_as(opened, tmp_path / "mine.wganpaint")
    opened.open(photo.with_name("second.png"))
    mask_a_box(opened)
    opened.act("save_project")
    dialog = found(opened, QFileDialog, "saveDialog")
    assert [Path(name).name for name in dialog.selectedFiles()] == ["second.wganpaint"]
    dialog.reject()


@without_engine
def test_a_project_that_cannot_be_saved_there_can_be_saved_elsewhere(opened: Editor, tmp_path: Path):
    folder = tmp_path / "away"
    folder.mkdir()
    save_project_as(opened, folder / "mine.wganpaint")
    folder.rename(tmp_path / "gone")
    pixels = keep_a_fill(opened.document)
    opened.act("save_project")
    opened.wait(lambda: "does not exist" in shown_message(opened.window.messages))
    (button,) = (one for one in opened.window.messages.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    type_name(opened, tmp_path / "mine.wganpaint")
    settle(opened)
    assert np.array_equal(ProjectFile(tmp_path / "mine.wganpaint").read().document.photo.pixels, pixels)
    assert not opened.window.isWindowModified()


@without_engine
def test_the_window_is_free_while_a_project_is_written(opened: Editor, tmp_path: Path):
    with writing_takes_long(opened):
        opened.act("save_project_as")
        type_name(opened, tmp_path / "mine.wganpaint")
        keep_a_fill(opened.document)
        assert not (tmp_path / "mine.wganpaint").exists()
    opened.window.files.files.close()
    assert opened.window.files.files.wait(time.monotonic() + 10), "what is to be written is written after closing too"
    assert (tmp_path / "mine.wganpaint").exists()


def test_the_mouth_is_painted_where_it_was(editor: Editor, another, tmp_path: Path):
    editor.ready_to_fill()
    again = another()
    again.open(save_project_as(editor, tmp_path / "mine.wganpaint"))
    again.wait_for_state(FillState.READY)
    x, y = MOUTH[1]
    assert again.document.mask[y, x] == 255
