"""Crash reports: one text file that the user can send after a failure; it holds nothing of their photos."""

from __future__ import annotations

import contextlib
import os
import re
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

from wganpaint_gui.core.file_names import free_name

from .components import components
from .paths import config_dir, log_dir
from .program_log import last_lines, program_line

KEPT = 10
LOG_LINES = 100
LONGEST = 1000  # characters of a line: the text of an error may hold a whole array

_LOG_HEADING = ("The last lines of the log", "-------------------------")
_written: dict[tuple[Path, str], Path] = {}  # reports of this process, by log folder and traceback


def report_error(error: BaseException) -> Path | None:
    """Write a report in the log folder and delete the oldest beyond ten; returns None where it cannot be written.

    An error that repeats, such as in a timer, is reported once, and only the first ten errors of a process are: what
    follows from an error must not push out its report.
    """
    happened = "".join(traceback.format_exception(error))
    key = (log_dir(), happened)
    known = _written.get(key)
    if known is not None and os.path.exists(known):
        return known
    if known is None and sum(folder == key[0] for folder, _ in _written) >= KEPT:
        return None
    path = write_report(happened)
    if path is not None:
        _written[key] = path
    return path


def write_report(happened: str) -> Path | None:
    """Write a report around a traceback; returns None where it cannot be written."""
    text = "\n".join(
        [
            f"{program_line()}, {time.strftime('%Y-%m-%d %H:%M:%S')}",
            "This report was not sent anywhere. It holds nothing of your photos but their names. Read it before you "
            "send it.",
            *("", "What happened", "-------------", happened.rstrip()),
            *("", *_LOG_HEADING, *last_lines(LOG_LINES), ""),
        ]
    )
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        path = _write(without_home("\n".join(line[:LONGEST] for line in text.split("\n"))))
    except OSError:
        return None
    _keep_few(path)
    return path


def diagnostic_report(facts: Mapping[str, str]) -> str:
    """Return a text about program, system and the last lines of the log, to send with a question.

    facts: what only the window knows, by name. Reads files: not for the GUI thread.
    """
    listed = [f"{one.name} {one.version}" for one in components()]
    text = "\n".join(
        [
            f"{program_line()}, {time.strftime('%Y-%m-%d %H:%M:%S')}",
            *(f"{name}: {value}" for name, value in facts.items()),
            f"Folders: {config_dir()}, {log_dir()}",
            *("", "Components", "----------", *listed),
            *("", *_LOG_HEADING, *last_lines(LOG_LINES), ""),
        ]
    )
    return without_home("\n".join(line[:LONGEST] for line in text.split("\n")))


def without_home(text: str) -> str:
    """Replace the home folder, which often contains the user's name, by ~."""
    try:
        home = Path.home()
        spellings = {str(home), str(home.resolve())}
    except (OSError, RuntimeError):
        return text
    spellings = {one for one in spellings if Path(one) != Path(Path(one).anchor)}
    # Windows paths as they look in a quoted string, and as Qt writes them.
    spellings |= {one.replace("\\", "\\\\") for one in spellings} | {one.replace("\\", "/") for one in spellings}
    for one in sorted(spellings, key=len, reverse=True):
        text = re.sub(rf"{re.escape(one)}(?![\w-])", "~", text, flags=re.IGNORECASE if "\\" in one else 0)
    return text


def _write(text: str) -> Path:
    """Write the text under a name with the time, which another process may take at the same moment."""
    wanted = log_dir() / f"{time.strftime('crash-%Y%m%d-%H%M%S')}.txt"
    while True:
        path = free_name(wanted)
        with contextlib.suppress(FileExistsError), path.open("x", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            return path


def _keep_few(newest: Path) -> None:
    with contextlib.suppress(OSError):  # another process may be deleting, too
        others = [path for path in log_dir().glob("crash-*.txt") if path != newest]
        for old in sorted(others, key=lambda path: path.stat().st_mtime_ns)[: 1 - KEPT]:
            old.unlink(missing_ok=True)
