"""Saving preferences in the background, so that the window never waits for a disk or another window."""

from __future__ import annotations

import logging
import math
import time

from PySide6.QtCore import QObject

from wganpaint_gui.gui.work.background import Background

from .preferences import Preferences, save_changes

log = logging.getLogger(__name__)

CLOSING_WAIT = 1.0  # seconds that the last saves may wait for another window once this one closes


class PreferencesWriter(QObject):
    """Saves changes, in the order of the calls."""

    def __init__(self, saved: Preferences, parent: QObject | None = None) -> None:
        """saved: the preferences as they were loaded."""
        super().__init__(parent)
        self._background = Background("preferences", self)
        self._saved = saved  # only used in the background thread
        self._give_up = math.inf  # time.monotonic() at which waiting ends

    def save(self, preferences: Preferences) -> None:
        """Save in the background; return at once. `save_preferences` logs the errors that are expected."""
        self._background.submit(
            lambda: self._save(preferences),
            lambda _: None,
            lambda error: log.error("Preferences are not saved", exc_info=error),
        )

    def close(self) -> None:
        """Accept no more calls; pending saves are completed. See `wait`."""
        self._give_up = time.monotonic() + CLOSING_WAIT
        self._background.close(finish=True)

    def wait(self, deadline: float) -> bool:
        """Block until all is saved, after `close`; return False if time.monotonic() reaches `deadline` first."""
        return self._background.wait(deadline)

    def _save(self, preferences: Preferences) -> None:
        self._saved = save_changes(preferences, self._saved, give_up=lambda: self._give_up)
