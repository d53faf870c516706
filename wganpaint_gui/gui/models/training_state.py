"""What the training is doing; page, panel and actions enable themselves by it."""

from enum import Enum, auto

LONGER = "Train longer…"  # what Resume becomes when all updates are done


class TrainingState(Enum):
    """The states of a training run in the editor, from none at all to one that has ended."""

    IDLE = auto()  # no run in hand
    PREPARING = auto()  # its pictures are looked at and decoded
    RUNNING = auto()
    YIELDING = auto()  # a fill is being searched for: training waits, with all its memory
    PAUSING = auto()  # a checkpoint is being saved
    PAUSED = auto()  # the device is free again
    STOPPING = auto()  # a checkpoint is being saved, or everything is about to be deleted
    ENDED = auto()  # done, stopped or failed: it stands in the list of runs

    @property
    def is_live(self) -> bool:
        """A thread trains, or would."""
        return self in (TrainingState.PREPARING, TrainingState.RUNNING, TrainingState.YIELDING)

    @property
    def is_under_way(self) -> bool:
        """There is a run that has not been ended."""
        return self not in (TrainingState.IDLE, TrainingState.ENDED)
