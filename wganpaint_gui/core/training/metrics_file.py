"""metrics.jsonl of a run: appended to line by line, so that any tool can follow it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.system.atomic import atomic_write, save_error

from .training_config import Stage
from .training_log import position


class MetricsFile:
    """Appends whole lines or nothing: what a full disk cut off is removed, and can be written again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, lines: Sequence[str]) -> None:
        """Append lines. Raises SaveError where not all can be written; the file is then unchanged."""
        if not lines:
            return
        data = "".join(f"{line}\n" for line in lines).encode()
        before = self._path.stat().st_size if os.path.exists(self._path) else 0
        try:
            with self._path.open("ab") as file:
                file.write(data)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.truncate(self._path, before)
            raise save_error(error, self._path) from error

    def cut(self, finished: dict[Stage, int]) -> list[str]:
        """Delete the lines of updates after the checkpoint that a run resumes from: they will be written again.

        finished: updates of each stage at the checkpoint. Returns the lines that stay.
        """
        try:
            found = self._path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise TrainingError(f"{self._path} cannot be read: {error.strerror}.", "Check its permissions.") from error
        kept = []
        for line in found.decode("utf-8", "replace").splitlines():
            where = position(line)
            if where is not None and where[1] <= finished[where[0]]:
                kept.append(line)
        data = "".join(f"{line}\n" for line in kept).encode()
        if data != found:  # a missing end of line alone would spoil the next line that is appended
            atomic_write(self._path, lambda file: file.write(data), overwrite=True)
        return kept
