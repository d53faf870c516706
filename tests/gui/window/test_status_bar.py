"""The line at the bottom: facts in fixed places."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from wganpaint_gui.gui.window.status_bar import StatusBar


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(1280, 24)
    bar.show_photo("portrait.png", 512, 512)
    bar.show_device("CPU, 2 threads")
    bar.show()
    qtbot.waitExposed(bar)
    return bar


def places(bar: StatusBar) -> dict[str, tuple[int, int]]:
    QApplication.processEvents()
    parts = [part for part in bar.findChildren(QWidget) if part.objectName().startswith("status")]
    return {part.objectName(): (part.x(), part.width()) for part in parts}


def test_nothing_moves_whatever_goes_on(bar: StatusBar) -> None:
    before = places(bar)
    bar.show_zoom(0.03)
    bar.show_cursor((12, 3456))
    bar.show_busy("Finding the frame…")
    assert places(bar) == before
    bar.show_progress(3, 100_000)
    bar.show_zoom(64.0)
    bar.show_cursor(None)
    assert places(bar) == before
    bar.hide_progress()
    assert places(bar) == before


def test_nothing_is_cut_in_the_smallest_window_but_the_name_of_the_photo(bar: StatusBar) -> None:
    bar.show_photo("a portrait with a name that needs more room than there is.png", 5120, 5120)
    bar.show_progress(3, 300)
    bar.resize(900, 24)
    QApplication.processEvents()
    for label in bar.findChildren(QLabel):
        whole = label.objectName() == "statusPhoto" or label.width() >= label.sizeHint().width()
        assert whole, label.text()
        assert label.geometry().right() < 900
    assert "portrait" in bar.findChild(QLabel, "statusPhoto").toolTip()


def test_what_ended_is_no_longer_shown(bar: StatusBar) -> None:
    bar.show_progress(3, 300)
    assert bar.findChild(QProgressBar).isVisible()
    assert bar.findChild(QLabel, "statusBusy").text() == "step 3 of 300"
    bar.hide_progress()
    assert not bar.findChild(QProgressBar).isVisible()
    assert not bar.findChild(QLabel, "statusBusy").text()
    assert bar.findChild(QLabel, "statusDevice").text() == "CPU, 2 threads"
