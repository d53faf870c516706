"""The one job that counts: what earlier jobs still report is dropped, and their threads are waited for at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from .job import Ending, Job


class CurrentJob(QObject):
    """Runs one job at a time for its owner. Signals, of that job only: stepped(item); then ended(Ending), once."""

    stepped = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._jobs: set[Job] = set()  # jobs whose threads may still run

    @property
    def exists(self) -> bool:
        """Whether there is a job that has not ended and was not dropped."""
        return self._job is not None

    @property
    def all_ended(self) -> bool:
        """Whether no thread can be running any more, of the job or of a dropped one."""
        return not self._jobs

    def start(self, make_steps: Callable[[], Iterator[Any]], *, polite: bool = True, paused: bool = False) -> None:
        """Start a job in place of the one before, which is dropped. polite: see `Job`. paused: wait for `resume`."""
        self.drop()
        job = self._job = Job(make_steps, self, polite=polite)
        self._jobs.add(job)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        if paused:
            job.pause()
        job.start()

    def pause(self) -> None:
        if self._job is not None:
            self._job.pause()

    def resume(self) -> None:
        if self._job is not None:
            self._job.resume()

    def stop(self) -> None:
        """Request the end, which comes within one step and is followed by `ended`."""
        if self._job is not None:
            self._job.stop()

    def drop(self) -> None:
        """Stop the job and all earlier ones; no more signals are emitted for them. See `wait`."""
        for job in self._jobs:
            job.stop()
        self._job = None

    def wait(self, deadline: float) -> bool:
        """Block until all threads have ended, after `drop`; return False if time.monotonic() is `deadline` first."""
        return all(job.wait(deadline) for job in self._jobs)

    @Slot(object)
    def _on_stepped(self, item: object) -> None:
        if self.sender() is self._job:
            self.stepped.emit(item)

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        self._jobs.discard(job)
        job.deleteLater()
        if job is self._job:
            self._job = None
            self.ended.emit(ending)
