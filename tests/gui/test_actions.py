"""The table of actions: nothing twice, nothing missing."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence

from wganpaint_gui.core.paths import resource
from wganpaint_gui.gui.actions import ACTIONS, MENUS
from wganpaint_gui.gui.dialogs.shortcuts import ShortcutsDialog, shortcut_rows

from .conftest import Editor


def test_ids_are_unique():
    assert not [name for name, count in Counter(spec.id for spec in ACTIONS).items() if count > 1]


def test_no_key_does_two_things():
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.shortcuts)
    assert not [key for key, count in keys.items() if count > 1]


def test_every_shortcut_is_one_that_qt_knows():
    assert not [key for spec in ACTIONS for key in spec.shortcuts if QKeySequence(key).isEmpty()]


def test_every_icon_is_drawn():
    assert not [spec.icon for spec in ACTIONS if spec.icon and not resource(f"icons/{spec.icon}.svg").is_file()]


def test_every_action_is_in_a_menu():
    assert {spec.menu for spec in ACTIONS} == set(MENUS)


def test_the_help_lists_every_key():
    listed = " ".join(keys for _, _, keys in shortcut_rows())
    native = QKeySequence.SequenceFormat.NativeText
    for spec in ACTIONS:
        for key in spec.shortcuts:
            assert QKeySequence(key).toString(native) in listed, key


def test_the_help_can_be_searched(editor: Editor):
    dialog = ShortcutsDialog(editor.window)
    dialog._search.setText("undo")
    text = dialog._list.toPlainText()
    assert "Undo" in text
    assert "Lasso" not in text
    dialog.close()


def test_every_action_is_bound_and_named(editor: Editor):
    assert set(editor.window.actions_by_id) == {spec.id for spec in ACTIONS}
    assert all(action.objectName() == name for name, action in editor.window.actions_by_id.items())
