"""The search panel: one lane per method, the timeline under them, and buttons to control the search and its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QSize, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wganpaint_gui.core.search.candidate_marks import Candidate, CandidateMarks
from wganpaint_gui.core.search.records import InpaintStep, SearchLog, StepPlan, refined_runs, with_planned
from wganpaint_gui.core.search.settings import REFINED_METHOD, InpaintConfig
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.translation import QT_TR_NOOP, tr
from wganpaint_gui.gui.widgets import ElidedLabel, KeyButton, Panel

from .lane import Lane, LaneFrame
from .mix_row import MixRow
from .surroundings_lane import SurroundingsLane
from .timeline import Landmark, Timeline

if TYPE_CHECKING:
    from wganpaint_gui.core.search.composed_fill import FillSnapshot

MORE_STEPS = 100
_GAP = 8  # between buttons, and between lanes
_SIDES = 12  # left and right of the lanes, device-independent pixels
_SHARE = 36  # percent of the height that the panel takes by itself at most


class SearchPanel(Panel):
    """Shows a search and lets the user control it. Computes nothing.

    Signals, by the user only: stop_requested(); continue_requested(int steps); keep_requested(); discard_requested();
    scrubbed(int | None), a 0-based step or None for live or best; candidate_selected(int method, int candidate);
    compare_requested(int method, int candidate); menu_requested, likewise with a QPoint on the screen;
    surroundings_selected(). By the search as well: landmarks_changed().
    """

    stop_requested = Signal()
    continue_requested = Signal(int)
    keep_requested = Signal()
    discard_requested = Signal()
    scrubbed = Signal(object)
    candidate_selected = Signal(int, int)
    compare_requested = Signal(int, int)
    menu_requested = Signal(int, int, QPoint)
    surroundings_selected = Signal()
    landmarks_changed = Signal()

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        """actions: by id, whose keys the buttons show."""
        super().__init__(QT_TR_NOOP("Search"), parent)
        self._actions = actions
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._config = InpaintConfig()
        self._plan = StepPlan(self._config.steps)
        self._step: InpaintStep | None = None  # the newest that was shown, with the bests so far
        self._suggested: int | None = None  # the step of the suggested candidate of the method on the photo
        self._best_by_critic: int | None = None  # the step of the candidate on the photo
        self._picks: dict[int, int] = {}  # what the user chose in each lane; elsewhere the best is shown
        self._film = True  # whether earlier steps can be shown
        self._state = FillState.NO_PHOTO
        self.lanes: list[Lane] = []
        self.surroundings = SurroundingsLane(self)
        self.surroundings.hide()
        self._make_header()
        self.timeline = Timeline(self)
        self.mix = MixRow(self)
        self.mix.hide()
        self._lane_column = QVBoxLayout()
        self._lane_column.setSpacing(_GAP)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(_SIDES, _GAP, _SIDES, _GAP)
        column.setSpacing(_GAP)
        column.addLayout(self._header)
        column.addLayout(self._lane_column, 1)
        column.addWidget(self.surroundings, 1)
        column.addWidget(self.timeline)
        column.addWidget(self.mix)
        self._connect()
        self.set_state(self._state)

    def _make_header(self) -> None:
        self.title = ElidedLabel(tr("Search"), self)
        self.title.setObjectName("search-title")
        self.title.setFont(theme.heading(self.font()))
        self.title.setMinimumWidth(theme.text_width(self.title.font(), tr("Search")) + 8)
        longest = tr("Frame {number} of {count}").format(number=10, count=10)
        self.title.setMaximumWidth(theme.text_width(self.title.font(), longest) + 8)
        tip = tr("Stop the search; you can still choose among its candidates.")
        self.stop = self._button("stop", tr("Stop"), "stop", tip)
        more = tr("Continue the search for {count} more steps from the present latents.").format(count=MORE_STEPS)
        self.more = self._button("more-steps", tr("+{count} steps").format(count=MORE_STEPS), "more_steps", more)
        tip = tr("Write the fill shown into the photo; you can undo it.")
        self.keep = self._button("keep", tr("Keep"), "keep", tip)
        self.keep.say(tr("Keep"), self._actions["keep"], primary=True)
        tip = tr("Discard all candidates; photo and mask stay.")
        self.discard = self._button("discard", tr("Discard"), "discard", tip)
        self._buttons = (self.stop, self.more, self.keep, self.discard)
        self._header = QHBoxLayout()
        self._header.setSpacing(_GAP)
        self._header.addWidget(self.title, 1)
        for button in (self.stop, self.more):
            self._header.addWidget(button)
        self._header.addStretch(1)
        for button in (self.keep, self.discard):
            self._header.addWidget(button)

    def _button(self, name: str, words: str, action: str, tip: str) -> KeyButton:
        button = KeyButton(parent=self)
        button.say(words, self._actions[action])
        button.setObjectName(name)
        button.setToolTip(tip)
        return button

    def _connect(self) -> None:
        self.stop.clicked.connect(self.stop_requested)
        self.more.clicked.connect(lambda: self.continue_requested.emit(MORE_STEPS))
        self.keep.clicked.connect(self.keep_requested)
        self.discard.clicked.connect(self.discard_requested)
        self.timeline.scrubbed.connect(self.scrubbed)
        self.surroundings.chosen.connect(self.surroundings_selected)

    def sizeHint(self) -> QSize:
        return QSize(920, self._column.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gaps = len(self._buttons) * _GAP + 2 * _SIDES
        whole = self.title.minimumWidth() + gaps + sum(button.whole_width for button in self._buttons)
        for button in self._buttons:  # all of them or none
            button.show_keys(whole <= event.size().width())

    def wanted_height(self, available: int) -> int:
        """Return the height to open the panel with: pictures as large as the width allows, within a share of the whole.

        available: height of photo and panel together in device-independent pixels.
        """
        above = self.parentWidget()
        width = (self if above is None else above).width() - 2 * _SIDES
        lanes: list[Lane | SurroundingsLane] = [
            *self.lanes,
            *([] if self.surroundings.isHidden() else [self.surroundings]),
        ]
        larger = sum(lane.height_at(width) - lane.sizeHint().height() for lane in lanes)
        least = self.sizeHint().height()
        return max(least, min(available * _SHARE // 100, least + larger))

    # -- what is shown ---------------------------------------------------------------------------------------------

    def begin(self, config: InpaintConfig, plan: StepPlan | None = None, *, film: bool = True) -> None:
        """Make empty lanes for a new search.

        plan: None = config.steps. film: whether earlier steps can be shown; a project has only the bests.
        """
        self._film = film
        self._config, self._plan = config, plan or StepPlan(config.steps)
        self._step = None
        self._suggested = self._best_by_critic = None
        self._picks = {}
        self._make_lanes(config)
        self.timeline.begin(self._plan.total, with_planned([], self._plan), film=film)

    def begin_surroundings(self) -> None:
        """Make room for a fill from the surroundings without a search."""
        self._drop_lanes()
        self.timeline.hide()

    @property
    def lane_count(self) -> int:
        """How many lanes are shown."""
        return len(self.lanes) + (not self.surroundings.isHidden())

    def _drop_lanes(self) -> None:
        for lane in self.lanes:
            self._lane_column.removeWidget(lane)
            lane.hide()
            lane.deleteLater()
        self.lanes = []

    def _make_lanes(self, config: InpaintConfig) -> None:
        self._drop_lanes()
        self.timeline.show()
        for index, method in enumerate(config.methods):
            refines = self._film and config.refine > 0 and method == REFINED_METHOD
            lane = Lane(method, config.candidates, refines=refines, parent=self)
            lane.candidate_chosen.connect(lambda candidate, index=index: self._on_candidate(index, candidate))
            lane.compare_requested.connect(lambda number, index=index: self.compare_requested.emit(index, number))
            lane.menu_requested.connect(lambda number, at, index=index: self.menu_requested.emit(index, number, at))
            lane.step_chosen.connect(self._on_step)
            self._lane_column.addWidget(lane)
            self.lanes.append(lane)

    def show_frame(self, frame: FillSnapshot, log: SearchLog) -> None:
        """Show the pictures, losses and curves of one moment; without frame.images the pictures stay."""
        if frame.step is not None:
            self._step = frame.step
        selected = frame.selection
        self._note_suggested(frame)
        for index, lane in enumerate(self.lanes):
            own = index == selected.method
            active = own and not self.surroundings.active
            chosen = selected.candidate if own else None
            lane.show_frame(
                LaneFrame(
                    losses=frame.losses[index],
                    best_steps=None if self._step is None else self._step.best_steps[index],
                    alive=self._alive(index),
                    images=None if frame.images is None else frame.images[index],
                    fills=None if frame.fills is None else frame.fills[index],
                    chosen=self._pick(index, frame) if chosen is None else chosen,
                    active=active,
                    suggested=None if frame.suggested is None else int(frame.suggested[index]),
                    refined=frame.refined if lane.method == REFINED_METHOD else frozenset(),
                )
            )
            lane.show_cursor(frame.shown_step)
        self.show_progress(log)

    def _note_suggested(self, frame: FillSnapshot) -> None:
        """Mark the step of the suggested candidate; it is known where the bests are shown, and stays after that."""
        if frame.suggested is not None and self._step is not None:
            method = frame.selection.method
            step = int(self._step.best_steps[method, frame.suggested[method]])
            self._suggested = step if step >= 0 else None
            self._show_landmarks()

    @Slot(object)
    def show_best_by_critic(self, step: int | None) -> None:
        """Mark the step, 0-based, at which the critic scores the candidate on the photo highest; None: not known."""
        self._best_by_critic = step
        self._show_landmarks()

    def _show_landmarks(self) -> None:
        marks: list[Landmark] = []
        if self._suggested is not None:
            marks.append(Landmark(self._suggested, "star", tr("Suggested")))
        if self._best_by_critic is not None:
            marks.append(Landmark(self._best_by_critic, "eye", tr("Most real to the critic")))
        self.timeline.slider.show_landmarks(marks)
        self.landmarks_changed.emit()

    def show_marks(self, marks: CandidateMarks) -> None:
        """Show names and marks of all candidates, and order them."""
        for method, lane in enumerate(self.lanes):
            lane.show_marks(marks, method)

    def show_compared(self, candidate: Candidate | None) -> None:
        """Mark the candidate in the second view beside the photo; None: there is none."""
        for method, lane in enumerate(self.lanes):
            for thumbnail in lane.thumbnails:
                thumbnail.set_compared((method, thumbnail.number) == candidate)

    def show_progress(self, log: SearchLog) -> None:
        """Show the progress of the search in curves and timeline; the pictures stay."""
        losses = log.losses
        total, runs = max(self._plan.total, len(losses)), with_planned(refined_runs(log.refined), self._plan)
        for index, lane in enumerate(self.lanes):
            lane.show_losses(losses[:, index], total, runs)
        self.timeline.show_progress(len(losses), total, runs)
        self.timeline.slider.show_marks([(lane.method, lane.best_step) for lane in self.lanes])

    def set_plan(self, plan: StepPlan) -> None:
        """Set how long the search will be at its end: the length of curves and timeline."""
        self._plan = plan

    def set_title(self, title: str) -> None:
        self.title.setText(title)

    @Slot(float)
    def set_speed(self, steps_per_second: float) -> None:
        self.timeline.set_speed(steps_per_second)

    @Slot(object)
    def set_state(self, state: FillState) -> None:
        self._state = state
        if state is FillState.RUNNING:  # it moves on from what was suggested
            self._suggested = None
            self._show_landmarks()
        running, paused = state is FillState.RUNNING, state is FillState.PAUSED
        self.stop.setEnabled(running or paused or state is FillState.COPYING)
        self.more.setEnabled(state is FillState.FINISHED)
        self.keep.setEnabled(state.has_fill and state is not FillState.COPYING)
        self.discard.setEnabled(state.has_fill)
        self.timeline.setEnabled(state.has_fill and self._film)
        self.landmarks_changed.emit()
        self.timeline.set_running(running, paused=paused)

    # -- choosing ----------------------------------------------------------------------------------------------------

    @Slot(int)
    def _on_step(self, step: int) -> None:
        if self._film:
            self.timeline.choose(step)

    def _on_candidate(self, method: int, candidate: int) -> None:
        self._picks[method] = candidate
        self.candidate_selected.emit(method, candidate)

    def _pick(self, method: int, frame: FillSnapshot) -> int:
        """Return the candidate that a lane shows large: the user's choice, or else the suggested or the best one."""
        if method in self._picks:
            return self._picks[method]
        if frame.suggested is not None:
            return int(frame.suggested[method])
        # By the best losses, which change seldom: by those of every step the picture would jump between candidates.
        ranked = frame.losses[method] if self._step is None else self._step.best_losses[method]
        finite = np.isfinite(ranked)
        return int(np.argmin(np.where(finite, ranked, np.inf)))

    def _alive(self, method: int) -> NDArray[np.bool_]:
        if self._step is None:
            return np.ones(self._config.candidates, np.bool_)
        alive: NDArray[np.bool_] = self._step.alive[method]
        return alive
