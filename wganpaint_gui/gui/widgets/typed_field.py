"""A text field that gives up the focus when editing is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class TypedField(QLineEdit):
    """Return accepts the text, Esc restores the old value, and both give up the focus.

    Signals: editingFinished() (Qt's), to accept the text; reverted(), to show the old value again; stepped(int), by Up
    and Down; done(), after Return and Esc, when the field no longer needs the keyboard.
    """

    reverted = Signal()
    stepped = Signal(int)
    done = Signal()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            key, plain = Qt.Key(event.key()), event.modifiers() in _PLAIN
            if plain and (key in _ENTER or key in _STEPS or key == Qt.Key.Key_Escape):
                event.accept()  # in a field, not as shortcuts: Return also keeps a fill, Esc stops a search
                return True
            if key in _ENTER:
                self.editingFinished.emit()  # Ctrl+Return starts a fill with the value typed
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.reverted.emit()
            self._give_up()
        else:
            super().keyPressEvent(event)
            if key in _ENTER:
                self._give_up()
        event.accept()

    def _give_up(self) -> None:
        self.clearFocus()
        self.done.emit()
