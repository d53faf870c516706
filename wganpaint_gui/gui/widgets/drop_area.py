"""A dashed area that says what can be dropped on it, with buttons for choosing a file instead."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from wganpaint_gui.gui.look import icons, theme
from wganpaint_gui.gui.look.colours import SELECTION

from .layouts import in_column, in_row

_ICON_SIDE = 44  # device-independent pixels
_TEXT_WIDTH = 460
_MARGIN = 24  # around an area that does not fill the widget


def dropped_source(event: QDropEvent | QDragEnterEvent) -> Path | None:
    """Return the folder or zip being dropped; None for anything else."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and (os.path.isdir(path) or path.suffix.lower() == ".zip"):
            return path
    return None


class DropArea(QWidget):
    """Only draws: drops are handled by a subclass, or by the widget below."""

    def __init__(
        self,
        icon: str,
        title: str,
        words: str,
        buttons: Sequence[QPushButton],
        *,
        largest: QSizeF | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """icon: its name. largest: size of the dashed area, device-independent pixels; None fills the widget."""
        super().__init__(parent)
        self._hot, self._icon_name, self._largest = False, icon, largest
        centre = Qt.AlignmentFlag.AlignCenter
        self._icon = QLabel(alignment=centre)
        self._icon.setAccessibleName(title)
        self.title = QLabel(title, alignment=centre)
        font = theme.heading(self.title.font())
        font.setPointSizeF(font.pointSizeF() * 1.6)
        self.title.setFont(font)
        self.words = QLabel(words, alignment=centre, wordWrap=True)
        self.words.setMaximumWidth(_TEXT_WIDTH)
        self._arrange(buttons)
        self._dress()

    def set_hot(self, hot: bool) -> None:
        """Highlight the area while something acceptable is dragged over it."""
        self._hot = hot
        self.update()

    def _arrange(self, buttons: Sequence[QPushButton]) -> None:
        choices, words = in_row(1, *buttons, 1, spacing=8), in_row(1, (self.words, 10), 1)
        column = in_column(1, self._icon, self.title, words, choices, 1, of=self, margins=None, spacing=0)
        for index, below in ((4, 24), (3, 8), (2, 16)):
            column.insertSpacing(index, below)

    def _dress(self) -> None:
        pixmap = icons.pixmap(self._icon_name, _ICON_SIDE, theme.colours().muted, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dashes = QPen(QColor(SELECTION if self._hot else theme.colours().muted), 2.0 if self._hot else 1.25)
        dashes.setDashPattern([6.0, 5.0])
        painter.setPen(dashes)
        if self._hot:
            ground = QColor(SELECTION)
            ground.setAlphaF(0.10)
            painter.setBrush(ground)
        painter.drawRoundedRect(self._area(), 14, 14)

    def _area(self) -> QRectF:
        whole = QRectF(self.rect())
        if self._largest is None:
            return whole.adjusted(1.5, 1.5, -1.5, -1.5)
        room = QSizeF(whole.width() - 2 * _MARGIN, whole.height() - 2 * _MARGIN).boundedTo(self._largest)
        area = QRectF(whole.topLeft(), room)
        area.moveCenter(whole.center())
        return area
