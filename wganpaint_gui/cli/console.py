"""Exit codes, and the one line on stderr that a failure costs."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.core.system.program import program_name

log = logging.getLogger(__name__)

DONE = 0
FAILED = 1
UNUSABLE = 2
INTERRUPTED = 130

_MB_ICONERROR = 0x10  # of Windows


def print_error(error: Exception, about: Path | None = None, *, in_box: bool = False) -> None:
    """Print what went wrong as one line, led by the file it is about; an unexpected error also leaves a report.

    in_box: where there is no stderr it is shown in a box. A Windows program with a window has none.
    """
    sentence = explain(error).sentence
    lead = f"{about}: " if about is not None and str(about) not in sentence else ""
    print_warning(f"{lead}{sentence}")
    if in_box and sys.__stderr__ is None:
        _show(f"{lead}{sentence}")


def print_warning(text: str) -> None:
    """As `say`, led by the program's name: what went otherwise than asked for."""
    print_status(f"{program_name()}: {text}")


def print_status(text: str) -> None:
    """One line for the user, on stderr; stdout is for data."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)


def _show(sentence: str) -> None:
    """Qt's box, or, where Qt is what fails, the one that Windows itself has. Waits until it is closed."""
    try:
        from wganpaint_gui.gui.window_system import show_failure

        show_failure(sentence)
    except Exception as error:
        log.info("Qt cannot show a box: %s", error)
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.MessageBoxW(None, sentence, "WganPaint", _MB_ICONERROR)
