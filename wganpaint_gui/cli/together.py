"""One command in several processes that torchrun started: each does its share, and all end together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from wganpaint_gui.core.errors import TrainingError, WganPaintError
from wganpaint_gui.core.system.processes import process_number

from .loading import interrupts_held

_LONGEST = timedelta(days=30)  # that one process waits for a slower one; one that has ended is noticed at once


@contextmanager
def together() -> Iterator[Callable[[], None]]:
    """Connect the processes of one command; yields what waits until all of them have come as far.

    torchrun stops all processes when one ends with an error, so all must end together. Raises WganPaintError where
    another one has ended before.
    """
    if process_number()[1] == 1:
        yield lambda: None
        return
    with interrupts_held():
        import torch

        from wganpaint_gui.ml.training.ranks import joined, started

    with joined(started(), torch.device("cpu"), longest=_LONGEST) as ranks:

        def wait() -> None:
            try:
                ranks.wait()
            except TrainingError as error:
                raise WganPaintError(
                    "Another process of this command has ended.",
                    "What is finished is kept: start the command again, with --resume.",
                ) from error

        yield wait
