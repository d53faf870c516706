"""The line at the bottom: photo, zoom, cursor, progress. Everything has a fixed home."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from ..theme import tabular, text_width


class StatusBar(QStatusBar):
    """Shows facts; asks for nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._photo = self._label("statusPhoto", "The photo and its size", "")
        self._zoom = self._label("statusZoom", "Zoom", "6400 %")
        self._cursor = self._label("statusCursor", "Place of the cursor, in photo pixels", "x 99999 y 99999")
        self._busy = self._label("statusBusy", "What is going on", "Looking for the frame…")
        self._speed = self._label("statusSpeed", "Speed of the search", "9999.9 steps/s")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setObjectName("statusProgress")
        self._bar.setAccessibleName("Progress of the search")
        self._bar.setFixedWidth(120)
        self._bar.hide()
        self.addWidget(self._photo, 1)
        self.addWidget(self._zoom)
        self.addWidget(self._cursor)
        self.addPermanentWidget(self._busy)
        self.addPermanentWidget(self._bar)
        self.addPermanentWidget(self._speed)

    def _label(self, name: str, accessible: str, longest: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setAccessibleName(accessible)
        label.setProperty("tone", "muted")
        label.setContentsMargins(8, 0, 8, 0)
        label.setFont(tabular(label.font()))
        if longest:
            label.setFixedWidth(text_width(label.font(), longest) + 16)
        return label

    def show_photo(self, name: str, width: int, height: int) -> None:
        self._photo.setText(f"{name}  {width} × {height}")

    @Slot(float)
    def show_zoom(self, zoom: float) -> None:
        """zoom: 1.0 = one photo pixel on one screen pixel."""
        self._zoom.setText(f"{zoom * 100:.0f} %" if zoom >= 0.1 else f"{zoom * 100:.1f} %")

    @Slot(object)
    def show_cursor(self, place: tuple[int, int] | None) -> None:
        self._cursor.setText("" if place is None else f"x {place[0]} y {place[1]}")

    def show_progress(self, done: int, planned: int) -> None:
        """done and planned: steps of the search in hand."""
        self._bar.setRange(0, max(1, planned))
        self._bar.setValue(done)
        self._bar.show()
        self._busy.setText(f"step {done:,} of {planned:,}")

    def show_busy(self, what: str) -> None:
        """Something of unknown length is going on."""
        self._bar.setRange(0, 0)
        self._bar.show()
        self._busy.setText(what)

    def hide_progress(self) -> None:
        self._bar.hide()
        self._busy.clear()
        self._speed.clear()

    @Slot(float)
    def show_speed(self, steps_per_second: float) -> None:
        self._speed.setText(f"{steps_per_second:.1f} steps/s")
