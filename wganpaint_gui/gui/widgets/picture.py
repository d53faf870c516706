"""A small square picture that can be enlarged."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QHideEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QAbstractButton, QWidget

from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.images import to_qimage

_LARGE = 256  # device-independent pixels of the magnified picture
RADIUS = 4


class Picture(QAbstractButton):
    """Shows [R, R, 3] RGB in a fixed square; hovering enlarges it, live."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rgb: NDArray[np.uint8] | None = None
        self._image = QImage()
        self._large: _Magnifier | None = None

    @property
    def image(self) -> QImage:
        """The picture shown; converted on first use, so that invisible pictures cost nothing."""
        if self._image.isNull() and self._rgb is not None:
            self._image = to_qimage(self._rgb)
        return self._image

    def show_picture(self, rgb: NDArray[np.uint8] | None) -> None:
        """Show a picture, [R, R, 3], which the caller must not change afterwards; None shows an empty cell."""
        self._rgb, self._image = rgb, QImage()
        self.update()
        if self._large is not None:
            self._large.show_image(self.image, self.toolTip())

    @property
    def is_large(self) -> bool:
        return self._large is not None

    def show_large(self) -> None:
        """Enlarge the picture above itself, live, until the mouse leaves or a button is pressed; not an empty cell."""
        if self.image.isNull():
            return
        if self._large is None:
            self._large = _Magnifier(self)
        self._large.show_image(self.image, self.toolTip())
        self._large.show_above(self)

    def set_side(self, side: int) -> None:
        self.setFixedSize(side, side)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and not self.image.isNull():
            self.show_large()
            return True
        if event.type() in (QEvent.Type.Leave, QEvent.Type.MouseButtonPress):
            self._hide_large()
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._hide_large()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_picture(painter)

    def paint_picture(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        image = self.image
        if image.isNull():
            painter.setBrush(QColor(theme.colours().plot))
        else:
            painter.setBrush(texture(image, QRectF(self.rect())))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)

    def _hide_large(self) -> None:
        if self._large is not None:
            self._large.hide()
            self._large.deleteLater()
            self._large = None


class Preview(Picture):
    """A picture with a caption; a click enlarges it at once, another closes the enlargement."""

    def __init__(self, caption: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self.setToolTip(tip)
        self.setAccessibleName(caption)
        self.setAccessibleDescription(tip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def event(self, event: QEvent) -> bool:
        was_large = self.is_large
        taken = super().event(event)  # a press closes the enlargement
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress and not was_large:
            self.show_large()
        return taken

    def paint_picture(self, painter: QPainter) -> None:
        super().paint_picture(painter)
        paint_pill(painter, self._caption, self, Qt.AlignmentFlag.AlignLeft)


def texture(image: QImage, place: QRectF) -> QBrush:
    """Return a brush that stretches an image over a place; clipping to round corners would take three times as long."""
    brush = QBrush(image)
    scale = QTransform.fromScale(place.width() / image.width(), place.height() / image.height())
    brush.setTransform(scale * QTransform.fromTranslate(place.left(), place.top()))
    return brush


def painter_on_plot(widget: QWidget) -> QPainter:
    """Return a painter on a widget, with the background of all plots already drawn."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colours().plot))
    painter.drawRoundedRect(widget.rect(), RADIUS, RADIUS)
    return painter


def paint_pill(painter: QPainter, text: str, widget: QWidget, side: Qt.AlignmentFlag) -> None:
    """Draw a text in a lower corner of a picture, white on dark, readable on any picture."""
    painter.setFont(theme.tabular(theme.small(widget.font())))
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 6, metrics.height()
    left = 2 if side == Qt.AlignmentFlag.AlignLeft else widget.width() - width - 2
    room = QRectF(left, widget.height() - height - 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 150))
    painter.drawRoundedRect(room, 3, 3)
    painter.setPen(QColor("#ffffff"))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)


class _Magnifier(QWidget):
    """The enlarged picture, above the small one, with its tooltip below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self._image = QImage()
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = self.fontMetrics().lineSpacing()
        self.setFixedSize(_LARGE + 16, _LARGE + 20 + 3 * line)

    def show_image(self, image: QImage, text: str) -> None:
        self._image, self._text = image, text
        self.update()

    def show_above(self, widget: QWidget) -> None:
        top_left = widget.mapToGlobal(QPoint(widget.width() // 2 - self.width() // 2, -self.height() - 8))
        screen = widget.screen().availableGeometry()
        top_left.setX(max(screen.left() + 4, min(top_left.x(), screen.right() - self.width() - 4)))
        top_left.setY(max(screen.top() + 4, top_left.y()))
        self.move(top_left)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.raised))
        painter.setPen(QColor(colours.border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(8, 8, _LARGE, _LARGE), self._image)
        painter.setPen(QColor(colours.text))
        room = self.rect().adjusted(8, _LARGE + 14, -8, -4)
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), self._text)
