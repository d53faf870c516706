"""What the menu can ask for to look closer at a fill: maps over the photo, and the steps worth going to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from wganpaint_gui.core.search.candidate_marks import Candidate
from wganpaint_gui.gui.canvas.beside_viewer import BesideViewer
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.commands.actions import AMPLIFICATIONS
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .candidate_actions import CandidateActions
from .candidate_mix import CandidateMix
from .critic_eye import CriticEye
from .critic_steps import CriticSteps
from .difference_view import DEFAULT_AMPLIFICATION, DifferenceView
from .side_by_side import SideBySide

_AMPLIFICATIONS = {f"amplify_{factor}": factor for factor in AMPLIFICATIONS}  # by action
_LANDMARKS = {"suggested_step": "star", "critic_step": "eye"}  # by action, the sign on the timeline


class LookActions(QObject):
    """Owns what looks closer at the fill in hand, and the thread that it computes in; enables its own actions."""

    def __init__(
        self,
        controller: FillController,
        canvas: Canvas,
        beside: BesideViewer,
        search_panel: SearchPanel,
        messages: MessageBar,
        actions: Mapping[str, QAction],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._search, self._actions = search_panel, actions
        self.background = Background("look", self)
        critic_steps = CriticSteps(controller, self.background, self)
        critic_steps.found.connect(search_panel.show_best_by_critic)
        critic_steps.failed.connect(messages.show_error)
        search_panel.landmarks_changed.connect(self._enable_landmarks)
        self._enable_landmarks()
        self._actions[f"amplify_{DEFAULT_AMPLIFICATION}"].setChecked(True)
        self.difference = DifferenceView(canvas, self.background, self)
        self.critic_eye = CriticEye(controller, canvas, self.background, self)
        self.side_by_side = SideBySide(controller, canvas, beside, self.background, self)
        self.side_by_side.compared_changed.connect(self._on_compared)
        CandidateMix(controller, search_panel, self.side_by_side, self)
        search_panel.compare_requested.connect(self._compare_with)
        self.candidates = CandidateActions(controller, search_panel, messages, actions, self)
        for part in (self.difference, self.critic_eye, self.side_by_side):
            part.failed.connect(messages.show_error)
        controller.state_changed.connect(self._on_state)
        self._on_state(controller.state)
        self._on_compared(None)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action does, by its id."""
        return {
            **{name: lambda sign=sign: self._go_to(sign) for name, sign in _LANDMARKS.items()},
            **{name: lambda factor=factor: self._amplify(factor) for name, factor in _AMPLIFICATIONS.items()},
            **self.candidates.handlers(),
            "side_by_side": self.side_by_side.set_shown,
            "mix": self._mix,
            "compare_next": self.side_by_side.compare_next,
            "difference": self._show_difference,
            "critic_eye": self._show_critic_eye,
        }

    def _show_difference(self, shown: bool) -> None:
        if shown:  # one map at a time
            self._actions["critic_eye"].setChecked(False)
        self.difference.set_shown(shown)

    def _show_critic_eye(self, shown: bool) -> None:
        if shown:
            self._actions["difference"].setChecked(False)
        self.critic_eye.set_shown(shown)

    def _mix(self) -> None:
        """Compare two candidates, if that is not done yet, and turn to the slider that mixes them."""
        self._actions["side_by_side"].setChecked(True)
        self._search.mix.slider.setFocus()

    @Slot(int, int)
    def _compare_with(self, method: int, candidate: int) -> None:
        """Show a candidate beside the one on the photo."""
        self.side_by_side.compare_with((method, candidate))
        self._actions["side_by_side"].setChecked(True)

    @Slot(object)
    def _on_compared(self, candidate: Candidate | None) -> None:
        self._search.show_compared(candidate)
        self._actions["compare_next"].setEnabled(candidate is not None)

    def _amplify(self, factor: int) -> None:
        """Choose by how much differences are amplified, which is what one wants to see then."""
        self.difference.set_amplification(factor)
        self._actions["difference"].setChecked(True)

    @Slot(object)
    def _on_state(self, state: FillState) -> None:
        self._actions["difference"].setEnabled(state is not FillState.NO_PHOTO)
        for name in ("critic_eye", "side_by_side", "mix"):
            self._actions[name].setEnabled(state.has_fill)
        for name in _AMPLIFICATIONS:
            self._actions[name].setEnabled(state is not FillState.NO_PHOTO)

    def _go_to(self, sign: str) -> None:
        """Show the step that has a sign on the timeline."""
        for mark in self._search.timeline.slider.landmarks:
            if mark.sign == sign:
                self._search.timeline.choose(mark.step)

    @Slot()
    def _enable_landmarks(self) -> None:
        signs = {mark.sign for mark in self._search.timeline.slider.landmarks if self._search.timeline.isEnabled()}
        for name, sign in _LANDMARKS.items():
            self._actions[name].setEnabled(sign in signs)
