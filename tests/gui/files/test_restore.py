"""A start after a crash offers what was not saved: restored, discarded, or left for later."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from tests.gui.conftest import Editor
from tests.gui.file_helpers import BOX, asked, keep_a_fill, settle
from tests.gui.shown import shown_message
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.project.autosave_folder import AutosaveFolder
from wganpaint_gui.core.system.paths import autosave_dir
from wganpaint_gui.gui.files.restore_dialog import when

pytestmark = pytest.mark.usefixtures("without_engine")

Start = Callable[[], Editor]


@pytest.fixture
def start(another: Callable[..., Editor]) -> Start:
    """Opens the next window, as a start of the program does, and waits until it has looked for lost work."""

    def start() -> Editor:
        editor = another(load_engine=False)
        editor.window.files.restore_offer.look()
        editor.wait(lambda: editor.window.files.autosaver.queue.pending == 0)
        return editor

    return start


def mask_a_box(editor: Editor) -> np.ndarray:
    with editor.document.edit_mask("rectangle") as edit:
        edit.rectangle(BOX, 255)
    return editor.document.mask.copy()


def end(editor: Editor) -> None:
    """End the program as a kill does once everything is autosaved."""
    editor.window.end_now()
    assert not editor.window.isVisible()


def dialog_of(editor: Editor) -> QDialog | None:
    dialogs = [one for one in editor.window.findChildren(QDialog, "restoreDialog") if one.isVisible()]
    return dialogs[0] if dialogs else None


def texts(dialog: QDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def press(editor: Editor, words: str) -> None:
    dialog = dialog_of(editor)
    assert dialog is not None
    (button,) = (one for one in dialog.findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def autosaves() -> list[Path]:
    return sorted(autosave_dir().glob("*/*.wganpaint"))


@pytest.fixture
def lost(opened: Editor) -> np.ndarray:
    """A mask, a frame and a kept fill of a program that was killed; returns the mask."""
    keep_a_fill(opened.document)
    mask = mask_a_box(opened)
    opened.document.set_frames([Frame(3, 4, 40)])
    end(opened)
    return mask


def test_the_next_start_restores_mask_frames_and_kept_fills(opened: Editor, start: Start, photo: Path):
    pixels = keep_a_fill(opened.document)
    mask = mask_a_box(opened)
    opened.document.set_frames([Frame(3, 4, 40)])
    end(opened)
    editor = start()
    dialog = dialog_of(editor)
    assert dialog is not None
    assert texts(dialog)[0].startswith("Restore your work from ")
    assert texts(dialog)[2:] == ["photo.png", "fills kept, mask"]
    press(editor, "Restore")
    editor.wait(lambda: editor.window.document is not None)
    assert np.array_equal(editor.document.mask, mask)
    assert np.array_equal(editor.document.photo.pixels, pixels)
    assert editor.document.frames == (Frame(3, 4, 40),)
    assert editor.window.windowTitle().startswith("photo.png")
    assert editor.window.isWindowModified()
    editor.act("save")
    settle(editor)
    assert photo.with_name("photo-filled.png").exists()
    assert len(autosaves()) == 1, "the mask is still unsaved, and autosaved here"


@pytest.mark.usefixtures("lost")
def test_a_program_that_ends_while_it_restores_leaves_the_work_for_the_next(start: Start):
    editor = start()
    press(editor, "Restore")
    editor.window.close()
    assert not editor.window.isVisible()
    assert len(autosaves()) == 1


@pytest.mark.usefixtures("lost")
def test_what_is_put_off_is_offered_again(start: Start):
    first = start()
    press(first, "Later")
    assert dialog_of(first) is None
    assert first.window.document is None
    again = start()
    QTest.keyClick(dialog_of(again), Qt.Key.Key_Escape)
    assert dialog_of(start()) is not None


@pytest.mark.usefixtures("lost")
def test_what_is_discarded_is_gone(start: Start):
    first = start()
    press(first, "Discard")
    first.wait(lambda: not autosaves())
    assert dialog_of(start()) is None


@pytest.mark.usefixtures("lost")
def test_an_open_offer_is_left_for_the_next_start(start: Start):
    first = start()
    assert dialog_of(first) is not None
    assert dialog_of(start()) is None, "while the first one asks"
    first.window.close()
    assert dialog_of(start()) is not None


def test_the_work_of_a_running_program_is_not_offered(opened: Editor, start: Start):
    mask_a_box(opened)
    opened.window.files.autosaver.save()
    opened.wait(lambda: bool(autosaves()))
    other = start()
    assert dialog_of(other) is None
    assert len(autosaves()) == 1


def test_several_documents_are_listed_and_all_restored(opened: Editor, start: Start, photo: Path):
    masks = [mask_a_box(opened)]
    opened.act("next_photo")
    opened.wait(lambda: opened.document.photo.path == photo.with_name("second.png"))
    masks.append(mask_a_box(opened))
    end(opened)
    for age, path in enumerate(autosaves()):  # photo, second
        os.utime(path, (5000 + age, 5000 + age))
    editor = start()
    dialog = dialog_of(editor)
    assert dialog is not None
    assert [text for text in texts(dialog) if text.endswith(".png")] == ["second.png", "photo.png"]
    press(editor, "Restore")
    editor.wait(lambda: editor.window.document is not None)
    assert editor.document.photo.path == photo.with_name("second.png"), "the newest is opened"
    assert [action.text() for action in editor.window.unsaved_menu.actions()] == ["photo.png"]
    before = editor.document
    editor.act("previous_photo")
    editor.wait(lambda: editor.document is not before)
    assert np.array_equal(editor.document.mask, masks[0])
    editor.window.close()
    assert asked(editor)[0].text() == "2 photos have unsaved work."


def test_an_autosave_that_is_gone_when_restored_takes_no_other_with_it(opened: Editor, start: Start, photo: Path):
    mask = mask_a_box(opened)
    opened.act("next_photo")
    opened.wait(lambda: opened.document.photo.path == photo.with_name("second.png"))
    mask_a_box(opened)
    end(opened)
    (gone,) = (path for path in autosaves() if path.stem == "second")
    editor = start()
    gone.unlink()
    press(editor, "Restore")
    editor.wait(lambda: editor.window.document is not None)
    assert editor.document.photo.path == photo
    assert np.array_equal(editor.document.mask, mask)


def test_a_photo_deleted_since_is_restored(opened: Editor, start: Start, photo: Path):
    mask, pixels = mask_a_box(opened), opened.document.photo.pixels.copy()
    end(opened)
    photo.unlink()
    editor = start()
    press(editor, "Restore")
    editor.wait(lambda: editor.window.document is not None)
    assert np.array_equal(editor.document.mask, mask)
    assert np.array_equal(editor.document.photo.pixels, pixels)
    assert editor.window.files.path == photo


@pytest.mark.usefixtures("lost")
def test_an_autosave_cut_short_is_said_and_kept_and_the_others_are_offered(start: Start):
    (path,) = autosaves()
    whole = path.read_bytes()
    path.with_name("cut.wganpaint").write_bytes(whole[: len(whole) // 2])
    editor = start()
    assert "cut.wganpaint" in shown_message(editor.window.messages)
    assert "It is kept as" in shown_message(editor.window.messages)
    assert (autosave_dir() / "unreadable" / "cut.wganpaint").exists()
    press(editor, "Restore")
    editor.wait(lambda: editor.window.document is not None)


@pytest.mark.usefixtures("lost")
def test_an_autosave_of_a_newer_program_alone_is_said_and_kept(start: Start):
    (path,) = autosaves()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.json", '{"format": "wganpaint project", "version": 99}')
    editor = start()
    assert dialog_of(editor) is None
    assert "version 99" in shown_message(editor.window.messages)
    assert "Update the program." in shown_message(editor.window.messages)
    assert (autosave_dir() / "unreadable" / path.name).exists()
    assert AutosaveFolder.left_behind() == []


def test_a_start_without_lost_work_asks_nothing(start: Start):
    editor = start()
    assert dialog_of(editor) is None
    assert shown_message(editor.window.messages) == ""


def test_a_time_of_another_day_has_its_date():
    now = datetime.now()
    assert when(now.timestamp()) == f"{now:%H:%M}"
    before = now - timedelta(days=2)
    assert when(before.timestamp()) == f"{before:%Y-%m-%d, %H:%M}"
