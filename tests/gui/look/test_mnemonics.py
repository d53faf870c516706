"""Every entry of every menu can be chosen by a letter of its own."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Editor
from wganpaint_gui.gui.look.mnemonics import give_mnemonics, plain


def letters(menu: QMenu | QMenuBar) -> list[str]:
    """The letter of each entry, as Qt reads it; "" for an entry without one."""
    entries = [action for action in menu.actions() if not action.isSeparator()]
    return [QKeySequence.mnemonic(action.text()).toString() for action in entries]


@pytest.mark.usefixtures("without_engine")
def test_in_every_menu_each_entry_has_a_letter_of_its_own(editor: Editor):
    bar = editor.window.menuBar()
    assert all(letters(bar))
    assert len(set(letters(bar))) == len(letters(bar))
    menus = [menu for menu in bar.findChildren(QMenu) if menu.actions()]
    assert len(menus) > 10
    for menu in menus:
        menu.aboutToShow.emit()
        assert all(letters(menu)), menu.title()
        twice = [letter for letter, count in Counter(letters(menu)).items() if count > 1]
        assert not twice, menu.title()


@pytest.mark.usefixtures("without_engine")
def test_a_menu_is_opened_and_an_entry_chosen_by_letters(editor: Editor):
    window = editor.window
    window.open_sample()
    editor.wait(lambda: window.document is not None)
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    editor.wait(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    grid = window.actions_by_id["pixel_grid"]
    before, letter = grid.isChecked(), QKeySequence.mnemonic(grid.text()).toString()[-1]
    QTest.keyClick(menu, letter)
    assert grid.isChecked() is not before


def test_the_first_letter_comes_first_and_names_of_files_stay_as_they_are(qtbot: QtBot):
    menu = QMenu()
    qtbot.addWidget(menu)
    for text in ("Save", "Save as…", "Salt && pepper.png", "1", "1"):
        menu.addAction(text)
    give_mnemonics(menu)
    give_mnemonics(menu)  # and doing it again changes nothing
    assert [action.text() for action in menu.actions()] == ["&Save", "Save &as…", "Salt && &pepper.png", "&1", "1"]
    assert plain("Salt && &pepper.png") == "Salt & pepper.png"
