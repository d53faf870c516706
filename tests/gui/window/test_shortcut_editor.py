"""Shortcuts are changed in a dialog, work at once, and are remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser

from tests.gui.conftest import Editor
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.commands.shortcuts import ShortcutsDialog
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.settings.preferences import load_preferences
from wganpaint_gui.gui.widgets import KeyButton
from wganpaint_gui.gui.window.shortcut_editor import ShortcutEditor

pytestmark = pytest.mark.usefixtures("without_engine")


def dialog_of(editor: Editor) -> ShortcutEditor:
    editor.act("edit_shortcuts")
    return editor.window.findChild(ShortcutEditor)


def press(dialog: ShortcutEditor, name: str, key: Qt.Key) -> None:
    dialog.select(name)
    dialog.field.setFocus()
    QTest.keyClick(dialog.field, key)
    dialog.field.editingFinished.emit()  # Qt sends it a second later, for further keys


def test_a_new_key_works_at_once_stands_in_f1_and_is_remembered(editor: Editor):
    window = editor.window
    window.activateWindow()
    dialog = dialog_of(editor)
    press(dialog, "tool_lasso", Qt.Key.Key_J)
    dialog.ok.click()
    QTest.keyClick(window.canvas, Qt.Key.Key_L)
    assert window.canvas.tool is Tool.BRUSH
    QTest.keyClick(window.canvas, Qt.Key.Key_J)
    assert window.canvas.tool is Tool.LASSO
    assert "(J)" in window.actions_by_id["tool_lasso"].toolTip()
    editor.act("help_shortcuts")
    f1 = window.findChild(ShortcutsDialog)
    f1._search.setText("lasso")
    assert "J, Shift adds" in f1.findChild(QTextBrowser).toPlainText()
    f1.close()
    window.memory.remember()
    editor.wait(lambda: load_preferences().shortcuts == {"tool_lasso": ("J",)})


def test_buttons_show_the_users_own_keys(editor: Editor):
    panels = editor.window.fill_panel, editor.window.search_panel
    dialog = dialog_of(editor)
    for name, key in (("run", Qt.Key.Key_F9), ("keep", Qt.Key.Key_F7), ("discard", Qt.Key.Key_F8)):
        press(dialog, name, key)
    dialog.ok.click()
    names = [button.accessibleName() for panel in panels for button in panel.findChildren(KeyButton)]
    assert {"Fill the mask (F9)", "Keep (F7)", "Discard (F8)"} <= set(names)
    editor.window.fill_panel.set_state(FillState.PAUSED)
    assert editor.window.fill_panel.button.accessibleName() == "Resume (P)", "its key was not changed"


def test_a_key_that_two_actions_have_is_shown_at_both_and_cannot_be_confirmed(editor: Editor):
    dialog = dialog_of(editor)
    press(dialog, "tool_lasso", Qt.Key.Key_B)
    assert dialog._items["tool_lasso"].text(2) == "Brush"
    assert dialog._items["tool_brush"].text(2) == "Lasso"
    assert not dialog.ok.isEnabled()
    dialog.select("tool_brush")
    dialog.clear.click()
    assert dialog.ok.isEnabled()
    dialog.reset_all.click()
    assert dialog._items["tool_brush"].text(1) == "B"
    assert dialog._items["tool_lasso"].text(1) == "L"
    dialog.reject()


def test_keys_of_the_canvas_are_refused(editor: Editor):
    dialog = dialog_of(editor)
    press(dialog, "tool_lasso", Qt.Key.Key_Space)
    assert dialog._items["tool_lasso"].text(1) == "L"
    assert "Space" in dialog.note.text()
    dialog.reject()
