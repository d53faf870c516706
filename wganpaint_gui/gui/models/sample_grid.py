"""A picture of a model's samples, cropped to fit a side panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from wganpaint_gui.gui.look.translation import tr

_MOST_COLUMNS, _MOST_ROWS = 6, 4  # so that the card below stays visible
_GAPS = 2, 0  # pixels between samples: in this program's grids, and in others'


def _first_samples(grid: QImage, side: int) -> QImage:
    """Return the upper left part of a grid of samples, `side` pixels each; all of an image that is no such grid."""
    for gap in _GAPS:
        pitch = side + gap
        if (grid.width() + gap) % pitch == 0 and (grid.height() + gap) % pitch == 0:
            width, height = _MOST_COLUMNS * pitch - gap, _MOST_ROWS * pitch - gap
            return grid.copy(0, 0, min(grid.width(), width), min(grid.height(), height))
    return grid


class SampleGrid(QWidget):
    """The model's samples, as wide as the panel, scaled once to the screen's own pixels to be sharp."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._full = QPixmap()
        self._scaled = QPixmap()
        self._scaled_for = QSize()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setObjectName("sample-grid")
        self.setAccessibleName(tr("Samples of the model"))
        self.setToolTip(tr("Samples: images that the model generates from random latents z."))

    def show_file(self, path: Path | None, side: int) -> None:
        """Show an image file of samples, `side` pixels each; nothing for None or an unreadable file."""
        if path != self._path:
            self._path = path
            image = QImage() if path is None else QImageReader(str(path)).read()
            self._full = QPixmap.fromImage(_first_samples(image, side))
            self._scaled = QPixmap()
            self._fit()
            self.update()
        self.setVisible(not self._full.isNull())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Set the height that fits the width."""
        if not self._full.isNull():
            self.setFixedHeight(round(self.width() * self._full.height() / self._full.width()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._scaled = QPixmap()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._full.isNull():
            return
        ratio = self.devicePixelRatioF()
        wanted = self.size() * ratio
        if self._scaled.isNull() or self._scaled_for != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._full.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._scaled.setDevicePixelRatio(ratio)
            self._scaled_for = wanted
        QPainter(self).drawPixmap(0, 0, self._scaled)
