"""One training job as its thread drives it; what must not be lost on the way to the window is kept here."""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing, nullcontext
from threading import Event
from typing import TYPE_CHECKING, cast

from wganpaint_gui.core.training.training_log import TrainingStep
from wganpaint_gui.core.training.training_request import TrainingRequest
from wganpaint_gui.gui.work.background import collector_off, stand_back
from wganpaint_gui.gui.work.engine import preload_torch

if TYPE_CHECKING:
    from wganpaint_gui.ml.training.session import SessionStep, TrainingSession

log = logging.getLogger(__name__)


class TrainingJob:
    """The mailbox of a job keeps its newest record only; this keeps what every record said once.

    One thread drives `steps`; everything else may be used from any other.
    """

    def __init__(self, request: TrainingRequest) -> None:
        self.request = request
        self.session: TrainingSession | None = None  # from the thread's first moments on
        self.models_saved = 0  # how often model.safetensors was written
        self.began = False  # whether training itself was reached
        self._notices: deque[str] = deque()
        self._finish = Event()

    def steps(self) -> Iterator[SessionStep]:
        """Prepare and train. Closing it keeps everything that was reached."""
        session_type = _import_session()
        stand_back()
        self.session = session = session_type(self.request)
        try:
            with closing(cast("Generator[SessionStep, None, None]", session.run())) as steps:
                for step in steps:
                    self._note(step)
                    yield step
                    if self._finish.is_set() and _is_good_end(step):
                        return
        finally:
            _release_memory()

    def save_model(self) -> None:
        """Write model.safetensors at the next step; `models_saved` counts it."""
        if self.session is not None:
            self.session.save_model_soon()

    def finish(self) -> None:
        """End soon, with the newest model in its file and a checkpoint."""
        self._finish.set()
        self.save_model()

    def take_notices(self) -> list[str]:
        """What was said since the last call."""
        notices = []
        while self._notices:
            notices.append(self._notices.popleft())
        return notices

    def _note(self, step: SessionStep) -> None:
        if isinstance(step, TrainingStep):
            self.began = True
            self.models_saved += step.model_saved
            if step.notice:
                self._notices.append(step.notice)
            if self._finish.is_set() and not step.model_saved:
                self.save_model()  # the wish came before the session was there


def _import_session() -> type[TrainingSession]:
    """Import all that training needs.

    Python's lock is held meanwhile, so the thread must not stand back yet: another program that gets its core first
    would keep the window waiting for that lock.
    """
    preload_torch()
    with nullcontext() if "torch" in sys.modules else collector_off():
        from wganpaint_gui.ml.device import quiet_threads
        from wganpaint_gui.ml.training.session import TrainingSession

        quiet_threads(window_open=True)
    return TrainingSession


def _is_good_end(step: SessionStep) -> bool:
    """Whether nothing is gained by going on: a full disk would never let the model be saved."""
    return not isinstance(step, TrainingStep) or step.model_saved or bool(step.notice)


def _release_memory() -> None:
    """Give what a GPU keeps in reserve back to other programs; the networks themselves have gone by now."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()
