"""The name by which the program is called on a command line."""

from __future__ import annotations

import sys
from pathlib import Path

NAME = "wganpaint"
CONSOLE_NAME = "wganpaint-cli"  # of the standalone program that always has a console


def program_name() -> str:
    """Return the name by which the program was called, for its messages and the commands it suggests."""
    if not getattr(sys, "frozen", False):
        return NAME
    if sys.platform == "win32":  # where the other one has no console
        return CONSOLE_NAME
    called = Path(sys.argv[0]).stem if sys.argv else ""
    return called if called in (NAME, CONSOLE_NAME) else NAME
