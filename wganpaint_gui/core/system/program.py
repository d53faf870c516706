"""What the program is called where the user types its name."""

from __future__ import annotations

import sys
from pathlib import Path

NAME = "wganpaint"
CONSOLE_NAME = "wganpaint-cli"  # of the standalone program, the one that is always for a console


def program_name() -> str:
    """As it was called, for what it says and for the commands it proposes."""
    if not getattr(sys, "frozen", False):
        return NAME
    if sys.platform == "win32":  # there the other one has no console to type its name into
        return CONSOLE_NAME
    called = Path(sys.argv[0]).stem if sys.argv else ""
    return called if called in (NAME, CONSOLE_NAME) else NAME
