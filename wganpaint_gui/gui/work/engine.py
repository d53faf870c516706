"""The engine: torch and the model, loaded in the background after the window has opened."""

from __future__ import annotations

import ctypes
import importlib.util
import logging
import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.models.installed import find_model
from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig, read_card
from wganpaint_gui.core.system.out_of_memory import check_room_for_torch
from wganpaint_gui.core.training.run_folder import RunFolder

from .background import Background, collector_off, stand_back

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.prepared_model import PreparedModel

log = logging.getLogger(__name__)

_warm: set[tuple[NetworkConfig, bool, str]] = set()  # networks, with or without an encoder, and devices they ran on


class Engine(QObject):
    """Holds the model in use. Signals: changed(), when any of its attributes has changed; loaded(); failed(error)."""

    changed = Signal()
    loaded = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.background = Background("engine", self, polite=False)
        self.model: PreparedModel | None = None
        self.model_path: Path | None = None  # of the model being loaded, or else in use
        self._path_in_use: Path | None = None
        self.card: ModelCard | None = None
        self.device_name = ""  # for display: "CPU, 2 threads"
        self.loading = False
        self.failed_to_load = False
        self._stamp = 0

    def load(self, model: str | Path | None, device: str) -> None:
        """Load a model by name or file; the previous one stays in use until the new one is ready.

        Errors are reported by `failed`.
        """
        try:
            path = find_model(model)
            card = read_card(path)
        except Exception as error:
            self._give_up(error)
            return
        self._stamp += 1
        stamp = self._stamp
        self.loading, self.failed_to_load = True, False
        self.model_path, self.card = path, card
        self.changed.emit()

        def done(result: tuple[PreparedModel, str]) -> None:
            if stamp == self._stamp:
                self.model, self.device_name = result
                self._path_in_use = self.model_path
                self.loading = False
                version = sys.modules["torch"].__version__
                log.info("The model %s is loaded on %s, torch %s", self.model_name, self.device_name, version)
                self.changed.emit()
                self.loaded.emit()

        def failed(error: BaseException) -> None:
            if stamp == self._stamp:
                self._give_up(error)

        self.background.submit(lambda: _load(path, device), done, failed)

    @property
    def model_name(self) -> str:
        """Name of the model in use: of its run or its file, which may have been renamed; "" for none.

        The card keeps the name under which the model was trained.
        """
        path = self.model_path
        if path is None:
            return ""
        return path.parent.name if path == RunFolder(path.parent).model_file else path.stem

    def follow(self, before: Path, after: Path) -> None:
        """Note that a model's file has moved; it may be the one in use."""
        if self._path_in_use == before:
            self._path_in_use = after
        if self.model_path == before:
            self.model_path = after
            self.changed.emit()

    def _give_up(self, error: BaseException) -> None:
        """Report that a model could not be loaded; the previous one stays in use, and its card is shown again."""
        self.loading = False
        self.failed_to_load = self.model is None
        self.card, self.model_path = (self.model.card, self._path_in_use) if self.model else (None, None)
        self.changed.emit()
        self.failed.emit(error)


def _load(path: Path, device: str) -> tuple[PreparedModel, str]:
    preload_torch()
    with nullcontext() if "torch" in sys.modules else collector_off():
        from wganpaint_gui.ml.device import describe, pick_device, quiet_threads
        from wganpaint_gui.ml.search.prepared_model import load_prepared

    stand_back()
    chosen = pick_device(device)
    quiet_threads(window_open=True)
    model = load_prepared(path, chosen, "auto")
    _warm_up(model)
    return model, describe(chosen)


def _warm_up(model: PreparedModel) -> None:
    """Run one step of a dummy search: the first step of networks of this shape chooses kernels and reserves memory."""
    key = model.card.network, model.has_encoder, str(model.device)
    if key in _warm:
        return
    from wganpaint_gui.core.search.frame import ModelView
    from wganpaint_gui.core.search.settings import InpaintConfig
    from wganpaint_gui.ml.search.inpainting import Search

    side = model.resolution
    known = np.ones((1, side, side), bool)
    known[:, : side // 2] = False
    for _ in Search(model, ModelView(np.zeros((3, side, side), np.float32), known), InpaintConfig()).advance(1):
        pass
    _warm.add(key)


def preload_torch() -> None:
    """Open torch's largest library before importing torch.

    Python's import holds the GIL while the system links the library, which freezes the window for a third of a second;
    ctypes releases it. On Windows c10.dll must come first, because loading it after Qt's libraries can fail. Raises
    LibraryError where the memory does not suffice.
    """
    check_room_for_torch()
    if "torch" in sys.modules:
        return
    spec = importlib.util.find_spec("torch")
    if spec is None or spec.origin is None:
        return
    names = {"win32": "c10.dll", "darwin": "libtorch_cpu.dylib"}
    library = Path(spec.origin).parent / "lib" / names.get(sys.platform, "libtorch_cpu.so")
    try:
        ctypes.CDLL(os.fspath(library))
    except OSError as error:
        log.info("%s could not be opened ahead of torch: %s", library, error)
