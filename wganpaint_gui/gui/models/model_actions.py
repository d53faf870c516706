"""The choice of model and device: the Model menu, the model panel and the device setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from wganpaint_gui.core.file_names import MODEL_SUFFIX
from wganpaint_gui.core.models.installed import ModelEntry, list_models, samples_beside
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.gui.canvas.tool_options import ToolOptions
from wganpaint_gui.gui.files.file_dialogs import ask_for_file
from wganpaint_gui.gui.fill.fill_settings import FillSettings
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.engine import Engine

from .model_panel import ModelPanel


class ModelActions(QObject):
    """Loads the chosen model and shows the one in use."""

    def __init__(
        self,
        window: QWidget,
        engine: Engine,
        panel: ModelPanel,
        fill_settings: FillSettings,
        options: ToolOptions,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self.model: str | None = None  # a name or a file; None: the model that comes with the program
        self.device = "auto"
        self._trained: tuple[ModelEntry, ...] = ()  # models of training runs
        self._proven: tuple[str | None, str] = (None, "auto")  # the last choice that was loaded successfully
        self.engine, self._window, self._messages = engine, window, messages
        self._panel, self._fill_settings, self._options = panel, fill_settings, options
        panel.choose.clicked.connect(lambda: self.choose())
        panel.model_selected.connect(self.use)
        fill_settings.device_changed.connect(self._on_device)
        engine.changed.connect(self.show)
        engine.loaded.connect(self._on_loaded)
        engine.failed.connect(self._on_failed)
        self.show()

    @property
    def remembered(self) -> tuple[str | None, str]:
        """Model and device for the next start: the last that worked, or those that are or will be loaded."""
        untried = self.engine.model is None and not self.engine.failed_to_load
        return (self.model, self.device) if self.engine.loading or untried else self._proven

    def load(self) -> None:
        """Load the chosen model onto the chosen device, in the background."""
        self.engine.load(self.model, self.device)

    def choose(self) -> None:
        """Ask for a model file."""
        models, all_files = tr("Models"), tr("All files")
        name_filter = f"{models} (*{MODEL_SUFFIX});;{all_files} (*)"
        ask_for_file(self._window, tr("Choose model file"), "", name_filter, self.use, kind="models")

    def choose_device(self, device: str) -> None:
        """Set the device for the next load, as remembered from the last start."""
        self.device = device
        self._fill_settings.show_device(device)

    def follow(self, before: Path, after: Path | None) -> None:
        """Note that a model's file was moved or deleted (None); the model stays in use until the program closes."""
        gone, there = str(before), None if after is None else str(after)
        if self.model == gone:
            self.model = there
        if self._proven[0] == gone:
            self._proven = there, self._proven[1]
        if after is not None:
            self.engine.follow(before, after)

    @Slot(object)
    def use(self, path: Path) -> None:
        """Use the model in a file for fills; reload it if it is in use already, because it may have changed."""
        # An installed model is remembered by name, because its folder may change with an update of the program.
        self.model = next((entry.name for entry in list_models() if entry.path == path), str(path))
        self.load()

    @Slot(str)
    def _on_device(self, device: str) -> None:
        self.device = device
        self.load()

    @Slot()
    def _on_loaded(self) -> None:
        self._proven = self.model, self.device

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        """Show the error and return to the last choice that worked, or to the default if none has yet."""
        self._messages.show_error(error)
        hopeless = (self.model, self.device) == self._proven
        self.model, device = self._proven
        self.choose_device(device)
        if self.engine.model is None and not hopeless:
            self.load()

    def set_trained(self, trained: Sequence[ModelEntry]) -> None:
        """Offer the models of training runs beside the others."""
        if tuple(trained) != self._trained:
            self._trained = tuple(trained)
            self.show()

    @Slot()
    def show(self) -> None:
        """Show the model in use, or why there is none."""
        engine = self.engine
        waiting = engine.model is None and not engine.failed_to_load
        name = engine.model_name if engine.card is not None else tr("Loading…") if waiting else tr("No model")
        self._options.show_model(name, loading=waiting or engine.loading, failed=engine.failed_to_load)
        grid = _grid_of(engine.model_path) if engine.model_path is not None else None
        card = None if engine.card is None else replace(engine.card, name=name)
        self._panel.show_model(card, grid, tr("Loading…") if waiting or engine.loading else "")
        self._panel.set_models(list_models(), engine.model_path, self._trained)


def _grid_of(model: Path) -> Path | None:
    """Return the samples of a model: a picture beside its file, or the newest grid of its run."""
    from .past_runs import newest_grid

    folder = RunFolder(model.parent)
    return samples_beside(model) or (newest_grid(folder) if model == folder.model_file else None)
