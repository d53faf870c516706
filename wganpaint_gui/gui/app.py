"""Start the editor: application, window, and the engine behind it."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from .. import __version__
from ..core.errors import WganPaintError
from ..core.paths import log_dir
from . import theme
from .app_events import AppEvents
from .icons import application_icon
from .main_window import MainWindow
from .preferences import load_preferences

log = logging.getLogger(__name__)

# What asks a program to end: Ctrl-C, `kill`, and the closing of the terminal or of the session.
ENDING_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

# The search's Python lines give way to the window after this many seconds; Python's own 5 ms would be felt in a stroke.
SWITCH_INTERVAL = 0.001


class _Surprises(QObject):
    """Takes exceptions nobody caught, from any thread, and says so in the window; the program goes on."""

    caught = Signal(object)

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("Uncaught", exc_info=(kind, error, trace))
        self.caught.emit(error)


def make_application() -> QApplication:
    """The one application object, dressed as the preferences say."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("WganPaint")
    app.setOrganizationName("WganPaint")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("wganpaint")
    theme.apply_theme(app, load_preferences().theme)
    app.setWindowIcon(application_icon())
    return app


def run_editor(paths: Sequence[str | Path]) -> int:
    """Open the editor with these photos (the first is shown) and stay until it is closed; returns the exit code.

    Without photos the first start shows the sample, every later one asks for a photo. Raises WganPaintError where
    there is no display.
    """
    _require_display()
    sys.setswitchinterval(SWITCH_INTERVAL)
    app = make_application()
    _start_log()
    surprises = _Surprises()
    events = AppEvents()
    app.installEventFilter(events)
    window = MainWindow()
    surprises.caught.connect(window.messages.show_logged_error)
    sys.excepthook = surprises.hook
    window.show()
    if paths:
        window.open_photos([Path(path) for path in paths])
    elif not window.preferences.recent:
        window.open_sample()
    app.commitDataRequest.connect(window.save_training)  # the system ends the session, with or without a close event
    interrupts = _Interrupts(window)
    try:
        code = interrupts.exit_code if app.exec() == 0 else 0
    finally:
        interrupts.stop()
        sys.excepthook = sys.__excepthook__
        app.removeEventFilter(events)
    if not window.all_ended:  # a thread that would not end must not take the exit down with it; all is saved
        os._exit(code)
    return code


class _Interrupts:
    """Ctrl-C in the terminal and `kill` close the window as its button does, with the same questions.

    Whoever ends a program from outside may not wait for an answer, so training is saved before one is asked for.
    """

    def __init__(self, window: MainWindow) -> None:
        self.exit_code = 0  # as a shell knows it from a program that a signal ended
        self._window = window
        # What is ignored already, as SIGHUP is under nohup, is meant to be.
        heard = [one for one in ENDING_SIGNALS if one == signal.SIGINT or signal.getsignal(one) != signal.SIG_IGN]
        self._before = {one: signal.signal(one, self._hear) for one in heard}
        # Python looks for signals only while it runs, and an idle window runs nothing.
        self._timer = QTimer(interval=250)
        self._timer.timeout.connect(lambda: None)
        self._timer.start()

    def _hear(self, number: int, _frame: object) -> None:
        self.exit_code = 128 + number
        QTimer.singleShot(0, self._end)

    def _end(self) -> None:
        if not self._window.close():  # a question is open
            self._window.save_training()

    def stop(self) -> None:
        self._timer.stop()
        for number, before in self._before.items():
            signal.signal(number, before)


def _require_display() -> None:
    """Qt would end the program with a message about its plugins."""
    elsewhere = sys.platform in ("win32", "darwin")
    if elsewhere or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return
    raise WganPaintError(
        "There is no display to open the window on.", "The command line needs none: see wganpaint inpaint --help."
    )


def open_for_selftest(photo: Path, seconds: float = 30.0) -> bool:
    """Open the window with a photo, wait until it is drawn, close it again. False when it was not in time."""
    make_application()
    window = MainWindow(load_engine=False)
    window.show()
    loop = QEventLoop()
    window.photo_shown.connect(loop.quit)
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    window.open_photos([photo])
    loop.exec()
    shown = window.document is not None
    window.close()
    return shown


def _start_log() -> None:
    """Log to a file in the user's log folder; without such a folder, to nowhere."""
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(log_dir() / "wganpaint.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("wganpaint_gui")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
