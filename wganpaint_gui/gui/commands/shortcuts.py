"""The F1 list of all shortcuts and gestures, built from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr

from .actions import ACTIONS, MENUS, ActionSpec, keys_text
from .key_map import Keys

GESTURES = (
    ("Open a photo", "drop it on the window"),
    ("Open a recent photo", "File, Open recent"),
    ("Return to a photo with unsaved work", "open it again, or File, Unsaved work"),
    ("Erase with brush or shape", "right button, Alt or Ctrl"),
    ("Straight line from the last stroke", "Shift+click"),
    ("Cancel the current stroke", "Esc before releasing the button"),
    ("Brush size and hardness", "Alt+right-drag: sideways, up and down"),
    ("Brush size", "Alt+wheel"),
    ("Combine a shape with the mask", "Shift adds, Alt or Ctrl subtracts, both intersect"),
    ("Square or circle; around the first point", "press Shift; Alt or Ctrl, after the mouse button"),
    ("Close a polygon; remove a corner", "click on its first corner, double-click or Enter; Backspace"),
    ("Draw a new frame", "Frame tool: drag outside the frame"),
    ("Add a frame", "Frame tool: Alt+drag"),
    ("Move the frame in fine steps", "Shift+drag"),
    ("Turn the frame; in steps of 15°", "Frame tool: drag its round handle; with Shift"),
    ("Zoom at the cursor", "wheel, Ctrl+wheel, pinch"),
    ("Pan", "Space+drag, middle-button drag, arrow keys, two fingers on a touchpad"),
    ("Move the divider of the split view", "drag it"),
    ("Enlarge a picture of the search", "hover over it"),
    ("Return from the timeline to the best step", "double-click the timeline"),
    ("Reset a setting to its default", "double-click its name"),
)


def all_keys(spec: ActionSpec) -> str:
    """Return all keys and gestures of an action: "Ctrl++, wheel"; "" if only a menu has it."""
    return ", ".join(part for part in (keys_text(spec), tr(spec.hint)) if part)


def shortcut_rows(changed: Mapping[str, Keys] | None = None) -> list[tuple[str, str, str]]:
    """Return (heading, action, keys) for every action that has a key, in menu order. changed: the user's own keys."""
    specs = [replace(spec, shortcuts=(changed or {}).get(spec.id, spec.shortcuts)) for spec in ACTIONS]
    specs.sort(key=lambda spec: MENUS.index(spec.menu))
    rows = [(tr(spec.menu), tr(spec.text).rstrip("…"), all_keys(spec)) for spec in specs if all_keys(spec)]
    return rows + [(tr("Gestures"), tr(text), tr(keys)) for text, keys in GESTURES]


class ShortcutsDialog(QDialog):
    """A searchable list of shortcuts and gestures."""

    def __init__(self, parent: QWidget | None = None, changed: Mapping[str, Keys] | None = None) -> None:
        """changed: the user's own keys."""
        super().__init__(parent)
        self._changed = changed
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(tr("Shortcuts and gestures"))
        self.resize(640, 640)
        self._search = QLineEdit(placeholderText=tr("Search"), clearButtonEnabled=True)
        self._search.setAccessibleName(tr("Search shortcuts and gestures"))
        for clear in self._search.findChildren(QToolButton):
            clear.setAccessibleName(tr("Clear the search"))
        self._list = QTextBrowser()
        self._list.setAccessibleName(tr("Shortcuts and gestures"))
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
        for group, text, keys in shortcut_rows(self._changed):
            if wanted not in f"{group} {text} {keys}".casefold():
                continue
            if group != heading:
                space = 16 if heading else 4
                html += f'<tr><td colspan="2" style="padding:{space}px 0 4px 0"><b>{escape(group)}</b></td></tr>'
                heading = group
            html += f'<tr><td style="padding:3px 28px 3px 0">{escape(text)}</td>'
            html += f'<td style="padding:3px 0 3px 0; color:{muted}">{escape(keys)}</td></tr>'
        self._list.setHtml(
            f'<table width="100%" cellspacing="0">{html}</table>' if html else tr("No matching shortcuts.")
        )
