"""What is in hand: a search with its candidates, a fill from the surroundings, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wganpaint_gui.core.search.composed_fill import ComposedFill, StoredFill
from wganpaint_gui.core.search.records import StepPlan
from wganpaint_gui.core.search.settings import REFINED_METHOD

from .fill_preparer import PreparedFill
from .surroundings_controller import SurroundingsController

if TYPE_CHECKING:
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill
    from wganpaint_gui.ml.search.fill import Fill


class FillInHand(QObject):
    """Holds what is in hand, and answers what can be asked about it; the controller changes it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fill: Fill | StoredFill | None = None  # of the search
        self.surroundings = SurroundingsController(self)
        self._prepared: PreparedFill | None = None

    @property
    def in_hand(self) -> PreparedFill | None:
        """The search in hand with the frames of its run; None where there is none or it has made no step yet."""
        return self._prepared if self.fill is not None and len(self.fill.search.log) else None

    @property
    def found_fills(self) -> int:
        """How many fills could be kept; a search that has made no step yet has none."""
        fill, around = self.fill, int(self.surroundings.fill is not None)
        if fill is None or not len(fill.search.log):
            return around
        return fill.config.candidates * len(fill.config.methods) + around

    @property
    def plan(self) -> StepPlan:
        """How long the search in hand will be at its end."""
        return StepPlan(0) if self.fill is None else self.fill.plan

    @property
    def to_refine(self) -> Fill | None:
        """The search in hand, if its selected candidate is one that can be refined, has not been and is not locked."""
        fill = self.fill
        if fill is None or isinstance(fill, StoredFill):
            return None
        method, candidate = fill.selection.method, fill.selection.candidate
        if candidate is None or fill.selection.mix is not None or fill.config.methods[method] != REFINED_METHOD:
            return None
        return fill if fill.can_refine(candidate) else None

    @property
    def to_keep(self) -> ComposedFill | ShownFill | None:
        """What is on the photo, if it can be kept."""
        around = self.surroundings
        if not around.selected:
            return self.fill
        return None if around.running else around.fill

    @property
    def has_any(self) -> bool:
        """Whether there is anything in hand, finished or not."""
        return self.fill is not None or self.surroundings.in_use
