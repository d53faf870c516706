"""Looks at the pictures somebody wants to train on, off the GUI thread; a newer question replaces an older one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from ..core.dataset import DataOptions, DataProgress, DataReport, check_data
from .job import Ending, Job


class DataCheck(QObject):
    """Checks one source at a time.

    Signals: progressed(DataProgress); previewed(pictures [n, R, R, 3]); checked(DataReport); failed(error); none of
    them for a check that was cancelled.
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
    def _on_stepped(self, record: DataProgress | DataReport) -> None:
        if self.sender() is not self._job:
            return
        if isinstance(record, DataReport):
            self.checked.emit(record)
            return
        if record.preview is not None and record.preview is not self._previewed:
            self._previewed = record.preview
            self.previewed.emit(record.preview)
        self.progressed.emit(record)

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


def _records(source: Path, options: DataOptions) -> Iterator[DataProgress | DataReport]:
    """Progress, each with the newest pictures there were so far, and the report at the end.

    The mailbox keeps the newest record only, and pictures come with few of them.
    """
    newest = None
    steps = check_data(source, options)
    try:
        while True:
            record = next(steps)
            newest = record.preview if record.preview is not None else newest
            yield DataProgress(record.task, record.done, record.total, newest)
    except StopIteration as end:
        report: DataReport = end.value
    finally:
        steps.close()
    yield report
