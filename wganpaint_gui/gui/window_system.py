"""A check whether a window can be opened, made before Qt does: where none can be, Qt ends the process by itself."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, Qt

from wganpaint_gui.core.errors import WganPaintError
from wganpaint_gui.core.system.program import program_name
from wganpaint_gui.core.system.system_libraries import library_error

_HINT = f"The command line works without a display: see {program_name()} inpaint --help."

Close = Callable[[], object]


@contextlib.contextmanager
def window_system() -> Iterator[None]:
    """Make sure that Qt can open windows inside. Raises WganPaintError without a display or a needed library.

    Nothing is checked where the environment says which platform Qt shall use.
    """
    named = any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "WAYLAND_SOCKET"))
    if sys.platform in ("win32", "darwin") or named:
        yield
        return
    ways = [way for way in _WAYS if os.environ.get(way.variable)]
    if not ways:
        raise WganPaintError("Cannot open a window: there is no display.", _HINT)
    close = _first_open([way for way in ways if os.path.exists(way.plugin_file)])
    try:
        yield
    finally:
        close()  # only now: an X server without a desktop restarts when its last client disconnects


def show_failure(sentence: str) -> None:
    """Show a message box without a main window; return when it is closed.

    Raises WganPaintError or ImportError if Qt cannot open one.
    """
    from PySide6.QtWidgets import QApplication, QMessageBox

    with window_system():
        _app = QApplication.instance() or QApplication(sys.argv[:1])
        box = QMessageBox(QMessageBox.Icon.Critical, "WganPaint", sentence)
        box.setObjectName("failureBox")
        box.setTextFormat(Qt.TextFormat.PlainText)  # the text of an error may look like HTML
        box.exec()


@dataclass(frozen=True)
class _Way:
    """One of the ways in which Qt connects to a display."""

    variable: str  # environment variable that names the display
    plugin: str
    connect: Callable[[], Close | None]  # None: no answer

    @property
    def plugin_file(self) -> Path:
        return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / self.plugin


def _first_open(ways: list[_Way]) -> Close:
    complaint: WganPaintError | None = None
    for way in ways:
        try:
            return _open(way)
        except WganPaintError as error:
            complaint = error
    if complaint is not None:
        raise complaint
    return lambda: None  # nothing to close: plugins are installed elsewhere; leave it to Qt


def _open(way: _Way) -> Close:
    """Connect to the display. Raises WganPaintError, which says whether Qt's plugin or the display is at fault."""
    try:
        ctypes.CDLL(os.fspath(way.plugin_file))
        close = way.connect()
    except OSError as error:
        raise library_error(error) or WganPaintError(f"Qt's {way.plugin} cannot be loaded: {error}.", _HINT) from error
    if close is None:
        name = os.environ[way.variable]
        raise WganPaintError(f"Cannot connect to the display {name} ({way.variable}).", _HINT)
    return close


def _connect_to_x() -> Close | None:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))  # never null, but may be invalid
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return None
    return lambda: xcb.xcb_disconnect(connection)


def _connect_to_wayland() -> Close | None:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    return (lambda: wayland.wl_display_disconnect(ctypes.c_void_p(display))) if display else None


_WAYS = (  # in the order in which Qt tries them
    _Way("WAYLAND_DISPLAY", "libqwayland.so", _connect_to_wayland),
    _Way("DISPLAY", "libqxcb.so", _connect_to_x),
)
