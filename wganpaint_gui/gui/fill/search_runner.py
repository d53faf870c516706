"""Runs searches in threads of their own: starts, pauses and stops them, and passes on what they report."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.search.composed_fill import FillSnapshot
from wganpaint_gui.gui.work.job import Ending, Job

if TYPE_CHECKING:
    from wganpaint_gui.ml.search.fill import Fill

log = logging.getLogger(__name__)

SPEED_INTERVAL = 0.5  # seconds over which steps/s is measured


class SearchRunner(QObject):
    """Runs one search at a time; searches that were dropped may still be ending.

    Signals, of the running search: stepped(FillSnapshot); speed_changed(steps per second); noticed(text);
    ended(Ending).
    """

    stepped = Signal(object)
    speed_changed = Signal(float)
    noticed = Signal(str)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.paused = False
        self._jobs: dict[Job, Fill] = {}  # whose threads may still run, and what they work on
        self._noticed: tuple[Fill, str | None] | None = None  # what was said last, and of which fill
        self._speed = _Speed()

    @property
    def running(self) -> bool:
        """Whether there is a search, running or paused."""
        return self._job is not None

    def start(self, fill: Fill, steps: int, refine: int, photo: Photo) -> None:
        """Start a search of so many steps and a refinement; if `pause_or_resume` was called before, it starts paused.

        photo: for the log.
        """
        self._notice(fill)
        self._speed.restart(len(fill.search.log))

        def make_steps() -> Iterator[FillSnapshot]:
            return fill.run(steps, refine=refine, watched=job.wanted)

        job = Job(make_steps, self)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        self._job = job
        self._jobs[job] = fill
        if self.paused:
            job.pause()
        log.info(
            "A search starts: methods %s, candidates %d, steps %d after %d, refine %d, frame %d px, photo %d × %d px",
            *(", ".join(fill.config.methods), fill.config.candidates, steps, len(fill.search.log), refine),
            *(fill.frame.size, photo.width, photo.height),
        )
        job.start()

    def pause_or_resume(self) -> None:
        """Pause or resume the search; without one, choose whether the next one starts paused."""
        self.paused = not self.paused
        if self._job is None:
            return
        if self.paused:
            self._job.pause()
        else:
            self._speed.restart(len(self._jobs[self._job].search.log))
            self._job.resume()

    def stop(self) -> None:
        """End the search within one step; `ended` follows."""
        if self._job is not None:
            self._job.stop()

    def drop(self) -> None:
        """Stop the search and emit nothing more about it; the next one does not start paused."""
        self.stop()
        self._job = None
        self.paused = False
        self._noticed = None

    def wait(self, deadline: float) -> bool:
        """After `drop`: block until all threads have ended or time.monotonic() reaches `deadline`, then False."""
        return all(job.wait(deadline) for job in self._jobs)

    @Slot(object)
    def _on_stepped(self, frame: FillSnapshot) -> None:
        job = self._job
        if job is None or self.sender() is not job:
            return
        fill = self._jobs[job]
        speed = self._speed.measure(len(fill.search.log))
        if speed is not None:
            self.speed_changed.emit(speed)
        self._notice(fill)
        self.stepped.emit(frame)

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        fill = self._jobs.pop(job)
        log.info("A search ends: %s after %d steps", ending.kind, len(fill.search.log))
        job.deleteLater()
        if job is self._job:
            self._job = None
            self.paused = False
            self._notice(fill)
            self.ended.emit(ending)

    def _notice(self, fill: Fill) -> None:
        """Pass on what a search has to say, once."""
        notice = fill.search.notice
        if self._noticed != (fill, notice):
            self._noticed = fill, notice
            if notice is not None:
                self.noticed.emit(notice)


class _Speed:
    """Measures steps per second."""

    def __init__(self) -> None:
        self._since, self._done = 0.0, 0

    def restart(self, done: int) -> None:
        """Measure from now on. done: steps taken before."""
        self._since, self._done = time.monotonic(), done

    def measure(self, done: int) -> float | None:
        """Return steps per second since the last measurement; None if that was less than SPEED_INTERVAL ago."""
        now = time.monotonic()
        if now - self._since < SPEED_INTERVAL:
            return None
        speed = (done - self._done) / (now - self._since)
        self.restart(done)
        return speed
