"""What holds in every window: whose a key is, how wide a tooltip is, how the buttons of a dialog look."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFileOpenEvent, QHelpEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QToolTip,
    QWidget,
)

from wganpaint_gui.gui.commands.actions import in_lines
from wganpaint_gui.gui.widgets.picture import Picture

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class AppEvents(QObject):
    """Installed as the application's event filter. Signal: open_requested(Path), by the desktop of a Mac."""

    open_requested = Signal(object)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.FileOpen if isinstance(event, QFileOpenEvent):
                self.open_requested.emit(Path(event.file()))
                return True
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                return _give_key(event)
            case QEvent.Type.ToolTip if isinstance(event, QHelpEvent) and isinstance(watched, QWidget):
                return _show_tip(watched, event)
            case QEvent.Type.Polish if isinstance(watched, QPushButton):
                _dress(watched)
        return False


def _give_key(event: QKeyEvent) -> bool:
    """While a text field has the focus, keys without Ctrl are its own: typing 5 or Enter there keeps no fill.

    Undo and redo always are the document's, as everywhere in the window: a value that was typed can be typed again.
    """
    focus = QApplication.focusWidget()
    if not isinstance(focus, QLineEdit | QAbstractSpinBox):
        return False
    if _is_history(event):
        event.ignore()
        return True
    if event.modifiers() & (_CONTROL | _ALT) or event.key() == Qt.Key.Key_Escape:
        return False
    event.accept()
    return True


def _is_history(event: QKeyEvent) -> bool:
    match event.key():
        case Qt.Key.Key_Z:
            return event.modifiers() in (_CONTROL, _CONTROL | _SHIFT)
        case Qt.Key.Key_Y:
            return event.modifiers() == _CONTROL
    return False


def _show_tip(widget: QWidget, event: QHelpEvent) -> bool:
    """Show a plain tooltip in lines; what is rich text breaks its lines itself, and pictures draw their own."""
    text = widget.toolTip()
    if not text or text.startswith("<") or isinstance(widget, Picture):
        return False
    QToolTip.showText(event.globalPos(), in_lines(text), widget, QRect(), widget.toolTipDuration())
    return True


def _dress(button: QPushButton) -> None:
    """No coloured icons on a dialog's buttons, which belong to no theme; what is likely looks like it."""
    box = button.parentWidget()
    if not isinstance(box, QDialogButtonBox):
        return
    button.setIcon(QIcon())
    if box.buttonRole(button) == QDialogButtonBox.ButtonRole.AcceptRole:
        button.setProperty("primary", True)
        button.style().unpolish(button)
        button.style().polish(button)
