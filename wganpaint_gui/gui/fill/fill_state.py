"""What the editor can do next; panels and actions are enabled by it."""

from enum import Enum, auto


class FillState(Enum):
    """The states of a fill, from an empty window to a result that waits to be kept or discarded."""

    NO_PHOTO = auto()
    NO_MASK = auto()
    LOADING = auto()  # the model is not ready yet
    READY = auto()
    RUNNING = auto()
    PAUSED = auto()
    COPYING = auto()  # from the surroundings; there is no search
    COPIED = auto()  # the same, done: keep, discard or search
    FINISHED = auto()  # done or stopped: keep, discard or continue

    @property
    def has_fill(self) -> bool:
        """Whether there is a fill in hand: from the surroundings, or a search that runs, is paused, or has ended."""
        return self in (FillState.RUNNING, FillState.PAUSED, FillState.FINISHED, FillState.COPYING, FillState.COPIED)
