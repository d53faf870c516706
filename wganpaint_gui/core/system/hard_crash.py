"""Deaths no exception tells of: Python notes where it was, and the next start makes a report of it.

fault-PID.txt   what Python noted; empty while all is well
fault-PID.lock  held by the program that the file belongs to
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from wganpaint_gui.core.file_names import numbered

from .crash_report import write_report
from .file_lock import FileLock
from .paths import log_dir

_MOST_NAMES = 100


@contextlib.contextmanager
def hard_crashes_noted() -> Iterator[None]:
    """What kills the process inside is noted for `report_hard_crashes`; where no file can be made, it is not."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            log_dir().mkdir(parents=True, exist_ok=True)
            trace = _take_a_name(stack)
            stack.callback(_remove, trace)
            file = stack.enter_context(trace.open("wb"))
            faulthandler.enable(file)
            stack.callback(faulthandler.disable)
        yield


def report_hard_crashes() -> list[Path]:
    """Make reports of what programs that are gone have noted; of those that run nothing is touched."""
    reports = []
    for lock_file in sorted(log_dir().glob("fault-*.lock")):
        with contextlib.suppress(OSError), FileLock(lock_file) as lock:
            if not lock.acquire():
                continue
            report = _report(lock_file.with_suffix(".txt"))
            if report is not None:
                reports.append(report)
            _remove(lock_file)  # while it is held, or a program that starts now could take it for its own
        if os.name == "nt":
            _remove(lock_file)  # Windows deletes no file that is open, this one included
    return reports


def _report(trace: Path) -> Path | None:
    happened = trace.read_text("utf-8", errors="replace").strip() if trace.exists() else ""
    report = write_report(f"The program ended without a word of its own.\n\n{happened}") if happened else None
    _remove(trace)
    return report


def _take_a_name(stack: contextlib.ExitStack) -> Path:
    """A file that is this program's alone until the stack is closed.

    Programs in containers may share a PID, also with one that has died and is not reported yet.
    """
    for name in islice(numbered(f"fault-{os.getpid()}"), _MOST_NAMES):
        lock_file = log_dir() / f"{name}.lock"
        if _has_notes(lock_file.with_suffix(".txt")):
            continue
        if os.name == "nt":
            stack.callback(_remove, lock_file)  # after it is closed: Windows deletes no file that is open
        lock = stack.enter_context(FileLock(lock_file))
        if lock.acquire() and lock_file.exists():  # and no other start has just tidied it away
            stack.callback(_remove, lock_file)
            return lock_file.with_suffix(".txt")
    raise FileExistsError(log_dir())


def _has_notes(trace: Path) -> bool:
    return trace.exists() and trace.stat().st_size > 0


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
