"""Shows the state of the fill in the window: which actions are enabled, and the progress in the status bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from wganpaint_gui.gui.commands.action_requirements import NEEDS_FILL, NEEDS_PHOTO
from wganpaint_gui.gui.fill.fill_controller import FillController
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.frame_planner import FramePlanner
from wganpaint_gui.gui.look.translation import tr

from .status_bar import StatusBar


class FillStatus(QObject):
    """Listens to the controller from its creation on."""

    def __init__(
        self,
        controller: FillController,
        planner: FramePlanner,
        status: StatusBar,
        actions: dict[str, QAction],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller, self._planner, self._status, self._actions = controller, planner, status, actions
        self._photo_shown = True
        controller.state_changed.connect(self._on_state)
        controller.progressed.connect(self._show_progress)
        controller.shown.connect(self._show_progress)
        self._on_state(controller.state)

    def set_photo_shown(self, shown: bool) -> None:
        """Set whether the search panel can be seen, which shows the steps of a search itself."""
        self._photo_shown = shown
        self._show_progress()

    @Slot(object)
    def _on_state(self, state: FillState) -> None:
        photo, live = state is not FillState.NO_PHOTO, state in (FillState.RUNNING, FillState.PAUSED)
        enabled = {
            **dict.fromkeys((*NEEDS_PHOTO, "run"), photo),
            **dict.fromkeys(NEEDS_FILL, state.has_fill),
            "pause": live,
            "stop": live or state is FillState.COPYING,
            "export_film": state in (FillState.PAUSED, FillState.FINISHED),
            "more_steps": state is FillState.FINISHED,
        }
        for name, able in enabled.items():
            self._actions[name].setEnabled(able)
        self._show_progress()

    @Slot()
    def _show_progress(self) -> None:
        controller, planner = self._controller, self._planner
        if controller.state is FillState.FINISHED:
            self._status.hide_progress()
        elif controller.state is FillState.COPYING:
            self._status.show_busy(tr("Filling the mask…"))
        elif controller.fill is not None and self._photo_shown:
            self._status.hide_progress()
        elif controller.fill is not None:
            self._status.show_progress(len(controller.fill.search.log), controller.plan.total)
        elif controller.preparing:
            found = planner.frames and planner.settled
            self._status.show_busy(tr("Preparing the search…") if found else tr("Finding the frame…"))
        else:
            self._status.hide_progress()
