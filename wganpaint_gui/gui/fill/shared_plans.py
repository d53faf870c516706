"""Shares the plan of a mask's frames between threads: finding faces takes up to seconds, and both want the result."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from wganpaint_gui.core.edit.tiles import MaskSnapshot
from wganpaint_gui.core.photo.photo import Photo

if TYPE_CHECKING:
    from wganpaint_gui.core.search.planning import FramePlan


class SharedPlans:
    """Plans the frames of a mask once, however often and from whatever threads it is asked; remembers the last plan."""

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
