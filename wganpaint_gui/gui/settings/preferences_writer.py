"""Saves preferences behind the window, which waits for no disk and for no other program."""

from __future__ import annotations

import logging
import math
import time

from PySide6.QtCore import QObject

from wganpaint_gui.gui.work.background import Background

from .preferences import Preferences, save_changes

log = logging.getLogger(__name__)

CLOSING_WAIT = 1.0  # seconds that all that is still to be saved may wait for another program, once the window closes


class PreferencesWriter(QObject):
    """Saves what has changed, in the order asked for."""

    def __init__(self, saved: Preferences, parent: QObject | None = None) -> None:
        """saved: as they were loaded."""
        super().__init__(parent)
        self._background = Background("preferences", self)
        self._saved = saved  # belongs to the thread
        self._give_up = math.inf  # time.monotonic() from which nothing waits any more

    def save(self, preferences: Preferences) -> None:
        """Returns at once."""
        self._background.submit(lambda: self._save(preferences), lambda _: None, _surprised)

    def close(self) -> None:
        """Take no more; what was asked for is still saved. See `wait`."""
        self._give_up = time.monotonic() + CLOSING_WAIT
        self._background.close(finish=True)

    def wait(self, deadline: float) -> bool:
        """After `close`: block until all is saved, or until time.monotonic() is `deadline`; False then."""
        return self._background.wait(deadline)

    def _save(self, preferences: Preferences) -> None:
        self._saved = save_changes(preferences, self._saved, give_up=lambda: self._give_up)


def _surprised(error: BaseException) -> None:
    """What a person can do something about is no exception: `save_preferences` logs it."""
    log.error("Preferences are not saved", exc_info=error)
