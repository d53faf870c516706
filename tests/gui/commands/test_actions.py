"""The table of actions: nothing twice, nothing missing."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QApplication, QColorDialog, QLineEdit, QMenu, QTextBrowser, QToolButton

from tests.gui.conftest import Editor
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.commands.actions import ACTIONS, MENUS, SPECS, TIP_COLUMNS, in_lines, keys_text, tooltip
from wganpaint_gui.gui.commands.shortcuts import ShortcutsDialog, shortcut_rows
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import DARK, LIGHT, MASK_COLOURS
from wganpaint_gui.gui.look.mnemonics import plain

pytestmark = pytest.mark.usefixtures("without_engine")


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


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("keep", "Enter"),
        ("run", "Ctrl+Return"),
        ("redo", "Ctrl+Shift+Z or Ctrl+Y"),
        ("brush_softer", "Shift+["),
        ("stop", "Esc"),
        ("zoom_in", "Ctrl++"),
        ("more_steps", ""),
    ],
)
def test_keys_have_one_name_everywhere(editor: Editor, name: str, keys: str):
    assert keys_text(name) == keys_text(SPECS[name]) == keys
    shown_in_menu = editor.window.actions_by_id[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    assert shown_in_menu == keys.partition(" or ")[0]
    assert (f"({keys})" in tooltip(SPECS[name])) == bool(keys)


def test_the_help_lists_every_action_that_has_keys():
    listed = {(heading, text): keys for heading, text, keys in shortcut_rows()}
    for spec in ACTIONS:
        if spec.shortcuts:
            assert keys_text(spec) in listed[spec.menu, spec.text.rstrip("…")]


def test_the_help_can_be_searched(editor: Editor):
    dialog = ShortcutsDialog(editor.window)
    field, listed = dialog.findChild(QLineEdit), dialog.findChild(QTextBrowser)
    for wanted in ("undo", "swap", "recent", "double-click"):
        field.setText(wanted)
        text = listed.toPlainText()
        assert wanted in text.casefold()
        assert "Quit" not in text
    field.setText("no such key")
    assert listed.toPlainText() == "No matching shortcuts."
    dialog.close()


def test_the_help_follows_the_theme(editor: Editor, qapp: QApplication):
    dialog = ShortcutsDialog(editor.window)
    for mode, colours in (("dark", DARK), ("light", LIGHT)):
        theme.apply_theme(qapp, mode)
        assert colours.muted in dialog.findChild(QTextBrowser).toHtml()
    dialog.close()


def test_tooltips_are_lines_of_a_readable_length():
    for spec in ACTIONS:
        text = tooltip(spec)
        assert max(map(len, text.splitlines())) <= TIP_COLUMNS
        assert in_lines(text) == text, "wrapping twice changes nothing"
        assert spec.tip.replace(" ", "") in text.replace("\n", "").replace(" ", "")
        assert spec.hint.replace(" ", "") in text.replace("\n", "").replace(" ", "")


def test_menus_show_the_check_of_what_is_switched_on_and_the_toolbar_its_icon(editor: Editor):
    for spec in ACTIONS:
        assert editor.window.actions_by_id[spec.id].isIconVisibleInMenu() != spec.checkable
    brush = editor.window.actions_by_id["tool_brush"]
    buttons = [button for button in editor.window.findChildren(QToolButton) if button.defaultAction() is brush]
    assert [button.icon().isNull() for button in buttons] == [False]


def test_themes_stand_in_a_menu_of_their_own(editor: Editor):
    (menu,) = (menu for menu in editor.window.menuBar().findChildren(QMenu) if menu.title() == "Theme")
    assert [action.text() for action in menu.actions()] == ["System", "Light", "Dark"]
    menu.actions()[2].trigger()
    assert [action.isChecked() for action in menu.actions()] == [False, False, True]
    assert theme.is_dark()
    menu.actions()[0].trigger()


def test_the_masks_opacity_is_chosen_in_a_menu_and_remembered(editor: Editor):
    (menu,) = (menu for menu in editor.window.menuBar().findChildren(QMenu) if menu.title() == "Opacity")
    assert [action.text() for action in menu.actions()] == ["25%", "50%", "75%", "100%"]
    assert [action.isChecked() for action in menu.actions()] == [False, True, False, False]
    menu.actions()[2].trigger()
    assert [action.isChecked() for action in menu.actions()] == [False, False, True, False]
    assert editor.window.memory.preferences.mask_opacity == 0.75


def test_the_masks_colour_is_chosen_in_a_menu_seen_and_remembered(editor: Editor):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    with editor.document.edit_mask("rectangle") as edit:
        edit.rectangle(editor.document.photo.box, 255)
    editor.act("mask_opacity_100")
    editor.act("mask_colour_green")
    middle = editor.on_screen((256, 256))
    seen = editor.window.canvas.grab().toImage().pixelColor(middle)
    assert seen.name() == MASK_COLOURS["green"] == editor.window.memory.preferences.mask_colour


@pytest.mark.parametrize(("answer", "colour"), [("accept", "#123456"), ("reject", MASK_COLOURS["magenta"])])
def test_any_colour_can_be_chosen_for_the_mask_and_cancel_brings_the_old_one_back(
    editor: Editor, answer: str, colour: str
):
    editor.act("mask_colour_custom")
    dialog = editor.window.findChild(QColorDialog, "maskColourDialog")
    dialog.setCurrentColor(QColor("#123456"))
    getattr(dialog, answer)()
    assert editor.window.memory.preferences.mask_colour == colour
    name = "custom" if answer == "accept" else "magenta"
    assert editor.window.actions_by_id[f"mask_colour_{name}"].isChecked()


def test_every_action_is_bound_and_named(editor: Editor):
    assert set(editor.window.actions_by_id) == {spec.id for spec in ACTIONS}
    assert all(action.objectName() == name for name, action in editor.window.actions_by_id.items())


def test_the_mask_is_loaded_and_saved_from_its_own_menu_too(editor: Editor):
    menus = {plain(action.text()): action.menu() for action in editor.window.menuBar().actions()}
    for name in ("load_mask", "save_mask"):
        action = editor.window.actions_by_id[name]
        assert action in menus["Mask"].actions()
        assert action in menus["File"].actions()
