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
from wganpaint_gui.gui.work.current_job import CurrentJob
from wganpaint_gui.gui.work.job import Ending


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
        self._previewed: NDArray[np.uint8] | None = None
        self._job = CurrentJob(self)
        self._job.stepped.connect(self._on_stepped)
        self._job.ended.connect(self._on_ended)

    def check(self, source: Path, options: DataOptions) -> None:
        """Check the pictures of a source; cancel the check in progress."""
        self._job.start(lambda: _records(source, options))

    def cancel(self) -> None:
        """Cancel the check in progress; no more signals are emitted for it."""
        self._job.drop()

    def wait(self, deadline: float) -> bool:
        """Block until all threads have ended, after `cancel`; return False if time.monotonic() is `deadline` first."""
        return self._job.wait(deadline)

    @Slot(object)
    def _on_stepped(self, found: _Findings) -> None:
        if found.pictures is not None and found.pictures is not self._previewed:
            self._previewed = found.pictures
            self.previewed.emit(found.pictures)
        if found.report is not None:
            self.checked.emit(found.report)
        elif found.progress is not None:
            self.progressed.emit(found.progress)

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
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
