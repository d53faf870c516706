"""Keeps a fill: renders it at full size and compares it with the photo off the GUI thread, then writes it at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.fill_plan import FillPlan, plan_fill
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.search.composed_fill import ComposedFill
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.open_document import after_stroke

if TYPE_CHECKING:
    from wganpaint_gui.core.surroundings.shown_fill import ShownFill

log = logging.getLogger(__name__)


class FillKeeper(QObject):
    """Keeps one fill at a time.

    Signals: kept(Box); nothing_left(MaskError), where the mask no longer covers the fill; failed(error).
    """

    kept = Signal(object)
    nothing_left = Signal(object)
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._turn: object | None = None  # identifies the fill that is being kept
        self.writing = False  # the changes that the document reports now come from this fill
        self._waiting: list[Callable[[], object]] = []

    @property
    def busy(self) -> bool:
        return self._turn is not None

    def keep(self, document: Document, fill: ComposedFill | ShownFill, step: int | None) -> None:
        """Write a fill as one undo entry.

        step: of a search, whose selected candidate is kept; None = of the bests.
        """
        turn = self._turn = object()
        basis = document.plan_basis()
        selection = fill.selection if isinstance(fill, ComposedFill) else None

        def work() -> FillPlan:
            if not isinstance(fill, ComposedFill):
                return plan_fill(basis, fill.fill.box, fill.fill.pixels, fill.made_for)
            box, pixels = fill.result(selection, step)
            return plan_fill(basis, box, pixels, fill.frame_mask)

        self._submit(turn, document, work)

    def cancel(self) -> None:
        """Do not keep the fill; nothing more is emitted about it."""
        self._turn = None
        QTimer.singleShot(0, self, self._call_waiting)  # once whoever cancels has put everything in order

    def when_idle(self, action: Callable[[], object]) -> None:
        """Call `action` now, or as soon as the fill that is being kept is in the photo or is given up."""
        self._waiting.append(action)
        self._call_waiting()

    @Slot()
    def _call_waiting(self) -> None:
        if self.busy:
            return
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            action()

    def _submit(self, turn: object, document: Document, work: Callable[[], FillPlan]) -> None:
        self._background.submit(
            work,
            lambda plan: after_stroke(document, self, lambda: self._on_planned(turn, document, plan)),
            lambda error: self._on_failed(turn, error),
        )

    def _on_planned(self, turn: object, document: Document, plan: FillPlan) -> None:
        if turn is not self._turn:
            return
        basis = document.plan_basis()
        if plan.fits(basis):
            self._write(document, plan)
        else:  # strokes have changed a few tiles meanwhile
            self._submit(turn, document, lambda: plan.replanned(basis))

    def _write(self, document: Document, plan: FillPlan) -> None:
        self.writing = True
        turn = self._turn
        try:
            wrote = document.keep(plan)
        except Exception as error:  # the document is as it was
            self._on_failed(turn, error)
            return
        finally:
            self._turn, self.writing = None, False
        if wrote:
            log.info("A fill is kept: %d × %d px", plan.box.width, plan.box.height)
            self.kept.emit(plan.box)
        else:
            self.nothing_left.emit(
                MaskError(tr("The mask no longer covers this fill."), tr("Undo the change, or fill again."))
            )
        self._call_waiting()

    def _on_failed(self, turn: object, error: BaseException) -> None:
        if turn is self._turn:
            self._turn = None
            self.failed.emit(error)
            self._call_waiting()
