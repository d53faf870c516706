"""A figure, as wide as there is room and never enlarged; higher ones are scrolled."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget


class FigureView(QWidget):
    """Shows one picture at the width of the widget, whose height follows."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.image = QImage()

    def show_image(self, image: QImage) -> None:
        self.image = image
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._size().height())

    def _size(self) -> QSize:
        """Return the size of the picture as shown, device-independent pixels."""
        if self.image.isNull():
            return QSize(0, 0)
        scale = min(1.0, self.width() / self.image.width())
        return QSize(round(self.image.width() * scale), round(self.image.height() * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._size()
        painter.drawImage(QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height()), self.image)
