"""Crashes that no exception reports, such as a segmentation fault: the next start writes a report.

fault-PID.txt   what Python's faulthandler wrote; empty unless the process crashes
fault-PID.lock  held by the process that the file belongs to
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
from .paths import entries, log_dir

_MOST_NAMES = 100


@contextlib.contextmanager
def hard_crashes_noted() -> Iterator[None]:
    """Record a crash of the process inside the block for `report_hard_crashes`, where a file can be created."""
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
    """Write reports of the crashes that ended processes have recorded; files of running ones are not touched."""
    reports = []
    for lock_file in sorted(path for path in entries(log_dir()) if path.match("fault-*.lock")):
        with contextlib.suppress(OSError), FileLock(lock_file) as lock:
            if not lock.acquire():
                continue
            report = _report(lock_file.with_suffix(".txt"))
            if report is not None:
                reports.append(report)
            _remove(lock_file)  # while it is held, or a process that starts now could take it
        if os.name == "nt":
            _remove(lock_file)  # Windows cannot delete a file that is open, this one included
    return reports


def _report(trace: Path) -> Path | None:
    happened = trace.read_text("utf-8", errors="replace").strip() if os.path.exists(trace) else ""
    report = write_report(f"The program crashed without a Python exception.\n\n{happened}") if happened else None
    _remove(trace)
    return report


def _take_a_name(stack: contextlib.ExitStack) -> Path:
    """Reserve a file for this process until the stack is closed.

    Processes in containers may share a PID, also with one that has crashed and is not reported yet.
    """
    for name in islice(numbered(f"fault-{os.getpid()}"), _MOST_NAMES):
        lock_file = log_dir() / f"{name}.lock"
        trace = lock_file.with_suffix(".txt")
        if os.path.exists(trace) and trace.stat().st_size > 0:
            continue
        if os.name == "nt":
            stack.callback(_remove, lock_file)  # after it is closed: Windows cannot delete a file that is open
        lock = stack.enter_context(FileLock(lock_file))
        if lock.acquire() and os.path.exists(lock_file):  # and no other start has just deleted it
            stack.callback(_remove, lock_file)
            return trace
    raise FileExistsError(log_dir())


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
