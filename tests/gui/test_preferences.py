"""Preferences survive a restart, and a damaged file costs no more than the damaged values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wganpaint_gui.core.config import InpaintConfig
from wganpaint_gui.gui.preferences import Preferences, load_preferences, preferences_file, save_preferences


def test_what_is_saved_is_what_is_loaded() -> None:
    preferences = Preferences(
        theme="dark",
        brush_diameter=123.5,
        model="faces-64",
        recent=("a.png", "b.png"),
        inpaint=InpaintConfig(methods=("critic",), steps=7, learning_rate=0.1, blend="none"),
    )
    save_preferences(preferences)
    assert load_preferences() == preferences


def test_a_first_start_has_the_defaults() -> None:
    assert load_preferences() == Preferences()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\0\0"])
def test_a_damaged_file_gives_the_defaults(text: str) -> None:
    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text(text)
    assert load_preferences() == Preferences()


def test_an_unusable_value_costs_only_itself() -> None:
    save_preferences(Preferences(theme="light", brush_diameter=77.0))
    values = json.loads(preferences_file().read_text())
    values["theme"] = "plaid"
    values["inpaint"]["steps"] = -5
    values["of a newer version"] = 1
    preferences_file().write_text(json.dumps(values))
    assert load_preferences() == Preferences(brush_diameter=77.0)


def test_a_folder_that_cannot_be_made_does_not_stop_the_program(own_home: Path) -> None:
    (own_home / "config").write_text("a file where the folder should be")
    save_preferences(Preferences(theme="dark"))
    assert load_preferences() == Preferences()


def test_recent_photos_are_unique_newest_first_and_few() -> None:
    preferences = Preferences()
    for number in range(15):
        preferences = preferences.with_recent(Path(f"/photos/{number}.png"))
    preferences = preferences.with_recent(Path("/photos/9.png"))
    assert len(preferences.recent) == 10
    assert preferences.recent[:2] == (str(Path("/photos/9.png")), str(Path("/photos/14.png")))
    assert preferences.folder == str(Path("/photos"))
