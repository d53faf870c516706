"""Finds the frames while the person paints, so that they see what the model will see before they run."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.document_subscription import DocumentSubscription

if TYPE_CHECKING:
    from wganpaint_gui.core.search.planning import FramePlan

log = logging.getLogger(__name__)

SETTLES = 200  # milliseconds of quiet after a change of the mask


class FramePlanner(QObject):
    """Finds frames behind the window.

    Signals: planned(tuple of Frame), the person's own frames, or those found for the mask as it is; faceless() when
    for the first time with this photo something masked lies on no face.
    """

    planned = Signal(object)
    faceless = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.background = Background("frames", self)
        self.frames: tuple[Frame, ...] = ()
        self.paused = False  # while a search runs its frames are the ones that count
        self._document: Document | None = None
        self._stamp = 0
        self._said_faceless = False
        self._subscription = DocumentSubscription(self._on_changed)
        self._timer = QTimer(self, singleShot=True, interval=SETTLES)
        self._timer.timeout.connect(self.plan)

    @property
    def settled(self) -> bool:
        """Whether `frames` are those of the mask as it is now."""
        return not self._timer.isActive() and self.background.pending == 0

    def set_document(self, document: Document | None) -> None:
        self._stamp += 1
        self._said_faceless = False
        self._document = document
        self._subscription.follow(document)
        self._show(())

    def take(self, frames: tuple[Frame, ...]) -> None:
        """These were found for the mask as it is, at another time."""
        self._show(frames)

    def close(self) -> None:
        self._timer.stop()
        self.background.close()

    def _on_changed(self, change: Change) -> None:
        if change.frames:
            self.plan()
        elif not change.mask.empty and not self.paused:
            self._timer.start()

    @Slot()
    def plan(self) -> None:
        """Find the frames anew; `planned` follows when they are found."""
        document = self._document
        if document is None or self.paused:
            return
        self._stamp += 1
        if document.frames:
            self._show(document.frames)
            return
        if not document.masked_pixels:
            self._show(())
            return
        stamp, photo, snapshot = self._stamp, document.photo, document.snapshot()

        def work() -> FramePlan:
            from wganpaint_gui.core.search.planning import plan_frames

            return plan_frames(photo, snapshot.array())

        self.background.submit(
            work, lambda plan: self._on_found(stamp, plan), lambda error: self._on_failed(stamp, error)
        )

    def _on_failed(self, stamp: int, error: BaseException) -> None:
        """Frames shown ahead are a courtesy: the run will look again, and say what is wrong."""
        log.warning("No frames could be planned", exc_info=error)
        if stamp == self._stamp and not self.paused:
            self._show(())

    def _on_found(self, stamp: int, plan: FramePlan) -> None:
        if stamp != self._stamp or self.paused:  # a search that began meanwhile has frames of its own
            return
        self._show(plan.frames)
        if plan.faces < len(plan.frames) and not self._said_faceless:
            self._said_faceless = True
            self.faceless.emit()

    def _show(self, frames: tuple[Frame, ...]) -> None:
        self.frames = frames
        self.planned.emit(frames)
