"""What the editor can do now; panels and actions enable themselves by it."""

from enum import Enum, auto


class RunState(Enum):
    """The states of a fill, from an empty window to a result that waits to be kept."""

    NO_PHOTO = auto()
    NO_MASK = auto()
    LOADING = auto()  # the engine is not ready yet
    READY = auto()
    RUNNING = auto()
    PAUSED = auto()
    FINISHED = auto()  # done or stopped: keep, discard or continue

    @property
    def has_fill(self) -> bool:
        """A search exists and can be looked at."""
        return self in (RunState.RUNNING, RunState.PAUSED, RunState.FINISHED)
