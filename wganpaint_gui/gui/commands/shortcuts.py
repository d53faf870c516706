"""F1: every key and gesture, made from the table of actions."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from wganpaint_gui.gui.look import theme

from .actions import ACTIONS, MENUS, ActionSpec, keys_text

GESTURES = (
    ("Open a photo", "drop it on the window"),
    ("Open a recent photo", "File, Open recent"),
    ("Erase with brush, rectangle and lasso", "right button"),
    ("Straight line from the last stroke", "Shift+click"),
    ("Take back what is being drawn", "Esc before letting go"),
    ("Brush size and hardness", "Alt+right-drag: sideways, up and down"),
    ("Brush size", "Alt+wheel"),
    ("Add or subtract with rectangle, lasso and fill", "Shift, Alt"),
    ("Draw a new frame", "Frame tool: drag beside the frame"),
    ("Move the frame finely", "Shift+drag"),
    ("Zoom at the cursor", "wheel, Ctrl+wheel, pinch"),
    ("Pan", "Space+drag, middle drag, arrow keys, two fingers on a touchpad"),
    ("Move the line between before and after", "drag it"),
    ("Look at a picture of the search large", "hold the mouse on it"),
    ("Back from the timeline to the best", "double-click on the timeline"),
    ("Default of a setting", "double-click on its name"),
)


def all_keys(spec: ActionSpec) -> str:
    """ "Ctrl+Z", "Ctrl++, wheel": all ways to an action, "" where only the menu leads there."""
    return ", ".join(part for part in (keys_text(spec), spec.hint) if part)


def shortcut_rows() -> list[tuple[str, str, str]]:
    """(heading, action, keys) for everything that has a key, in the order of the menus."""
    rows = [(spec.menu, spec.text.rstrip("…"), all_keys(spec)) for spec in ACTIONS if all_keys(spec)]
    rows.sort(key=lambda row: MENUS.index(row[0]))
    return rows + [("Gestures", text, keys) for text, keys in GESTURES]


class ShortcutsDialog(QDialog):
    """A list that can be searched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle("Keys and gestures")
        self.resize(640, 640)
        self._search = QLineEdit(placeholderText="Search", clearButtonEnabled=True)
        self._search.setAccessibleName("Search the keys")
        self._list = QTextBrowser()
        self._list.setAccessibleName("Keys and gestures")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for widget in (self._search, self._list, buttons):
            layout.addWidget(widget)
        self._search.textChanged.connect(self._fill)
        self._fill()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._fill()

    def _fill(self) -> None:
        wanted, muted = self._search.text().casefold(), theme.colours().muted
        html, heading = "", ""
        for group, text, keys in shortcut_rows():
            if wanted not in f"{group} {text} {keys}".casefold():
                continue
            if group != heading:
                space = 16 if heading else 4
                html += f'<tr><td colspan="2" style="padding:{space}px 0 4px 0"><b>{escape(group)}</b></td></tr>'
                heading = group
            html += f'<tr><td style="padding:3px 28px 3px 0">{escape(text)}</td>'
            html += f'<td style="padding:3px 0 3px 0; color:{muted}">{escape(keys)}</td></tr>'
        self._list.setHtml(f'<table width="100%" cellspacing="0">{html}</table>' if html else "No key has this name.")
