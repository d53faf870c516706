"""The Preferences dialog has a control for each preference of the schema; a change works at once and is saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox

from tests.gui.conftest import Editor
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.settings.preferences import Preferences, load_preferences, shown_preferences
from wganpaint_gui.gui.window.preferences_dialog import PreferencesDialog

pytestmark = pytest.mark.usefixtures("without_engine")


def dialog_of(editor: Editor) -> PreferencesDialog:
    editor.act("preferences")
    return editor.window.findChild(PreferencesDialog)


def test_every_shown_preference_has_a_control_with_its_value_and_changes_the_window(editor: Editor):
    dialog = dialog_of(editor)
    assert set(dialog.controls) == set(shown_preferences())
    for name, shown in shown_preferences().items():
        control = dialog.controls[name]
        if isinstance(control, QComboBox):
            assert list(shown.choices)[control.currentIndex()] == getattr(Preferences(), name)
            control.setFocus()
            QTest.keyClick(control, Qt.Key.Key_Down)
            QTest.keyClick(control, Qt.Key.Key_Down)
        elif isinstance(control, QSpinBox):
            control.setValue(7)
        else:
            assert isinstance(control, QCheckBox)
            control.click()
    editor.window.memory.remember()
    expected = {
        "theme": "dark",
        "language": "de",
        "pen_pressure": "none",
        "wand_tolerance": 7,
        "wand_contiguous": False,
        "mask_opacity": 1.0,
        "pixel_grid": False,
    }
    editor.wait(lambda: {name: getattr(load_preferences(), name) for name in expected} == expected)
    assert theme.is_dark()
    actions = editor.window.actions_by_id
    assert actions["pen_none"].isChecked()
    assert actions["mask_opacity_100"].isChecked()
    assert not actions["pixel_grid"].isChecked()
    dialog.reset.click()
    assert actions["pen_size"].isChecked()
    assert actions["pixel_grid"].isChecked()
    assert editor.window.tool_options.contiguous.isChecked()
    dialog.close()
