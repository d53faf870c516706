"""What a user decides about single candidates: to lock, promote, discard and name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu

from tests.gui.conftest import Editor
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.lanes.lane import Lane
from wganpaint_gui.gui.fill.lanes.thumbnail import Thumbnail
from wganpaint_gui.gui.look.mnemonics import plain
from wganpaint_gui.ml.search.fill import Fill

CTRL, SHIFT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier(0)


def settled(editor: Editor) -> None:
    editor.wait(lambda: editor.window.looks.background.pending == 0 and editor.controller.background.pending == 0)


@pytest.fixture
def fill(editor: Editor) -> Iterator[Fill]:
    """A finished search with three candidates a method."""
    editor.ready_to_fill(candidates=3)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settled(editor)
    fill = editor.controller.fill
    assert isinstance(fill, Fill)
    yield fill
    for menu in editor.window.findChildren(QMenu, "candidateMenu"):
        menu.close()


def shown(editor: Editor) -> tuple[int, int]:
    assert editor.controller.fill is not None
    assert editor.controller.shown_candidate is not None
    return editor.controller.fill.selection.method, editor.controller.shown_candidate


def press(editor: Editor, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(editor.window.canvas, key, keys)
    settled(editor)


def lane(editor: Editor, method: int = 0) -> Lane:
    return editor.window.search_panel.lanes[method]


def in_order(lane: Lane) -> list[int]:
    """The candidates from left to right."""
    QApplication.processEvents()
    return [one.number for one in sorted(lane.thumbnails, key=lambda one: one.x())]


def right_click(editor: Editor, thumbnail: Thumbnail) -> QMenu:
    at = thumbnail.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, thumbnail.mapToGlobal(at))
    QApplication.sendEvent(thumbnail, event)
    (menu,) = (menu for menu in editor.window.findChildren(QMenu, "candidateMenu") if menu.isVisible())
    return menu


def choose(editor: Editor, menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if plain(action.text()) == words).trigger()
    menu.close()
    settled(editor)


def test_a_locked_candidate_stays_while_the_search_goes_on(editor: Editor, fill: Fill) -> None:
    place = shown(editor)
    press(editor, Qt.Key.Key_L, CTRL)
    assert fill.marks.locked == {place}
    assert "locked" in lane(editor).thumbnails[place[1]].accessibleName()
    before = fill.search.best.latents
    editor.controller.continue_for(5)
    editor.wait_for_state(FillState.FINISHED)
    after = fill.search.best.latents
    assert np.array_equal(after[place], before[place])
    assert (after != before).any()
    choose(editor, right_click(editor, lane(editor).thumbnails[place[1]]), "Unlock candidate")
    assert not fill.marks.locked


def test_the_promoted_candidate_comes_first_and_is_on_the_photo(editor: Editor, fill: Fill) -> None:
    chosen = 2 if shown(editor)[1] != 2 else 1
    choose(editor, right_click(editor, lane(editor).thumbnails[chosen]), "Promote candidate")
    assert in_order(lane(editor))[0] == chosen
    assert shown(editor) == (0, chosen)
    assert "suggested" in lane(editor).thumbnails[chosen].accessibleName()
    assert editor.window.actions_by_id["promote_candidate"].text() == "Demote candidate"
    editor.act("promote_candidate")
    settled(editor)
    assert in_order(lane(editor)) == [0, 1, 2]


def test_a_discarded_candidate_leaves_the_photo_comes_last_and_is_passed_over(editor: Editor, fill: Fill) -> None:
    gone = shown(editor)[1]
    press(editor, Qt.Key.Key_Delete)
    assert in_order(lane(editor))[-1] == gone
    left = {shown(editor)[1]}
    for _ in range(3):
        press(editor, Qt.Key.Key_Period)
        left.add(shown(editor)[1])
    assert left == {0, 1, 2} - {gone}
    choose(editor, right_click(editor, lane(editor).thumbnails[gone]), "Restore candidate")
    assert not fill.marks.discarded
    assert in_order(lane(editor)) == [0, 1, 2]


def test_the_last_candidate_of_a_method_is_not_discarded(editor: Editor, fill: Fill) -> None:
    for _ in range(3):
        press(editor, Qt.Key.Key_Delete)
    assert len(fill.marks.discarded) == 2
    assert editor.window.messages.is_showing(
        "The last candidate of a method cannot be discarded. Discard drops all of them."
    )


def test_a_right_click_decides_about_a_candidate_without_showing_it(editor: Editor, fill: Fill) -> None:
    before = shown(editor)
    other = (before[1] + 1) % 3
    menu = right_click(editor, lane(editor).thumbnails[other])
    assert [plain(action.text()) for action in menu.actions() if action.text()] == [
        "Show on photo",
        "Compare side by side",
        "Promote candidate",
        "Lock candidate",
        "Discard candidate",
        "Rename candidate…",
    ]
    choose(editor, menu, "Lock candidate")
    assert fill.marks.locked == {(0, other)}
    assert shown(editor) == before
    choose(editor, right_click(editor, lane(editor).thumbnails[other]), "Compare side by side")
    assert editor.window.looks.side_by_side.compared == (0, other)
    choose(editor, right_click(editor, lane(editor).thumbnails[other]), "Show on photo")
    assert shown(editor) == (0, other)


def test_candidates_are_compared_by_the_names_they_are_given(editor: Editor, fill: Fill) -> None:
    place = shown(editor)
    press(editor, Qt.Key.Key_F2)
    dialog = editor.window.findChild(QInputDialog, "renameCandidate")
    assert dialog.textValue() == f"Contextual {place[1] + 1}"
    dialog.setTextValue("Wide smile")
    dialog.accept()
    settled(editor)
    assert "“Wide smile”" in lane(editor).thumbnails[place[1]].toolTip()
    editor.act("side_by_side")
    settled(editor)
    assert editor.window.canvas.caption.startswith("Wide smile, loss ")


def test_marks_are_part_of_the_project(
    editor: Editor, fill: Fill, tmp_path: Path, another: Callable[..., Editor]
) -> None:
    choose(editor, right_click(editor, lane(editor).thumbnails[0]), "Lock candidate")
    choose(editor, right_click(editor, lane(editor, 1).thumbnails[2]), "Discard candidate")
    marks, path = fill.marks, tmp_path / "a.wganpaint"
    editor.window.files.projects.write(editor.document, ProjectFile(path))
    editor.wait(lambda: editor.window.files.projects.path == path)
    again = another(load_engine=False)
    again.open(path)
    assert again.controller.fill is not None
    assert again.controller.fill.marks == marks
    assert in_order(lane(again, 1)) == [0, 1, 2]
    assert "locked" in lane(again).thumbnails[0].accessibleName()


def test_a_search_that_continues_another_one_keeps_its_marks(editor: Editor, fill: Fill) -> None:
    choose(editor, right_click(editor, lane(editor).thumbnails[0]), "Lock candidate")
    editor.controller.search_again(3)
    editor.wait(lambda: editor.controller.fill not in (None, fill))
    assert editor.controller.fill is not None
    assert editor.controller.fill.marks == fill.marks
    editor.wait_for_state(FillState.FINISHED)
    assert "locked" in lane(editor).thumbnails[0].accessibleName()


def test_a_refined_candidate_that_is_locked_looks_the_same_after_a_new_search(editor: Editor) -> None:
    editor.ready_to_fill(steps=3, refine=3, methods=("yeh",))
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settled(editor)
    before = editor.controller.fill
    assert isinstance(before, Fill)
    place, seen = shown(editor), before.snapshot_at(None)
    assert seen.refined == {place[1]}
    press(editor, Qt.Key.Key_L, CTRL)
    editor.controller.search_again(3)
    editor.wait(lambda: editor.controller.fill not in (None, before))
    editor.wait_for_state(FillState.FINISHED)
    settled(editor)
    after = editor.controller.fill
    assert after is not None
    now = after.snapshot_at(None, Selection(*place))
    assert seen.images is not None
    assert now.images is not None
    assert np.array_equal(now.images[place], seen.images[place])
    assert np.array_equal(now.overlay, seen.overlay)
    assert "refined" in lane(editor).thumbnails[place[1]].accessibleName()


def test_each_decision_about_a_candidate_is_undone_and_redone_in_one_step(editor: Editor, fill: Fill) -> None:
    place = shown(editor)
    marks = [fill.marks]
    for key, keys in ((Qt.Key.Key_P, SHIFT), (Qt.Key.Key_L, CTRL), (Qt.Key.Key_Delete, NONE)):
        press(editor, key, keys)
        marks.append(fill.marks)
    press(editor, Qt.Key.Key_F2)
    dialog = editor.window.findChild(QInputDialog, "renameCandidate")
    dialog.setTextValue("Wide smile")
    dialog.accept()
    marks.append(fill.marks)
    settled(editor)
    editor.window.activateWindow()  # off screen, nobody else does after a dialog
    editor.wait(editor.window.isActiveWindow)
    listed = editor.window.history_panel.list
    names = ["Promote candidate", "Lock candidate", "Discard candidate", "Rename candidate"]
    assert [listed.item(row).text() for row in range(listed.count())][-4:] == names
    assert plain(editor.window.actions_by_id["undo"].text()) == "Undo rename candidate"
    for before in reversed(marks[:-1]):
        press(editor, Qt.Key.Key_Z, CTRL)
        assert fill.marks == before
    assert in_order(lane(editor)) == [0, 1, 2]
    for after in marks[1:]:
        press(editor, Qt.Key.Key_Z, CTRL | SHIFT)
        assert fill.marks == after
    assert shown(editor) != place, "it was discarded once more"


def test_decisions_stay_in_the_history_while_their_candidates_are_in_hand(editor: Editor, fill: Fill) -> None:
    press(editor, Qt.Key.Key_L, CTRL)
    masked = editor.document.masked_pixels
    editor.controller.search_again(3)
    editor.wait(lambda: editor.controller.fill not in (None, fill))
    editor.wait_for_state(FillState.FINISHED)
    press(editor, Qt.Key.Key_Z, CTRL)
    assert editor.controller.fill is not None
    assert not editor.controller.fill.marks.locked
    press(editor, Qt.Key.Key_Z, CTRL | SHIFT)
    editor.act("discard")
    assert "lock candidate" not in editor.document.history.done_names
    assert editor.document.masked_pixels == masked


def test_what_is_decided_about_candidates_that_are_then_discarded_marks_no_later_ones(
    editor: Editor, fill: Fill
) -> None:
    for key, keys in ((Qt.Key.Key_L, CTRL), (Qt.Key.Key_P, SHIFT)):
        press(editor, key, keys)
    editor.controller.search_again(3)
    editor.act("undo")  # while the search that continues is being prepared
    editor.act("discard")
    editor.act("run")
    editor.wait(lambda: editor.controller.fill not in (None, fill))
    assert editor.controller.fill is not None
    assert not editor.controller.fill.marks.locked
    editor.wait_for_state(FillState.FINISHED)


def test_during_a_stroke_nothing_is_decided(editor: Editor, fill: Fill) -> None:
    before = fill.marks
    with editor.document.edit_mask("brush stroke"):
        for key, keys in ((Qt.Key.Key_P, SHIFT), (Qt.Key.Key_L, CTRL), (Qt.Key.Key_Delete, NONE)):
            press(editor, key, keys)
    assert fill.marks == before
    press(editor, Qt.Key.Key_L, CTRL)
    assert fill.marks != before


def test_there_is_nothing_to_decide_without_a_candidate_on_the_photo(editor: Editor, fill: Fill) -> None:
    names = ("lock_candidate", "promote_candidate", "discard_candidate", "rename_candidate")
    actions = [editor.window.actions_by_id[name] for name in names]
    assert all(action.isEnabled() for action in actions)
    editor.act("discard")
    assert not any(action.isEnabled() for action in actions)
