"""Exceptions nobody caught and deaths of the program: each leaves a report, and the person is told."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.shown import shown_message
from wganpaint_gui.cli import main
from wganpaint_gui.cli.console import print_error
from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.gui import app as app_module
from wganpaint_gui.gui.messages import MessageBar
from wganpaint_gui.gui.surprises import Surprises
from wganpaint_gui.gui.window.main_window import MainWindow

SAVE = "Please save your work."
ENDED = "WganPaint closed unexpectedly last time."


class Opened(QObject):
    """Takes what would open in the file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.folders.append(Path(url.toLocalFile()))


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    taker = Opened()
    QDesktopServices.setUrlHandler("file", taker, "open")
    yield taker
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def button(bar: MessageBar, label: str) -> QPushButton:
    return next(one for one in bar.findChildren(QPushButton) if one.isVisible() and one.text() == label)


def reports(home: Path) -> list[Path]:
    return sorted((home / "log").glob("crash-*.txt"))


def said(home: Path) -> str:
    """What the window says once a report is written: it calls files by their names."""
    return f"Unexpected error: ZeroDivisionError: x. A report was written to {reports(home)[0].name}. {SAVE}"


def fail() -> None:
    raise ZeroDivisionError("x")


def error() -> ZeroDivisionError:
    try:
        fail()
    except ZeroDivisionError as caught:
        return caught
    raise AssertionError


# -- exceptions ----------------------------------------------------------------------------------------------------


def test_an_error_the_program_does_not_know_is_logged_reported_and_told(
    bar: MessageBar, own_home: Path, opened: Opened, caplog: pytest.LogCaptureFixture
):
    bar.show_error(error())
    assert len(caplog.records) == 1
    caplog.clear()  # expected
    (report,) = reports(own_home)
    assert shown_message(bar) == said(own_home)
    assert "ZeroDivisionError: x" in report.read_text("utf-8")
    button(bar, "Show report").click()
    assert opened.folders == [report.parent]
    assert shown_message(bar) == ""


def test_the_details_hold_the_traceback_and_the_reports_place(
    bar: MessageBar, own_home: Path, caplog: pytest.LogCaptureFixture
):
    bar.show_error(error())
    caplog.clear()
    button(bar, "Show details").click()
    box = bar.window().findChild(QMessageBox, "detailsBox")
    assert "in fail\n" in box.detailedText()
    assert str(reports(own_home)[0]) in box.text()
    box.close()


def test_where_nothing_can_show_a_folder_the_report_is_shown_here(
    bar: MessageBar, own_home: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    bar.show_error(error())
    caplog.clear()
    button(bar, "Show report").click()
    box = bar.window().findChild(QMessageBox, "detailsBox")
    (report,) = reports(own_home)
    assert box.text() == f"Report: {report}"
    assert box.detailedText() == report.read_text("utf-8")
    box.close()


def test_without_a_place_for_reports_only_the_details_are_offered(
    bar: MessageBar, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("WGANPAINT_HOME", str(tmp_path / "file"))
    bar.show_error(error())
    caplog.clear()
    assert shown_message(bar) == f"Unexpected error: ZeroDivisionError: x. {SAVE}"
    assert [one.text() for one in bar.findChildren(QPushButton) if one.isVisible()] == ["Show details"]


def test_what_the_program_knows_needs_no_report(bar: MessageBar, own_home: Path):
    bar.show_error(PhotoError("a.png is empty."))
    assert shown_message(bar) == "a.png is empty."
    assert reports(own_home) == []


def test_an_exception_of_an_event_is_told_in_the_window(
    bar: MessageBar, own_home: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
):
    with Surprises() as surprises:
        surprises.show_in(bar)
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: shown_message(bar) != "")
    caplog.clear()
    assert shown_message(bar) == said(own_home)
    assert len(reports(own_home)) == 1


def test_an_exception_of_a_thread_is_told_in_the_window(
    bar: MessageBar, own_home: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
):
    with Surprises() as surprises:
        surprises.show_in(bar)
        with qtbot.waitSignal(surprises.caught):
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()
    caplog.clear()
    assert shown_message(bar) == said(own_home)
    assert len(reports(own_home)) == 1


def test_before_there_is_a_window_a_line_names_the_report(
    own_home: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, qapp: QApplication
):
    with Surprises() as surprises:
        surprises.hook(ZeroDivisionError, error(), None)
    caplog.clear()
    (line,) = capsys.readouterr().err.splitlines()
    assert str(reports(own_home)[0]) in line


def test_a_start_that_fails_ends_in_a_line_and_a_report(
    own_home: Path,
    qapp: QApplication,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(app_module, "hard_crashes_noted", nullcontext)  # pytest has Python note its own
    monkeypatch.setattr(app_module, "MainWindow", fail)
    assert main([]) == 1
    caplog.clear()
    (line,) = capsys.readouterr().err.splitlines()
    (report,) = reports(own_home)
    assert line.endswith(f"Unexpected error: ZeroDivisionError: x. A report was written to {report}.")
    assert "The editor starts" in report.read_text("utf-8")


# -- without streams, as a Windows program with a window is started -------------------------------------------------


@pytest.fixture
def boxes(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the boxes that opened said; each is closed by its button. There is no stderr."""
    monkeypatch.setattr("sys.__stderr__", None)
    monkeypatch.setattr(app_module, "hard_crashes_noted", nullcontext)  # pytest has Python note its own
    said = list[str]()

    def close() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.append(box.text())
            box.button(QMessageBox.StandardButton.Ok).click()

    timer = QTimer(interval=20)
    timer.timeout.connect(close)
    timer.start()
    yield said
    timer.stop()


def test_a_start_that_fails_is_told_in_a_box_with_the_reports_place(
    boxes: list[str], own_home: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(app_module, "MainWindow", fail)
    assert main([]) == 1
    caplog.clear()
    (report,) = reports(own_home)
    assert boxes == [f"Unexpected error: ZeroDivisionError: x. A report was written to {report}."]


def test_what_the_program_knows_is_told_in_a_box_as_a_sentence(boxes: list[str], monkeypatch: pytest.MonkeyPatch):
    def refuse() -> None:
        raise PhotoError("<b>.png is empty.")

    monkeypatch.setattr(app_module, "MainWindow", refuse)
    assert main([]) == 2
    assert boxes == ["<b>.png is empty."]


def test_a_command_opens_no_box(boxes: list[str], tmp_path: Path):
    """A script would wait for it for ever."""
    assert main(["inpaint", str(tmp_path / "gone.png"), "--mask", "center", "-o", str(tmp_path / "out.png")]) == 2
    assert boxes == []


def test_with_a_stderr_there_is_no_box(
    boxes: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.__stderr__", sys.stderr)
    monkeypatch.setattr(app_module, "MainWindow", fail)
    assert main([]) == 1
    caplog.clear()
    assert boxes == []


def test_where_qt_is_what_fails_windows_shows_its_own_box(boxes: list[str], monkeypatch: pytest.MonkeyPatch):
    shown = list[tuple[object, ...]]()
    monkeypatch.setitem(sys.modules, "wganpaint_gui.gui.window_system", None)
    monkeypatch.setattr("sys.platform", "win32")
    user32 = SimpleNamespace(MessageBoxW=lambda *arguments: shown.append(arguments))
    monkeypatch.setattr("ctypes.windll", SimpleNamespace(user32=user32), raising=False)
    print_error(PhotoError("Qt is missing."), in_box=True)
    assert shown == [(None, "Qt is missing.", "WganPaint", 0x10)]
    assert boxes == []


# -- what must not go by unseen ------------------------------------------------------------------------------------


def test_it_comes_back_until_it_is_answered(bar: MessageBar, qtbot: QtBot, own_home: Path, opened: Opened):
    bar.show_last_crash(own_home / "log" / "crash-1.txt")
    assert shown_message(bar) == ENDED
    bar.forget_photo()  # as a photo that is opened does
    qtbot.waitUntil(lambda: shown_message(bar) == ENDED)
    bar.show_message("Go on with the training?", choices=[("Not now", lambda: None)])
    assert shown_message(bar) == "Go on with the training?"
    button(bar, "Not now").click()
    qtbot.waitUntil(lambda: shown_message(bar) == ENDED)
    button(bar, "Show report").click()
    assert opened.folders == [own_home / "log"]
    QApplication.processEvents()
    assert shown_message(bar) == ""


def test_closing_it_is_an_answer_and_closing_another_message_is_not(bar: MessageBar, qtbot: QtBot, own_home: Path):
    bar.show_message("Something else.", "warning")
    bar.show_last_crash(own_home / "log" / "crash-1.txt")
    assert shown_message(bar) == "Something else."
    bar.findChild(QToolButton).click()
    qtbot.waitUntil(lambda: shown_message(bar) == ENDED)
    bar.findChild(QToolButton).click()
    QApplication.processEvents()
    assert shown_message(bar) == ""


# -- deaths --------------------------------------------------------------------------------------------------------

_DIE = """
import ctypes, sys
from PySide6.QtCore import QTimer
from wganpaint_gui.cli import main
def read_nowhere():
    ctypes.string_at(1)
QTimer.singleShot(0, read_nowhere)
main(sys.argv[1:])
"""


@pytest.fixture
def next_start(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], str]:
    """Starts the program with a photo; returns what the bar says when that is shown, and closes it."""
    monkeypatch.setattr(app_module, "hard_crashes_noted", nullcontext)  # pytest has Python note its own

    def start(photo: Path) -> str:
        said = list[str]()

        def make() -> MainWindow:
            window = MainWindow(load_engine=False)

            def shown() -> None:
                said.append(shown_message(window.messages))
                window.close()

            window.photo_shown.connect(lambda: QTimer.singleShot(0, window, shown))
            return window

        monkeypatch.setattr(app_module, "MainWindow", make)
        assert main([str(photo)]) == 0
        return said[0]

    return start


def test_a_program_that_died_is_reported_and_told_at_the_next_start_and_not_again(
    own_home: Path, sample_photo_path: Path, next_start: Callable[[Path], str]
):
    died = subprocess.run([sys.executable, "-c", _DIE, str(sample_photo_path)], capture_output=True, timeout=60)
    assert died.returncode not in (0, 1, 2)
    assert reports(own_home) == []
    assert next_start(sample_photo_path) == ENDED
    (report,) = reports(own_home)
    assert "in read_nowhere" in report.read_text("utf-8")
    assert "The editor starts" in report.read_text("utf-8")
    assert next_start(sample_photo_path) == ""
    assert len(reports(own_home)) == 1


def test_what_runs_is_the_first_line_of_the_log(
    own_home: Path, sample_photo_path: Path, next_start: Callable[[Path], str]
):
    from PySide6 import __version__ as qt

    next_start(sample_photo_path)
    first = (own_home / "log" / "wganpaint.log").read_text("utf-8").splitlines()[0]
    assert f"Qt {qt}" in first
