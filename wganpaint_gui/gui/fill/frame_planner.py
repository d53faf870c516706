"""Plans the frames while the user paints, to show what the model will see before a search starts."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.open_document import DocumentSubscription

from .fill_state import FillState

if TYPE_CHECKING:
    from wganpaint_gui.core.search.planning import FramePlan

log = logging.getLogger(__name__)

SETTLES = 200  # milliseconds without a change of the mask before its frames are planned


class SharedPlans:
    """Plans the frames of a mask once, whatever threads ask for them; remembers the last plan.

    Finding faces takes up to seconds, and both the planner and a search want the result.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mask: MaskSnapshot | None = None
        self._plan: Future[FramePlan] = Future()  # for that mask

    def plan(self, photo: Photo, mask: MaskSnapshot) -> FramePlan:
        """Return the plan for a mask, see `plan_frames`; waits where another thread is making it."""
        from wganpaint_gui.core.search.planning import plan_frames

        with self._lock:
            is_new = mask is not self._mask
            if is_new:
                self._mask, self._plan = mask, Future()
            plan = self._plan
        if is_new:
            try:
                plan.set_result(plan_frames(photo, mask.array()))
            except BaseException as error:
                self._forget(plan)
                plan.set_exception(error)
        return plan.result()

    def _forget(self, plan: Future[FramePlan]) -> None:
        """Plan anew the next time: memory may be free again."""
        with self._lock:
            if self._plan is plan:
                self._mask = None


class FramePlanner(QObject):
    """Plans frames off the GUI thread, while there is no fill in hand: that one has frames of its own.

    Signals: planned(tuple of Frame), the user's own frames or those found for the present mask, and when another of
    them is selected.
    """

    planned = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.background = Background("frames", self)
        self.plans = SharedPlans()
        self.frames: tuple[Frame, ...] = ()
        self.found: FramePlan | None = None  # of which the frames are; None = they are the user's own, or none
        self.selected = 0  # index of the frame that the user moves and resizes
        self._paused = False
        self._document: Document | None = None
        self._stamp = 0
        self._subscription = DocumentSubscription(self._on_changed)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.plan)

    @property
    def settled(self) -> bool:
        """Whether `frames` belong to the present mask."""
        return not self._timer.isActive() and self.background.pending == 0

    @property
    def lacks_face(self) -> bool:
        """Whether one of the frames was found where no face is."""
        return self.found is not None and self.found.faces < len(self.frames)

    def set_document(self, document: Document | None) -> None:
        self._stamp += 1
        self._timer.stop()
        self._document = document
        self._subscription.follow(document)
        self.show(())

    @Slot(object)
    def set_state(self, state: FillState) -> None:
        """Pause while there is a fill in hand; catch up when it is gone and no other has begun at once."""
        if state.has_fill == self._paused:
            return
        self._paused = state.has_fill
        if not self._paused:
            self._timer.start(0)

    @Slot(int)
    def select(self, index: int) -> None:
        """Choose the frame that the user moves and resizes; ignored while there is a fill in hand."""
        if not self._paused:
            self.selected = index
            self.show(self.frames, self.found)

    def close(self) -> None:
        """Stop for good; see `wait`."""
        self._timer.stop()
        self.background.close()

    def wait(self, deadline: float) -> bool:
        """After `close`: block until the thread has ended or time.monotonic() reaches `deadline`, then False."""
        return self.background.wait(deadline)

    def _on_changed(self, change: Change) -> None:
        if change.frames:
            self.plan()
        elif not change.mask.empty and not self._paused:
            self._timer.start(SETTLES)

    @Slot()
    def plan(self) -> None:
        """Plan the frames of the present mask; `planned` follows."""
        document = self._document
        if document is None or self._paused:
            return
        self._timer.stop()
        self._stamp += 1
        if document.frames:
            self.show(document.frames)
            return
        if not document.masked_pixels:
            self.show(())
            return
        stamp, photo, mask = self._stamp, document.photo, document.snapshot()
        self.background.submit(
            lambda: self.plans.plan(photo, mask),
            lambda plan: self._on_found(stamp, plan),
            lambda error: self._on_failed(stamp, error),
        )

    def _on_failed(self, stamp: int, error: BaseException) -> None:
        """Show no frames and no message: the search will plan again and report what is wrong."""
        log.warning("No frames could be planned", exc_info=error)
        if stamp == self._stamp and not self._paused:
            self.show(())

    def _on_found(self, stamp: int, plan: FramePlan) -> None:
        if stamp != self._stamp or self._paused:  # a search that has begun meanwhile has frames of its own
            return
        self.show(plan.frames, plan)

    def show(self, frames: tuple[Frame, ...], found: FramePlan | None = None) -> None:
        """Show frames that were found for the present mask, such as those of a project."""
        self.frames, self.found = frames, found
        self.selected = max(0, min(self.selected, len(frames) - 1))
        self.planned.emit(frames)
