"""The undo history: what changed, as patches, within a limit of memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame

LIMIT_BYTES = 512 * 2**20
NO_STATE = -1  # of the photo: for `mark_saved`, where its pixels are in no file


@dataclass(frozen=True)
class Patch:
    """One changed rectangle of the mask [h, w] or of the photo [h, w, C], before and after."""

    box: Box
    before: NDArray[Any]
    after: NDArray[Any]

    @property
    def bytes(self) -> int:
        return self.before.nbytes + self.after.nbytes


@dataclass(frozen=True, eq=False)
class Decision:
    """A change of something beside photo, mask and frames, such as a candidate of the search."""

    put: Callable[[Any], object]  # makes it as it was before or is after; must not raise
    before: Any
    after: Any


@dataclass(frozen=True)
class Entry:
    """One action of the user: undone and redone as a whole."""

    name: str  # completes "Undo ...": "brush stroke"
    mask: tuple[Patch, ...] = ()
    photo: tuple[Patch, ...] = ()
    frames: tuple[tuple[Frame, ...], tuple[Frame, ...]] | None = None  # (before, after); None: untouched
    decision: Decision | None = None  # alone in its entry

    @cached_property
    def bytes(self) -> int:
        return sum(patch.bytes for patch in (*self.mask, *self.photo))


class History:
    """Entries done and undone. Beyond limit_bytes the oldest are dropped, but never the newest.

    It stores entries only; whoever calls undo() or redo() writes the entry's pixels.
    """

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self.limit_bytes = limit_bytes
        self._entries: list[Entry] = []
        self._position = 0  # entries before it are done, the others undone
        self._states = [0]  # a number for the document before and after each entry; none is used twice
        self._pushed = 0
        self._photos = [0]  # likewise for the photo's pixels
        self._newest = 0
        self._saved = 0  # of the pixels last saved; undo and redo may no longer reach them

    def push(self, entry: Entry) -> None:
        """Add what was just done and drop what was undone before. Where it fails, nothing has changed."""
        done = self._position
        entries = [*self._entries[:done], entry]
        newest = self._newest + bool(entry.photo)
        photos = [*self._photos[: done + 1], newest if entry.photo else self._photos[done]]
        # A decision leaves mask, photo and frames as they are.
        states = [*self._states[: done + 1], self._states[done] if entry.decision else self._pushed + 1]
        surplus = self._surplus(entries)
        self._entries, self._photos, self._states = entries[surplus:], photos[surplus:], states[surplus:]
        self._newest, self._pushed, self._position = newest, self._pushed + 1, done + 1 - surplus

    def forget_decisions(self) -> None:
        """Drop the entries of all decisions, done and undone: what they were about is gone."""
        kept = [index for index, entry in enumerate(self._entries) if entry.decision is None]
        self._position = sum(index < self._position for index in kept)
        self._entries = [self._entries[index] for index in kept]
        self._states = [self._states[0], *(self._states[index + 1] for index in kept)]
        self._photos = [self._photos[0], *(self._photos[index + 1] for index in kept)]

    def undo(self) -> Entry | None:
        """Step back; returns the entry whose before-side must be written, None at the beginning."""
        if not self.can_undo:
            return None
        self._position -= 1
        return self._entries[self._position]

    def redo(self) -> Entry | None:
        """Step forward; returns the entry whose after-side must be written, None at the end."""
        if not self.can_redo:
            return None
        self._position += 1
        return self._entries[self._position - 1]

    @property
    def state(self) -> int:
        """A number for mask, photo and frames as they are now; no other state ever gets it."""
        return self._states[self._position]

    @property
    def photo_state(self) -> int:
        """A number for the photo's pixels as they are now, for `mark_saved`; no others ever get it."""
        return self._photos[self._position]

    def mark_saved(self, photo_state: int | None = None) -> None:
        """Record that the pixels of that state (None: the present one) are in the file, whatever was done since."""
        self._saved = self.photo_state if photo_state is None else photo_state

    @property
    def is_saved(self) -> bool:
        """Whether the photo's pixels are saved, also after undo or redo back to them; True at first.

        The file holds neither mask nor frames, so changing those leaves the photo saved.
        """
        return self._saved == self.photo_state

    @property
    def can_undo(self) -> bool:
        return self._position > 0

    @property
    def can_redo(self) -> bool:
        return self._position < len(self._entries)

    @property
    def undo_name(self) -> str | None:
        return self._entries[self._position - 1].name if self.can_undo else None

    @property
    def redo_name(self) -> str | None:
        return self._entries[self._position].name if self.can_redo else None

    @property
    def done_names(self) -> tuple[str, ...]:
        """Names of the entries that can be undone, oldest first."""
        return tuple(entry.name for entry in self._entries[: self._position])

    @property
    def undone_names(self) -> tuple[str, ...]:
        """Names of the entries that can be redone, next first."""
        return tuple(entry.name for entry in self._entries[self._position :])

    def _surplus(self, entries: list[Entry]) -> int:
        """Return how many of the oldest entries to drop."""
        total, surplus = sum(entry.bytes for entry in entries), 0
        while total > self.limit_bytes and surplus < len(entries) - 1:
            total -= entries[surplus].bytes
            surplus += 1
        return surplus
