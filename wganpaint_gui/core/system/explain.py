"""One sentence for any error; one that the program does not expect is also logged and reported."""

from __future__ import annotations

import logging
import textwrap
from dataclasses import dataclass
from pathlib import Path

from wganpaint_gui.core.errors import WganPaintError

from .crash_report import report_error
from .out_of_memory import is_out_of_memory
from .system_libraries import library_error

log = logging.getLogger(__name__)

_LONGEST = 300  # characters of what the error says, which may hold a whole array; the report has more


@dataclass(frozen=True)
class Explanation:
    """What the user is told about an error."""

    sentence: str  # on one line, with a hint or the place of the report
    expected: bool = True  # the program knows this failure; nothing was logged or reported
    report: Path | None = None  # of an unexpected error, where one could be written


def explain(error: BaseException) -> Explanation:
    """Put an error into words for the window and the command line alike; log and report an unexpected one."""
    if isinstance(error, WganPaintError):
        return Explanation(str(error))
    if is_out_of_memory(error):
        if isinstance(error, ImportError):
            return Explanation("There is not enough memory to load what this needs. Close other programs.")
        return Explanation("There is not enough memory. Close other programs, or use a smaller photo.")
    if isinstance(error, ImportError) and (missing := library_error(error)):
        return Explanation(str(missing))
    report = report_error(error)
    log.error("Unexpected error; the report is %s", report, exc_info=error)
    said = textwrap.shorten(f"{type(error).__name__}: {error}", _LONGEST, placeholder=" …")
    where = f" A report was written to {report}." if report else ""
    return Explanation(f"Unexpected error: {said}.{where}", expected=False, report=report)
