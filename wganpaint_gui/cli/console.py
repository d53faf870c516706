"""Exit codes, data on stdout, and messages for the user on stderr: any name can be printed, nothing obeys it."""

from __future__ import annotations

import codecs
import io
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from wganpaint_gui.core.errors import PhotoError, SaveError, UsageError
from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.core.system.program import program_name
from wganpaint_gui.core.wording import printable

log = logging.getLogger(__name__)

DONE = 0
FAILED = 1
UNUSABLE = 2
INTERRUPTED = 130
TERMINATED = 143

_MB_ICONERROR = 0x10  # of Windows
_AS_IT_CAN = "wganpaint.as_it_can"  # how streams encode what their encoding lacks
_lost: list[OSError] = []  # why data could not be written to stdout


def prepare_streams() -> None:
    """Let any name be printed, whatever the encoding: bytes that are no text as they are, other characters escaped."""
    codecs.register_error(_AS_IT_CAN, _encoded)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            narrow = sys.platform == "win32" and not stream.isatty()  # the code page of a country
            stream.reconfigure(encoding="utf-8" if narrow else None, errors=_AS_IT_CAN)


def _encoded(error: UnicodeError) -> tuple[str | bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    sign = error.object[error.start]
    if "\udc80" <= sign <= "\udcff":  # a byte of a file name, see os.fsdecode
        return bytes([ord(sign) - 0xDC00]), error.start + 1
    return sign.encode("unicode_escape").decode("ascii"), error.start + 1


def print_data(*lines: object) -> None:
    """Print lines on stdout. Where it is a terminal, characters that it could obey are escaped.

    A stdout that is full ends no work: it is said once, and `output_lost` tells it.
    """
    texts = [str(line) for line in lines]
    _write("".join(f"{printable(text) if sys.stdout.isatty() else text}\n" for text in texts))


def print_json(value: Any, *, indent: int | None = None) -> None:
    """Print a value as JSON in UTF-8, whatever the encoding of stdout; a full stdout ends no work.

    Names that are not text, and characters that a terminal could obey, are escaped as JSON has it.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    lines = text.split("\n")
    if not all(map(str.isprintable, lines)):
        lines = ["".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in line) for line in lines]
    text = "\n".join([*lines, ""])
    if isinstance(sys.stdout, io.TextIOWrapper) and codecs.lookup(sys.stdout.encoding).name != "utf-8":
        sys.stdout.flush()
        sys.stdout.reconfigure(encoding="utf-8", errors=_AS_IT_CAN)
    _write(text)


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head`: there is nobody to work for
        raise
    except OSError as error:
        _lost.append(error)
        forget_stdout()
        print_warning(f"Results cannot be printed ({error.strerror}); the work goes on without them.")


def output_lost() -> bool:
    """Whether something could not be printed on stdout since this was last asked."""
    lost = bool(_lost)
    _lost.clear()
    return lost


def forget_stdout() -> None:
    """Discard what is still printed, so that Python reports no second error at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
    print(printable(" ".join(text.split())), file=sys.stderr, flush=True)


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
