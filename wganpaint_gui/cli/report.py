"""Exit codes, and the one line on stderr that a failure costs."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from ..core.crash_report import report_error
from ..core.errors import WganPaintError
from ..core.system_libraries import library_error

log = logging.getLogger(__name__)

DONE = 0
FAILED = 1
UNUSABLE = 2
INTERRUPTED = 130


def complain(error: Exception, about: Path | None = None) -> None:
    """Print what went wrong as one line, led by the file it is about; the unforeseen also leaves a report."""
    if isinstance(error, WganPaintError):
        sentence = str(error)
    elif isinstance(error, MemoryError):
        sentence = "There is not enough memory for this. Close other programs, or use a smaller photo."
    elif isinstance(error, ImportError) and (missing := library_error(error)):
        sentence = str(missing)
    else:
        report = report_error(error)
        log.error("The unforeseen; the report is %s", report, exc_info=error)
        where = f" A report is in {report}." if report else ""
        sentence = f"Something unforeseen went wrong: {type(error).__name__}: {error}.{where}"
    lead = f"{about}: " if about is not None and str(about) not in sentence else ""
    say(f"wganpaint: {lead}{sentence}")


def say(text: str) -> None:
    """One line for the person, on stderr; stdout is for data."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)
