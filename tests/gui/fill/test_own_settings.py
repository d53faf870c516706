"""Whose settings of the search are on the panel, and whose are remembered: a project may come from anybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.gui.conftest import Editor
from tests.gui.file_helpers import save_project_as
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.settings.preferences import load_preferences

MINE = InpaintConfig(start="random", steps=17, refine=0, seed=3)
THEIRS = InpaintConfig(start="guess", steps=90_000, refine=400, seed=41, blend="feather", context_weight=7.0)


@pytest.fixture
def theirs(opened: Editor, photo: Path, tmp_path: Path) -> Editor:
    """A window whose person has settings of their own, with somebody else's project open."""
    panel = opened.window.fill_panel
    panel.settings.set_config(THEIRS)
    path = save_project_as(opened, tmp_path / "theirs.wganpaint")
    panel.settings.set_config(MINE)
    opened.open(path)
    assert panel.settings.config == opened.controller.config == THEIRS
    return opened


def test_the_settings_of_a_project_hold_until_another_photo_is_opened(theirs: Editor, photo: Path):
    theirs.open(photo)
    assert theirs.window.fill_panel.settings.config == theirs.controller.config == MINE


def test_the_settings_of_a_project_are_not_remembered(theirs: Editor):
    theirs.window.close()
    assert load_preferences().inpaint == MINE


def test_what_is_changed_by_hand_in_a_project_is_ones_own(theirs: Editor, photo: Path):
    theirs.window.fill_panel.settings.blend.button("none").click()
    assert theirs.window.fill_panel.settings.config == replace(THEIRS, blend="none")
    theirs.open(photo)
    assert theirs.window.fill_panel.settings.config == replace(MINE, blend="none")
    theirs.window.close()
    assert load_preferences().inpaint == replace(MINE, blend="none")


def test_a_project_after_a_project_leaves_ones_own_settings(theirs: Editor, tmp_path: Path):
    theirs.open(tmp_path / "theirs.wganpaint")
    theirs.window.close()
    assert load_preferences().inpaint == MINE
