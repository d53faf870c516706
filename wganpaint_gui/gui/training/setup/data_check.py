"""The check of training data outside the GUI thread; a new check replaces an older one.

Decoded pictures stay on the disk, where a run with the same data finds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.dataset import DataOptions, DataProgress, DataReport, prepare_data
from wganpaint_gui.gui.work.job import Ending, Job


@dataclass(frozen=True, eq=False)
class _Findings:
    """Everything known so far: the mailbox keeps only the newest record, and few records have pictures."""

    progress: DataProgress | None = None
    pictures: NDArray[np.uint8] | None = None
    report: DataReport | None = None


class DataCheck(QObject):
    """Checks one source at a time.

    Signals: progressed(DataProgress); previewed(pictures [n, R, R, 3]); checked(DataReport), for usable pictures;
    failed(error), for others; nothing after a check was cancelled.
    """

    progressed = Signal(object)
    previewed = Signal(object)
    checked = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._previewed: NDArray[np.uint8] | None = None
        self._jobs: set[Job] = set()  # jobs whose threads may still run

    def check(self, source: Path, options: DataOptions) -> None:
        """Check the pictures of a source; cancel the check in progress."""
        self.cancel()
        job = Job(lambda: _records(source, options), self)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        self._job = job
        self._jobs.add(job)
        job.start()

    def cancel(self) -> None:
        """Cancel the check in progress; no more signals are emitted for it."""
        if self._job is not None:
            self._job.stop()
            self._job = None

    def wait(self, deadline: float) -> bool:
        """Block until all threads have ended, after `cancel`; return False if time.monotonic() is `deadline` first."""
        return all(job.wait(deadline) for job in self._jobs)

    @Slot(object)
    def _on_stepped(self, found: _Findings) -> None:
        if self.sender() is not self._job:
            return
        if found.pictures is not None and found.pictures is not self._previewed:
            self._previewed = found.pictures
            self.previewed.emit(found.pictures)
        if found.report is not None:
            self.checked.emit(found.report)
        elif found.progress is not None:
            self.progressed.emit(found.progress)

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


def _records(source: Path, options: DataOptions) -> Iterator[_Findings]:
    """Yield the findings after each step of the check, and at the end with the report."""
    found = _Findings()
    steps = prepare_data(source, options)
    try:
        while True:
            progress = next(steps)
            found = _Findings(progress, progress.preview if progress.preview is not None else found.pictures)
            yield found
    except StopIteration as end:
        found = replace(found, report=end.value.report)
    finally:
        steps.close()
    yield found
