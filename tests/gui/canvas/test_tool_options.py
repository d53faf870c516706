"""The bar at the top: the tool's settings keep their places, and give the keyboard back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from wganpaint_gui.core.mask import Brush
from wganpaint_gui.gui.canvas.tool_options import ToolOptions
from wganpaint_gui.gui.canvas.tools import Tool


@pytest.fixture
def options(shown) -> ToolOptions:
    options = ToolOptions()
    shown(options, 1264, 36)
    options.show_model("faces-64", loading=False, failed=False)
    return options


def test_every_tool_has_a_line_of_one_height_and_the_model_in_one_place(options: ToolOptions) -> None:
    seen = set()
    for tool in Tool:
        options.show_tool(tool)
        QApplication.processEvents()
        seen.add((options.height(), options.model_badge.geometry().getRect()))
    assert len(seen) == 1


def test_the_model_keeps_its_place_while_the_engine_starts(options: ToolOptions) -> None:
    places = set()
    for model, loading in (("Loading…", True), ("faces-64", False)):
        options.show_model(model, loading=loading, failed=False)
        QApplication.processEvents()
        places.add(options.model_badge.geometry().getRect())
    assert len(places) == 1


def test_every_tool_fits_the_smallest_window(options: ToolOptions) -> None:
    for tool in Tool:
        options.show_tool(tool)
        assert options.minimumSizeHint().width() <= 880, tool


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_typed_size_gives_the_keyboard_back(options: ToolOptions, qtbot, key: Qt.Key) -> None:
    told: list[Brush] = []
    options.brush_changed.connect(told.append)
    field = options.size_slider.field
    options.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "77")
    with qtbot.waitSignal(options.editing_done):
        QTest.keyClick(field, key)
    assert not field.hasFocus()
    assert [brush.diameter for brush in told] == ([77] if key == Qt.Key.Key_Return else [])
