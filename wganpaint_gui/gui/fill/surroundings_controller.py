"""Fills from the surroundings off the GUI thread, and holds the fill in hand that they gave."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.gui.work.job import Ending, Job

if TYPE_CHECKING:
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill
    from wganpaint_gui.core.surroundings.surroundings import SurroundingsStep

log = logging.getLogger(__name__)


class SurroundingsController(QObject):
    """Owns the fill from the surroundings; lives in the GUI thread.

    Signals: changed(), whenever what can be done or shown is different; progressed(done, total), in parts of the hole;
    noticed(text); failed(error).
    """

    changed = Signal()
    progressed = Signal(int, int)
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fill: ShownFill | None = None
        self._selected = False
        self._job: Job | None = None
        self._jobs: list[Job] = []  # with those that were given up and have not ended yet

    @property
    def running(self) -> bool:
        return self._job is not None

    @property
    def in_use(self) -> bool:
        """Whether there is a fill, or will be."""
        return self.running or self.fill is not None

    @property
    def selected(self) -> bool:
        """Whether this fill is the one on the photo, in place of a candidate of the search."""
        return self._selected and self.in_use

    def start(self, document: Document, *, select: bool = True) -> None:
        """Fill the present mask; replaces the fill in hand when it is done. select: show it on the photo then."""
        self._drop()
        self._selected = select
        photo, snapshot = document.photo, document.snapshot()

        def make_steps() -> Iterator[SurroundingsStep | ShownFill]:
            from wganpaint_gui.core.surroundings.shown_fill import ShownFill
            from wganpaint_gui.core.surroundings.surroundings import fill_from_surroundings

            mask = snapshot.array()
            for step in fill_from_surroundings(photo, mask):
                yield step if step.fill is None else ShownFill.of(step.fill, photo, mask)

        job = self._job = Job(make_steps, self)
        self._jobs.append(job)
        job.stepped.connect(self._on_stepped)
        job.ended.connect(self._on_ended)
        log.info("The surroundings fill %d px of %d × %d px", snapshot.masked_pixels, photo.width, photo.height)
        job.start()
        self.changed.emit()

    def select(self, selected: bool) -> None:
        """Show this fill on the photo, or a candidate of the search again."""
        if selected != self._selected:
            self._selected = selected
            self.changed.emit()

    def stop(self) -> None:
        """Give up the fill that is being made; one from before stays."""
        if self.running:
            self._drop()
            self.changed.emit()

    def take(self, fill: ShownFill, *, selected: bool) -> None:
        """Take over a fill, from a project."""
        self.fill, self._selected = fill, selected
        self.changed.emit()

    def clear(self) -> None:
        """Forget the fill in hand, and give up the one being made."""
        was_in_use = self.in_use
        self._drop()
        self.fill, self._selected = None, False
        if was_in_use:
            self.changed.emit()

    def wait(self, deadline: float) -> bool:
        """After `clear`: block until all threads have ended or time.monotonic() reaches `deadline`, then False."""
        return all(job.wait(deadline) for job in self._jobs)

    def _drop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None

    @Slot(object)
    def _on_stepped(self, item: SurroundingsStep | ShownFill) -> None:
        from wganpaint_gui.core.surroundings.shown_fill import ShownFill

        if self.sender() is not self._job:
            return
        if isinstance(item, ShownFill):
            self.fill = item
        else:
            self.progressed.emit(item.done, item.total)

    @Slot(object)
    def _on_ended(self, ending: Ending) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        self._jobs.remove(job)
        job.deleteLater()
        if job is not self._job:
            return
        self._job = None
        log.info("The surroundings end: %s, %s", ending.kind, self.fill.fill.ways if self.fill else "no fill")
        self.changed.emit()
        if ending.error is not None:
            self.failed.emit(ending.error)
        elif self.fill is not None and self.fill.fill.notice:
            self.noticed.emit(self.fill.fill.notice)
