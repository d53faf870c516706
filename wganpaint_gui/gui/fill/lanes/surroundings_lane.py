"""The surroundings' row in the search panel: how the hole was filled, and the fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from wganpaint_gui.core.search.settings import SURROUNDINGS
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import set_tone
from wganpaint_gui.gui.widgets.picture import Preview

from .lane_box import LARGEST, LEFT, MARGIN, SMALLEST, SPACING, LaneBox

if TYPE_CHECKING:
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill

_WAYS = {
    "patches": QT_TR_NOOP("patches of the photo"),
    "biharmonic": QT_TR_NOOP("biharmonic interpolation"),
    "telea": QT_TR_NOOP("Telea’s interpolation"),
    "navier-stokes": QT_TR_NOOP("Navier–Stokes interpolation"),
    "fsr": QT_TR_NOOP("frequency selective reconstruction"),
}


class SurroundingsLane(LaneBox):
    """Shows the fill from the surroundings. Signal, by the user only: chosen()."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(SURROUNDINGS, parent)
        self.how = QLabel(self)
        self.how.setObjectName("surroundings-how")
        set_tone(self.how, "muted")
        self.fill = Preview(tr("fill"), tr("The photo around the mask, with this fill in it."), self)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.how)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, MARGIN, MARGIN, MARGIN)
        row.setSpacing(SPACING)
        row.addWidget(self.fill)
        row.addLayout(words, 1)
        self.fill.set_side(SMALLEST)
        self.setToolTip(tr("Filled from the photo itself, at its own resolution, without the model. Click to show it."))

    def height_at(self, width: int) -> int:
        """Return the largest useful height, whatever the width."""
        del width
        return LARGEST + 2 * MARGIN

    def show_running(self, done: int, total: int) -> None:
        """Show that the fill is being made: parts of the hole done, of how many."""
        self.how.setText(
            tr("copying…") if total <= 2 else tr("copying… {done} of {total} parts").format(done=done, total=total)
        )

    def show_nothing(self) -> None:
        """Empty the picture: what was in it is no longer in hand."""
        self.fill.show_picture(None)

    def show_fill(self, fill: ShownFill) -> None:
        self.how.setText(tr(" and ").join(tr(_WAYS[way]) for way in fill.fill.ways))
        self.fill.show_picture(fill.preview)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill.set_side(min(max(event.size().height() - 2 * MARGIN, SMALLEST), LARGEST))
