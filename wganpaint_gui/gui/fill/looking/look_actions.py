"""What the menu can ask for to look closer at a fill: maps over the photo, and the steps worth going to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.commands.actions import AMPLIFICATIONS
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .critic_eye import CriticEye
from .critic_steps import CriticSteps
from .difference_view import DEFAULT_AMPLIFICATION, DifferenceView

_AMPLIFICATIONS = {f"amplify_{factor}": factor for factor in AMPLIFICATIONS}  # by action
_LANDMARKS = {"suggested_step": "star", "critic_step": "eye"}  # by action, the sign on the timeline


class LookActions(QObject):
    """Owns what looks closer at the fill in hand, and the thread that it computes in; enables its own actions."""

    def __init__(
        self,
        controller: FillController,
        canvas: Canvas,
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
        for part in (self.difference, self.critic_eye):
            part.failed.connect(messages.show_error)
        controller.state_changed.connect(self._on_state)
        self._on_state(controller.state)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action does, by its id."""
        return {
            **{name: lambda sign=sign: self._go_to(sign) for name, sign in _LANDMARKS.items()},
            **{name: lambda factor=factor: self._amplify(factor) for name, factor in _AMPLIFICATIONS.items()},
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

    def _amplify(self, factor: int) -> None:
        """Choose by how much differences are amplified, which is what one wants to see then."""
        self.difference.set_amplification(factor)
        self._actions["difference"].setChecked(True)

    @Slot(object)
    def _on_state(self, state: FillState) -> None:
        self._actions["difference"].setEnabled(state is not FillState.NO_PHOTO)
        self._actions["critic_eye"].setEnabled(state.has_fill)
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
