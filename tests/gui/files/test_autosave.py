"""Unsaved work is autosaved, stays with its photo while others are open, and is asked about once at the end."""

from __future__ import annotations

import gc
import os
import shutil
import weakref
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.gui.conftest import FACE, Editor
from tests.gui.file_helpers import BOX, asked, click, keep_a_fill, save_project_as, search, settle, type_name
from tests.gui.shown import shown_message
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.project.autosave import read_note
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.system.paths import autosave_dir
from wganpaint_gui.gui.files import autosave
from wganpaint_gui.gui.fill.fill_state import FillState

without_engine = pytest.mark.usefixtures("without_engine")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "INTERVAL", 10)


def autosaves() -> list[Path]:
    return sorted(autosave_dir().glob("*/*.wganpaint"))


def idle(editor: Editor) -> None:
    editor.wait(lambda: editor.window.files.autosaver.queue.pending == 0)


def mask_a_box(editor: Editor) -> np.ndarray:
    with editor.document.edit_mask("rectangle") as edit:
        edit.rectangle(BOX, 255)
    return editor.document.mask.copy()


def turn(editor: Editor, action: str) -> None:
    before = editor.document
    editor.act(action)
    editor.wait(lambda: editor.document is not before)


# -- what is autosaved ---------------------------------------------------------------------------------------------


@without_engine
def test_mask_frames_and_kept_fills_are_autosaved_soon(opened: Editor, photo: Path):
    pixels = keep_a_fill(opened.document)
    mask = mask_a_box(opened)
    opened.document.set_frames([Frame(3, 4, 40)])
    opened.wait(lambda: bool(autosaves()))
    opened.wait(lambda: ProjectFile(autosaves()[0]).read().document.frames == (Frame(3, 4, 40),))
    (path,) = autosaves()
    project, (note, _) = ProjectFile(path).read(), read_note(path)
    assert np.array_equal(project.document.photo.pixels, pixels)
    assert np.array_equal(project.document.mask.array(), mask)
    assert project.original.data == photo.read_bytes()
    assert (note.file, note.kept, note.masked, note.found) == (photo, True, True, 0)


@without_engine
def test_a_stroke_is_autosaved_before_it_has_ended(opened: Editor):
    canvas = opened.window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=opened.on_screen((20, 20)))
    QTest.mouseMove(canvas, opened.on_screen((50, 30)))
    opened.wait(lambda: bool(autosaves()))
    idle(opened)
    assert opened.document.editing
    assert np.array_equal(ProjectFile(autosaves()[0]).read().document.mask.array(), opened.document.mask)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=opened.on_screen((50, 30)))


@without_engine
def test_nothing_is_written_again_until_something_changes(opened: Editor):
    mask_a_box(opened)
    opened.wait(lambda: bool(autosaves()))
    idle(opened)
    (path,) = autosaves()
    os.utime(path, (5000, 5000))
    opened.window.files.autosaver.save()
    idle(opened)
    assert path.stat().st_mtime == 5000
    opened.document.set_frames([Frame(3, 4, 40)])
    opened.wait(lambda: path.stat().st_mtime != 5000)


@without_engine
def test_undoing_everything_or_saving_it_deletes_the_autosave(opened: Editor, tmp_path: Path):
    mask_a_box(opened)
    opened.wait(lambda: bool(autosaves()))
    opened.act("undo")
    opened.wait(lambda: not autosaves())
    keep_a_fill(opened.document)
    opened.wait(lambda: bool(autosaves()))
    opened.act("save")
    opened.wait(lambda: not autosaves())
    mask_a_box(opened)
    opened.wait(lambda: bool(autosaves()))
    save_project_as(opened, tmp_path / "mine.wganpaint")
    opened.wait(lambda: not autosaves())


@without_engine
def test_closing_leaves_no_autosave(opened: Editor):
    mask_a_box(opened)
    opened.wait(lambda: bool(autosaves()))
    opened.window.close()
    click(asked(opened)[0], QMessageBox.StandardButton.Discard)
    assert not opened.window.isVisible()
    assert list(autosave_dir().iterdir()) == []


@without_engine
def test_what_cannot_be_autosaved_is_said_once_and_work_goes_on(opened: Editor, photo: Path):
    autosave_dir().parent.mkdir(parents=True, exist_ok=True)
    autosave_dir().touch()  # a file in the place of the folder
    bar, autosaver = opened.window.messages, opened.window.files.autosaver
    mask_a_box(opened)
    opened.wait(lambda: "Your work is not autosaved." in shown_message(bar))
    bar.hide()
    opened.document.set_frames([Frame(3, 4, 40)])
    autosaver.save()
    idle(opened)
    assert bar.isHidden()
    document = opened.document
    opened.act("next_photo")
    opened.wait(lambda: bool(asked(opened)))  # as nothing could be set aside
    (box,) = asked(opened)
    assert opened.document is document
    click(box, QMessageBox.StandardButton.Cancel)
    autosave_dir().unlink()
    opened.document.set_frames([Frame(3, 4, 41)])
    opened.wait(lambda: bool(autosaves()))
    idle(opened)
    turn(opened, "next_photo")
    assert asked(opened) == []


@without_engine
def test_what_could_not_be_autosaved_is_tried_again(opened: Editor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(autosave, "RETRY", 50)
    autosave_dir().parent.mkdir(parents=True, exist_ok=True)
    autosave_dir().touch()  # a file in the place of the folder
    mask_a_box(opened)
    opened.wait(lambda: opened.window.files.autosaver.failing)
    autosave_dir().unlink()
    opened.wait(lambda: bool(autosaves()))
    idle(opened)
    assert not opened.window.files.autosaver.failing


@without_engine
def test_a_folder_that_somebody_deleted_is_created_again(opened: Editor):
    mask_a_box(opened)
    opened.wait(lambda: bool(autosaves()))
    idle(opened)
    shutil.rmtree(autosave_dir())
    opened.document.set_frames([Frame(3, 4, 40)])
    opened.wait(lambda: bool(autosaves()))
    assert shown_message(opened.window.messages) == ""


# -- a mask stays with its photo -----------------------------------------------------------------------------------


@without_engine
def test_a_mask_stays_with_its_photo_while_one_pages_through_a_folder(opened: Editor, photo: Path):
    mask = mask_a_box(opened)
    opened.document.set_frames([Frame(3, 4, 40)])
    turn(opened, "next_photo")
    assert opened.document.photo.path == photo.with_name("second.png")
    assert not opened.document.mask.any()
    assert not opened.window.isWindowModified()
    turn(opened, "previous_photo")
    assert opened.document.photo.path == photo
    assert np.array_equal(opened.document.mask, mask)
    assert opened.document.frames == (Frame(3, 4, 40),)
    assert opened.window.isWindowModified()
    assert opened.window.windowTitle().startswith("photo.png")
    assert not asked(opened)


@without_engine
def test_kept_fills_stay_too_and_are_still_unsaved(opened: Editor, photo: Path):
    pixels = keep_a_fill(opened.document)
    turn(opened, "next_photo")
    turn(opened, "previous_photo")
    assert np.array_equal(opened.document.photo.pixels, pixels)
    assert not opened.document.history.is_saved
    assert opened.document.changed_outside_mask() == 0
    opened.act("save")
    settle(opened)
    assert opened.document.history.is_saved
    assert photo.with_name("photo-filled.png").exists()


def test_candidates_stay_too(editor: Editor, photo: Path):
    search(editor)
    latents = editor.controller.in_hand.fill.search.best.latents.copy()
    editor.open(photo)
    assert editor.controller.state is FillState.NO_MASK
    before = editor.document
    editor.window.open_sample()
    editor.wait(lambda: editor.document is not before)
    editor.wait_for_state(FillState.FINISHED)
    assert np.array_equal(editor.controller.in_hand.fill.search.best.latents, latents)
    assert editor.document.frames == (FACE,)
    editor.act("keep")
    editor.wait(lambda: editor.document.history.undo_name == "fill")
    assert editor.document.changed_outside_mask() == 0


@without_engine
def test_a_project_comes_back_with_its_changes_and_still_belongs_to_its_file(
    opened: Editor, photo: Path, tmp_path: Path
):
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    pixels = keep_a_fill(opened.document)
    opened.open(photo)
    opened.open(path)
    assert np.array_equal(opened.document.photo.pixels, pixels)
    assert opened.window.isWindowModified()
    opened.act("save_project")
    settle(opened)
    assert np.array_equal(ProjectFile(path).read().document.photo.pixels, pixels)
    assert not opened.window.isWindowModified()


@without_engine
def test_a_pasted_photo_is_found_in_the_menu(opened: Editor):
    menu = opened.window.unsaved_menu
    assert not menu.isEnabled()
    opened.act("copy")
    settle(opened)
    turn(opened, "paste")
    mask = mask_a_box(opened)
    before = opened.document
    opened.window.open_sample()
    opened.wait(lambda: opened.document is not before)
    (action,) = menu.actions()
    assert (menu.isEnabled(), action.text()) == (True, "Pasted photo")
    before = opened.document
    action.trigger()
    opened.wait(lambda: opened.document is not before)
    assert np.array_equal(opened.document.mask, mask)
    assert not menu.isEnabled()


@without_engine
def test_a_mask_that_is_in_a_file_is_no_unsaved_work(opened: Editor, photo: Path):
    mask_a_box(opened)
    opened.act("save_mask")
    type_name(opened, photo.with_name("mask.png"))
    settle(opened)
    assert not opened.window.isWindowModified()
    opened.act("undo")
    opened.act("redo")
    assert not opened.window.isWindowModified()
    mask_a_box(opened)
    opened.act("mask_grow")
    opened.wait(opened.window.isWindowModified)


@without_engine
def test_the_open_photo_is_not_opened_again_over_its_unsaved_work(opened: Editor, photo: Path):
    document, _ = opened.document, mask_a_box(opened)
    opened.window.open_photos([photo])
    assert "photo.png is open" in shown_message(opened.window.messages)
    assert opened.document is document
    opened.wait(lambda: bool(autosaves()))
    opened.choose("Discard it and open again")
    opened.wait(lambda: opened.document is not document)
    assert not opened.document.mask.any()
    opened.wait(lambda: not autosaves())
    opened.window.close()
    assert not opened.window.isVisible()


@without_engine
def test_work_given_up_is_kept_where_its_photo_cannot_be_opened_again(opened: Editor, photo: Path):
    document, mask = opened.document, mask_a_box(opened)
    opened.window.open_photos([photo])
    photo.rename(photo.with_name("renamed.png"))
    opened.choose("Discard it and open again")
    opened.wait(lambda: "File not found" in shown_message(opened.window.messages))
    opened.open(photo.with_name("second.png"))
    assert opened.document is not document
    (action,) = opened.window.unsaved_menu.actions()
    before = opened.document
    action.trigger()
    opened.wait(lambda: opened.document is not before)
    assert np.array_equal(opened.document.mask, mask)


@without_engine
def test_a_photo_that_was_deleted_meanwhile_is_still_there(opened: Editor, photo: Path):
    mask = mask_a_box(opened)
    pixels = opened.document.photo.pixels.copy()
    turn(opened, "next_photo")
    idle(opened)
    photo.unlink()
    before = opened.document
    opened.window.unsaved_menu.actions()[0].trigger()
    opened.wait(lambda: opened.document is not before)
    assert np.array_equal(opened.document.photo.pixels, pixels)
    assert np.array_equal(opened.document.mask, mask)


# -- the question at the end ---------------------------------------------------------------------------------------


@pytest.fixture
def two(opened: Editor) -> Editor:
    """Two photos of a folder, each with a mask; the second one is open."""
    mask_a_box(opened)
    turn(opened, "next_photo")
    mask_a_box(opened)
    return opened


@without_engine
def test_one_question_names_all_photos_with_unsaved_work(two: Editor):
    two.window.close()
    (box,) = asked(two)
    assert box.text() == "2 photos have unsaved work."
    assert "second.png: mask\nphoto.png: mask" in box.informativeText()
    click(box, QMessageBox.StandardButton.Cancel)
    assert two.window.isVisible()
    two.window.close()
    click(asked(two)[0], QMessageBox.StandardButton.Discard)
    assert not two.window.isVisible()
    assert list(autosave_dir().iterdir()) == []


@without_engine
def test_all_of_it_is_saved_as_projects_beside_the_photos(two: Editor, photo: Path):
    two.window.close()
    (box,) = asked(two)
    assert box.defaultButton().text() == "Save as projects"
    click(box, QMessageBox.StandardButton.Save)
    two.wait(lambda: not two.window.isVisible())
    for name in ("photo", "second"):
        project = ProjectFile(photo.with_name(f"{name}.wganpaint")).read()
        assert project.document.mask.array().any()
        assert project.original.data == photo.with_name(f"{name}.png").read_bytes()
    assert list(autosave_dir().iterdir()) == []


@without_engine
def test_where_nothing_can_be_set_aside_the_open_photo_alone_is_saved(two: Editor, photo: Path):
    idle(two)
    shutil.rmtree(autosave_dir())
    autosave_dir().touch()  # a file in the place of the folder
    keep_a_fill(two.document)
    two.window.files.autosaver.save()
    two.wait(lambda: two.window.files.autosaver.failing)
    two.act("open_sample")
    click(asked(two)[0], QMessageBox.StandardButton.Save)
    two.wait(lambda: two.document.photo.path not in (photo, photo.with_name("second.png")))
    assert photo.with_name("second-filled.png").exists()
    assert not list(photo.parent.glob("*.wganpaint"))
    two.window.files.forget_work()


@without_engine
def test_a_project_that_cannot_be_written_keeps_the_window_open(two: Editor, photo: Path):
    elsewhere = photo.parent.with_name("elsewhere")
    photo.parent.rename(elsewhere)
    two.window.close()
    click(asked(two)[0], QMessageBox.StandardButton.Save)
    two.wait(lambda: "does not exist" in shown_message(two.window.messages))
    assert two.window.isVisible()
    assert len(two.window.files.autosaver.aside) == 1
    elsewhere.rename(photo.parent)
    two.window.close()
    click(asked(two)[0], QMessageBox.StandardButton.Save)
    two.wait(lambda: not two.window.isVisible())
    assert photo.with_name("photo.wganpaint").exists()
    assert photo.with_name("second.wganpaint").exists()


@without_engine
def test_a_mask_alone_is_asked_about_and_saved_in_a_project(opened: Editor, photo: Path):
    mask = mask_a_box(opened)
    opened.window.close()
    (box,) = asked(opened)
    assert box.text() == "The mask of this photo is not saved."
    assert box.defaultButton().text() == "Save project…"
    QTest.mouseClick(box.defaultButton(), Qt.MouseButton.LeftButton)
    type_name(opened, photo.with_name("mine.wganpaint"))
    opened.wait(lambda: not opened.window.isVisible())
    assert np.array_equal(ProjectFile(photo.with_name("mine.wganpaint")).read().document.mask.array(), mask)


@without_engine
def test_leaving_frees_the_photo_before(opened: Editor):
    mask_a_box(opened)
    before = weakref.ref(opened.document)
    turn(opened, "next_photo")
    idle(opened)
    QApplication.processEvents()
    gc.collect()
    assert before() is None


@without_engine
def test_an_autosave_that_was_damaged_meanwhile_is_said_and_kept_and_no_longer_asked_about(opened: Editor):
    mask_a_box(opened)
    turn(opened, "next_photo")
    idle(opened)
    (path,) = autosaves()
    path.write_bytes(path.read_bytes()[:-20])
    document = opened.document
    opened.act("previous_photo")
    opened.wait(lambda: "incomplete" in shown_message(opened.window.messages))
    assert opened.document is document
    assert (autosave_dir() / "unreadable" / path.name).exists()
    opened.window.close()
    assert not opened.window.isVisible()
