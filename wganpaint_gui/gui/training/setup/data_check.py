"""Prepares the pictures somebody wants to train on, off the GUI thread; a newer question replaces an older one.

What is decoded stays on the disk, where a training that begins with the same pictures finds it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.dataset import DataOptions, DataProgress, DataReport, prepare_data
from wganpaint_gui.gui.work.job import Ending, Job


@dataclass(frozen=True, eq=False)
class _Seen:
    """All that is known so far: the mailbox keeps the newest record only, and pictures come with few of them."""

    progress: DataProgress | None = None
    pictures: NDArray[np.uint8] | None = None
    report: DataReport | None = None


class DataCheck(QObject):
    """Checks one source at a time.

    Signals: progressed(DataProgress); previewed(pictures [n, R, R, 3]); checked(DataReport), of pictures that can be
    trained on; failed(error), of others; none of them for a check that was cancelled.
    """

    progressed = Signal(object)
    previewed = Signal(object)
    checked = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._previewed: NDArray[np.uint8] | None = None
        self._jobs: set[Job] = set()  # those whose threads may still run

    @property
    def busy(self) -> bool:
        return self._job is not None

    def check(self, source: Path, options: DataOptions) -> None:
        """Look at the pictures of a source; one that is being looked at is left."""
        self.cancel()
        job = Job(lambda: _records(source, options), self)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        self._job = job
        self._jobs.add(job)
        job.start()

    def cancel(self) -> None:
        """Give up; nothing is said any more of what was being looked at."""
        if self._job is not None:
            self._job.stop()
            self._job = None

    def close(self) -> None:
        """End everything for good; see `wait`."""
        self.cancel()

    def wait(self, deadline: float) -> bool:
        """After `close`: block until all threads have ended, or time.monotonic() is `deadline`; False then."""
        return all(job.wait(max(0, round((deadline - time.monotonic()) * 1000))) for job in self._jobs)

    @Slot(object)
    def _on_stepped(self, seen: _Seen) -> None:
        if self.sender() is not self._job:
            return
        if seen.pictures is not None and seen.pictures is not self._previewed:
            self._previewed = seen.pictures
            self.previewed.emit(seen.pictures)
        if seen.report is not None:
            self.checked.emit(seen.report)
        elif seen.progress is not None:
            self.progressed.emit(seen.progress)

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        self._jobs.discard(job)
        job.deleteLater()
        if job is not self._job:
            return
        self._job = None
        if ending.error is not None:
            self.failed.emit(ending.error)


def _records(source: Path, options: DataOptions) -> Iterator[_Seen]:
    """One for each step of the check, and one with the report at the end."""
    seen = _Seen()
    steps = prepare_data(source, options)
    try:
        while True:
            progress = next(steps)
            seen = _Seen(progress, progress.preview if progress.preview is not None else seen.pictures)
            yield seen
    except StopIteration as end:
        seen = replace(seen, report=end.value.report)
    finally:
        steps.close()
    yield seen
