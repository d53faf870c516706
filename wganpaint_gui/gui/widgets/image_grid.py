"""A grid of small square pictures in cells of one size, as large as the room allows."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.images import to_qimage

from .picture import RADIUS, texture

_GAP = 3  # device-independent pixels between cells
_LARGEST = 3  # device-independent pixels per picture pixel: more would only be blur
_SMALLER = 0.8  # share of their largest side to which cells may shrink to fill the width


class ImageGrid(QWidget):
    """Shows [N, R, R, 3] RGB, scaled once to the screen's own pixels, so that repainting costs nothing.

    room: the least number of cells, empty ones included; such a grid fills the widget's width, with somewhat smaller
    cells if necessary. With captions, pictures come in groups of as many, and columns in multiples of a group.
    """

    def __init__(self, name: str, *, room: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: NDArray[np.uint8] | None = None
        self._room = room
        self._captions: tuple[str, ...] = ()
        self._message = ""
        self._drawn = QPixmap()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)

    def sizeHint(self) -> QSize:
        return QSize(420, 420)

    def show_pictures(self, pictures: NDArray[np.uint8] | None, *, captions: tuple[str, ...] = ()) -> None:
        """Show pictures, which the caller must not change afterwards; None empties the grid."""
        self.pictures, self._captions = pictures, captions
        self.setAccessibleDescription(", ".join(captions))
        self._refresh()

    def show_message(self, message: str) -> None:
        """Set the text in the middle of an empty grid."""
        self._message = message
        self._refresh()

    def _refresh(self) -> None:
        self._drawn = QPixmap()
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.Resize, QEvent.Type.PaletteChange):
            self._drawn = QPixmap()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._drawn.isNull():
            ratio = self.devicePixelRatioF()
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            self._draw(painter)
            painter.end()
        QPainter(self).drawPixmap(0, 0, self._drawn)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = theme.colours()
        pictures = () if self.pictures is None else self.pictures
        count = len(pictures)
        columns, cell, top = self._cells(max(count, self._room, 1))
        for index in range(max(count, self._room)):
            row, column = divmod(index, columns)
            place = QRectF(self._left(column, columns, cell), top + row * (cell + _GAP), cell, cell)
            painter.setBrush(texture(to_qimage(pictures[index]), place) if index < count else QColor(colours.plot))
            painter.drawRoundedRect(place, RADIUS, RADIUS)
        painter.setPen(QColor(colours.muted))
        if not count and self._message:
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(QRectF(self.rect()).adjusted(24, 0, -24, 0), flags, self._message)
        painter.setFont(theme.small(self.font()))
        for column in range(columns if count and self._captions else 0):
            room = QRectF(self._left(column, columns, cell), 0, cell, top - 2)
            caption = self._captions[column % len(self._captions)]
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), caption)

    def _cells(self, count: int) -> tuple[int, int, int]:
        """Return columns, side of a cell and height of the captions, for the largest cells that fit."""
        top = self.fontMetrics().height() + 2 if self._captions else 0
        group = max(len(self._captions), 1)
        pixels = 0 if self.pictures is None else self.pictures.shape[1]
        most = _LARGEST * pixels if pixels else 96
        sides = {}
        for columns in range(group, max(count, group) + 1, group):
            across = (self.width() + _GAP) // columns - _GAP
            down = (self.height() - top + _GAP) // math.ceil(count / columns) - _GAP
            sides[columns] = max(1, min(across, down))
        best = max(sides, key=lambda columns: sides[columns])
        if self._room:
            sides = {columns: min(side, most) for columns, side in sides.items()}
            large = [columns for columns, side in sides.items() if side >= _SMALLER * sides[best]]
            best = min(large, key=lambda columns: (self._short(columns, sides[columns]), -sides[columns]))
        return best, min(sides[best], most), top

    def _rest(self, columns: int, cell: int) -> int:
        """Return the width in pixels that cells of this side leave free."""
        return self.width() - columns * (cell + _GAP) + _GAP

    def _short(self, columns: int, cell: int) -> int:
        """Return how far from the grid's right edge the last column ends, after `_left` has spread the rounding."""
        rest = self._rest(columns, cell)
        return rest if rest >= columns else 0

    def _left(self, column: int, columns: int, cell: int) -> int:
        """Return where a column begins; the pixels lost to rounding are spread between the columns."""
        spread = self._rest(columns, cell) - self._short(columns, cell)
        return column * (cell + _GAP) + spread * column // max(columns - 1, 1)
