"""A button that also shows its keyboard shortcut."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QAction, QColor, QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wganpaint_gui.gui.look import theme

_GAP = 8  # device-independent pixels between text and shortcut
_PADDING = 12
_TIGHT = 8  # the padding in a narrow layout
_SMALL, _TALL = 26, 40


class KeyButton(QPushButton):
    """A text and its shortcut; keeps its size when the text changes. The tall variant is a panel's main button.

    In a narrow layout the owner hides the shortcuts; one that does not fit is left out.
    """

    def __init__(self, *, tall: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self._keys = ""
        self._action: QAction | None = None  # whose shortcut it shows
        self._room = 0  # for the longest text and shortcut so far
        self._least = 0  # for the text alone
        self._shows_keys = True
        self._tall = tall
        # A click must not take the focus from the canvas, nor pass it to the next button when this one is disabled.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("tall", tall)
        self.setFixedHeight(_TALL if tall else _SMALL)
        across = QSizePolicy.Policy.Expanding if tall else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def say(self, words: str, keys: QAction | str = "", *, primary: bool = False) -> None:
        """Set text and shortcut, and whether it is the recommended next step (coloured).

        keys: of an action, the shortcut that it has now, and any that it gets later.
        """
        action = keys if isinstance(keys, QAction) else None
        if action is not self._action:
            if self._action is not None:
                self._action.changed.disconnect(self._on_action_changed)
            if action is not None:
                action.changed.connect(self._on_action_changed)
            self._action = action
        self.words = words
        self._set_keys(_first_key(keys))
        if bool(self.property("primary")) != primary:
            self.setProperty("primary", primary)
            self.style().unpolish(self)
            self.style().polish(self)
        self._least = max(self._least, theme.text_width(self._fonts()[0], words))
        self._make_room()

    def _set_keys(self, keys: str) -> None:
        self._keys = keys
        self.setAccessibleName(f"{self.words} ({keys})" if keys else self.words)

    def _make_room(self) -> None:
        self._room = max(self._room, self._content_width())
        self.updateGeometry()
        self.update()

    @Slot()
    def _on_action_changed(self) -> None:
        assert self._action is not None
        keys = _first_key(self._action)
        if keys != self._keys:  # and not whether it is enabled, or its text
            self._set_keys(keys)
            self._room = 0
            self._make_room()

    def reserve(self, words: str, keys: str = "") -> None:
        """Reserve room for a text and shortcut that it will show later."""
        now = self.words, self._keys
        self.say(words, keys)
        self.words = now[0]
        self._set_keys(now[1])

    def show_keys(self, shown: bool) -> None:
        """Show or hide the shortcut beside the text."""
        if shown != self._shows_keys:
            self._shows_keys = shown
            self.updateGeometry()
            self.update()

    @property
    def whole_width(self) -> int:
        """Width that text and shortcut need."""
        return self._room + 2 * _PADDING

    def sizeHint(self) -> QSize:
        width = self.whole_width if self._shows_keys else self._least + 2 * _PADDING
        return QSize(width, _TALL if self._tall else _SMALL)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least + 2 * _TIGHT, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the background; the button itself has no text
        colours = theme.colours()
        colour = QColor(colours.on_primary if self.property("primary") else colours.text)
        if not self.isEnabled():
            colour = QColor(colours.muted if self._tall else colours.disabled)
        painter = QPainter(self)
        strong, quiet = self._fonts()
        words, whole = theme.text_width(strong, self.words), self._content_width()
        shows_keys = self._shows_keys and whole + 2 * _TIGHT <= self.width()
        left = (self.width() - (whole if shows_keys else words)) // 2
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(colour)
        painter.setFont(strong)
        painter.drawText(QRect(left, 0, words + 2, self.height()), middle, self.words)
        if not shows_keys:
            return
        if self.isEnabled() and not self.property("primary"):
            colour = QColor(colours.muted)
        painter.setPen(colour)
        painter.setFont(quiet)
        painter.drawText(QRect(left + words + _GAP, 0, whole - words, self.height()), middle, self._keys)

    def _content_width(self) -> int:
        strong, quiet = self._fonts()
        keys = _GAP + theme.text_width(quiet, self._keys) if self._keys else 0
        return theme.text_width(strong, self.words) + keys

    def _fonts(self) -> tuple[QFont, QFont]:
        quiet = QFont(self.font())
        quiet.setWeight(QFont.Weight.Normal)
        heavy = self._tall or self.property("primary")
        return (theme.heading(quiet) if heavy else quiet), quiet


def _first_key(keys: QAction | str) -> str:
    """Return the key to show; "" where there is none."""
    return keys if isinstance(keys, str) else keys.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
