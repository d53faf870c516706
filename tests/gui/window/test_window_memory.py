"""The brush fits the photo until the person has chosen its size, and is remembered then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import MOUTH, Editor
from tests.gui.seen import difference, pixels_of
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.mask import fitting_diameter
from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.settings.preferences import Preferences, load_preferences, preferences_file, save_preferences
from wganpaint_gui.gui.settings.qsettings import window_settings
from wganpaint_gui.gui.window.main_window import MainWindow

pytestmark = pytest.mark.usefixtures("without_engine")


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """A photo of which a 25th is 32 pixels."""
    save_photo(photo_from_pixels(np.full((800, 1200, 3), 99, np.uint8)), tmp_path / "wide.png")
    return tmp_path / "wide.png"


def open_sample(editor: Editor) -> None:
    before = editor.window.document
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not before)


def diameter(editor: Editor) -> float:
    shown = editor.window.tool_options.size_slider.value
    assert shown == editor.window.canvas.brush.diameter
    return shown


@pytest.mark.parametrize(
    ("size", "fitting"),
    [((512, 512), 20), ((4000, 3000), 120), ((3000, 4000), 120), ((20, 900), 4), ((90_000, 8_000), 200)],
)
def test_a_25th_of_the_shorter_side_fits(size: tuple[int, int], fitting: float) -> None:
    assert fitting_diameter(*size) == fitting


def test_one_stroke_of_the_first_brush_masks_the_mouth_of_the_sample_and_little_more(editor: Editor):
    open_sample(editor)
    editor.paint(*MOUTH, diameter=diameter(editor))
    assert editor.document.mask[140:148, 206:240].all()
    rows = np.flatnonzero(editor.document.mask.any(axis=1))
    assert rows.min() > 120, "the nose stays"
    assert rows.max() < 160, "the chin stays"


def test_the_brush_fits_each_photo_that_is_opened(editor: Editor, wide: Path):
    open_sample(editor)
    assert diameter(editor) == 20
    editor.open(wide)
    assert diameter(editor) == 32
    editor.window.close()
    assert load_preferences().brush_diameter is None


def test_a_size_that_was_chosen_stays_and_is_remembered(editor: Editor, wide: Path):
    open_sample(editor)
    editor.act("brush_larger")
    chosen = diameter(editor)
    assert chosen > 20
    editor.open(wide)
    assert diameter(editor) == chosen
    editor.act("brush_softer")
    editor.window.close()
    assert load_preferences().brush_diameter == chosen


def test_a_remembered_size_is_used_for_every_photo(qtbot: QtBot, wide: Path):
    save_preferences(Preferences(brush_diameter=77.0))
    window = MainWindow(load_engine=False)
    with qtbot.waitSignal(window.photo_shown):
        window.open_photos([wide])
    assert window.canvas.brush.diameter == 77.0
    window.close()
    assert load_preferences().brush_diameter == 77.0


def test_the_default_of_the_slider_leaves_the_size_to_the_photo_again(editor: Editor, wide: Path):
    open_sample(editor)
    editor.act("brush_larger")
    QTest.mouseDClick(editor.window.tool_options.size_slider.name, Qt.MouseButton.LeftButton)
    assert diameter(editor) == 20
    editor.open(wide)
    assert diameter(editor) == 32


def test_the_size_is_told_at_the_cursor_where_the_person_changes_it_and_not_where_a_photo_does(
    editor: Editor, wide: Path
):
    open_sample(editor)
    QTest.mouseMove(editor.window.canvas, editor.window.canvas.rect().center())
    editor.open(wide)
    assert diameter(editor) == 32
    assert drawn_at_the_mouse(editor).height == pytest.approx(circle(editor), abs=4)
    editor.act("brush_larger")
    assert drawn_at_the_mouse(editor).height > circle(editor) + 10, "the size stands beside the circle"


def circle(editor: Editor) -> float:
    """Logical pixels the brush's circle is wide."""
    return editor.window.canvas.brush.diameter * editor.window.canvas.view.scale


def drawn_at_the_mouse(editor: Editor) -> Box:
    """Around all that is drawn only while the mouse is over the canvas."""
    canvas = editor.window.canvas
    over = pixels_of(canvas)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    away = pixels_of(canvas)
    for at in (QPoint(5, 5), canvas.rect().center()):  # a mouse that stays where it is makes no event
        QTest.mouseMove(canvas, at)
    return difference(over, away)


def test_what_is_changed_is_saved_soon_and_not_only_at_the_end(editor: Editor, wide: Path):
    editor.open(wide)
    editor.act("brush_larger")
    editor.act("mask_opacity_75")
    editor.act("theme_dark")
    editor.window.fill_panel.settings.set_config(InpaintConfig(steps=77))
    editor.window.resize(1000, 700)
    editor.wait(lambda: load_preferences().theme == "dark")
    saved = load_preferences()
    assert saved.recent == (str(wide),)
    assert saved.folder == str(wide.parent)
    assert saved.brush_diameter == editor.window.canvas.brush.diameter
    assert (saved.mask_opacity, saved.inpaint.steps) == (0.75, 77)
    assert window_settings().value("geometry") == editor.window.saveGeometry()


def test_what_was_chosen_for_mask_wand_and_pen_is_there_at_the_next_start(
    editor: Editor, another: Callable[..., Editor]
) -> None:
    for name in ("mask_colour_green", "pen_hardness", "tool_wand"):
        editor.act(name)
    options = editor.window.tool_options
    options.contiguous.click()
    options.tolerance_slider.field.setText("90")
    QTest.keyClick(options.tolerance_slider.field, Qt.Key.Key_Return)
    editor.wait(lambda: load_preferences().wand_tolerance == 90)
    window = another(load_engine=False).window
    assert (window.tool_options.tolerance, window.tool_options.contiguous.isChecked()) == (90, False)
    checked = {name for name, action in window.actions_by_id.items() if action.isChecked()}
    assert {"mask_colour_green", "pen_hardness"} <= checked


def test_nothing_is_written_while_nothing_changes(editor: Editor, wide: Path):
    editor.open(wide)
    editor.wait(lambda: load_preferences().recent == (str(wide),))
    preferences_file().unlink()
    editor.window.memory.remember()
    editor.window.close()
    assert not preferences_file().exists()


def test_a_model_that_was_not_loaded_yet_is_remembered(editor: Editor):
    save_preferences(Preferences(model="/models/mine.safetensors", device="cpu"))
    window = MainWindow(load_engine=False)
    window.close()
    assert load_preferences().model == "/models/mine.safetensors"
    assert load_preferences().device == "cpu"
