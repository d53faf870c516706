"""What the menu can ask for to look closer at a fill: the steps worth going to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.lanes.search_panel import SearchPanel
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.work.background import Background

from .critic_steps import CriticSteps

_LANDMARKS = {"suggested_step": "star", "critic_step": "eye"}  # by action, the sign on the timeline


class LookActions(QObject):
    """Owns what looks closer at the fill in hand, and the thread that it computes in; enables its own actions."""

    def __init__(
        self,
        controller: FillController,
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

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action does, by its id."""
        return {name: lambda sign=sign: self._go_to(sign) for name, sign in _LANDMARKS.items()}

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
