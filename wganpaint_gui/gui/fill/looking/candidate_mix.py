"""A mix of the two compared candidates, on the photo while the slider moves, and kept like a candidate."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from wganpaint_gui.core.search.candidate_marks import Candidate, Mix
from wganpaint_gui.core.search.composed_fill import FillSnapshot, Selection, StoredFill
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel

from .candidate_names import candidate_name
from .side_by_side import SideBySide


class CandidateMix(QObject):
    """Shows the slider while two candidates of a search are compared, and selects their mix.

    A project holds only the mix that was on the photo: its candidates cannot be mixed before the search continues.
    """

    def __init__(
        self, controller: FillController, search_panel: SearchPanel, compared: SideBySide, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller, self._row, self._compared = controller, search_panel.mix, compared
        self._row.mixed.connect(self._on_mixed)
        controller.shown.connect(self._on_shown)
        compared.compared_changed.connect(self._on_compared)

    @Slot(float)
    def _on_mixed(self, share: float) -> None:
        """Put the mix onto the photo; of the renderings that are wanted meanwhile, only the newest is made."""
        fill, other, number = self._controller.fill, self._compared.compared, self._controller.shown_candidate
        if fill is None or other is None or number is None:
            return
        mix = Mix(other, share) if share > 0 else None
        fill.selection = Selection(fill.selection.method, number, mix)
        self._controller.render()

    @Slot(object)
    def _on_compared(self, other: Candidate | None) -> None:
        """Show the slider for these two; another candidate to compare with ends a mix."""
        fill = self._controller.fill
        can_mix = fill is not None and not isinstance(fill, StoredFill)
        self._row.setVisible(other is not None and can_mix)
        if fill is not None and can_mix and fill.selection.mix is not None and fill.selection.mix.other != other:
            fill.selection = replace(fill.selection, mix=None)
            self._controller.render()
        self._show()

    @Slot(object)
    def _on_shown(self, _shown: FillSnapshot) -> None:
        self._show()

    def _show(self) -> None:
        fill, other, number = self._controller.fill, self._compared.compared, self._controller.shown_candidate
        if fill is None or other is None or number is None or self._row.isHidden():
            return
        selection = fill.selection
        one, share = (selection.method, number), 0.0 if selection.mix is None else selection.mix.share
        self._row.show_mix(candidate_name(fill, one), candidate_name(fill, other), share)
