"""The command line: runs the commands and starts the editor."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from wganpaint_gui.core.errors import LibraryError, SaveError, WganPaintError
from wganpaint_gui.core.system.program_log import session_log

from .console import FAILED, INTERRUPTED, TERMINATED, UNUSABLE, forget_stdout, output_lost, prepare_streams, print_error
from .parser import parse


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command (default: the process's own arguments) and return its exit code; raises nothing.

    0 all done; 1 some or all work failed; 2 invalid arguments or input, nothing written; 130 interrupted; 143 ended by
    SIGTERM. Both ends keep what is finished and leave nothing partial.
    """
    prepare_streams()
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
        with session_log(arguments.log), _ended_by_sigterm():
            return _run(arguments)
    except SystemExit as end:  # argparse has said why: 0 after --help, 2 after a wrong argument
        return end.code if isinstance(end.code, int) else FAILED
    except _Terminated:
        return TERMINATED
    except KeyboardInterrupt:
        return INTERRUPTED


class _Terminated(KeyboardInterrupt):
    """SIGTERM ends a command as Ctrl-C does."""


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Raise _Terminated at SIGTERM; training and the editor set handlers of their own. Only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: object) -> None:
        raise _Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(arguments: argparse.Namespace) -> int:
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return FAILED if output_lost() else code
    except BrokenPipeError:
        forget_stdout()
        return FAILED
    except WganPaintError as error:
        print_error(error, in_box=arguments.in_box)
        # Saving comes after the work, and a library that the system lacks is not a matter of the input.
        return FAILED if isinstance(error, SaveError | LibraryError) else UNUSABLE
    except Exception as error:
        print_error(error, in_box=arguments.in_box)
        return FAILED
