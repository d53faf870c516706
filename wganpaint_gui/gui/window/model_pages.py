"""The pages that take the photo's place to train a model and to evaluate one, and the actions that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from wganpaint_gui.gui.commands.action_requirements import NEEDS_TRAINING
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.models.model_actions import ModelActions
from wganpaint_gui.gui.models.model_panel import ModelPanel

from .central_stack import CentralStack
from .shutdown import Part
from .window_memory import WindowMemory

if TYPE_CHECKING:
    from wganpaint_gui.gui.evaluation.evaluation_actions import EvaluationActions
    from wganpaint_gui.gui.training.training_actions import TrainingActions


class ModelPages(QObject):
    """Creates each page when it is first needed, after the first photo is shown: both would lengthen every start."""

    def __init__(
        self,
        window: QWidget,
        stack: CentralStack,
        panel: ModelPanel,
        models: ModelActions,
        fills: FillController,
        messages: MessageBar,
        actions: dict[str, QAction],
        memory: WindowMemory,
    ) -> None:
        super().__init__(window)
        self._window, self._stack, self._messages, self._memory = window, stack, messages, memory
        self._parts = (panel, models, fills, messages)
        self._actions = actions
        self._training: TrainingActions | None = None
        self._evaluation: EvaluationActions | None = None
        panel.train.clicked.connect(lambda: self.training.open())
        panel.evaluate.clicked.connect(lambda: self.evaluation.open())
        for name in NEEDS_TRAINING:
            actions[name].setEnabled(False)

    @property
    def training(self) -> TrainingActions:
        if self._training is None:
            from wganpaint_gui.gui.training.training_actions import TrainingActions

            self._training = training = TrainingActions(self._window, *self._parts, self._actions)
            training.unfinished_changed.connect(self._memory.remember_training)
            self._add(training, training.page)
            training.restore(self._memory.preferences.training)
        return self._training

    @property
    def evaluation(self) -> EvaluationActions:
        if self._evaluation is None:
            from wganpaint_gui.gui.evaluation.evaluation_actions import EvaluationActions

            self._evaluation = evaluation = EvaluationActions(self._window, *self._parts)
            self._add(evaluation, evaluation.page)
        return self._evaluation

    def _add(self, actions: TrainingActions | EvaluationActions, page: QWidget) -> None:
        self._stack.addWidget(page)
        actions.page_requested.connect(lambda: self._stack.show_page(page))
        actions.photo_requested.connect(self._stack.show_photo)

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action does, by its id."""
        return {
            "train": lambda: self.training.open(),
            "sample_now": lambda: self.training.sample_now(),
            "compare_runs": lambda: self.training.compare_runs(),
            "export_metrics": lambda: self.training.export_metrics(),
            "evaluate": lambda: self.evaluation.open(),
        }

    # -- the end -------------------------------------------------------------------------------------------------

    @property
    def parts(self) -> Sequence[Part]:
        """What has to end before the program does."""
        return [part for part in (self._training, self._evaluation) if part is not None]

    @property
    def is_training(self) -> bool:
        """Whether a run must be saved before the program closes."""
        return self._training is not None and self._training.is_busy

    def remember(self) -> None:
        """Note the run that the next start offers to resume."""
        if self._training is not None:
            self._memory.remember_training(self._training.unfinished)

    def save(self) -> None:
        """Save the training run in progress."""
        if self._training is not None:
            self._training.save()
