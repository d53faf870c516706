"""A line to type a value into that gives the keyboard back when it is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class TypedField(QLineEdit):
    """Return takes what is typed, Esc takes it back, and both give the focus up.

    Signals: editingFinished() (Qt's), when the text is to be taken; reverted(), when the old value is to be shown;
    stepped(int), by Up and Down; done(), after Return and Esc: the keyboard is free.
    """

    reverted = Signal()
    stepped = Signal(int)
    done = Signal()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            key, plain = Qt.Key(event.key()), event.modifiers() in _PLAIN
            if plain and (key in _ENTER or key in _STEPS or key == Qt.Key.Key_Escape):
                event.accept()  # here they mean the field, not the search: Return also keeps a fill, Esc stops one
                return True
            if key in _ENTER:
                self.editingFinished.emit()  # Ctrl+Return fills with what is typed
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
