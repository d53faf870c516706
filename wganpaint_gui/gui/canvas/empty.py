"""What the canvas shows before there is a photo: where to drop one, and two ways to begin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from .. import icons, theme

_ICON_SIDE, _BUTTON_HEIGHT = 44, 36  # logical pixels


class EmptyState(QWidget):
    """A quiet drop area. Dropping is handled by the canvas below it. Signals: open_requested(), sample_requested()."""

    open_requested = Signal()
    sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._hot = False
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel("Drop a photo here", alignment=Qt.AlignmentFlag.AlignCenter)
        font = theme.heading(self._title.font())
        font.setPointSizeF(font.pointSizeF() * 1.6)
        self._title.setFont(font)
        self._words = QLabel(
            "Paint over what should go, then let the model find what could be there.",
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._button("Open a photo…", "openPhoto", "Choose a photo file on this computer.", True))
        buttons.addWidget(
            self._button("Try the sample portrait", "openSample", "Open the portrait that comes with WganPaint.", False)
        )
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        for widget, space in ((self._icon, 16), (self._title, 8), (self._words, 24)):
            column.addWidget(widget)
            column.addSpacing(space)
        column.addLayout(buttons)
        column.addStretch(1)
        self._dress()

    def set_hot(self, hot: bool) -> None:
        """Photos are being dragged over the window."""
        self._hot = hot
        self.update()

    def _button(self, text: str, name: str, tip: str, primary: bool) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setProperty("primary", primary)
        # Not setFixedHeight: the application's sheet would win. Two pixels are the border.
        button.setStyleSheet(f"min-height: {_BUTTON_HEIGHT - 2}px;")
        button.clicked.connect(self.open_requested if primary else self.sample_requested)
        return button

    def _dress(self) -> None:
        colours = theme.colours()
        self._icon.setPixmap(icons.pixmap("open", _ICON_SIDE, colours.muted, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dashes = QPen(QColor(theme.SELECTION if self._hot else colours.muted), 2.0 if self._hot else 1.25)
        dashes.setDashPattern([6.0, 5.0])
        painter.setPen(dashes)
        if self._hot:
            ground = QColor(theme.SELECTION)
            ground.setAlphaF(0.10)
            painter.setBrush(ground)
        width, height = min(640.0, self.width() - 48.0), min(360.0, self.height() - 48.0)
        area = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawRoundedRect(area, 14, 14)
        painter.end()
