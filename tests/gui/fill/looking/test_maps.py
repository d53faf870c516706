"""The difference view and the critic's eye: maps over the photo, computed off the GUI thread."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Editor
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.maps.heat_map import GROUND, brightest, colour_table, heat_colours
from wganpaint_gui.gui.canvas.heat_map import HeatMap
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.looking import difference_view
from wganpaint_gui.ml.search.critic_view import critic_gradient
from wganpaint_gui.ml.search.fill import Fill

SHIFT = Qt.KeyboardModifier.ShiftModifier
MOUTH = (224, 140)  # photo pixels
FOREHEAD = (220, 90)  # no fill reaches it


def heat(editor: Editor) -> HeatMap | None:
    """What the canvas draws over the photo."""
    return editor.window.canvas.heat_map


def settled(editor: Editor) -> None:
    editor.wait(lambda: editor.window.looks.background.pending == 0 and editor.controller.background.pending == 0)


def colour(editor: Editor, point: tuple[float, float]) -> np.ndarray:
    canvas = editor.window.canvas
    x, y = canvas.view.to_screen(*point)
    return np.array(canvas.grab().toImage().pixelColor(int(x), int(y)).getRgb()[:3])


def search(editor: Editor, **settings: object) -> Fill:
    editor.ready_to_fill(**settings)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settled(editor)
    fill = editor.controller.fill
    assert isinstance(fill, Fill)
    return fill


def press(editor: Editor, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(editor.window.canvas, key, keys)
    settled(editor)


def test_the_difference_of_a_fill_in_hand_and_of_a_kept_one(editor: Editor) -> None:
    search(editor)
    press(editor, Qt.Key.Key_D)
    in_hand = heat(editor)
    assert in_hand is not None
    assert (in_hand.title, in_hand.low, in_hand.high) == ("Difference × 8", "0", "32 of 255")
    opened = editor.document.photo.pixels.copy()
    editor.act("keep")
    editor.wait(lambda: editor.controller.fill is None)
    settled(editor)
    kept = heat(editor)
    assert kept is not None
    assert kept.place != in_hand.place
    change = np.abs(editor.document.photo.pixels.astype(int) - opened).max(axis=2)
    expected = heat_colours(change[kept.place.slices] * (8 / 255), fading=False)  # type: ignore[union-attr]
    assert np.array_equal(kept.pixels, expected)
    editor.act("undo")
    settled(editor)
    undone = heat(editor)
    assert undone is not None
    assert not undone.pixels[..., :3].any() or (undone.pixels == undone.pixels[0, 0]).all(), "nothing differs"


def test_what_did_not_change_is_dimmed_and_bright_again_without_the_view(editor: Editor) -> None:
    search(editor)
    bright = colour(editor, FOREHEAD)
    press(editor, Qt.Key.Key_D)
    lowest = colour_table(fading=False)[0, :3]
    assert np.abs(colour(editor, FOREHEAD) - bright * (1 - GROUND) - lowest * GROUND).max() <= 2
    press(editor, Qt.Key.Key_D)
    assert np.array_equal(colour(editor, FOREHEAD), bright)
    assert heat(editor) is None


def test_the_amplification_is_chosen_in_the_menu_and_shows_the_difference(editor: Editor) -> None:
    search(editor)
    editor.act("amplify_32")
    settled(editor)
    assert editor.window.actions_by_id["difference"].isChecked()
    shown = heat(editor)
    assert shown is not None
    assert (shown.title, shown.high) == ("Difference × 32", "8 of 255")


def test_the_difference_follows_the_view(editor: Editor) -> None:
    search(editor)
    press(editor, Qt.Key.Key_D)
    editor.act("zoom_fit")
    settled(editor)
    whole = heat(editor)
    for _ in range(9):
        editor.act("zoom_in")
    settled(editor)
    part = heat(editor)
    assert whole is not None
    assert part is not None
    assert part.place.width < whole.place.width  # type: ignore[union-attr]


def test_maps_are_computed_off_the_gui_thread(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    compute = difference_view.shown_difference

    def shown_difference(*values):
        threads.append(threading.current_thread())
        return compute(*values)

    monkeypatch.setattr(difference_view, "shown_difference", shown_difference)
    search(editor)
    press(editor, Qt.Key.Key_D)
    assert threads
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("angle", [0.0, 30.0])
def test_the_critics_eye_is_the_gradient_of_the_critic_on_the_composite(editor: Editor, angle: float) -> None:
    editor.ready_to_fill()
    frame = Frame(176, 76, 92, angle)
    editor.document.set_frames([frame])
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    settled(editor)
    fill = editor.controller.fill
    assert isinstance(fill, Fill)
    press(editor, Qt.Key.Key_E, SHIFT)
    for method in (0, 1):
        editor.controller.select(method, 1)
        settled(editor)
        settled(editor)
        composites = fill.snapshot_at(None).fills
        assert composites is not None
        strength = critic_gradient(fill.model, composites[method, 1])
        shown = heat(editor)
        assert shown is not None
        assert shown.place == frame
        assert np.array_equal(shown.pixels, heat_colours(strength / brightest(strength), fading=True))


def test_a_map_of_a_turned_frame_is_turned(editor: Editor) -> None:
    canvas = editor.window.canvas
    editor.window.open_sample()
    editor.wait(lambda: editor.window.document is not None)
    frame = Frame(200, 200, 100, 30.0)
    red = np.zeros((4, 4, 4), np.uint8)
    red[:2] = 255, 0, 0, 255  # the upper half of the frame
    colours = np.zeros((256, 4), np.uint8)
    before = {share: colour(editor, frame.to_photo(*share)) for share in ((0.5, 0.1), (0.1, 0.2), (0.5, 0.9))}
    canvas.set_heat_map(HeatMap(red, frame, "", "", "", colours, dims=False, smooth=False))
    assert colour(editor, frame.to_photo(0.5, 0.1)).tolist() == [255, 0, 0]
    assert colour(editor, frame.to_photo(0.1, 0.2)).tolist() == [255, 0, 0]
    assert np.array_equal(colour(editor, frame.to_photo(0.5, 0.9)), before[0.5, 0.9])


def test_one_map_at_a_time_and_none_without_a_fill(editor: Editor) -> None:
    search(editor)
    actions = editor.window.actions_by_id
    press(editor, Qt.Key.Key_D)
    press(editor, Qt.Key.Key_E, SHIFT)
    assert not actions["difference"].isChecked()
    assert heat(editor) is not None
    editor.act("discard")
    assert heat(editor) is None
    assert not actions["critic_eye"].isEnabled()


def test_the_critics_eye_follows_a_search_that_runs(editor: Editor) -> None:
    editor.ready_to_fill(steps=100_000)
    editor.act("run")
    editor.wait(lambda: editor.steps > 2)
    editor.act("critic_eye")
    editor.wait(lambda: heat(editor) is not None)
    first = heat(editor)
    editor.wait(lambda: heat(editor) is not first)
    editor.act("discard")


def test_a_difference_that_is_hidden_while_it_is_computed_keeps_no_memory(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, real = threading.Event(), difference_view.opened_part

    def slow(*parts: Any) -> Any:
        assert release.wait(30)
        return real(*parts)

    monkeypatch.setattr(difference_view, "opened_part", slow)
    search(editor)
    QTest.keyClick(editor.window.canvas, Qt.Key.Key_D)
    QTest.keyClick(editor.window.canvas, Qt.Key.Key_D)
    release.set()
    settled(editor)
    assert heat(editor) is None
    assert editor.window.looks.difference._opened is None
