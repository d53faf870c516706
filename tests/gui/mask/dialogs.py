"""Uses the dialogs that change the mask as a person does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Editor
from wganpaint_gui.gui.mask.mask_dialog import MaskDialog


def dialog_of(editor: Editor) -> MaskDialog:
    dialogs = [one for one in editor.window.findChildren(MaskDialog, "maskDialog") if one.isVisible()]
    (dialog,) = dialogs
    return dialog


def type_number(editor: Editor, number: int) -> MaskDialog:
    """Type into the dialog's first field and wait until the preview shows it."""
    dialog = dialog_of(editor)
    field = dialog.sliders[0].field
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, str(number))
    QTest.keyClick(field, Qt.Key.Key_Return)
    editor.wait(lambda: editor.window.masks.background.pending == 0)
    return dialog
