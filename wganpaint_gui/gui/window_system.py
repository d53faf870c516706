"""Whether a window can be opened, asked before Qt does: where none can be, Qt ends the process in its own words."""

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

_HINT = f"The command line needs none: see {program_name()} inpaint --help."

Close = Callable[[], object]


@contextlib.contextmanager
def window_system() -> Iterator[None]:
    """Inside, Qt can open windows. Raises WganPaintError where there is no display, or a library is missing.

    Nothing is asked where the environment says by itself what Qt is to use.
    """
    named = any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "WAYLAND_SOCKET"))
    if sys.platform in ("win32", "darwin") or named:
        yield
        return
    ways = [way for way in _WAYS if os.environ.get(way.variable)]
    if not ways:
        raise WganPaintError("There is no display to open the window on.", _HINT)
    close = _first_open([way for way in ways if way.plugin_file.exists()])
    try:
        yield
    finally:
        close()  # not before Qt has its own: an X server without a desktop starts anew when its last program leaves


def show_failure(sentence: str) -> None:
    """A box of its own, for what there is no window to say in; returns when it is closed.

    Raises WganPaintError or ImportError where Qt cannot open one.
    """
    from PySide6.QtWidgets import QApplication, QMessageBox

    with window_system():
        _app = QApplication.instance() or QApplication(sys.argv[:1])
        box = QMessageBox(QMessageBox.Icon.Critical, "WganPaint", sentence)
        box.setObjectName("failureBox")
        box.setTextFormat(Qt.TextFormat.PlainText)  # an error's words may look like HTML
        box.exec()


@dataclass(frozen=True)
class _Way:
    """How Qt gets at a display."""

    variable: str  # of the environment, that names the display
    plugin: str
    connect: Callable[[], Close | None]  # None: nobody answers

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
    return _nothing  # a Qt that is laid out otherwise: it knows best


def _open(way: _Way) -> Close:
    """Raises WganPaintError, which says whether Qt's plugin or the display is at fault."""
    try:
        ctypes.CDLL(os.fspath(way.plugin_file))
        close = way.connect()
    except OSError as error:
        raise library_error(error) or WganPaintError(f"Qt's {way.plugin} cannot be loaded: {error}.", _HINT) from error
    if close is None:
        name = os.environ[way.variable]
        raise WganPaintError(f"The display {name} ({way.variable}) cannot be reached.", _HINT)
    return close


def _connect_to_x() -> Close | None:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))  # never null, but it may be broken
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return None
    return lambda: xcb.xcb_disconnect(connection)


def _connect_to_wayland() -> Close | None:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = wayland.wl_display_connect(None)
    return (lambda: wayland.wl_display_disconnect(ctypes.c_void_p(display))) if display else None


def _nothing() -> None:
    """There is no connection to close."""


_WAYS = (  # in the order in which Qt tries them
    _Way("WAYLAND_DISPLAY", "libqwayland.so", _connect_to_wayland),
    _Way("DISPLAY", "libqxcb.so", _connect_to_x),
)
