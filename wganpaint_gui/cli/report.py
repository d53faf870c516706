"""Exit codes, and the one line on stderr that a failure costs."""

from __future__ import annotations

import sys
import traceback
from datetime import datetime
from pathlib import Path

from ..core.errors import WganPaintError
from ..core.paths import log_dir

DONE = 0
FAILED = 1
UNUSABLE = 2
INTERRUPTED = 130


def complain(error: Exception, about: Path | None = None) -> None:
    """Print what went wrong as one line, led by the file it is about; the unforeseen leaves its traceback in a log."""
    if isinstance(error, WganPaintError):
        sentence = str(error)
    elif isinstance(error, MemoryError):
        sentence = "There is not enough memory for this. Close other programs, or use a smaller photo."
    else:
        sentence = f"Something unforeseen went wrong: {type(error).__name__}: {error}.{_log(error)}"
    lead = f"{about}: " if about is not None and str(about) not in sentence else ""
    say(f"wganpaint: {lead}{sentence}")


def say(text: str) -> None:
    """One line for the person, on stderr; stdout is for data."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)


def _log(error: Exception) -> str:
    """Append the traceback to the log; a hint where it is, or nothing when it cannot be written."""
    path = log_dir() / "command-line.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now().isoformat(timespec='seconds')}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        return ""
    return f" Details are in {path}."
