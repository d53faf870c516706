"""Load torch and a model for the commands that compute."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.prepared_model import PreparedModel


@dataclass(frozen=True)
class LoadedModel:
    """Holds a model that is ready to search with, and its file."""

    path: Path
    model: PreparedModel

    @classmethod
    def load(cls, path: Path, device_name: str) -> LoadedModel:
        """Import torch and load the model. Raises ModelError and DeviceError."""
        with interrupts_held():
            from wganpaint_gui.ml.device import pick_device, quiet_threads
            from wganpaint_gui.ml.model_file import load_model
            from wganpaint_gui.ml.search.prepared_model import PreparedModel

        device = pick_device(device_name)
        quiet_threads(window_open=False)
        return cls(path, PreparedModel(load_model(path, device), device))


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Delay Ctrl-C to the end: in the middle of torch's import it would abort the process from C++."""
    held: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt
