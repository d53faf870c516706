"""What is not seen is not changed: the photo's actions rest while the training page has its place."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Editor
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.commands.action_requirements import WORKS_WITHOUT_PHOTO_IN_VIEW
from wganpaint_gui.gui.commands.actions import SPECS
from wganpaint_gui.gui.fill.fill_state import FillState

without_engine = pytest.mark.usefixtures("without_engine")

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def painted(editor: Editor) -> Editor:
    """The sample with some of it masked, behind the training page."""
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    editor.paint((100, 100), (150, 120))
    editor.paint((200, 100), (250, 120))
    editor.window.activateWindow()
    editor.act("train")
    return editor


@without_engine
def test_keys_do_nothing_to_a_photo_that_is_not_seen(painted: Editor):
    window, document = painted.window, painted.document
    before, zoom = document.mask.copy(), window.canvas.view.zoom
    for key, held in (
        (Qt.Key.Key_I, CONTROL),
        (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_D, CONTROL),
        (Qt.Key.Key_Z, CONTROL),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Plus, CONTROL),
    ):
        QTest.keyClick(window.training.page, key, held)
    painted.wait(lambda: window.masks.background.pending == 0)
    np.testing.assert_array_equal(document.mask, before)
    assert window.canvas.tool is Tool.BRUSH
    assert window.canvas.view.zoom == zoom
    assert window.actions_by_id["mask_show"].isChecked()


@without_engine
def test_only_what_works_unseen_can_be_done_beside_the_page(painted: Editor):
    actions = painted.window.actions_by_id
    assert {name for name, action in actions.items() if action.isEnabled()} <= set(WORKS_WITHOUT_PHOTO_IN_VIEW)
    assert set(WORKS_WITHOUT_PHOTO_IN_VIEW) <= set(SPECS)
    assert all(actions[name].isEnabled() for name in ("open", "save", "save_mask", "train", "theme_dark", "quit"))


@without_engine
def test_the_photo_gives_its_actions_back(painted: Editor):
    window, actions = painted.window, painted.window.actions_by_id
    window.central_stack.show_photo()
    able = {name for name, action in actions.items() if action.isEnabled()}
    assert {"undo", "mask_invert", "mask_clear", "tool_eraser", "zoom_in", "mask_opacity_25"} <= able
    assert not {"redo", "keep", "stop"} & able, "what they need besides is still missing"
    QTest.keyClick(window.canvas, Qt.Key.Key_E)
    assert window.canvas.tool is Tool.ERASER


def test_what_changes_behind_the_page_is_known_on_the_way_back(editor: Editor):
    editor.ready_to_fill(steps=3)
    editor.act("run")
    editor.act("train")
    editor.wait_for_state(FillState.FINISHED)
    assert not editor.window.actions_by_id["keep"].isEnabled()
    editor.window.central_stack.show_photo()
    assert editor.window.actions_by_id["keep"].isEnabled()


@without_engine
def test_tools_history_and_frame_are_off_beside_the_page_and_nothing_jumps(painted: Editor):
    window = painted.window
    options = window.tool_options
    parts = (options.size_slider, options.hardness_slider, options.mode, window.history_panel.list)
    frame_mode = window.fill_panel.settings.frame_mode
    assert not any(part.isEnabled() for part in (*parts, frame_mode))
    assert options.model_badge.isEnabled()
    places = [part.geometry() for part in parts[:3]]
    window.central_stack.show_photo()
    assert all(part.isEnabled() for part in (*parts, frame_mode))
    assert [part.geometry() for part in parts[:3]] == places


def test_escape_leads_back_and_leaves_a_search_running(editor: Editor):
    editor.ready_to_fill(steps=100_000)
    editor.act("run")
    editor.wait(lambda: editor.steps > 0)
    editor.act("train")
    QTest.keyClick(editor.window.training.page, Qt.Key.Key_Escape)
    assert editor.window.canvas.isVisible()
    assert editor.controller.state is FillState.RUNNING
    editor.act("stop")
    editor.wait_for_state(FillState.FINISHED)


# -- the tabs beside it ----------------------------------------------------------------------------------------------


@without_engine
def test_the_models_come_forward_beside_the_page_and_the_tab_of_before_returns(editor: Editor):
    window, tabs = editor.window, editor.window.side_panels
    assert tabs.currentWidget() is window.fill_panel
    editor.act("train")
    assert tabs.currentWidget() is window.model_panel
    window.central_stack.show_photo()
    assert tabs.currentWidget() is window.fill_panel


@without_engine
def test_a_tab_that_is_chosen_beside_the_page_stays(editor: Editor):
    window, tabs = editor.window, editor.window.side_panels
    editor.act("train")
    tabs.setCurrentWidget(window.history_panel)
    window.central_stack.show_photo()
    assert tabs.currentWidget() is window.history_panel
