"""The slider that mixes two compared candidates on the photo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Editor
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.candidate_marks import Mix
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.lanes.mix_row import MixRow
from wganpaint_gui.ml.search.fill import Fill


def settled(editor: Editor) -> None:
    editor.wait(lambda: editor.window.looks.background.pending == 0 and editor.controller.background.pending == 0)
    QApplication.processEvents()


def mixing(editor: Editor, **settings: object) -> tuple[Fill, MixRow]:
    """Two candidates side by side, and the slider, which has the focus."""
    editor.ready_to_fill(**settings)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settled(editor)
    QTest.keyClick(editor.window.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    settled(editor)
    fill = editor.controller.fill
    assert isinstance(fill, Fill)
    return fill, editor.window.search_panel.mix


def on_canvas(editor: Editor) -> np.ndarray:
    shown = editor.window.canvas.shown
    assert shown is not None
    assert shown.fill is not None
    return shown.fill[1]


def test_the_slider_puts_the_mix_onto_the_photo_and_enter_keeps_it(editor: Editor) -> None:
    fill, row = mixing(editor)
    other = editor.window.looks.side_by_side.compared
    assert other is not None
    one = 0, int(fill.search.suggested()[0])
    assert (row.one.text(), row.other.text()) == (f"Contextual {one[1] + 1}", f"Critic {other[1] + 1}")
    assert row.slider.hasFocus()
    for _ in range(8):
        QTest.keyClick(row.slider, Qt.Key.Key_Right)
    settled(editor)
    assert row.share.text() == "40%"
    mixed = fill.search.mixed(one, Mix(other, 0.4), None)
    assert np.array_equal(on_canvas(editor), fill.composer.overlay(mixed))
    assert editor.window.canvas.caption == f"Contextual {one[1] + 1} mixed with 40% Critic {other[1] + 1}"
    box, pixels = fill.composer.patch(mixed)
    editor.act("keep")
    editor.wait(lambda: editor.controller.fill is None)
    assert np.array_equal(editor.document.photo.pixels[box.slices], pixels)
    assert editor.document.history.undo_name == "fill"


def test_only_the_newest_of_many_mixes_is_rendered(editor: Editor) -> None:
    _, row = mixing(editor)
    shown: list[object] = []
    editor.controller.shown.connect(shown.append)
    for value in range(1, 91):
        row.slider.setValue(value)
    settled(editor)
    assert len(shown) <= 3
    assert shown[-1].selection.mix.share == 0.9  # type: ignore[attr-defined]


def test_the_slider_is_there_while_two_are_compared_and_ends_the_mix_with_them(editor: Editor) -> None:
    fill, row = mixing(editor)
    plain = on_canvas(editor).copy()
    row.slider.setValue(50)
    settled(editor)
    assert (on_canvas(editor) != plain).any()
    editor.act("side_by_side")
    settled(editor)
    assert not row.isVisible()
    assert fill.selection.mix is None
    assert np.array_equal(on_canvas(editor), plain)


def test_a_double_click_and_another_candidate_end_a_mix(editor: Editor) -> None:
    fill, row = mixing(editor)
    row.slider.setValue(50)
    settled(editor)
    QTest.mouseDClick(row.slider, Qt.MouseButton.LeftButton, pos=QPoint(row.slider.width() // 2, 8))
    QTest.mouseRelease(row.slider, Qt.MouseButton.LeftButton)
    settled(editor)
    assert fill.selection.mix is None
    row.slider.setValue(50)
    settled(editor)
    editor.act("next_candidate")
    settled(editor)
    assert fill.selection.mix is None
    assert row.slider.value() == 0


def test_a_mix_is_part_of_the_project(editor: Editor, tmp_path: Path, another: Callable[..., Editor]) -> None:
    fill, row = mixing(editor)
    row.slider.setValue(30)
    settled(editor)
    path = tmp_path / "a.wganpaint"
    editor.window.files.projects.write(editor.document, ProjectFile(path))
    editor.wait(lambda: editor.window.files.projects.path == path)
    again = another(load_engine=False)
    again.open(path)
    settled(again)
    assert again.controller.fill is not None
    assert again.controller.fill.selection == fill.selection
    assert np.array_equal(on_canvas(again), on_canvas(editor))
    again.act("side_by_side")
    settled(again)
    assert not again.window.search_panel.mix.isVisible(), "a project has no model to mix with"
