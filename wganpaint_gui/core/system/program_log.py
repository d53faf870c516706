"""The logs: one file for the editor, one for the command line; several processes may write to each."""

from __future__ import annotations

import logging
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wganpaint_gui import __version__

from .file_lock import FileLock
from .paths import log_dir, portable_complaint

EDITOR_LOG, COMMAND_LOG = "wganpaint.log", "command-line.log"
MOST_BYTES = 1_000_000  # of a file; when full it is renamed NAME.1
KEPT = 2  # older files kept

_root = logging.getLogger("wganpaint_gui")


@contextmanager
def session_log(name: str) -> Iterator[None]:
    """Log to this file in the log folder, and only there, while the block runs.

    The file is created with the first record, after a line that names program and system. What cannot be written is
    lost. Every line names its process. Each record opens the file, which is too slow for events of every second.
    """
    handler, outer, level = _SharedFile(log_dir() / name), _root.handlers, _root.level
    _root.handlers = [handler]
    _root.setLevel(logging.INFO)
    try:
        yield
    finally:
        _root.handlers = outer
        _root.setLevel(level)
        handler.close()


def last_lines(count: int) -> list[str]:
    """Return the newest lines of the log, those of earlier sessions included; [] outside a session."""
    for handler in _root.handlers:
        if isinstance(handler, _SharedFile):
            return [line for age in (1, 0) for line in _lines(_older(handler.path, age))][-count:]
    return []


def program_line() -> str:
    """Describe program and system. Qt and torch are named only where loaded: loading them would slow the start."""
    build = "frozen" if getattr(sys, "frozen", False) else "not frozen"
    parts = [f"WganPaint {__version__} ({build})", *_system(), f"Python {platform.python_version()}"]
    for module, called in (("PySide6", "Qt"), ("torch", "torch")):
        version = getattr(sys.modules.get(module), "__version__", None)
        if version:
            parts.append(f"{called} {version}")
    return ", ".join(parts)


def _system() -> Iterator[str]:
    """Describe the system, without platform.platform(): it searches Python's binary for the C library, 25 ms."""
    yield f"{platform.system()} {platform.release()} {platform.machine()}"
    if sys.platform == "win32":
        yield platform.version()
    elif sys.platform == "darwin":
        yield f"macOS {platform.mac_ver()[0]}"
    else:
        with suppress(OSError, ValueError, KeyError):
            yield platform.freedesktop_os_release()["PRETTY_NAME"]
        with suppress(OSError, ValueError):
            yield os.confstr("CS_GNU_LIBC_VERSION") or ""


class _SharedFile(logging.Handler):
    """A log file that is open only while a record is written: Windows cannot rename a file that is open elsewhere."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._begun = False
        self.setFormatter(logging.Formatter("%(asctime)s [%(process)d] %(levelname)s %(name)s: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # a full disk must not end the program
            text = self.format(record)
            if not self._begun:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                text = "\n".join(filter(None, (_stamped(program_line()), _stamped(portable_complaint()), text)))
                self._begun = True
            self._rotate()
            # On some systems file names need not be valid text.
            with self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{text}\n")

    def _rotate(self) -> None:
        """Rename the file where it is full, unless another process is doing so."""
        if not self._is_full():
            return
        with suppress(OSError), FileLock(self.path.with_suffix(".lock")) as lock:
            if lock.acquire() and self._is_full():
                for age in range(KEPT, 0, -1):
                    with suppress(FileNotFoundError):
                        os.replace(_older(self.path, age - 1), _older(self.path, age))

    def _is_full(self) -> bool:
        try:
            return self.path.stat().st_size > MOST_BYTES
        except OSError:
            return False


def _older(path: Path, age: int) -> Path:
    """Return the name of an older log. age: 0 for the current one, 1 for the one before, ..."""
    return path.with_name(f"{path.name}.{age}") if age else path


def _stamped(text: str) -> str:
    return f"{time.strftime('%Y-%m-%d %H:%M:%S')} [{os.getpid()}] {text}" if text else ""


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
