"""Start the program: `wganpaint` and `python -m wganpaint_gui`."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    # torch's threads must sleep, not spin, while they wait for each other: spinning, two of them on two cores took six
    # to eleven times as long as soon as other programs ran. libgomp reads this when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        from wganpaint_gui.cli import main as run

        code = run()
    except KeyboardInterrupt:  # before the command line could look after it itself
        code = INTERRUPTED
    # The work is over; Ctrl-C while Python takes down its modules shall end it, not print a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(code)


if __name__ == "__main__":
    main()
