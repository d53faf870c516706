"""Use of a training run's model for fills, also while the run continues."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar

from .model_actions import ModelActions


class ModelUse(QObject):
    """Loads a run's model, and offers to repeat an open search with it.

    Signals: photo_requested(), to show the search; base_changed(card, path), of the model in use, from which a run may
    start; (None, None) if it cannot.
    """

    photo_requested = Signal()
    base_changed = Signal(object, object)

    def __init__(self, models: ModelActions, fills: FillController, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._models, self._fills, self._messages = models, fills, messages
        self._use_name = ""  # of the run whose model is being loaded
        models.engine.changed.connect(self.show_base)
        models.engine.loaded.connect(self._on_loaded)
        models.engine.failed.connect(self._on_not_loaded)

    @Slot(object)
    def use(self, path: Path) -> None:
        """Use the newest model of a run for fills."""
        self._use_name = path.parent.name
        self._models.use(path)

    def is_in_use(self, folder: RunFolder) -> bool:
        """Return whether the model in use is one of this run."""
        path = self._models.engine.model_path
        return path is not None and path.parent == folder.path

    @Slot()
    def _on_loaded(self) -> None:
        """Say which model is in use, and offer to repeat an open search with it."""
        name, self._use_name = self._use_name, ""
        if not name:
            return
        card = self._models.engine.card
        age = " (" + tr("%n update(s)", "", card.updates) + ")" if card is not None and card.updates else ""
        if self._fills.state is FillState.FINISHED:
            self._messages.show_message(
                tr("Now using {name}{age}. The open fill was found with another model.").format(name=name, age=age),
                choices=[(tr("Search again from its latents"), self._search_again)],
            )
        else:
            self._messages.show_message(tr("Now using {name}{age} for fills.").format(name=name, age=age))

    def _search_again(self) -> None:
        self.photo_requested.emit()
        self._fills.search_again()

    @Slot(object)
    def _on_not_loaded(self, _error: BaseException) -> None:
        self._use_name = ""

    @Slot()
    def show_base(self) -> None:
        """Offer the model in use to start a run from, unless its file has been deleted."""
        engine = self._models.engine
        card, path = engine.card, engine.model_path
        if card is None or path is None or not os.path.isfile(path):
            self.base_changed.emit(None, None)
        else:
            self.base_changed.emit(replace(card, name=engine.model_name), path)
