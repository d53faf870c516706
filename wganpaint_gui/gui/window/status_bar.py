"""The status bar: photo, zoom, cursor, activity and device, each at a fixed place."""

from __future__ import annotations

import re

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from wganpaint_gui.gui.look.theme import tabular, text_width
from wganpaint_gui.gui.look.translation import local_number, percent_sign, share_text, tr
from wganpaint_gui.gui.widgets import ElidedLabel

_GAP = 8  # device-independent pixels at both sides of a text


class StatusBar(QStatusBar):
    """Shows the state of the photo and the search."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(_GAP, 0, _GAP, 0)
        self._photo = self._label("statusPhoto", tr("Photo and its size"), "", ElidedLabel())
        self._zoom = self._label("statusZoom", tr("Zoom"), "6400" + percent_sign())
        self._cursor = self._label("statusCursor", tr("Cursor position in photo pixels"), "x 99999 y 99999")
        self._busy = self._label(
            "statusBusy", tr("Current activity"), tr("step {share}").format(share=share_text(100_000, 100_000))
        )
        self._device = self._label("statusDevice", tr("Device that runs the search"), "")
        self._device.setToolTip(tr("Device that runs the search. Choose another one in the Fill tab, under More."))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setObjectName("statusProgress")
        self._bar.setAccessibleName(tr("Progress of the search"))
        self._bar.setFixedWidth(120)
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or its neighbours would move
        self._bar.setSizePolicy(policy)
        self._bar.hide()
        self.addWidget(self._photo, 1)
        self.addWidget(self._zoom)
        self.addWidget(self._cursor)
        for widget in (self._busy, self._bar, self._device):
            self.addPermanentWidget(widget)

    def _label(self, name: str, accessible: str, longest: str, label: QLabel | None = None) -> QLabel:
        label = label or QLabel()
        label.setObjectName(name)
        label.setAccessibleName(accessible)
        label.setProperty("tone", "muted")
        label.setContentsMargins(_GAP, 0, _GAP, 0)
        label.setFont(tabular(label.font()))
        if longest:
            label.setFixedWidth(text_width(label.font(), longest) + 2 * _GAP)
        return label

    def show_photo(self, name: str, width: int, height: int) -> None:
        self._photo.setText(f"{name}  {width} × {height}")

    @Slot(float)
    def show_zoom(self, zoom: float) -> None:
        """Show a zoom; 1.0 = one photo pixel per screen pixel."""
        self._zoom.setText(local_number(f"{zoom * 100:.{0 if zoom >= 0.1 else 1}f}") + percent_sign())

    @Slot(object)
    def show_cursor(self, place: tuple[int, int] | None) -> None:
        self._cursor.setText("" if place is None else f"x {place[0]} y {place[1]}")

    def show_device(self, device: str) -> None:
        """Show a device as the engine names it, such as "CPU, 2 threads"; "" while there is none."""
        cpu = re.fullmatch(r"CPU, (\d+) threads?", device)
        self._device.setText(device if cpu is None else tr("CPU, %n thread(s)", "", int(cpu[1])))

    def show_progress(self, done: int, planned: int) -> None:
        """Show the steps done and planned of the search."""
        self._bar.setRange(0, max(1, planned))
        self._bar.setValue(done)
        self._bar.show()
        self._busy.setText(tr("step {share}").format(share=share_text(done, planned)))

    def show_busy(self, what: str) -> None:
        """Show an activity of unknown length."""
        self._bar.setRange(0, 0)
        self._bar.show()
        self._busy.setText(what)

    def show_last(self, what: str) -> None:
        """Show an activity and draw it at once: the window is about to block."""
        self.show_busy(what)
        self.repaint()

    def hide_progress(self) -> None:
        """Hide the progress; the other labels keep their places."""
        self._bar.hide()
        self._busy.clear()
