"""Searches in threads of their own: started, paused, stopped, and what they say on their way."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.composed_fill import FillFrame
from wganpaint_gui.gui.work.job import Ending, Job

from .search_report import Speed, log_start

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.fill import Fill

log = logging.getLogger(__name__)


class SearchRunner(QObject):
    """Runs one search at a time, while those that were dropped come to their end.

    Signals, of the one that runs: stepped(FillFrame); speed_changed(steps a second); noticed(text); ended(Ending).
    """

    stepped = Signal(object)
    speed_changed = Signal(float)
    noticed = Signal(str)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._paused = False
        self._jobs: dict[Job, Fill] = {}  # those whose threads may still run, and what they work on
        self._noticed: str | None = None
        self._speed = Speed()

    @property
    def running(self) -> bool:
        """Also while it is paused."""
        return self._job is not None

    @property
    def paused(self) -> bool:
        return self._paused

    def start(self, fill: Fill, steps: int, photo: Photo) -> None:
        """Search; where `pause_or_resume` was called before, it waits for the next call. photo: for the log."""
        self._noticed = fill.search.notice
        self._speed.begin(len(fill.search.log))

        def make_steps() -> Iterator[FillFrame]:
            return fill.run(steps, looking=job.wanted)

        job = Job(make_steps, self)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        self._job = job
        self._jobs[job] = fill
        if self._paused:
            job.pause()
        log_start(fill, steps, photo)
        job.start()

    def pause_or_resume(self) -> None:
        """Of a search that runs, or else of the next."""
        self._paused = not self._paused
        if self._job is None:
            return
        if self._paused:
            self._job.pause()
        else:
            self._speed.begin(len(self._jobs[self._job].search.log))
            self._job.resume()

    def stop(self) -> None:
        """End within one step; `ended` follows."""
        if self._job is not None:
            self._job.stop()

    def drop(self) -> None:
        """Stop; nothing is said any more of what ran, and the next is not paused."""
        self.stop()
        self._job = None
        self._paused = False

    def wait(self, deadline: float) -> bool:
        """After `drop`: block until all threads have ended, or time.monotonic() is `deadline`; False then."""
        return all(job.wait(max(0, round((deadline - time.monotonic()) * 1000))) for job in self._jobs)

    @Slot(object)
    def _on_stepped(self, frame: FillFrame) -> None:
        job = self._job
        if job is None or self.sender() is not job:
            return
        search = self._jobs[job].search
        speed = self._speed.measured(len(search.log))
        if speed is not None:
            self.speed_changed.emit(speed)
        if search.notice != self._noticed:
            self._noticed = search.notice
            self.noticed.emit(self._noticed)
        self.stepped.emit(frame)

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        steps = len(self._jobs.pop(job).search.log)
        log.info("A search ends: %s after %d steps", ending.kind, steps)
        job.deleteLater()
        if job is self._job:
            self._job = None
            self._paused = False
            self.ended.emit(ending)
