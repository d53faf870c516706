"""The states of a training run; they decide what page, panel and actions offer."""

from enum import Enum, auto

from wganpaint_gui.gui.look.translation import QT_TR_NOOP

LONGER = QT_TR_NOOP("Train longer…")  # replaces Resume when all updates are done


class TrainingState(Enum):
    """State of the current training run in the editor."""

    IDLE = auto()  # no current run
    PREPARING = auto()  # its pictures are checked and decoded
    RUNNING = auto()
    YIELDING = auto()  # training waits for a search, keeping its memory
    PAUSING = auto()  # a checkpoint is being saved
    PAUSED = auto()  # the device is free
    STOPPING = auto()  # a checkpoint is being saved, or the run is being deleted
    ENDED = auto()  # finished, stopped or failed: it is in the list of runs

    @property
    def is_live(self) -> bool:
        """Whether a training thread exists."""
        return self in (TrainingState.PREPARING, TrainingState.RUNNING, TrainingState.YIELDING)

    @property
    def is_in_progress(self) -> bool:
        """Whether there is a run that has not ended."""
        return self not in (TrainingState.IDLE, TrainingState.ENDED)
