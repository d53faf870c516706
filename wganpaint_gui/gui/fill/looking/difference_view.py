"""The difference view: how the photo differs from the one that was opened, amplified, while one looks at it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.photo.maps.difference import opened_part, shown_difference
from wganpaint_gui.core.photo.maps.heat_map import colour_table, heat_colours
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.gui.canvas.heat_map import HeatMap
from wganpaint_gui.gui.canvas.scene import Shown
from wganpaint_gui.gui.canvas.viewer import PhotoViewer
from wganpaint_gui.gui.look.translation import share_text, tr
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.newest_task import NewestTask

DEFAULT_AMPLIFICATION = 8
LEVELS = 255  # the largest difference there can be


Opened = tuple[Photo, int, tuple[Pyramid, Box] | None]  # a photo, its state, and its pixels as they were opened


class DifferenceView(QObject):
    """Draws the map of the part in sight anew whenever that changes. Signal: failed(error)."""

    failed = Signal(object)

    def __init__(self, viewer: PhotoViewer, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self._shown = False
        self._amplification = DEFAULT_AMPLIFICATION
        self._opened: Opened | None = None
        self._task = NewestTask(background, self)
        self._task.failed.connect(self.failed)
        viewer.shown_changed.connect(self._refresh)

    def set_shown(self, shown: bool) -> None:
        """Show the view, or take it away."""
        if shown == self._shown:
            return
        self._shown = shown
        self._task.drop()
        self._opened = None
        if shown:
            self._refresh()
        else:
            self._viewer.set_heat_map(None)

    def set_amplification(self, factor: int) -> None:
        """Multiply differences by this factor before they are coloured."""
        self._amplification = factor
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        shown, factor = self._viewer.shown, self._amplification
        if self._shown and shown is not None:
            self._task.submit(lambda: _map(shown, self._opened, factor), self._on_mapped)

    def _on_mapped(self, found: tuple[Opened, HeatMap]) -> None:
        if self._shown:  # or it would keep the memory of a pyramid
            self._opened, heat = found
            self._viewer.set_heat_map(heat)


def _map(shown: Shown, known: Opened | None, factor: int) -> tuple[Opened, HeatMap]:
    """Compute the map; in the worker. known: of the last one."""
    if known is None or known[0] is not shown.photo or known[1] != shown.photo_state:
        known = shown.photo, shown.photo_state, opened_part(shown.photo, shown.originals)
    fill = None if shown.fill is None else (shown.fill[0].box, shown.fill[1])
    place, values = shown_difference(shown.pyramid, known[2], fill, shown.view.shown_box, shown.view.zoom)
    return (
        known,
        HeatMap(
            heat_colours(values * (factor / LEVELS), fading=False),
            place,
            tr("Difference × {factor}").format(factor=factor),
            "0",
            share_text(-(-LEVELS // factor), LEVELS),
            colour_table(fading=False),
            dims=True,
            smooth=False,
        ),
    )
