"""The model of a training run put to use, while the run goes on; an open fill can be taken up with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.messages import MessageBar

from .model_actions import ModelActions


class ModelUse(QObject):
    """Signals: photo_requested(), for a fill goes on there; base_changed(card, path) of the model in use, None and None
    where a training cannot begin with it.
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
        """Fill with the newest model of a run; training goes on."""
        self._use_name = path.parent.name
        self._models.use(path)

    def is_in_use(self, folder: RunFolder) -> bool:
        """Whether the editor fills with a model of the run."""
        path = self._models.engine.model_path
        return path is not None and path.parent == folder.path

    @Slot()
    def _on_loaded(self) -> None:
        """Where a fill is open, offer to take it up with the new model."""
        name, self._use_name = self._use_name, ""
        if not name:
            return
        card = self._models.engine.card
        age = f", after {card.updates:,} updates," if card is not None and card.updates else ""
        if self._fills.state is FillState.FINISHED:
            self._messages.show_message(
                f"{name}{age} is the model in use now. The open fill was found by another.",
                choices=[("Search again from its latents", self._search_again)],
            )
        else:
            self._messages.show_message(f"{name}{age} draws the next fill.")

    def _search_again(self) -> None:
        self.photo_requested.emit()
        self._fills.search_again()

    @Slot(object)
    def _on_not_loaded(self, _error: BaseException) -> None:
        self._use_name = ""

    @Slot()
    def show_base(self) -> None:
        """Offer the model in use to begin a training with; not one whose file is gone, though it still draws fills."""
        engine = self._models.engine
        card, path = engine.card, engine.model_path
        if card is None or path is None or not path.is_file():
            self.base_changed.emit(None, None)
        else:
            self.base_changed.emit(replace(card, name=engine.model_name), path)
