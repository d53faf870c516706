"""Start the program: `wganpaint` and `python -m wganpaint_gui`."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and exit with its code."""
    _prepare_streams()
    if getattr(sys, "frozen", False):
        import multiprocessing

        _restore_library_path()
        # Python starts helpers by starting this very program with other arguments: the surroundings' process
        # (core/surroundings/helper.py), and one for tqdm's lock on a Mac.
        multiprocessing.freeze_support()
    try:
        # torch's threads must sleep, not spin, while they wait for each other: spinning, two of them on two cores took
        # six to eleven times as long as soon as other programs ran. libgomp reads this when torch is first imported.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        # The matrix products outside torch are small, and OpenBLAS's threads spin too: with both settings the window's
        # stalls during a search fell from 40 to 25 ms (99th percentile, two cores).
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        # Absolute: PyInstaller runs this file as a script, which has no package.
        from wganpaint_gui.cli import main as run

        code = run()
        _ignore_interrupts()
    except KeyboardInterrupt:  # before or after the command line handles it
        code = INTERRUPTED
    if code == INTERRUPTED:
        # Not sys.exit: where the interrupt passed through an exec(), Python dies of the signal instead.
        os._exit(code)
    sys.exit(code)


def _prepare_streams() -> None:
    """Let no print fail where a stream is missing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # a Windows program with a window has none
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8", errors="replace"))  # noqa: SIM115


def _restore_library_path() -> None:
    """Restore the library path from before the start, so that programs started from here find their own libraries."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)  # as PyInstaller's loader keeps it
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


def _ignore_interrupts() -> None:
    """Ignore Ctrl-C after the work: while Python shuts down it would only print a traceback."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
