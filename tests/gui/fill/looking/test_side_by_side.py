"""Two candidates side by side, at the same place and zoom, by their names."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.conftest import Editor
from wganpaint_gui.core.search.candidate_marks import Candidate
from wganpaint_gui.gui.canvas.beside_viewer import BesideViewer
from wganpaint_gui.gui.canvas.view import View
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.ml.search.fill import Fill

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def searched(editor: Editor, **settings: object) -> Fill:
    editor.ready_to_fill(**settings)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settled(editor)
    fill = editor.controller.fill
    assert isinstance(fill, Fill)
    return fill


def settled(editor: Editor) -> None:
    editor.wait(lambda: editor.window.looks.background.pending == 0 and editor.controller.background.pending == 0)
    QApplication.processEvents()


def compare(editor: Editor) -> BesideViewer:
    QTest.keyClick(editor.window.canvas, Qt.Key.Key_C)
    settled(editor)
    return editor.window.beside


def overlay_of(fill: Fill, candidate: Candidate) -> np.ndarray:
    images = fill.snapshot_at(None).images
    assert images is not None
    return fill.composer.overlay(images[candidate])


def shows(editor: Editor, viewer: object, candidate: Candidate) -> bool:
    fill, shown = editor.controller.fill, viewer.shown  # type: ignore[attr-defined]
    assert isinstance(fill, Fill)
    return shown.fill is not None and np.array_equal(shown.fill[1], overlay_of(fill, candidate))


def middle(view: View) -> tuple[float, float]:
    """The photo point in the middle of a view."""
    return view.to_photo(view.viewport[0] / view.ratio / 2, view.viewport[1] / view.ratio / 2)


def test_the_other_methods_suggestion_is_shown_beside_the_one_on_the_photo(editor: Editor) -> None:
    fill = searched(editor)
    suggested = [int(number) for number in fill.search.suggested()]
    beside = compare(editor)
    assert beside.isVisible()
    assert shows(editor, editor.window.canvas, (0, suggested[0]))
    assert shows(editor, beside, (1, suggested[1]))
    assert editor.window.canvas.caption.startswith(f"Contextual {suggested[0] + 1}, loss ")
    assert beside.caption.startswith(f"Critic {suggested[1] + 1}, loss ")
    assert abs(beside.width() - editor.window.canvas.width()) <= 1
    compare(editor)
    assert not beside.isVisible()
    assert beside.document is None, "a view that is hidden holds no photo"
    assert editor.window.canvas.caption == ""


def test_both_views_move_together(editor: Editor) -> None:
    searched(editor)
    beside, canvas = compare(editor), editor.window.canvas
    editor.act("zoom_in")
    assert beside.view.zoom == canvas.view.zoom
    assert middle(beside.view) == pytest.approx(middle(canvas.view), abs=1)
    zoom, at = canvas.view.zoom, QPointF(beside.rect().center())
    event = QWheelEvent(
        at,
        beside.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(beside, event)
    assert canvas.view.zoom == beside.view.zoom > zoom
    before, start = middle(canvas.view), beside.rect().center()
    QTest.mousePress(beside, LEFT, pos=start)
    QTest.mouseMove(beside, start + QPoint(-30, -20))
    QTest.mouseRelease(beside, LEFT, pos=start + QPoint(-30, -20))
    assert middle(canvas.view) == pytest.approx(middle(beside.view), abs=1)
    assert middle(canvas.view)[0] > before[0]


def test_ctrl_and_a_click_compare_a_candidate_and_leave_the_photo_as_it_is(editor: Editor) -> None:
    fill = searched(editor, candidates=3)
    shown = editor.controller.shown_candidate
    other = next(number for number in range(3) if number != shown)
    thumbnail = editor.window.search_panel.lanes[0].thumbnails[other]
    QTest.mouseClick(thumbnail, LEFT, CTRL)
    settled(editor)
    assert editor.window.actions_by_id["side_by_side"].isChecked()
    assert editor.controller.shown_candidate == shown
    assert fill.selection.candidate is None
    assert shows(editor, editor.window.beside, (0, other))
    assert "Compared." in thumbnail.accessibleName()


def test_to_show_the_compared_candidate_lets_the_two_change_places(editor: Editor) -> None:
    searched(editor)
    beside = compare(editor)
    first, second = (0, editor.controller.shown_candidate), editor.window.looks.side_by_side.compared
    assert second is not None
    editor.controller.select(*second)
    settled(editor)
    settled(editor)
    assert shows(editor, editor.window.canvas, second)
    assert shows(editor, beside, first)


def test_a_key_goes_through_all_other_candidates(editor: Editor) -> None:
    searched(editor)
    compare(editor)
    seen = []
    for _ in range(3):
        QTest.keyClick(editor.window.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
        settled(editor)
        seen.append(editor.window.looks.side_by_side.compared)
        assert shows(editor, editor.window.beside, seen[-1])
    assert len(set(seen)) == 3
    assert (0, editor.controller.shown_candidate) not in seen


@pytest.mark.parametrize("how", ["keep", "discard"])
def test_without_a_fill_there_is_one_view_and_with_the_next_there_are_two(editor: Editor, how: str) -> None:
    searched(editor)
    beside = compare(editor)
    editor.act(how)
    editor.wait(lambda: editor.controller.fill is None)
    assert not beside.isVisible()
    assert not editor.window.actions_by_id["side_by_side"].isEnabled()
    if how == "discard":
        editor.act("run")
        editor.wait_for_state(FillState.FINISHED)
        settled(editor)
        assert beside.isVisible()


def test_the_second_view_follows_a_search_that_runs(editor: Editor) -> None:
    editor.ready_to_fill(steps=100_000)
    editor.act("run")
    editor.wait(lambda: editor.steps > 2)
    editor.act("side_by_side")
    beside = editor.window.beside
    editor.wait(lambda: beside.isVisible() and beside.shown is not None and beside.shown.fill is not None)
    first = beside.shown.fill[1]  # type: ignore[union-attr, index]
    editor.wait(lambda: beside.shown.fill[1] is not first)  # type: ignore[union-attr, index]
    editor.act("discard")


def test_a_single_candidate_has_nothing_beside_it(editor: Editor) -> None:
    searched(editor, candidates=1, methods=("critic",))
    assert not compare(editor).isVisible()
