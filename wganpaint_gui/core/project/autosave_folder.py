"""The folders of autosaves: one for each running program, which no other program touches until that one has ended.

PID/lock          held by the program as long as it runs
PID/*.wganpaint   an autosave for each document with unsaved work
unreadable/       autosaves that no program could read
"""

from __future__ import annotations

import contextlib
import os
import shutil
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from wganpaint_gui.core.errors import ProjectError, SaveError
from wganpaint_gui.core.file_names import PROJECT_SUFFIX, free_name, is_project, numbered
from wganpaint_gui.core.system.atomic import make_folder, save_error
from wganpaint_gui.core.system.file_lock import FileLock
from wganpaint_gui.core.system.paths import autosave_dir, entries

_LOCK = "lock"
_UNREADABLE = "unreadable"
_MOST_NAMES = 1000


class AutosaveFolder:
    """A folder of autosaves that this program holds the lock of."""

    def __init__(self, folder: Path, lock: ExitStack) -> None:
        """lock: released by its `close`."""
        self.folder = folder
        self._lock = lock

    @classmethod
    def create(cls) -> AutosaveFolder:
        """Create this program's folder. Raises SaveError."""
        root = autosave_dir()
        make_folder(root)
        try:
            for name in islice(numbered(str(os.getpid())), _MOST_NAMES):  # containers may share a PID
                with contextlib.suppress(FileExistsError):
                    (root / name).mkdir()
                    if (lock := _held(root / name)) is not None:
                        return cls(root / name, lock)
        except OSError as error:
            raise save_error(error, root) from error
        raise SaveError(f"{root} has no room for another folder.", "Delete what is old in it.")

    @classmethod
    def left_behind(cls) -> list[AutosaveFolder]:
        """Return the folders of programs that have ended, locked; those without an autosave are removed."""
        found = []
        for folder in sorted(entries(autosave_dir())):
            if os.path.isfile(folder / _LOCK) and (lock := _held(folder)) is not None:
                found.append(cls(folder, lock))
                if not found[-1].documents():
                    found.pop().remove()
        return found

    def documents(self) -> list[Path]:
        """Return the autosaves, the newest first."""
        dated = []
        for path in entries(self.folder):
            with contextlib.suppress(OSError):
                if is_project(path):
                    dated.append((path.stat().st_mtime, path))
        return [path for _, path in sorted(dated, reverse=True)]

    def new_path(self, name: str) -> Path:
        """Return a path for another autosave. name: without suffix."""
        return free_name(self.folder / f"{name}{PROJECT_SUFFIX}")

    def adopt(self, path: Path) -> Path:
        """Move an autosave of an ended program here and return its new path. Raises OSError."""
        return path.replace(self.new_path(path.stem))

    def release(self) -> None:
        """Leave the autosaves to the next start."""
        self._lock.close()

    def remove(self) -> None:
        """Delete the folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)  # while it is held, or a program that starts now could take it
        self._lock.close()
        if os.name == "nt":
            shutil.rmtree(self.folder, ignore_errors=True)  # Windows cannot delete a file that is open, as the lock was


def put_away(path: Path, error: ProjectError) -> ProjectError:
    """Move an autosave that cannot be read to where it is not offered again; return the error that says so.

    Where the file is gone, the error is returned as it is.
    """
    if not os.path.lexists(path):
        return error
    folder, kept = autosave_dir() / _UNREADABLE, path
    with contextlib.suppress(OSError):
        folder.mkdir(exist_ok=True)
        kept = path.replace(free_name(folder / path.name))
    return ProjectError(f"{error.message.rstrip('.')}. It is kept as {kept}.", error.hint)


def _held(folder: Path) -> ExitStack | None:
    """Take the lock of a folder; None where another program has it, or has just deleted it."""
    with ExitStack() as stack, contextlib.suppress(OSError):
        lock = stack.enter_context(FileLock(folder / _LOCK))
        if lock.acquire() and os.path.exists(folder / _LOCK):
            return stack.pop_all()
    return None
