"""What every row of the search panel shares: its size, the method's name and bar, and whether its fill is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from wganpaint_gui.core.search.settings import METHOD_NAMES, FillMethod
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import ElidedLabel

MARGIN = 8  # around the pictures, device-independent pixels
LEFT = 16  # before the words; the method's bar stands in it
SPACING = 12  # between words, pictures and what follows
SMALLEST, LARGEST = 60, 128  # side of a picture


class LaneBox(QFrame):
    """A lane without its content."""

    def __init__(self, method: FillMethod, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = method
        self._active = False
        self.setObjectName(f"lane-{method}")
        self.setAccessibleName(tr(METHOD_NAMES[method]))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(SMALLEST + 2 * MARGIN)
        self.setMaximumHeight(LARGEST + 2 * MARGIN)
        self.name = ElidedLabel(tr(METHOD_NAMES[method]), self)
        self.name.setFont(theme.heading(self.font()))

    def sizeHint(self) -> QSize:
        return QSize(800, SMALLEST + 2 * MARGIN)

    @property
    def active(self) -> bool:
        """Whether this lane's fill is the one on the photo."""
        return self._active

    def set_active(self, active: bool) -> None:
        """Set whether this lane's fill is the one on the photo."""
        if active != self._active:
            self._active = active
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.selection if self._active else colours.border), 1))
        painter.setBrush(QColor(colours.raised if self._active else colours.panel))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1).toRectF().translated(0.5, 0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.line_of(self._bar))
        painter.drawRoundedRect(6, MARGIN, 3, self.height() - 2 * MARGIN, 1.5, 1.5)
