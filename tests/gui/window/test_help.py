"""The Help menu: licences, log, and a report to send."""

from __future__ import annotations

import logging
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.gui.conftest import Editor
from wganpaint_gui import __version__
from wganpaint_gui.core.system.program_log import EDITOR_LOG, session_log
from wganpaint_gui.gui.window.about import AboutDialog
from wganpaint_gui.gui.window.log_view import LogView

pytestmark = pytest.mark.usefixtures("without_engine")


def test_about_lists_what_the_program_consists_of_with_versions_and_licences(editor: Editor):
    editor.act("about")
    dialog = editor.window.findChild(AboutDialog)
    assert dialog.icon.pixmap().deviceIndependentSize().width() == 64
    table = dialog.table
    editor.wait(lambda: table.rowCount() > 0)
    rows = {}
    for row in range(table.rowCount()):
        name, version, licence = (table.item(row, column).text() for column in range(3))
        rows[name] = (version, licence)
    assert rows["numpy"][0] == metadata.version("numpy")
    assert "BSD" in rows["numpy"][1]
    assert "LGPL" in rows["PySide6_Essentials"][1]
    assert all(version for version, _ in rows.values())
    dialog.close()


def test_the_log_is_shown(editor: Editor):
    with session_log(EDITOR_LOG):
        logging.getLogger("wganpaint_gui").info("a line to be found")
        editor.act("log")
        view = editor.window.findChild(LogView)
        editor.wait(lambda: "a line to be found" in view.text.toPlainText())
    assert view.text.isReadOnly()
    view.close()


def test_the_report_on_the_clipboard_names_versions_and_log_but_not_the_home_folder(
    editor: Editor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    with session_log(EDITOR_LOG):
        logging.getLogger("wganpaint_gui").info("opened %s", tmp_path / "photo.jpg")
        editor.act("log")
        view = editor.window.findChild(LogView)
        QTest.mouseClick(view.copy, Qt.MouseButton.LeftButton)
        editor.wait(lambda: "photo.jpg" in clipboard.text())
    report = clipboard.text()
    assert f"WganPaint {__version__}" in report
    assert f"numpy {metadata.version('numpy')}" in report
    assert str(tmp_path) not in report
    assert "Window: 1280 × 800" in report
    editor.wait(lambda: editor.window.messages.isVisible())
    view.close()
