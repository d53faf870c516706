"""Finds the step at which the critic finds the shown candidate most real, after a search, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.search.composed_fill import ComposedFill, FillSnapshot, StoredFill
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.newest_task import NewestTask

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.fill import Fill

_Key = tuple[Any, ...]  # the candidate, how many steps it has, and the composer of its composites


class CriticSteps(QObject):
    """Scores every step of the candidate on the photo once it is at rest.

    Signals: found(int | None), the best step of the shown candidate, 0-based, None while it is not known;
    failed(error).
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, controller: FillController, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._task = NewestTask(background, self)
        self._task.failed.connect(self.failed)
        self._fill: ComposedFill | None = None  # that the known steps belong to
        self._known: dict[_Key, int] = {}
        self._wanted: _Key | None = None
        controller.shown.connect(self._on_shown)
        controller.state_changed.connect(self._on_state)
        controller.cleared.connect(self._forget)

    @Slot(object)
    def _on_state(self, state: FillState) -> None:
        if state is not FillState.FINISHED:
            self._wanted = None
            self.found.emit(None)

    @Slot()
    def _forget(self) -> None:
        self._fill, self._wanted = None, None
        self._known.clear()
        self.found.emit(None)

    @Slot(object)
    def _on_shown(self, shown: FillSnapshot) -> None:
        fill = self._controller.fill
        if self._controller.state is not FillState.FINISHED or fill is None or isinstance(fill, StoredFill):
            return  # a project stores no steps
        if fill is not self._fill:
            self._fill, self._wanted = fill, None
            self._known.clear()
        selection = shown.selection
        assert selection.candidate is not None
        key = selection.method, selection.candidate, len(fill.search.log), fill.composer
        before, self._wanted = self._wanted, key
        if key in self._known:
            self.found.emit(self._known[key])
        elif key != before:  # otherwise it is being scored already
            self.found.emit(None)
            self._task.submit(lambda: self._score(fill, key), lambda scores: self._on_scored(fill, key, scores))

    def _score(self, fill: Fill, key: _Key) -> int | None:
        """Score in the background, until another candidate is wanted."""
        return fill.best_by_critic(key[0], key[1], lambda: self._wanted == key)

    def _on_scored(self, fill: ComposedFill, key: _Key, best: int | None) -> None:
        if fill is not self._fill or best is None:
            return
        self._known[key] = best
        if key == self._wanted:
            self.found.emit(best)
