"""A run's sample grids with a timeline; the newest one is shown until the user looks back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from wganpaint_gui.core.training.run_folder import Numbered
from wganpaint_gui.core.training.training_config import STAGE_NAMES, Stage
from wganpaint_gui.gui.fill.lanes.timeline import TimelineSlider
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, grouped, tr
from wganpaint_gui.gui.widgets import TabularLabel, in_column, set_tone
from wganpaint_gui.gui.widgets.image_grid import ImageGrid

# Of the later stages' pictures, in groups of three.
FILL_CAPTIONS: dict[Stage, tuple[str, ...]] = {
    "gan": (),
    "aware": (QT_TR_NOOP("image"), QT_TR_NOOP("hole"), QT_TR_NOOP("fill")),
    "encoder": (QT_TR_NOOP("image"), QT_TR_NOOP("hole"), QT_TR_NOOP("guess")),
}
_LEAST_SLIDER = 160  # pixels, beside its label and its button


class GridView(QWidget):
    """Shows one grid at a time. Signal: grid_wanted(Numbered), to be read from the disk.

    The button `sample` is the owner's.
    """

    grid_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grids: tuple[Numbered, ...] = ()
        self._index: int | None = None  # chosen by the user; None follows the newest
        self.shown: Numbered | None = None  # the grid shown
        self._asked: Numbered | None = None
        self.images = ImageGrid(tr("Samples"), parent=self)
        self.slider = TimelineSlider(self)
        self.slider.setObjectName("grid-slider")
        self.slider.setPageStep(5)
        self.slider.setAccessibleName(tr("Sample grids over time"))
        self.slider.setToolTip(
            tr(
                "Sample grids over time, always of the same latents: drag to look back, use the arrow keys to "
                "move by one "
                "grid, double-click to return to the newest."
            )
        )
        self.label = TabularLabel(tr("search-aware 000,000"), align=Qt.AlignmentFlag.AlignLeft, parent=self)
        self.label.setObjectName("grid-label")
        set_tone(self.label, "muted")
        self.follow = QPushButton(tr("Newest"), self)
        self.follow.setObjectName("grid-newest")
        self.follow.setCheckable(True)
        self.follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.follow.setFixedWidth(theme.text_width(self.font(), tr("Newest")) + 26)
        self.follow.setToolTip(tr("Always show the newest sample grid."))
        self.sample = QPushButton(tr("Sample now"), self)
        self.sample.setObjectName("sample-now")
        self.sample.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sample.setFixedWidth(theme.text_width(self.font(), tr("Sample now")) + 26)
        self._row = row = QGridLayout()
        row.setSpacing(8)
        row.setColumnStretch(1, 1)
        row.addWidget(self.label, 0, 0)
        row.addWidget(self.slider, 0, 1)
        row.addWidget(self.follow, 0, 2)
        row.addWidget(self.sample, 0, 3)
        in_column((self.images, 1), row, of=self, spacing=8)
        self.slider.moved_to.connect(self.choose)
        self.slider.reset_requested.connect(self.reset)
        self.follow.clicked.connect(self.reset)
        self.offer_samples(offered=False)
        self.clear("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the slider its own line in a narrow window."""
        super().resizeEvent(event)
        own = self.width() - self.label.width() - self.follow.width() - self.sample.width() < _LEAST_SLIDER
        if own != self._own_line:
            self._own_line = own
            self._row.removeWidget(self.slider)
            self._row.addWidget(self.slider, *((1, 0, 1, 4) if own else (0, 1, 1, 1)))

    _own_line = False

    def clear(self, message: str) -> None:
        """Empty the view for another run. message: shown until there is a grid."""
        self._grids, self._index, self.shown, self._asked = (), None, None, None
        self.images.show_pictures(None)
        self.images.show_message(message)
        self._say()

    def offer_samples(self, *, offered: bool) -> None:
        """Set whether samples can be asked for now: while the run shown is being trained."""
        self.sample.setEnabled(offered)
        tip = tr("Draw samples of the generator as it is now, of the same latents as always; training is not changed.")
        self.sample.setToolTip(tip if offered else tr("Samples can be drawn while this run is being trained."))

    def show_data(self, pictures: NDArray[np.uint8]) -> None:
        """Show pictures of the data, [n, R, R, 3], while there are no samples yet."""
        if self.shown is None:
            self.images.setAccessibleName(tr("Your pictures"))
            self.images.show_pictures(pictures)
            self._say()

    def set_grids(self, grids: Sequence[Numbered]) -> None:
        """Set the existing grids, oldest first; the slider spans them."""
        self._grids = tuple(grids)
        if self._index is not None and self._index >= len(grids):
            self._index = None
        self._say()
        self._ask()

    def show_grid(self, grid: Numbered, pictures: NDArray[np.uint8]) -> None:
        """Show the pictures of a requested grid: [N, R, R, 3]."""
        if grid != self._asked:
            return
        self.shown = grid
        self.images.setAccessibleName(tr("Samples"))
        captions = tuple(map(tr, FILL_CAPTIONS[grid.stage]))
        if captions and len(pictures) % len(captions):
            captions = ()  # without held-out images they are samples
        self.images.show_pictures(pictures, captions=captions)

    @Slot(int)
    def choose(self, index: int) -> None:
        """Show one of the grids, counted from 0."""
        if self._grids:
            self._index = min(index, len(self._grids) - 1)
            self._say()
            self._ask()

    @Slot()
    def reset(self) -> None:
        """Follow the newest again."""
        self._index = None
        self._say()
        self._ask()

    def _ask(self) -> None:
        wanted = self._wanted
        if wanted is not None and wanted != self._asked:
            self._asked = wanted
            self.grid_wanted.emit(wanted)

    @property
    def _wanted(self) -> Numbered | None:
        if not self._grids:
            return None
        return self._grids[-1 if self._index is None else self._index]

    def _say(self) -> None:
        self.slider.show_progress(len(self._grids), len(self._grids))
        self.slider.setValue(self.slider.last if self._index is None else self._index)
        self.slider.setEnabled(len(self._grids) > 1)
        self.follow.setChecked(self._index is None)
        self.follow.setEnabled(bool(self._grids))
        wanted = self._wanted
        if wanted is None:
            self.label.setText(tr("no samples yet") if self.images.pictures is None else tr("Your pictures"))
        else:
            words = tr(STAGE_NAMES[wanted.stage]) or tr("update")
            self.label.setText(f"{words} {grouped(wanted.update)}")
