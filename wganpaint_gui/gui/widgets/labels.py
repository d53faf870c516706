"""Labels that keep their size: tabular figures, elided text, badges."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from wganpaint_gui.gui.look import theme

_DOT = 14  # a badge's dot and the gap after it, device-independent pixels


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label by meaning: "", "muted", "good", "fair", "bad", "yeh" or "critic"; follows the theme."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class NameLabel(QLabel):
    """The name of a control; a double-click requests the control's default. Signal: default_requested()."""

    default_requested = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.default_requested.emit()
        event.accept()


class TabularLabel(QLabel):
    """Shows a changing number in tabular figures, with room for the longest text it will show."""

    def __init__(
        self, sample: str, *, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sample = sample
        self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def reserve(self, sample: str) -> None:
        """Reserve room for another longest text."""
        self._sample = sample
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._fit()

    def _fit(self) -> None:
        font = theme.tabular(self.window().font())
        self.setFont(font)
        self.setFixedWidth(theme.text_width(font, self._sample))


class ElidedLabel(QLabel):
    """One line, elided with … if there is no room; the tooltip has the whole text.

    least: characters without which nothing is drawn, because the beginning of a sentence alone says nothing.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, least: int = 0) -> None:
        super().__init__(text, parent)
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if text == self.text() or len(text) > self._least:
            painter.drawText(room, int(self.alignment()), text)


class Badge(QWidget):
    """A pill that shows a state, with a coloured dot if it has a tone: "good", "fair" or "bad".

    Without a text nothing is drawn, but its room is kept.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._tone = ""
        self._room = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, tone: str = "") -> None:
        if (text, tone) != (self._text, self._tone):
            self._text, self._tone = text, tone
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def reserve(self, text: str, tone: str = "") -> None:
        """Reserve room for a text that it will show later, so that its neighbours do not move."""
        self._room = self._width_of(text, tone)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(max(self._room, self._width_of(self._text, self._tone)), 24)

    def _width_of(self, text: str, tone: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + 24 + (_DOT if tone else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._text:
            return
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.control))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        left = (self.width() - self._width_of(self._text, self._tone)) // 2 + 12
        if self._tone:
            painter.setBrush(QColor(getattr(colours, self._tone)))
            painter.drawEllipse(QRectF(left, self.height() / 2 - 3.5, 7, 7))
            left += _DOT
        painter.setPen(QColor(colours.text))
        room = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)
