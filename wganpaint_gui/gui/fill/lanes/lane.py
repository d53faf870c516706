"""One method's row in the search panel: its loss, generated image, fill, loss curve and candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from wganpaint_gui.core.search.candidate_marks import CandidateMarks
from wganpaint_gui.core.search.records import RefinedRun
from wganpaint_gui.core.search.settings import METHOD_NAMES, REFINED_METHOD, SHORT_METHOD_NAMES, Method
from wganpaint_gui.gui.fill.fill_tips import NOT_REFINED
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.number_text import loss_text
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import set_tone
from wganpaint_gui.gui.widgets.picture import Preview

from .lane_box import LARGEST, LEFT, MARGIN, SMALLEST, SPACING, LaneBox
from .loss_curve import Curves, LossCurve
from .thumbnail import Thumbnail

_GAP = 6  # between pictures
_VISIBLE = 4  # candidates without scrolling, if the pictures can be small enough
_LEAST_CELL = 44  # side of a candidate in a narrow lane, before it scrolls
_CURVE_LEAST, _CURVE_MOST = 120, 360  # width
_SCROLLBAR = 8
_NARROWEST = 480  # width at which every part of a lane is still visible

_TOP, _MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter

_REFINED = QT_TR_NOOP(
    "The generator was fitted to this photo for this candidate; of its refinement, this step was the best."
)


@dataclass(frozen=True)
class LaneFrame:
    """The content of a lane at one moment. K candidates, R the model's resolution."""

    losses: NDArray[np.float32]  # [K], of the shown step
    best_steps: NDArray[np.int64] | None  # [K], 0-based; None: not known yet
    alive: NDArray[np.bool_]  # [K]
    images: NDArray[np.uint8] | None  # [K, R, R, 3] RGB, G(z); None: keep the pictures
    fills: NDArray[np.uint8] | None  # [K, R, R, 3] RGB
    chosen: int  # the candidate shown large
    active: bool  # whether that one is on the photo
    refined: frozenset[int] = frozenset()  # candidates
    suggested: int | None = None  # the candidate that the method suggests; None while it is searched


class Lane(LaneBox):
    """Shows one method of a search.

    Signals, by the user only: candidate_chosen(int); compare_requested(int), a candidate with one on the photo;
    menu_requested(int, QPoint on the screen); step_chosen(int), dragged to in the curve.
    """

    candidate_chosen = Signal(int)
    compare_requested = Signal(int)
    menu_requested = Signal(int, QPoint)
    step_chosen = Signal(int)

    def __init__(
        self, method: Method, candidates: int, *, refines: bool = False, parent: QWidget | None = None
    ) -> None:
        """refines: whether a candidate that is chosen after the search is refined."""
        super().__init__(method, parent)
        self.method = method
        self._chosen = 0
        self._best_step: int | None = None
        self._refined = False  # the chosen candidate
        self.loss = QLabel(tr("loss –"), self)
        self.best = QLabel("", self)
        self.image = Preview("G(z)", tr("Generated image of this candidate: G(z), the whole frame."), self)
        self.fill = Preview(
            tr("fill"), tr("Photo with the fill in it, at model resolution: M · x + (1 − M) · G(z)."), self
        )
        self.curve = LossCurve(method, self)
        self.thumbnails = [Thumbnail(number, refines=refines) for number in range(candidates)]
        self._strip = _Strip(self.thumbnails, self)
        self._lay_out()
        self.curve.step_chosen.connect(self.step_chosen)
        for thumbnail in self.thumbnails:
            thumbnail.clicked.connect(self._on_clicked)
            thumbnail.menu_requested.connect(self._on_menu)

    def _lay_out(self) -> None:
        self.loss.setFont(theme.tabular(self.font()))
        self.best.setFont(theme.tabular(theme.small(self.font())))
        self.loss.setObjectName("loss")
        self.best.setObjectName("best-step")
        self.loss.setToolTip(
            tr("Loss of the candidate shown, no unit: lower is better; compare it within one method only.")
        )
        if self.method != REFINED_METHOD:
            self.setToolTip(tr(NOT_REFINED))
        set_tone(self.loss, self.method)
        set_tone(self.best, "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for label in (self.name, self.loss, self.best):
            words.addWidget(label)
        words.addStretch(1)
        # The same width in every lane and for every number, so that columns line up and nothing moves.
        self._widest = max(
            theme.text_width(theme.heading(self.font()), name) for name in map(tr, METHOD_NAMES.values())
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, MARGIN, MARGIN, MARGIN)
        row.setSpacing(SPACING)
        row.addLayout(words)
        previews = QHBoxLayout()
        previews.setSpacing(_GAP)
        previews.addWidget(self.image)
        previews.addWidget(self.fill)
        row.addLayout(previews)
        row.addWidget(self.curve, 1)
        row.addWidget(self._strip)
        self._share_out(QSize(self.minimumWidth(), SMALLEST))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, SMALLEST + 2 * MARGIN)

    def show_frame(self, frame: LaneFrame) -> None:
        if frame.chosen != self._chosen:
            self._strip.bring_into_sight(self.thumbnails[frame.chosen])
        self._chosen, chosen = frame.chosen, frame.chosen
        self.set_active(frame.active)
        self.loss.setText(tr("loss {loss}").format(loss=loss_text(float(frame.losses[chosen]))))
        self._best_step = None if frame.best_steps is None else int(frame.best_steps[chosen])
        self._refined = chosen in frame.refined
        self._show_best()
        if frame.images is not None:
            self.image.show_picture(frame.images[chosen])
        if frame.fills is not None:
            self.fill.show_picture(frame.fills[chosen])
        for number, thumbnail in enumerate(self.thumbnails):
            fill = None if frame.fills is None else frame.fills[number]
            alive, refined = bool(frame.alive[number]), number in frame.refined
            suggested = number == frame.suggested
            thumbnail.show_candidate(
                fill, float(frame.losses[number]), alive=alive, refined=refined, suggested=suggested
            )
            thumbnail.set_chosen(number == chosen, active=frame.active)

    def _show_best(self) -> None:
        """Say where the chosen candidate was best, and whether it is refined, as long as there is room."""
        step = self._best_step
        texts = [] if step is None else [tr("best at step {step}").format(step=step + 1)]
        if self._refined and step is not None:
            texts = [
                tr("refined, best at step {step}").format(step=step + 1),
                tr("refined, step {step}").format(step=step + 1),
            ]
        room, metrics = self.best.width(), self.best.fontMetrics()
        self.best.setText(
            next((text for text in texts if metrics.horizontalAdvance(text) <= room), (texts or [""])[-1])
        )
        self.best.setToolTip(tr(_REFINED) if self._refined else "")

    def show_marks(self, marks: CandidateMarks, method: int) -> None:
        """Show the names and marks of the candidates, in their order. method: the lane's, as in the marks."""
        for thumbnail in self.thumbnails:
            place = method, thumbnail.number
            name = marks.names.get(place, "")
            thumbnail.show_marks(name, locked=place in marks.locked, discarded=place in marks.discarded)
        self._strip.set_order(marks.order(method, len(self.thumbnails)))

    def show_losses(self, losses: Curves, total: int, runs: Sequence[RefinedRun] = ()) -> None:
        """Show the losses [T, K] of all steps so far. total: steps planned. runs: those that refine a candidate."""
        refines = self.method == REFINED_METHOD
        own = [run for run in runs if refines and run.candidate == self._chosen]
        self.curve.show_losses(losses, self._chosen, total, refined=own, still=[run for run in runs if run not in own])

    def show_cursor(self, step: int | None) -> None:
        """Mark the shown step, 0-based; None: the best of the candidate."""
        self.curve.show_marks(self._best_step if step is None else step, self._best_step)

    @property
    def best_step(self) -> int | None:
        """The step at which the chosen candidate was best, 0-based."""
        return self._best_step

    @Slot()
    def _on_clicked(self) -> None:
        thumbnail = self.sender()
        assert isinstance(thumbnail, Thumbnail)
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self.compare_requested.emit(thumbnail.number)
        else:
            self.candidate_chosen.emit(thumbnail.number)

    @Slot(QPoint)
    def _on_menu(self, at: QPoint) -> None:
        thumbnail = self.sender()
        assert isinstance(thumbnail, Thumbnail)
        self.menu_requested.emit(thumbnail.number, at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show this lane's candidate on the photo; the user clicked beside the pictures."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.candidate_chosen.emit(self._chosen)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out(event.size())

    def _share_out(self, size: QSize) -> None:
        """Divide the width among words, previews, curve and candidates; the pictures grow with the lane."""
        words, side, room = self._parts(size.width(), size.height() - 2 * MARGIN)
        for label in (self.name, self.loss, self.best):
            label.setFixedWidth(words)
        full, short = tr(METHOD_NAMES[self.method]), tr(SHORT_METHOD_NAMES[self.method])
        self.name.setText(full if theme.text_width(self.name.font(), full) <= words else short)
        self._show_best()
        self.image.set_side(side)
        self.fill.set_side(side)
        self._strip.set_side(side, room - 2 * side)

    def _parts(self, width: int, height: int) -> tuple[int, int, int]:
        """Return the width of the words, the side of a picture, and the width of all pictures and their gaps."""
        words = min(self._widest, max(96, width * 20 // 100))
        free = width - LEFT - MARGIN - words - 3 * SPACING - _GAP  # for pictures and curve
        cells = 2 + min(len(self.thumbnails), _VISIBLE)
        wanted = cells * min(max(height, SMALLEST), LARGEST) + (cells - 3) * _GAP
        curve = min(max(free - wanted, _CURVE_LEAST), max(width * 30 // 100, _CURVE_LEAST), _CURVE_MOST)
        room = free - curve
        widest = (room - (cells - 3) * _GAP) // cells
        return words, min(max(min(height, widest), SMALLEST), LARGEST), room

    def height_at(self, width: int) -> int:
        """Return the largest useful height at a width: the one at which the pictures reach their largest size."""
        return self._parts(width, LARGEST)[1] + 2 * MARGIN


class _Strip(QScrollArea):
    """Shows the candidates side by side in cells of fixed size; scrolls sideways if they do not fit."""

    def __init__(self, thumbnails: list[Thumbnail], parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._content = QWidget()
        self._content.setProperty("role", "clear")
        self._row = row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for thumbnail in thumbnails:
            row.addWidget(thumbnail)
        self.setWidget(self._content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "clear")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_side(self, side: int, room: int) -> None:
        """Size the cells: smaller where that lets all fit, or else makes room for the scroll bar."""
        count = len(self._thumbnails)
        fitting = (room - (count - 1) * _GAP) // count
        scrolls = fitting < min(side, _LEAST_CELL)
        cell = side - _SCROLLBAR if scrolls else min(side, fitting)
        for thumbnail in self._thumbnails:
            thumbnail.set_side(cell)
        self._content.setFixedSize(count * cell + (count - 1) * _GAP, cell if scrolls else side)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft | (_TOP if scrolls else _MIDDLE))
        self.setFixedSize(min(self._content.width(), max(room, cell)), side)

    def set_order(self, order: Sequence[int]) -> None:
        """Arrange the cells; order: numbers of candidates."""
        if [self._row.indexOf(self._thumbnails[number]) for number in order] == list(range(len(order))):
            return
        for place, number in enumerate(order):
            self._row.removeWidget(self._thumbnails[number])
            self._row.insertWidget(place, self._thumbnails[number])
        for before, after in pairwise(order):  # Tab goes the same way
            QWidget.setTabOrder(self._thumbnails[before], self._thumbnails[after])

    def bring_into_sight(self, thumbnail: Thumbnail) -> None:
        """Scroll to a cell and part of the next, unless the mouse is here: cells must not move under it."""
        if not self.underMouse():
            self.ensureWidgetVisible(thumbnail, thumbnail.width() // 2, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().x() or event.angleDelta().y()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned // 2)
        event.accept()
