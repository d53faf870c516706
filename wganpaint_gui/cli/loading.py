"""Load torch and a model for the commands that compute."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wganpaint_gui.core.system.out_of_memory import check_room_for_torch
from wganpaint_gui.core.training.training_config import Precision
from wganpaint_gui.ml.batch.loaded_model import LoadedModel


def load(path: Path, device_name: str, precision: Precision = "float32") -> LoadedModel:
    """Import torch and load the model; precision: of the steps of a search. Raises ModelError and DeviceError."""
    with interrupts_held():
        from wganpaint_gui.ml.device import quiet_threads
        from wganpaint_gui.ml.search.prepared_model import load_prepared
        from wganpaint_gui.ml.training.ranks import started

    device = started().device(device_name)  # under torchrun each process takes a GPU of its own
    quiet_threads(window_open=False)
    return LoadedModel(path, load_prepared(path, device, precision))


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Delay Ctrl-C and SIGTERM to the end: in the middle of torch's import they would abort the process from C++.

    So would a lack of memory: raises LibraryError where there is one.
    """
    check_room_for_torch()
    held: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda heard, _frame: held.append(heard)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if held:
        signal.raise_signal(held[0])
