"""One run to choose: its check box with the line that draws it, its name, and its value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from wganpaint_gui.core.training.training_config import Stage
from wganpaint_gui.gui.look.number_text import UNKNOWN
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import TabularLabel, in_row

from .comparison_plot import run_pen

_SWATCH = QSize(22, 14)  # device-independent pixels
_LONGEST_VALUE = "−0000"


@dataclass(frozen=True)
class ComparedRun:
    """A run that can be compared."""

    folder: Path
    name: str
    stages: tuple[Stage, ...]  # those it has
    in_progress: bool = False


class RunRow(QWidget):
    """Signals, by the user only: toggled(whether the run is chosen); entered(), left(), by mouse or keyboard."""

    toggled = Signal(bool)
    entered = Signal()
    left = Signal()

    def __init__(self, run: ComparedRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self.place: int | None = None  # its colour and style; None: it is not chosen
        self.box = QCheckBox(self)
        self.box.setObjectName(f"compare-{run.name}")
        self.box.setIconSize(_SWATCH)
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.value = TabularLabel(_LONGEST_VALUE, parent=self)
        self._told = ""
        in_row((self.box, 1), self.value, of=self, spacing=8)
        tip = tr("Draw {name}, in progress, in the plot.") if run.in_progress else tr("Draw {name} in the plot.")
        self.box.setToolTip(tip.format(name=run.name))
        self.box.clicked.connect(self.toggled)
        self.box.installEventFilter(self)
        self.show_value(UNKNOWN)

    def set_place(self, place: int | None) -> None:
        """Check the box and show the line that draws the run; None unchecks it."""
        self.place = place
        self.box.setChecked(place is not None)
        self._draw_swatch()

    def show_value(self, value: str) -> None:
        """value: in words, for the eye and for screen readers."""
        self.value.setText(value)
        self.box.setAccessibleName(f"{self.run.name}: {value}")

    def _draw_swatch(self) -> None:
        ratio = self.devicePixelRatioF()
        swatch = QPixmap(_SWATCH * ratio)
        swatch.setDevicePixelRatio(ratio)
        swatch.fill(Qt.GlobalColor.transparent)
        if self.place is not None:
            painter = QPainter(swatch)
            painter.setPen(run_pen(self.place, 3))
            middle = _SWATCH.height() / 2
            painter.drawLine(QPointF(0, middle), QPointF(_SWATCH.width(), middle))
            painter.end()
        self.box.setIcon(QIcon(swatch))

    def _elide(self) -> None:
        room = self.box.width() - _SWATCH.width() - 34  # of the check box itself
        self.box.setText(self.fontMetrics().elidedText(self.run.name, Qt.TextElideMode.ElideRight, max(room, 20)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_swatch()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw_swatch()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)
