"""One training job as its thread runs it, with everything that must not get lost on the way to the window."""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import closing, nullcontext
from threading import Event
from typing import TYPE_CHECKING

from wganpaint_gui.core.training.training_log import TrainingStep
from wganpaint_gui.core.training.training_request import TrainingRequest
from wganpaint_gui.gui.work.background import collector_off, stand_back
from wganpaint_gui.gui.work.engine import preload_torch

if TYPE_CHECKING:
    from wganpaint_gui.ml.training.session import SessionStep, TrainingSession

log = logging.getLogger(__name__)


class TrainingJob:
    """Runs a training session and collects what single records report, of which the mailbox keeps only the newest.

    One thread iterates over `steps`; all other methods may be called from any thread.
    """

    def __init__(self, request: TrainingRequest) -> None:
        self.request = request
        self.session: TrainingSession | None = None  # set when the thread has imported it
        self.models_saved = 0  # number of times that the model file was written
        self.grids_requested = 0  # number of sample grids that were written on request
        self.began = False  # whether the first update was reached
        self._notices: deque[str] = deque()
        self._finish = Event()

    def steps(self) -> Iterator[SessionStep]:
        """Prepare the data and train. Closing the generator saves everything reached so far."""
        session_type = _import_session()
        stand_back()
        self.session = session = session_type(self.request)
        try:
            with closing(session.run()) as steps:
                for step in steps:
                    self._note(step)
                    yield step
                    if self._finish.is_set() and _is_good_end(step):
                        return
        finally:
            _release_memory()

    def save_model(self) -> None:
        """Request that the model file be written at the next step; then `models_saved` increases."""
        if self.session is not None:
            self.session.save_model_soon()

    def sample(self) -> None:
        """Request a sample grid at the next step; then `grids_requested` increases."""
        if self.session is not None:
            self.session.sample_soon()

    def finish(self) -> None:
        """Request the end, after the newest model and a checkpoint have been saved."""
        self._finish.set()
        self.save_model()

    def take_notices(self) -> list[str]:
        """Return the notices since the last call."""
        notices = []
        while self._notices:
            notices.append(self._notices.popleft())
        return notices

    def _note(self, step: SessionStep) -> None:
        if isinstance(step, TrainingStep):
            self.began = True
            self.models_saved += step.model_saved
            self.grids_requested += step.sampled
            if step.notice:
                self._notices.append(step.notice)
            if self._finish.is_set() and not step.model_saved:
                self.save_model()  # `finish` was called before the session existed


def _import_session() -> type[TrainingSession]:
    """Import everything that training needs.

    The import holds the GIL, so the thread must not lower its priority yet: if another program took its core, the
    window would wait for the GIL.
    """
    preload_torch()
    with nullcontext() if "torch" in sys.modules else collector_off():
        from wganpaint_gui.ml.device import quiet_threads
        from wganpaint_gui.ml.training.session import TrainingSession

        quiet_threads(window_open=True)
    return TrainingSession


def _is_good_end(step: SessionStep) -> bool:
    """Return whether the job may end here: the model is saved, or cannot be, as on a full disk."""
    return not isinstance(step, TrainingStep) or step.model_saved or bool(step.notice)


def _release_memory() -> None:
    """Return the reserved memory of a GPU to other programs; the networks have been freed by now."""
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()
