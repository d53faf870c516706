"""A signal that ends the program asks what its closing asks; its exit code goes with the answer."""

from __future__ import annotations

import os
import signal

import pytest
from PySide6.QtWidgets import QMessageBox

from tests.gui.conftest import Editor
from tests.gui.file_helpers import click, found, keep_a_fill
from wganpaint_gui.gui.app import Interrupts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there kill asks nothing")


def test_kill_that_was_cancelled_is_forgotten_when_a_person_closes(editor: Editor, interrupts: Interrupts):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    keep_a_fill(editor.document)
    os.kill(os.getpid(), signal.SIGTERM)
    click(found(editor, QMessageBox, "unsavedBox"), QMessageBox.StandardButton.Cancel)
    editor.document.history.mark_saved()
    editor.window.close()
    assert not editor.window.isVisible()
    assert interrupts.exit_code == 0


def test_kill_whose_question_is_answered_ends_the_program_as_killed(editor: Editor, interrupts: Interrupts):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    keep_a_fill(editor.document)
    os.kill(os.getpid(), signal.SIGTERM)
    click(found(editor, QMessageBox, "unsavedBox"), QMessageBox.StandardButton.Discard)
    assert not editor.window.isVisible()
    assert interrupts.exit_code == 128 + signal.SIGTERM
