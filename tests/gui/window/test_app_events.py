"""Ctrl-C asks what closing asks, and its exit code goes with the answer; other signals leave the work for later."""

from __future__ import annotations

import os
import signal

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.gui.conftest import Editor
from tests.gui.file_helpers import BOX, asked, click, found, keep_a_fill
from wganpaint_gui.core.project.autosave import read_note
from wganpaint_gui.core.project.autosave_folder import AutosaveFolder
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.gui.app import Interrupts

pytestmark = [
    pytest.mark.usefixtures("without_engine"),
    pytest.mark.skipif(os.name == "nt", reason="there kill asks nothing"),
]


def test_ctrl_c_that_was_cancelled_is_forgotten_when_a_person_closes(opened: Editor, interrupts: Interrupts):
    keep_a_fill(opened.document)
    os.kill(os.getpid(), signal.SIGINT)
    click(found(opened, QMessageBox, "unsavedBox"), QMessageBox.StandardButton.Cancel)
    opened.document.history.mark_saved()
    opened.window.close()
    assert not opened.window.isVisible()
    assert interrupts.exit_code == 0


def test_ctrl_c_whose_question_is_answered_ends_the_program_as_interrupted(opened: Editor, interrupts: Interrupts):
    keep_a_fill(opened.document)
    os.kill(os.getpid(), signal.SIGINT)
    click(found(opened, QMessageBox, "unsavedBox"), QMessageBox.StandardButton.Discard)
    assert not opened.window.isVisible()
    assert interrupts.exit_code == 128 + signal.SIGINT
    assert AutosaveFolder.left_behind() == [], "what was discarded is not offered"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_other_signals_end_the_program_at_once_and_leave_the_work(opened: Editor, interrupts: Interrupts, name: str):
    pixels = keep_a_fill(opened.document)
    with opened.document.edit_mask("rectangle") as edit:
        edit.rectangle(BOX, 255)
    mask = opened.document.mask.copy()
    opened.window.close()
    assert len(asked(opened)) == 1, "also while a question is open"
    os.kill(os.getpid(), getattr(signal, name))
    opened.wait(lambda: not opened.window.isVisible())
    assert interrupts.exit_code == 128 + getattr(signal, name)
    (folder,) = AutosaveFolder.left_behind()
    (path,) = folder.documents()
    project = ProjectFile(path).read()
    assert (project.document.photo.pixels == pixels).all()
    assert (project.document.mask.array() == mask).all()
    assert read_note(path)[0].kept
    folder.remove()
