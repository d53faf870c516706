"""Starts the editor: the application, its window, and what ends it."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from wganpaint_gui import __version__
from wganpaint_gui.core.system.hard_crash import hard_crashes_noted, report_hard_crashes

from .look import theme
from .look.icons import application_icon
from .look.translation import install_translators
from .settings.preferences import load_preferences
from .surprises import Surprises
from .widgets import plot
from .window.app_events import AppEvents
from .window.main_window import MainWindow
from .window_system import window_system
from .work.background import collector_off

log = logging.getLogger(__name__)

# These ask a program to end: Ctrl-C, `kill`, and closing the terminal or the session.
ENDING_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

PHOTO_SHOWN = "A photo is on the screen"  # in the log; benchmarks/startup.py waits for it

# Seconds after which Python code of the search yields to the window; with Python's own 5 ms a stroke would lag.
SWITCH_INTERVAL = 0.001


def make_application() -> QApplication:
    """Return the one application object, with language and theme of the preferences."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
        if getattr(sys, "frozen", False):  # set by PyInstaller for this Qt; programs that we start would inherit them
            os.environ.pop("QT_PLUGIN_PATH", None)
            os.environ.pop("QML2_IMPORT_PATH", None)
    app.setApplicationName("WganPaint")
    app.setOrganizationName("WganPaint")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("wganpaint")
    preferences = load_preferences()
    install_translators(app, preferences.language)
    theme.apply_theme(app, preferences.theme)
    app.setWindowIcon(application_icon())
    return app


def run_editor(paths: Sequence[str | Path]) -> int:
    """Open the editor with these photos, of which the first is shown, until it is closed; returns the exit code.

    Without photos the first start shows the sample, and every later one asks for a photo. Raises WganPaintError where
    no window can be opened.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    with window_system(), hard_crashes_noted(), Surprises() as surprises:
        app = make_application()
        crashes = report_hard_crashes()  # before this session's first line: they quote the end of the log
        log.info("The editor starts")
        with collector_off():
            window = MainWindow()
            surprises.show_in(window.messages)
            window.show()
        if crashes:
            window.messages.show_last_crash(crashes[-1])
        code = _stay(app, window, paths)
    if not window.all_ended:  # a thread that does not end must not block the exit; everything is saved
        os._exit(code)
    return code


def _stay(app: QApplication, window: MainWindow, paths: Sequence[str | Path]) -> int:
    """Run the event loop until the window is closed; returns the exit code."""
    events = AppEvents()
    events.open_requested.connect(lambda path: window.open_photos([path]))
    app.installEventFilter(events)
    window.photo_shown.connect(lambda: log.info(PHOTO_SHOWN))
    if paths:
        window.open_photos([Path(path) for path in paths])
    elif not window.memory.preferences.recent:
        window.open_sample()
    window.files.restore_offer.look()
    app.commitDataRequest.connect(window.save_all)  # the system ends the session, perhaps without a close event
    interrupts = Interrupts(window)
    try:
        return interrupts.exit_code if app.exec() == 0 else 0
    finally:
        interrupts.stop()
        app.removeEventFilter(events)


class Interrupts:
    """Lets signals close the window: Ctrl-C as its button does, with the same questions, the others at once.

    Whoever sent Ctrl-C may not wait for an answer, so everything is saved before the question. `kill` and the end of a
    session leave five seconds and nobody to answer: unsaved work is autosaved for the next start.
    """

    def __init__(self, window: MainWindow) -> None:
        self.exit_code = 0  # as a shell expects it from a program that a signal ended
        self._window = window
        self._ending = False  # a signal, not the user, is closing the window
        window.close_wanted.connect(self._on_close_wanted)
        # A signal that is already ignored, as SIGHUP is under nohup, stays ignored.
        heard = [one for one in ENDING_SIGNALS if one == signal.SIGINT or signal.getsignal(one) != signal.SIG_IGN]
        self._before = {one: signal.signal(one, self._hear) for one in heard}
        # Python handles signals only while it runs Python code; an idle window runs none.
        self._timer = QTimer(interval=250)
        self._timer.timeout.connect(lambda: None)
        self._timer.start()

    def _hear(self, number: int, _frame: object) -> None:
        self.exit_code = 128 + number
        QTimer.singleShot(0, self._ask if number == signal.SIGINT else self._window.end_now)

    def _ask(self) -> None:
        self._ending = True
        closed = self._window.close()
        self._ending = False
        if not closed:  # a question is open
            self._window.save_all()

    def _on_close_wanted(self) -> None:
        """Forget an earlier signal where the user closes the window: its question was cancelled."""
        if not self._ending:
            self.exit_code = 0

    def stop(self) -> None:
        self._timer.stop()
        for number, before in self._before.items():
            signal.signal(number, before)


def open_for_selftest(photo: Path, seconds: float = 30.0) -> bool:
    """Open the window with a photo, wait until it is drawn, and close it; returns False if it was not drawn in time.

    Also imports and creates what a start leaves for later: the training page and the plots.
    """
    make_application()
    window = MainWindow(load_engine=False)
    window.show()
    loop = QEventLoop()
    window.photo_shown.connect(loop.quit)
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    window.open_photos([photo])
    loop.exec()
    shown = window.document is not None
    plot.preload()
    window.training.open()
    window.close()
    return shown
