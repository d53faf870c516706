"""A full job by keyboard alone, from the first photo to the saved file: real key events, no click and no call."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from tests.gui.conftest import Editor
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.look.mnemonics import plain
from wganpaint_gui.gui.mask.mask_dialog import MaskDialog

NONE, ALT, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def focused(editor: Editor) -> QWidget:
    """Where the keys of a real keyboard would go."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup
    window = QApplication.activeModalWidget() or editor.window
    return window.focusWidget() or window


def active(editor: Editor) -> None:
    """Off screen no window manager makes the window active again after a dialog."""
    editor.window.activateWindow()
    editor.wait(editor.window.isActiveWindow)


def press(editor: Editor, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focused(editor), key, keys)
    QApplication.processEvents()


def choose_in_menu(editor: Editor, letter: Qt.Key, *path: str) -> None:
    """Open a menu by its letter, and go down to an entry, which may be in a submenu."""
    press(editor, letter, ALT)
    for words in path:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        while menu.activeAction() is None or not plain(menu.activeAction().text()).startswith(words):
            press(editor, Qt.Key.Key_Down)
        press(editor, Qt.Key.Key_Return)


def test_a_photo_is_opened_marked_filled_chosen_kept_and_saved_by_keys(
    editor: Editor, sample_photo_path: Path, tmp_path: Path
) -> None:
    path = Path(copy(sample_photo_path, tmp_path / "portrait.png"))
    window, controller = editor.window, editor.controller
    window.fill_panel.settings.set_config(InpaintConfig(start="random", steps=3, refine=0, candidates=2))
    active(editor)
    press(editor, Qt.Key.Key_O, CTRL)
    editor.wait(lambda: window.findChild(QFileDialog, "openDialog") is not None)
    QTest.keyClicks(focused(editor), str(path))
    press(editor, Qt.Key.Key_Return)
    editor.wait(lambda: window.document is not None)
    active(editor)
    choose_in_menu(editor, Qt.Key.Key_M, "Presets", "Centre square")
    editor.wait(lambda: window.findChild(MaskDialog) is not None and window.findChild(MaskDialog).ok.isEnabled())
    press(editor, Qt.Key.Key_Return)  # takes the number
    press(editor, Qt.Key.Key_Return)
    editor.wait_for_state(FillState.READY)
    active(editor)
    marked, before = editor.document.mask > 127, editor.document.photo.pixels.copy()

    press(editor, Qt.Key.Key_Return, CTRL)
    editor.wait_for_state(FillState.FINISHED)
    editor.wait(lambda: controller.shown_candidate is not None and controller.background.pending == 0)
    first = controller.shown_candidate
    press(editor, Qt.Key.Key_Period)
    editor.wait(lambda: controller.shown_candidate != first)
    press(editor, Qt.Key.Key_Return)
    editor.wait_for_state(FillState.NO_MASK)
    press(editor, Qt.Key.Key_S, CTRL)
    saved = tmp_path / "portrait-filled.png"
    editor.wait(lambda: saved.exists() and window.files.files.background.pending == 0)
    pixels = load_photo(saved).pixels
    assert np.array_equal(pixels[~marked], before[~marked])
    assert (pixels[marked] != before[marked]).any()
