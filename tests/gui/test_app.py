"""How the editor starts, and what holds in every window of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QFileOpenEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Editor
from tests.gui.shown import shown_message
from wganpaint_gui.gui import app as app_module
from wganpaint_gui.gui.app import run_editor
from wganpaint_gui.gui.settings.preferences import load_preferences, save_preferences
from wganpaint_gui.gui.widgets.picture import Preview
from wganpaint_gui.gui.window.app_events import AppEvents
from wganpaint_gui.gui.window.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("without_engine")

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LONG = "Steps of the search, 1 to 100,000, default 300: more steps fit better and take longer; nothing is lost."


@pytest.fixture
def events(qapp: QApplication) -> Iterator[None]:
    """The application behaves as it does when it runs for a person."""
    installed = AppEvents()
    qapp.installEventFilter(installed)
    yield
    qapp.removeEventFilter(installed)


@pytest.mark.usefixtures("events")
def test_undo_and_redo_are_the_documents_also_while_a_value_is_typed(editor: Editor):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    editor.window.activateWindow()
    field = next(field for field in editor.window.tool_options.findChildren(QLineEdit) if field.isVisible())
    for keys, modifiers in ((Qt.Key.Key_Z, CONTROL | SHIFT), (Qt.Key.Key_Y, CONTROL)):
        editor.paint((200, 140), (240, 140))
        painted = editor.document.mask.copy()
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "55")
        assert QApplication.focusWidget() is field
        QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
        assert not editor.document.mask.any()
        assert field.text().startswith("55"), "what was typed stays"
        QTest.keyClick(field, keys, modifiers)
        assert np.array_equal(editor.document.mask, painted)
        editor.act("undo")


@pytest.mark.usefixtures("events")
def test_letters_and_enter_belong_to_the_field_that_is_typed_into(editor: Editor):
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    editor.window.activateWindow()
    field = next(field for field in editor.window.tool_options.findChildren(QLineEdit) if field.isVisible())
    field.setFocus()
    tool = editor.window.canvas.tool
    QTest.keyClicks(field, "erl")
    assert editor.window.canvas.tool is tool
    editor.window.canvas.setFocus()
    QTest.keyClick(editor.window.canvas, Qt.Key.Key_E)
    assert editor.window.canvas.tool is not tool


def test_a_window_without_a_photo_hears_keys_and_not_its_first_field(editor: Editor):
    window = editor.window
    window.activateWindow()
    editor.wait(lambda: QApplication.focusWidget() is window.canvas)
    QApplication.clipboard().clear()
    QTest.keyClick(window.canvas, Qt.Key.Key_V, CONTROL)
    assert "no picture on the clipboard" in shown_message(window.messages)
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not window.canvas, "there is no original to be shown"


def ask_for_tip(widget: QLabel | Preview) -> bool:
    where = QPoint(3, 3)
    return QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, where, widget.mapToGlobal(where)))


@pytest.mark.usefixtures("events")
def test_long_tooltips_are_shown_in_lines_and_rich_ones_as_they_are(qtbot: QtBot):
    label = QLabel("Steps")
    qtbot.addWidget(label)
    label.show()
    label.setToolTip(LONG)
    ask_for_tip(label)
    lines = QToolTip.text().splitlines()
    assert len(lines) == 2
    assert " ".join(lines) == LONG
    assert label.toolTip() == LONG, "what screen readers say has no breaks"
    label.setToolTip(f"<b>{LONG}</b>")
    ask_for_tip(label)
    assert QToolTip.text() == f"<b>{LONG}</b>"
    QToolTip.hideText()


@pytest.mark.usefixtures("events")
def test_pictures_show_themselves_large_instead_of_a_tooltip(qtbot: QtBot):
    picture = Preview("G(z)", LONG)
    qtbot.addWidget(picture)
    picture.show_picture(np.zeros((8, 8, 3), np.uint8))
    picture.show()
    ask_for_tip(picture)
    assert QToolTip.text() == ""
    assert [type(child).__name__ for child in picture.children()] == ["_Magnifier"]


@pytest.mark.usefixtures("events")
def test_dialog_buttons_have_no_icons_and_saving_looks_likely(qtbot: QtBot):
    kinds = QMessageBox.StandardButton
    box = QMessageBox(QMessageBox.Icon.Question, "T", "Save?", kinds.Save | kinds.Discard | kinds.Cancel)
    qtbot.addWidget(box)
    box.open()
    assert all(button.icon().isNull() for button in box.buttons())
    primary = [button for button in box.buttons() if button.property("primary")]
    assert primary == [box.button(kinds.Save)]
    box.close()
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(buttons)
    buttons.show()
    assert [button.property("primary") for button in buttons.findChildren(QPushButton)] == [None]


class Start:
    """Starts the program, looks until something is so, and closes its window."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._windows: list[MainWindow] = []
        monkeypatch.setattr(app_module, "MainWindow", self._make)
        # pytest has Python note its own hard crashes.
        monkeypatch.setattr(app_module, "hard_crashes_noted", nullcontext)

    def _make(self) -> MainWindow:
        self._windows.append(MainWindow(load_engine=False))
        return self._windows[-1]

    def __call__(self, paths: list[Path], until: Callable[[MainWindow], bool]) -> MainWindow:
        give_up = time.monotonic() + 10

        def look() -> None:
            if until(self._windows[0]) or time.monotonic() > give_up:
                self._windows[0].close()

        clock = QTimer(interval=20)
        clock.timeout.connect(look)
        clock.start()
        assert run_editor(paths) == 0
        clock.stop()
        assert time.monotonic() < give_up
        return self._windows[0]


@pytest.fixture
def start(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Start:
    assert qapp.quitOnLastWindowClosed()
    return Start(monkeypatch)


def test_the_first_start_shows_the_sample(start: Start):
    window = start([], lambda window: window.document is not None)
    assert window.files.path is not None
    assert window.files.path.name == "sample-portrait.png"


def test_a_later_start_asks_for_a_photo_and_offers_the_recent_ones(start: Start):
    save_preferences(replace(load_preferences(), recent=("/photos/a & b.png",)))
    window = start([], QWidget.isVisible)
    assert window.document is None
    assert [action.text() for action in window.recent_menu.actions()] == ["a && b.png"]


def test_photos_named_on_the_command_line_are_opened(start: Start, sample_photo_path: Path):
    save_preferences(replace(load_preferences(), recent=("/photos/a.png",)))
    window = start([sample_photo_path], lambda window: window.document is not None)
    assert window.files.path == sample_photo_path


def test_a_photo_named_from_its_folder_is_found_again_from_any_other(
    start: Start, sample_photo_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    photo = tmp_path / "portrait.png"
    photo.write_bytes(sample_photo_path.read_bytes())
    monkeypatch.chdir(tmp_path)
    window = start([Path("portrait.png")], lambda window: window.document is not None)
    assert window.files.path == photo
    remembered = load_preferences()
    assert (remembered.recent, remembered.folder) == ((str(photo),), str(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_photo_stays_the_link(
    start: Start, sample_photo_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "linked.png").symlink_to(sample_photo_path)
    monkeypatch.chdir(tmp_path)
    start([Path("linked.png")], lambda window: window.document is not None)
    assert load_preferences().recent == (str(tmp_path / "linked.png"),)


def test_a_photo_the_desktop_hands_over_is_opened(start: Start, qapp: QApplication, sample_photo_path: Path):
    save_preferences(replace(load_preferences(), recent=("/photos/a.png",)))

    events = [QFileOpenEvent(str(sample_photo_path))]  # once: each event begins to open the photo anew

    def handed_over(window: MainWindow) -> bool:
        if events:
            qapp.sendEvent(qapp, events.pop())
        return window.document is not None

    assert start([], handed_over).files.path == sample_photo_path
