"""Exit codes, and messages for the user on stderr."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from wganpaint_gui.core.errors import PhotoError, SaveError
from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.core.system.program import program_name

from .options import UsageError

log = logging.getLogger(__name__)

DONE = 0
FAILED = 1
UNUSABLE = 2
INTERRUPTED = 130

_MB_ICONERROR = 0x10  # of Windows


def print_error(error: Exception, about: Path | None = None, *, in_box: bool = False) -> None:
    """Print an error as one line that names its file; an unexpected error also writes a report.

    about: the file worked on, for errors whose sentence names none. in_box: also show the line in a message box if
    there is no stderr, as in a Windows program with a window.
    """
    names_its_file = about is None or isinstance(error, PhotoError | SaveError | UsageError)
    line = explain(error).sentence if names_its_file else f"{about}: {explain(error).sentence}"
    print_warning(line)
    if in_box and sys.__stderr__ is None:
        _show(line)


def print_warning(text: str) -> None:
    """Print a problem as `print_status` does, with the program's name before it."""
    print_status(f"{program_name()}: {text}")


def print_status(text: str) -> None:
    """Print one line for the user on stderr; stdout is for data."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)


def _show(sentence: str) -> None:
    """Show Qt's message box or, if Qt itself fails, the one of Windows. Waits until it is closed."""
    try:
        from wganpaint_gui.gui.window_system import show_failure

        show_failure(sentence)
    except Exception as error:
        log.info("Qt cannot show a box: %s", error)
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, sentence, "WganPaint", _MB_ICONERROR)
