"""The history panel: a list of what was done, and a click back to any of it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Editor
from wganpaint_gui.core.edit.document import Change
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.gui.window.history_panel import HistoryPanel


@pytest.fixture
def panel(shown) -> HistoryPanel:
    panel = HistoryPanel()
    shown(panel, 300, 400)
    return panel


def click(panel: HistoryPanel, row: int) -> None:
    place = panel.list.visualItemRect(panel.list.item(row)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_lists_what_was_done_and_what_was_taken_back(panel: HistoryPanel) -> None:
    panel.show_entries(("brush stroke", "fill"), ("invert",))
    texts = [panel.list.item(row).text() for row in range(panel.list.count())]
    assert texts == ["Opened photo", "Brush stroke", "Fill", "Invert"]
    assert panel.list.currentRow() == 2


@pytest.mark.parametrize(("row", "offset"), [(0, -2), (1, -1), (3, 1), (4, 2)])
def test_a_click_asks_for_so_many_undos_or_redos(panel: HistoryPanel, qtbot, row: int, offset: int) -> None:
    panel.show_entries(("brush stroke", "fill"), ("invert", "clear"))
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        click(panel, row)
    assert jumped.args == [offset]


def test_a_click_on_now_asks_for_nothing(panel: HistoryPanel, qtbot) -> None:
    panel.show_entries(("brush stroke",), ())
    with qtbot.assertNotEmitted(panel.jump_requested):
        click(panel, 1)


def test_it_may_be_rebuilt_by_the_jump_it_asked_for(panel: HistoryPanel) -> None:
    panel.show_entries(("brush stroke", "fill"), ())
    panel.jump_requested.connect(lambda _: panel.show_entries(("brush stroke",), ("fill",)))
    click(panel, 1)
    assert panel.list.currentRow() == 1


def test_the_newest_entry_is_in_sight(panel: HistoryPanel) -> None:
    panel.show_entries(tuple(f"stroke {number}" for number in range(100)), ())
    row = panel.list.visualItemRect(panel.list.item(100))
    assert panel.list.viewport().rect().contains(row.center())


def test_a_row_takes_the_photo_back_by_click_and_by_key_and_undo_goes_on_from_there(
    editor: Editor, without_engine: None
) -> None:
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    masks = [editor.document.mask.copy()]
    for x in (150, 200, 250):
        editor.paint((x, 100), (x, 150))
        masks.append(editor.document.mask.copy())
    panel = editor.window.history_panel
    editor.window.side_panels.setCurrentWidget(panel)
    click(panel, 1)
    assert np.array_equal(editor.document.mask, masks[1])
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert np.array_equal(editor.document.mask, masks[3])
    editor.act("undo")
    assert np.array_equal(editor.document.mask, masks[2])
    assert panel.list.currentRow() == 2


def test_a_long_jump_is_shown_once(editor: Editor, without_engine: None) -> None:
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    for x in range(50):
        with editor.document.edit_mask("brush stroke") as edit:
            edit.segment((100 + x, 100), (100 + x, 150), Brush(5))
    panel = editor.window.history_panel
    editor.window.side_panels.setCurrentWidget(panel)
    panel.list.scrollToTop()
    changes: list[Change] = []
    editor.document.subscribe(changes.append)
    click(panel, 0)
    assert not editor.document.mask.any()
    assert panel.list.currentRow() == 0
    assert len(changes) == 1
