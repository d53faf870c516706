"""What the user can send when the program has failed: one text file, without anything of their photos."""

from __future__ import annotations

import contextlib
import re
import time
import traceback
from pathlib import Path

from wganpaint_gui.core.file_names import free_name

from .paths import log_dir
from .program_log import last_lines, program_line

KEPT = 10
LOG_LINES = 100
LONGEST = 1000  # characters of a line: what an error says may hold a whole array

_written: dict[tuple[Path, str], Path] = {}  # by what was reported


def report_error(error: BaseException) -> Path | None:
    """Write a report in the log folder, and delete the oldest beyond ten. None where none can be written.

    The same error from the same place, as from a timer, is reported once, and only the first ten of a program: what
    follows from an error must not push out its report.
    """
    happened = "".join(traceback.format_exception(error))
    key = (log_dir(), happened)
    known = _written.get(key)
    if known is not None and known.exists():
        return known
    if known is None and sum(folder == key[0] for folder, _ in _written) >= KEPT:
        return None
    path = write_report(happened)
    if path is not None:
        _written[key] = path
    return path


def write_report(happened: str) -> Path | None:
    """Write a report of what Python said. None where none can be written."""
    text = "\n".join(
        [
            f"{program_line()}, {time.strftime('%Y-%m-%d %H:%M:%S')}",
            "This was sent nowhere. It holds nothing of your photos but their names; read it before you send it.",
            *("", "What happened", "-------------", happened.rstrip()),
            *("", "The last lines of the log", "-------------------------", *last_lines(LOG_LINES), ""),
        ]
    )
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        path = _write(without_home("\n".join(line[:LONGEST] for line in text.split("\n"))))
    except OSError:
        return None
    _keep_few(path)
    return path


def without_home(text: str) -> str:
    """The text with ~ for the user's folder, whose name is mostly theirs."""
    try:
        home = Path.home()
        spellings = {str(home), str(home.resolve())}
    except (OSError, RuntimeError):
        return text
    spellings = {one for one in spellings if Path(one) != Path(Path(one).anchor)}
    # As Windows's paths look inside a quoted string, and as Qt writes them.
    spellings |= {one.replace("\\", "\\\\") for one in spellings} | {one.replace("\\", "/") for one in spellings}
    for one in sorted(spellings, key=len, reverse=True):
        text = re.sub(rf"{re.escape(one)}(?![\w-])", "~", text, flags=re.IGNORECASE if "\\" in one else 0)
    return text


def _write(text: str) -> Path:
    """Under a name of this second, which another program may be using too."""
    wanted = log_dir() / f"{time.strftime('crash-%Y%m%d-%H%M%S')}.txt"
    while True:
        path = free_name(wanted)
        with contextlib.suppress(FileExistsError), path.open("x", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            return path


def _keep_few(newest: Path) -> None:
    with contextlib.suppress(OSError):  # another program may be tidying up, too
        others = [path for path in log_dir().glob("crash-*.txt") if path != newest]
        for old in sorted(others, key=lambda path: path.stat().st_mtime_ns)[: 1 - KEPT]:
            old.unlink(missing_ok=True)
