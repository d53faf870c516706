"""The one big button: what to do next, with its key."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from wganpaint_gui.gui import theme

_GAP = 10  # device-independent pixels between the words and their key


class PrimaryButton(QPushButton):
    """A tall button whose key stands beside its words; keeps its size whatever it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._keys = ""
        self.setProperty("tall", True)
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        return self._words

    @property
    def keys(self) -> str:
        return self._keys

    def say(self, words: str, keys: str, *, primary: bool) -> None:
        """What it does, the key that does the same, and whether it is the thing to do next (the coloured one)."""
        self._words, self._keys = words, keys
        self.setAccessibleName(f"{words} ({keys})")
        if self.property("primary") != primary:
            self.setProperty("primary", primary)
            self.style().unpolish(self)
            self.style().polish(self)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the ground; it has no text of its own
        colours = theme.colours()
        colour = QColor(colours.on_primary if self.property("primary") else colours.text)
        if not self.isEnabled():
            colour = QColor(colours.muted)
        painter = QPainter(self)
        strong, quiet = theme.heading(self.window().font()), self.window().font()
        words, keys = theme.text_width(strong, self._words), theme.text_width(quiet, self._keys)
        left = (self.width() - words - _GAP - keys) // 2
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.setPen(colour)
        painter.setFont(strong)
        painter.drawText(QRect(left, 0, words + 2, self.height()), middle, self._words)
        if self.isEnabled():
            colour.setAlphaF(0.85)
            painter.setPen(colour)
        painter.setFont(quiet)
        painter.drawText(QRect(left + words + _GAP, 0, keys + 2, self.height()), middle, self._keys)
