"""Preferences survive a restart, and a damaged file costs no more than the damaged values."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.file_lock import FileLock
from wganpaint_gui.gui.settings import preferences as preferences_module
from wganpaint_gui.gui.settings import preferences_writer as writer_module
from wganpaint_gui.gui.settings.preferences import (
    Preferences,
    load_preferences,
    preferences_file,
    save_changes,
    save_preferences,
)
from wganpaint_gui.gui.window.main_window import MainWindow


def test_what_is_saved_is_what_is_loaded() -> None:
    preferences = Preferences(
        theme="dark",
        brush_diameter=123.5,
        pen_pressure="hardness",
        wand_tolerance=7,
        wand_contiguous=False,
        mask_colour="#12ab34",
        model="faces-64",
        recent=("a.png", "b.png"),
        shortcuts={"undo": ("Ctrl+U",), "redo": ()},
        inpaint=InpaintConfig(methods=("critic",), start="guess", steps=7, refine=9, learning_rate=0.1, blend="none"),
    )
    save_preferences(preferences)
    assert load_preferences() == preferences


@pytest.mark.parametrize(("steps", "now"), [(200, InpaintConfig().steps), (77, 77)])
def test_preferences_from_before_there_was_a_first_guess_get_todays_start(steps: int, now: int) -> None:
    save_preferences(Preferences(inpaint=InpaintConfig(seed=9)))
    values = json.loads(preferences_file().read_text())
    del values["inpaint"]["start"], values["inpaint"]["refine"]
    values["inpaint"]["steps"] = steps
    preferences_file().write_text(json.dumps(values))
    assert load_preferences().inpaint == InpaintConfig(seed=9, steps=now)


@pytest.mark.parametrize(
    "values",
    [
        {"mask_colour": "red"},
        {"mask_colour": "#12AB34; }"},
        {"mask_colour": None},
        {"pen_pressure": "colour"},
        {"wand_tolerance": "much"},
    ],
)
def test_an_unusable_setting_of_the_mask_is_replaced_by_its_default(values: dict[str, object], caplog) -> None:
    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text(json.dumps(values))
    assert load_preferences() == Preferences()
    caplog.clear()


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


# -- two programs --------------------------------------------------------------------------------------------------


def recent(*names: str) -> tuple[str, ...]:
    return tuple(str(Path("/photos") / name) for name in names)


def opened(preferences: Preferences, *names: str) -> Preferences:
    for name in names:
        preferences = preferences.with_recent(Path("/photos") / name)
    return preferences


def test_only_what_was_changed_here_is_saved_over_what_another_saved() -> None:
    start = Preferences(theme="light", brush_diameter=10.0)
    save_preferences(replace(start, theme="dark", device="cpu"))
    save_changes(replace(start, brush_diameter=20.0, device="cuda"), start)
    assert load_preferences() == replace(start, theme="dark", brush_diameter=20.0, device="cuda")


def test_the_photos_opened_in_either_are_recent() -> None:
    start = opened(Preferences(), *"lkjihgfedcba")
    save_preferences(opened(start, "other.png", "c"))
    save_changes(opened(start, "mine.png", "b"), start)
    assert load_preferences().recent == recent("b", "mine.png", "c", "other.png", *"adefgh")


def test_photos_that_another_opened_stay_where_none_was_opened_here() -> None:
    start = opened(Preferences(), "a", "b")
    save_preferences(opened(start, "other.png"))
    save_changes(replace(start, theme="dark"), start)
    assert load_preferences().recent == recent("other.png", "b", "a")


@pytest.mark.parametrize(
    ("before", "here", "there", "remembered"),
    [
        ("", "", "theirs", "theirs"),
        ("", "mine", "theirs", "mine"),
        ("mine", "", "theirs", "theirs"),
        ("mine", "", "mine", ""),
        ("mine", "mine", "", ""),
    ],
)
def test_a_run_in_progress_in_another_is_not_forgotten(before: str, here: str, there: str, remembered: str):
    save_preferences(Preferences(training=there))
    save_changes(Preferences(training=here), Preferences(training=before))
    assert load_preferences().training == remembered


def test_a_second_change_is_compared_with_the_first() -> None:
    since = save_changes(Preferences(training="mine"), Preferences())
    save_changes(Preferences(), since)
    assert load_preferences().training == ""


def test_what_could_not_be_saved_is_saved_with_the_next_change(own_home: Path) -> None:
    save_preferences(Preferences(theme="light"))
    (own_home / "config").rename(own_home / "away")
    (own_home / "config").touch()
    since = save_changes(Preferences(theme="dark"), Preferences(theme="light"))
    (own_home / "config").unlink()
    (own_home / "away").rename(own_home / "config")
    save_changes(Preferences(theme="dark"), since)
    assert load_preferences().theme == "dark"


def test_the_first_start_of_all_takes_its_turn_too() -> None:
    assert not preferences_file().parent.exists()
    save_changes(Preferences(theme="dark"), Preferences())
    assert preferences_file().with_suffix(".lock").exists()
    assert load_preferences().theme == "dark"


def test_a_file_that_is_gone_or_damaged_is_written_anew_whole() -> None:
    preferences = Preferences(theme="dark", recent=recent("a"))
    save_changes(preferences, preferences)
    assert load_preferences() == preferences
    preferences_file().write_text("{")
    save_changes(preferences, preferences)
    assert load_preferences() == preferences


def test_one_that_never_ends_saving_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences_module, "LONGEST_WAIT", 0.05)
    save_preferences(Preferences())
    with FileLock(preferences_file().with_suffix(".lock")) as lock:
        assert lock.acquire()
        save_changes(Preferences(theme="dark"), Preferences())
    assert load_preferences().theme == "dark"


_HOLDER = """
import sys
from pathlib import Path
from wganpaint_gui.core.system.file_lock import FileLock

with FileLock(Path(sys.argv[1])) as lock:
    assert lock.acquire()
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def held() -> Iterator[Callable[[], None]]:
    """Another program is saving preferences, until what this gives is called, or the test ends."""
    preferences_file().parent.mkdir(parents=True, exist_ok=True)
    lock, pipe = preferences_file().with_suffix(".lock"), subprocess.PIPE
    command = [sys.executable, "-c", _HOLDER, str(lock)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        def release() -> None:
            if other.poll() is None:
                other.communicate("\n")

        yield release
        release()


def test_the_window_does_not_wait_while_another_program_saves(
    qtbot: QtBot, held: Callable[[], None], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(preferences_module, "LONGEST_WAIT", 60.0)  # seconds, whatever else this machine is doing
    window = MainWindow(load_engine=False)
    window.memory.remember_training("/runs/mine")
    turns: list[int] = []
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: turns.append(1))
    clock.start()
    qtbot.waitUntil(lambda: len(turns) > 20)
    clock.stop()
    assert load_preferences().training == ""
    held()
    qtbot.waitUntil(lambda: load_preferences().training == "/runs/mine")
    window.close()


@pytest.mark.usefixtures("held")
def test_what_waits_for_another_program_is_saved_when_the_window_closes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(writer_module, "CLOSING_WAIT", 0.05)
    window = MainWindow(load_engine=False)
    qtbot.addWidget(window)
    window.memory.remember_training("/runs/mine")
    window.actions_by_id["mask_opacity_75"].trigger()
    window.close()
    assert window.all_ended
    remembered = load_preferences()
    assert (remembered.training, remembered.mask_opacity) == ("/runs/mine", 0.75)


def test_two_windows_remember_what_was_opened_in_either(qtbot: QtBot, sample_photo_path: Path, tmp_path: Path) -> None:
    photos = [tmp_path / "first.png", tmp_path / "second.png"]
    windows = [MainWindow(load_engine=False) for _ in photos]
    for window, photo in zip(windows, photos, strict=True):
        shutil.copy(sample_photo_path, photo)
        with qtbot.waitSignal(window.photo_shown):
            window.open_photos([photo])
    for window in windows:
        window.close()
    assert load_preferences().recent == (str(photos[1]), str(photos[0]))
