"""The pixel grid: lines between the photo's pixels, at high zoom only."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.canvas_mouse import CanvasMouse, Make, plain_photo
from tests.gui.conftest import Editor
from tests.gui.seen import pixels_of
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.settings.preferences import load_preferences


def seen(mouse: CanvasMouse) -> NDArray[np.uint8]:
    """The canvas without the brush's circle."""
    QApplication.sendEvent(mouse.canvas, QEvent(QEvent.Type.Leave))
    return pixels_of(mouse.canvas)


@pytest.mark.parametrize(("zoom", "drawn"), [(4.0, False), (8.0, False), (9.0, True), (16.0, True), (64.0, True)])
def test_it_is_drawn_above_800_percent(make: Make, zoom: float, drawn: bool) -> None:
    mouse = make()
    mouse.zoom_to(zoom)
    with_grid = seen(mouse)
    mouse.canvas.set_pixel_grid(False)
    assert (with_grid != seen(mouse)).any() == drawn


@pytest.mark.parametrize("colour", [(0, 0, 0), (32, 32, 32), (128, 128, 128), (255, 255, 255), (230, 57, 155)])
def test_every_line_lies_on_an_edge_of_a_pixel_and_shows_on_any_colour(make: Make, colour: tuple[int, ...]) -> None:
    mouse = make()
    canvas = mouse.canvas
    canvas.show_document(Document(plain_photo(300, 200, colour)), None)
    mouse.zoom_to(16.0)
    pixels = seen(mouse)
    lines = (pixels != colour).any(axis=2)
    left, top = canvas.view.device_origin
    inside = lines[8:24, 8:72]  # far from every border of the photo
    rows, columns = np.mgrid[8:24, 8:72]
    on_edge = ((columns - left) % 16 == 0) | ((rows - top) % 16 == 0)
    assert not inside[~on_edge].any()
    assert inside[on_edge].mean() > 0.45, "at least the dark line or its light dots are there"
    contrast = np.abs(pixels[8:24, 8:72].astype(int) - colour).max(axis=2)[on_edge]
    assert contrast.max() > 30


def test_it_stays_within_the_photo(make: Make) -> None:
    mouse = make(8, 6)
    mouse.zoom_to(20.0)
    canvas = mouse.canvas
    with_grid = seen(mouse)
    canvas.set_pixel_grid(False)
    rows, columns = np.nonzero((with_grid != seen(mouse)).any(axis=2))
    left, top = canvas.view.device_origin
    assert (columns.min(), columns.max()) == (left, left + 160)
    assert (rows.min(), rows.max()) == (top, top + 120)


def test_a_part_that_is_repainted_gets_the_same_grid_as_the_whole(make: Make) -> None:
    mouse = make()
    canvas = mouse.canvas
    canvas.set_tool(Tool.PAN)  # no circle at the mouse
    mouse.zoom_to(11.3)
    QApplication.processEvents()
    with mouse.document.edit_mask("stroke") as edit:
        edit.segment((150, 100), (156, 103), Brush(6))
    QApplication.processEvents()
    on_screen = pixels_of(canvas.screen().grabWindow(canvas.winId()))
    assert np.array_equal(on_screen, pixels_of(canvas))


def test_it_is_switched_by_key_and_remembered(editor: Editor, without_engine: None) -> None:
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    action = editor.window.actions_by_id["pixel_grid"]
    assert action.isChecked()
    QTest.keyClick(editor.window.canvas, Qt.Key.Key_Apostrophe, Qt.KeyboardModifier.ControlModifier)
    assert not action.isChecked()
    editor.window.close()
    assert not load_preferences().pixel_grid
