"""What the canvas shows while no photo is open: where to drop one, and buttons to open one."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QPushButton, QWidget

from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.widgets import DropArea

_LARGEST_DROP_AREA = QSizeF(640, 360)  # device-independent pixels
_BUTTON_HEIGHT = 36


class EmptyState(DropArea):
    """Shown while no photo is open; the canvas below handles drops, its owner the buttons."""

    def __init__(self, parent: QWidget) -> None:
        tip = tr("Choose a photo or a project on this computer.")
        self.open_button = _button(tr("Open photo…"), "openPhoto", tip, primary=True)
        tip = tr("Open the portrait that comes with WganPaint.")
        self.sample_button = _button(tr("Try sample portrait"), "openSample", tip)
        super().__init__(
            "open",
            tr("Drop a photo here"),
            tr("Then paint over the area to fill and let the model find images that fit."),
            (self.open_button, self.sample_button),
            largest=_LARGEST_DROP_AREA,
            parent=parent,
        )
        self.setObjectName("emptyState")


def _button(text: str, name: str, tip: str, *, primary: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setProperty("primary", primary)
    # Not setFixedHeight: the application's stylesheet would override it. Two pixels are the border.
    button.setStyleSheet(f"min-height: {_BUTTON_HEIGHT - 2}px;")
    return button
