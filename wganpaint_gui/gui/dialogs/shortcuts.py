"""F1: every key and gesture, made from the table of actions."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from ..actions import ACTIONS, MENUS, ActionSpec

GESTURES = (
    ("Erase with any brush", "right button"),
    ("Straight line", "Shift+click"),
    ("Brush size and hardness", "Alt+right-drag: sideways, up and down"),
    ("Brush size", "Alt+wheel"),
    ("Zoom at the cursor", "wheel, Ctrl+wheel, pinch"),
    ("Pan", "Space+drag, middle drag"),
    ("Default of a slider", "double-click on its name"),
)


def keys_of(spec: ActionSpec) -> str:
    """ "Ctrl+Z", "Ctrl+Shift+Z or Ctrl+Y", "wheel": all ways to an action, "" where only the menu leads there."""
    native = QKeySequence.SequenceFormat.NativeText
    keys = " or ".join(QKeySequence(shortcut).toString(native) for shortcut in spec.shortcuts)
    return ", ".join(part for part in (keys, spec.hint) if part)


def shortcut_rows() -> list[tuple[str, str, str]]:
    """(heading, action, keys) for everything that has a key, in the order of the menus."""
    rows = [(spec.menu, spec.text.rstrip("…"), keys_of(spec)) for spec in ACTIONS if keys_of(spec)]
    rows.sort(key=lambda row: MENUS.index(row[0]))
    return rows + [("Gestures", text, keys) for text, keys in GESTURES]


class ShortcutsDialog(QDialog):
    """A list that can be searched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle("Keys and gestures")
        self.resize(560, 600)
        self._search = QLineEdit(placeholderText="Search", clearButtonEnabled=True)
        self._search.setAccessibleName("Search the keys")
        self._list = QTextBrowser()
        self._list.setAccessibleName("Keys and gestures")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self._search, self._list, buttons):
            layout.addWidget(widget)
        self._search.textChanged.connect(self._fill)
        self._fill("")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _fill(self, wanted: str) -> None:
        html, heading = "", ""
        for group, text, keys in shortcut_rows():
            if wanted.casefold() not in f"{text} {keys}".casefold():
                continue
            if group != heading:
                html += f'<tr><td colspan="2" style="padding-top:14px"><b>{escape(group)}</b></td></tr>'
                heading = group
            html += f'<tr><td style="padding:3px 28px 3px 0">{escape(text)}</td><td>{escape(keys)}</td></tr>'
        self._list.setHtml(f"<table>{html}</table>" if html else "No key has this name.")
