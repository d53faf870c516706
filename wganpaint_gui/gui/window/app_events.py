"""Rules for all windows: keys in text fields, line breaks in tooltips, the look of dialog buttons."""

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
    """The application's event filter. Signal: open_requested(Path), when macOS hands over a file."""

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
                _style(watched)
        return False


def _give_key(event: QKeyEvent) -> bool:
    """Leave keys without Ctrl to the text field that has the focus: Enter there must not keep a fill.

    Undo and redo always belong to the document, as elsewhere in the window: what was typed can be typed again.
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
    """Show a plain tooltip with line breaks; rich text has its own, and pictures draw their tooltips themselves."""
    text = widget.toolTip()
    if not text or text.startswith("<") or isinstance(widget, Picture):
        return False
    QToolTip.showText(event.globalPos(), in_lines(text), widget, QRect(), widget.toolTipDuration())
    return True


def _style(button: QPushButton) -> None:
    """Remove the icons of a dialog's buttons, which match no theme, and highlight the likely choice."""
    box = button.parentWidget()
    if not isinstance(box, QDialogButtonBox):
        return
    button.setIcon(QIcon())
    if box.buttonRole(button) == QDialogButtonBox.ButtonRole.AcceptRole:
        button.setProperty("primary", True)
        button.style().unpolish(button)
        button.style().polish(button)
