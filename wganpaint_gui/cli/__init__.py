"""The command line: runs the commands and starts the editor."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from wganpaint_gui.core.errors import LibraryError, SaveError, WganPaintError
from wganpaint_gui.core.system.program_log import session_log

from .console import FAILED, INTERRUPTED, UNUSABLE, print_error
from .parser import parse


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command (default: the process's own arguments) and return its exit code; raises nothing.

    0 all done; 1 some or all work failed; 2 invalid arguments or input, nothing written; 130 interrupted.
    """
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
        with session_log(arguments.log):
            return _run(arguments)
    except SystemExit as end:  # argparse has said why: 0 after --help, 2 after a wrong argument
        return end.code if isinstance(end.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: argparse.Namespace) -> int:
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _forget_stdout()
        return FAILED
    except WganPaintError as error:
        print_error(error, in_box=arguments.in_box)
        # Saving comes after the work, and a library that the system lacks is not a matter of the input.
        return FAILED if isinstance(error, SaveError | LibraryError) else UNUSABLE
    except Exception as error:
        print_error(error, in_box=arguments.in_box)
        return FAILED


def _forget_stdout() -> None:
    """Discard stdout after its reader has closed it (`| head`), so that Python reports no second error at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
