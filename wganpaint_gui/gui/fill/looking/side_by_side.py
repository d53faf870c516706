"""Two candidates side by side: the one on the photo, and another one in a second view beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wganpaint_gui.core.search.candidate_marks import Candidate
from wganpaint_gui.core.search.composed_fill import ComposedFill, FillSnapshot, Selection, rival_of
from wganpaint_gui.gui.canvas.beside_viewer import BesideViewer
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.look.number_text import loss_text
from wganpaint_gui.gui.look.translation import tr
from wganpaint_gui.gui.work.background import Background
from wganpaint_gui.gui.work.newest_task import NewestTask

from .candidate_names import candidate_name


class SideBySide(QObject):
    """Shows both and says their names.

    Signals: compared_changed(Candidate | None), which one is in the second view; failed(error).
    """

    compared_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        controller: FillController,
        canvas: Canvas,
        beside: BesideViewer,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._canvas, self._beside = controller, canvas, beside
        self._wanted = False
        self.compared: Candidate | None = None  # None: not chosen yet
        self._snapshot: FillSnapshot | None = None  # shown last
        self._task = NewestTask(background, self)
        self._task.failed.connect(self.failed)
        controller.shown.connect(self._on_shown)
        controller.cleared.connect(self._on_cleared)
        controller.surroundings.changed.connect(self._refresh)

    def set_shown(self, shown: bool) -> None:
        """Show two views, or the canvas alone again."""
        self._wanted = shown
        self._refresh()

    def compare_with(self, candidate: Candidate) -> None:
        """Show this candidate in the second view; on the photo is another then."""
        selection = self._shown_selection
        if selection is not None and candidate == _place(selection):
            return
        self.compared = candidate
        self._refresh()

    def compare_next(self) -> None:
        """Compare with the next candidate of all lanes, in their order, that is not the one on the photo."""
        fill, selection = self._controller.fill, self._shown_selection
        if fill is None or selection is None or self.compared is None:
            return
        config = fill.config
        places = [
            (method, number)
            for method in range(len(config.methods))
            for number in fill.marks.left(method, config.candidates)
            if (method, number) != _place(selection)
        ]
        if places:
            here = places.index(self.compared) if self.compared in places else -1
            self.compare_with(places[(here + 1) % len(places)])

    @property
    def _shown_selection(self) -> Selection | None:
        return None if self._snapshot is None else self._snapshot.selection

    @Slot(object)
    def _on_shown(self, shown: FillSnapshot) -> None:
        before = self._shown_selection
        if shown.images is not None:
            self._snapshot = shown
            if before is not None and self.compared == _place(shown.selection):  # the two change places
                self.compared = _place(before) if _place(before) != self.compared else None
        self._refresh()

    @Slot()
    def _on_cleared(self) -> None:
        self._snapshot = self.compared = None
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        fill, shown = self._controller.fill, self._snapshot
        if not self._wanted or fill is None or shown is None or self._controller.surroundings.selected:
            self._hide()
            return
        if self.compared is None or self.compared in fill.marks.discarded:
            self.compared = rival_of(shown, fill.marks)
        if self.compared is None:
            self._hide()
            return
        if not self._beside.isVisible():
            self._beside.show()
            QTimer.singleShot(0, self, self._zoom_to_frame)  # when both have their sizes
        self._canvas.set_caption(_caption(fill, shown, _place(shown.selection)))
        self._beside.set_caption(_caption(fill, shown, self.compared))
        self.compared_changed.emit(self.compared)
        assert shown.images is not None
        image, composer = shown.images[self.compared], fill.composer
        self._task.submit(lambda: composer.overlay(image), lambda overlay: self._on_overlay(fill, overlay))

    def _on_overlay(self, fill: ComposedFill, overlay: NDArray[np.uint8]) -> None:
        if fill is self._controller.fill and self._beside.isVisible():
            self._beside.set_fill(fill.frame, overlay)

    def _hide(self) -> None:
        self._task.drop()
        self._canvas.set_caption("")
        if self._beside.isVisible():
            self._beside.hide()
            self.compared_changed.emit(None)

    def _zoom_to_frame(self) -> None:
        if self._controller.fill is not None:
            self._canvas.zoom_box(self._controller.fill.frame.box)


def _place(selection: Selection) -> Candidate:
    assert selection.candidate is not None
    return selection.method, selection.candidate


def _caption(fill: ComposedFill, shown: FillSnapshot, candidate: Candidate) -> str:
    name = candidate_name(fill, candidate)
    mix = shown.selection.mix
    if mix is not None and candidate == _place(shown.selection):
        other = candidate_name(fill, mix.other)
        return tr("{name} mixed with {share}% {other}").format(name=name, share=round(100 * mix.share), other=other)
    return tr("{name}, loss {loss}").format(name=name, loss=loss_text(float(shown.losses[candidate])))
