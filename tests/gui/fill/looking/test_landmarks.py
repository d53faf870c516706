"""The steps marked on the timeline: the suggested one, and the one that is most real to the critic."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from tests.gui.conftest import PATIENCE, Editor
from tests.gui.seen import pixels_of
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.lanes.timeline import TimelineSlider
from wganpaint_gui.gui.look.colours import CRITIC, SELECTION
from wganpaint_gui.ml.search.critic_view import critic_scores
from wganpaint_gui.ml.search.fill import Fill


def slider(editor: Editor) -> TimelineSlider:
    return editor.window.search_panel.timeline.slider


def marked(editor: Editor) -> dict[str, int]:
    return {mark.sign: mark.step for mark in slider(editor).landmarks}


def sign_of(editor: Editor, sign: str) -> QPoint:
    """Where a sign is drawn: the middle of its colour."""
    pixels = pixels_of(slider(editor))[:16].astype(int)
    wanted = QColor(SELECTION if sign == "star" else CRITIC).getRgb()[:3]
    rows, columns = np.nonzero((np.abs(pixels - wanted) < 12).all(axis=2))
    assert len(rows), "the sign is on the timeline"
    return QPoint(round(columns.mean()), round(rows.mean()))


def search(editor: Editor, **settings: object) -> Fill:
    editor.ready_to_fill(steps=12, **settings)
    editor.act("run")
    editor.wait_for_state(FillState.FINISHED)
    editor.wait(lambda: set(marked(editor)) == {"star", "eye"})
    fill = editor.controller.fill
    assert isinstance(fill, Fill)
    return fill


def scores(fill: Fill, method: int, candidate: int) -> np.ndarray:
    shown = [fill.snapshot_at(step).fills for step in range(len(fill.search.log))]
    return critic_scores(fill.model, np.stack([fills[method, candidate] for fills in shown if fills is not None]))


def test_both_steps_are_marked_after_a_search_and_follow_the_candidate(editor: Editor) -> None:
    fill = search(editor)
    for method in (0, 1):
        editor.controller.select(method, None)
        suggested = int(fill.search.suggested()[method])
        expected = {"star": fill.search.best.steps[method, suggested], "eye": scores(fill, method, suggested).argmax()}
        editor.wait(lambda expected=expected: marked(editor) == expected)
    other = 1 - int(fill.search.suggested()[1])
    editor.controller.select(1, other)
    best = scores(fill, 1, other).argmax()
    editor.wait(lambda: marked(editor).get("eye") == best)
    assert marked(editor)["star"] == expected["star"], "the suggestion is still the other one"


def test_a_candidate_that_is_being_scored_is_not_scored_again(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = search(editor)
    drawn, scored, score = threading.Event(), [], Fill.best_by_critic

    def slow(*asked: Any) -> int | None:
        scored.append(asked[1:3])
        drawn.wait(PATIENCE / 1000)
        return score(*asked)

    monkeypatch.setattr(Fill, "best_by_critic", slow)
    other = 1 - int(fill.search.suggested()[1])
    editor.controller.select(1, other)
    editor.wait(lambda: bool(scored))
    for _ in range(3):
        with editor.qtbot.waitSignal(editor.controller.shown):
            editor.controller.render()
    drawn.set()
    editor.wait(lambda: "eye" in marked(editor))
    assert scored == [(1, other)]


@pytest.mark.parametrize(("key", "keys", "sign"), [("s", 0, "star"), ("S", 1, "eye")])
def test_a_key_and_a_click_go_to_a_marked_step(editor: Editor, key: str, keys: int, sign: str) -> None:
    search(editor)
    step, controller = marked(editor)[sign], editor.controller
    shift = Qt.KeyboardModifier.ShiftModifier if keys else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(editor.window.canvas, Qt.Key.Key_S, shift)
    assert controller.shown_step == step
    editor.act("next_candidate")
    editor.window.search_panel.timeline.reset()
    editor.wait(lambda: set(marked(editor)) == {"star", "eye"})
    step = marked(editor)[sign]
    place = sign_of(editor, sign)
    QTest.mouseClick(slider(editor), Qt.MouseButton.LeftButton, pos=place)
    assert controller.shown_step == step


def test_a_mark_says_what_it_is(editor: Editor) -> None:
    search(editor)
    step = marked(editor)["eye"]
    at = sign_of(editor, "eye")
    tip = QHelpEvent(QEvent.Type.ToolTip, at, slider(editor).mapToGlobal(at))
    QApplication.sendEvent(slider(editor), tip)
    assert QToolTip.text() == f"Most real to the critic: step {step + 1}. Click to show it."
    assert f"Most real to the critic: step {step + 1}." in slider(editor).accessibleDescription()


def test_what_runs_on_has_no_marks_and_no_actions_to_go_to_them(editor: Editor) -> None:
    search(editor)
    names = ("suggested_step", "critic_step")
    actions = [editor.window.actions_by_id[name] for name in names]
    assert all(action.isEnabled() for action in actions)
    editor.controller.continue_for(100_000)
    assert editor.controller.state is FillState.RUNNING
    assert marked(editor) == {}
    assert not any(action.isEnabled() for action in actions)
    editor.act("discard")
    assert not any(action.isEnabled() for action in actions)
