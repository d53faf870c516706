"""The critic's eye: where the critic would change the composite on the photo to make it look more real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.maps.heat_map import brightest, colour_table, heat_colours
from wganpaint_gui.core.search.compose import Composer
from wganpaint_gui.core.search.composed_fill import FillSnapshot, StoredFill
from wganpaint_gui.gui.canvas.heat_map import HeatMap
from wganpaint_gui.gui.canvas.viewer import PhotoViewer
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.look.translation import local_number, tr
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.newest_task import NewestTask

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


class CriticEye(QObject):
    """Draws the critic's gradient over the frame while one looks at it, also during a search.

    Signal: failed(error).
    """

    failed = Signal(object)

    def __init__(
        self, controller: FillController, viewer: PhotoViewer, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller, self._viewer = controller, viewer
        self._shown = False
        self._composed: tuple[Frame, Composer, NDArray[np.uint8]] | None = None  # G(z) [R, R, 3] on the photo now
        self._task = NewestTask(background, self)
        self._task.failed.connect(self.failed)
        controller.shown.connect(self._on_shown)
        controller.cleared.connect(self._on_cleared)
        controller.surroundings.changed.connect(self._refresh)
        controller.engine.changed.connect(self._refresh)

    def set_shown(self, shown: bool) -> None:
        """Show the map, or take it away."""
        if shown != self._shown:
            self._shown = shown
            self._hide()
            self._refresh()

    @property
    def _model(self) -> PreparedModel | None:
        """The model whose critic looks: the one that made the fill; None where that is not loaded."""
        fill, loaded = self._controller.fill, self._controller.engine.model
        if isinstance(fill, StoredFill):
            return loaded if loaded is not None and loaded.card == fill.search.model else None
        return None if fill is None else fill.model

    @Slot(object)
    def _on_shown(self, shown: FillSnapshot) -> None:
        fill, chosen = self._controller.fill, shown.selection
        if fill is not None and shown.images is not None:
            image = shown.images[chosen.method, chosen.candidate] if shown.mixed is None else shown.mixed
            self._composed = fill.frame, fill.composer, image
            self._refresh()

    @Slot()
    def _on_cleared(self) -> None:
        self._composed = None
        self._hide()

    def _hide(self) -> None:
        self._task.drop()
        self._viewer.set_heat_map(None)

    @Slot()
    def _refresh(self) -> None:
        """Look at the composite on the photo; a fill from the surroundings has none of the model's size."""
        if not self._shown:
            return
        model, composed = self._model, self._composed
        if model is None or composed is None or self._controller.surroundings.selected:
            self._hide()
        else:
            frame, composer, image = composed
            self._task.submit(lambda: _map(model, frame, composer.fill(image)), self._viewer.set_heat_map)


def _map(model: PreparedModel, frame: Frame, composite: NDArray[np.uint8]) -> HeatMap:
    """Compute the map; in the worker."""
    from wganpaint_gui.ml.search.critic_view import critic_gradient

    strength = critic_gradient(model, composite)
    most = brightest(strength)
    return HeatMap(
        heat_colours(strength / most, fading=True),
        frame,
        tr("Critic’s eye: gradient of its score"),
        "0",
        local_number(f"{most:.2g}"),
        colour_table(fading=True),
        dims=False,
        smooth=True,
    )
