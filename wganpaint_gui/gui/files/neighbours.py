"""The photos before and after one in its folder, which is listed off the GUI thread: it may hold 100,000 files."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from wganpaint_gui.core.photo.photo_folder import natural, photos_in
from wganpaint_gui.gui.work.background import Background


class Neighbours(QObject):
    """Signal: found(Path, or None where there is none), the answer to `look`."""

    found = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.background = Background("neighbours", self)
        self._steps = 0  # asked for and not begun
        self._path: Path | None = None  # where the first of them was asked for
        self._turn = 0  # raised by `drop`: an answer of an earlier turn is not given
        self._busy = False

    def look(self, path: Path, offset: int, row: Sequence[Path] = ()) -> None:
        """Look for the photo `offset` places after `path`; steps asked for meanwhile start from what is found.

        row: photos opened together, which count if `path` is one of them.
        """
        if path in row:
            self.found.emit(neighbour(path, offset, row))
            return
        if not self._steps:
            self._path = path
        self._steps += offset
        if not self._busy:
            self._begin(path)

    def drop(self) -> None:
        """Give no answer: another photo has been opened."""
        self._steps = 0
        self._turn += 1

    def _begin(self, path: Path) -> None:
        steps, self._steps, self._busy = self._steps, 0, True
        turn = self._turn

        def done(found: Path | None) -> None:
            self._busy = False
            if turn != self._turn:
                if self._path is not None and self._steps:  # asked for since `drop`
                    self._begin(self._path)
            elif found is not None and self._steps:
                self._begin(found)
            else:
                self._steps = 0
                self.found.emit(found)

        self.background.submit(lambda: neighbour(path, steps, photos_in(path.parent)), done, lambda _: done(None))


def neighbour(path: Path, offset: int, photos: Sequence[Path]) -> Path | None:
    """Return the photo `offset` places after `path` in a sorted row; the last that is there, if there are fewer.

    Returns None beyond either end. A photo that is gone from its folder is looked for where it was by its name.
    """
    if path in photos:
        before = photos.index(path)
        after = before + 1
    else:
        after = bisect_left(photos, natural(path.name), key=lambda photo: natural(photo.name))
        before = after
    # Counted from the first photo on that side.
    place = min(after + offset - 1, len(photos) - 1) if offset > 0 else max(before + offset, 0)
    beyond = after == len(photos) if offset > 0 else before == 0
    return None if beyond else photos[place]
