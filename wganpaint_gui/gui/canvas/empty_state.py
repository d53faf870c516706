"""The empty canvas: a drop area for a photo, and two buttons to start with."""

from __future__ import annotations

from PySide6.QtCore import QSizeF, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from wganpaint_gui.gui.widgets import DropArea

_LARGEST = QSizeF(640, 360)  # device-independent pixels
_BUTTON_HEIGHT = 36


class EmptyState(DropArea):
    """Shown while no photo is open; the canvas below handles drops. Signals: open_requested(), sample_requested()."""

    open_requested = Signal()
    sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        choose = _button("Open photo…", "openPhoto", "Choose a photo or a project on this computer.", primary=True)
        sample = _button("Try sample portrait", "openSample", "Open the portrait that comes with WganPaint.")
        super().__init__(
            "open",
            "Drop a photo here",
            "Then paint over the area to fill and let the model find images that fit.",
            (choose, sample),
            largest=_LARGEST,
            parent=parent,
        )
        self.setObjectName("emptyState")
        choose.clicked.connect(self.open_requested)
        sample.clicked.connect(self.sample_requested)


def _button(text: str, name: str, tip: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setProperty("primary", primary)
    # Not setFixedHeight: the application's stylesheet would override it. Two pixels are the border.
    button.setStyleSheet(f"min-height: {_BUTTON_HEIGHT - 2}px;")
    return button
