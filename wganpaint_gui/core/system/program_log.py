"""The program's log: a file for the editor, one for the command line; both may be written to by several programs."""

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
from .paths import log_dir
from .portable import portable_complaint

EDITOR_LOG, COMMAND_LOG = "wganpaint.log", "command-line.log"
MOST_BYTES = 1_000_000  # of a file; then it becomes NAME.1
KEPT = 2  # older files

_root = logging.getLogger("wganpaint_gui")


@contextmanager
def session_log(name: str) -> Iterator[None]:
    """Inside, what the program logs goes to this file of the log folder, and only there.

    The file is made with the first record, and a line before that says what runs. What cannot be written is lost.
    Every line names its process. A record opens the file, which is too slow for what happens every second.
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
    """The newest lines of this session's log, those of earlier sessions included; [] outside of a session."""
    for handler in _root.handlers:
        if isinstance(handler, _SharedFile):
            return [line for age in (1, 0) for line in _lines(_older(handler.path, age))][-count:]
    return []


def program_line() -> str:
    """What runs, and on what. Qt and torch are named where they are loaded: loading them would cost the start."""
    build = "frozen" if getattr(sys, "frozen", False) else "not frozen"
    parts = [f"WganPaint {__version__} ({build})", *_system(), f"Python {platform.python_version()}"]
    for module, called in (("PySide6", "Qt"), ("torch", "torch")):
        version = getattr(sys.modules.get(module), "__version__", None)
        if version:
            parts.append(f"{called} {version}")
    return ", ".join(parts)


def _system() -> Iterator[str]:
    """Not platform.platform(), which reads through Python's own file for the C library's version: 25 ms."""
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
    """Open only while a record is written: Windows renames no file that another program holds open."""

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
            # Names of files need not be text on every system.
            with self.path.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{text}\n")

    def _rotate(self) -> None:
        """Make room where the file is full, unless another program is at it."""
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
    """The name of a log that was full so many times ago: 0 for the one that is written to."""
    return path.with_name(f"{path.name}.{age}") if age else path


def _stamped(text: str) -> str:
    return f"{time.strftime('%Y-%m-%d %H:%M:%S')} [{os.getpid()}] {text}" if text else ""


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []
