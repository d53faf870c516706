"""The refinement in the real window: paused, stopped, looked back into, kept, interrupted and failing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import Editor
from tests.gui.shown import shown_message
from wganpaint_gui.core.mask import hole
from wganpaint_gui.core.search.composed_fill import FillSnapshot
from wganpaint_gui.core.search.records import SEARCHED
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.fill.lanes.lane import Lane
from wganpaint_gui.ml.search.prepared_model import PreparedGenerator

LEFT = Qt.MouseButton.LeftButton
STEPS = 3  # of the search


def start(editor: Editor, refine: int, **settings: object) -> None:
    editor.ready_to_fill(start="random", steps=STEPS, refine=refine, **settings)
    QTest.keyClick(editor.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def refining(editor: Editor, refine: int = 400, **settings: object) -> None:
    """Run until the refinement has made some steps."""
    start(editor, refine, **settings)
    editor.wait(lambda: editor.steps > STEPS + 3)


def refined(editor: Editor, refine: int = 4, **settings: object) -> None:
    start(editor, refine, **settings)
    editor.wait_for_state(FillState.FINISHED)


def steps_of(editor: Editor) -> list[int]:
    """The candidate that each step refined."""
    fill = editor.controller.fill
    assert fill is not None
    return fill.search.log.refined.tolist()


def yeh(editor: Editor) -> Lane:
    return editor.window.search_panel.lanes[0]


def scrub(editor: Editor, step: int) -> FillSnapshot:
    """Click on the timeline; returns what is shown then."""
    slider = editor.window.search_panel.timeline.slider
    shows = editor.qtbot.waitSignal(
        editor.controller.shown, timeout=30_000, check_params_cb=lambda frame: frame.shown_step == step
    )
    with shows as shown:
        QTest.mouseClick(slider, LEFT, pos=QPoint(round(slider.position_of(step)), slider.height() // 2))
    return shown.args[0]


def label(editor: Editor) -> str:
    return editor.window.search_panel.timeline.label.text()


def test_a_refinement_follows_the_search_in_the_same_lane_and_timeline(editor: Editor) -> None:
    refined(editor)
    refinement = steps_of(editor)[STEPS:]
    assert steps_of(editor)[:STEPS] == [SEARCHED] * STEPS
    (candidate,) = set(refinement)
    assert len(refinement) == 4
    panel = editor.window.search_panel
    assert [(one.name, one.first, one.end) for one in panel.timeline.slider.sections] == [
        ("search", 0, 3),
        ("refinement", 3, 7),
    ]
    editor.wait(lambda: yeh(editor).best.text().startswith("refined"))
    assert "refined" in yeh(editor).thumbnails[candidate].accessibleName()
    assert "refined" not in yeh(editor).thumbnails[1 - candidate].accessibleName()
    assert label(editor) == "best of 7 steps"
    assert "blind spots" in panel.lanes[1].toolTip()
    scrub(editor, 4)
    assert label(editor) == "refinement 2 of 4"
    scrub(editor, 1)
    assert label(editor) == "step 2 of 7"
    assert yeh(editor).best.text().startswith("best at step"), "it was not refined then"


def test_a_refinement_is_paused_and_resumed(editor: Editor) -> None:
    refining(editor)
    editor.pause()
    standing = editor.steps
    assert label(editor).startswith("refinement ")
    assert label(editor).endswith(" of 400")
    scrub(editor, 1)
    assert editor.steps == standing
    QTest.keyClick(editor.window, Qt.Key.Key_P)
    editor.wait(lambda: editor.steps > standing + 2)
    assert label(editor).startswith("refinement "), "it is followed live again"


def test_a_stopped_refinement_keeps_what_it_had(editor: Editor) -> None:
    refining(editor)
    QTest.keyClick(editor.window, Qt.Key.Key_Escape)
    editor.wait_for_state(FillState.FINISHED)
    fill, taken = editor.controller.fill, editor.steps
    assert fill is not None
    candidate = steps_of(editor)[-1]
    best = fill.snapshot_at(None)
    step = int(fill.search.best.steps[0, candidate])
    assert STEPS <= step < taken
    again = fill.snapshot_at(step)
    assert best.images is not None
    assert again.images is not None
    assert np.array_equal(best.images[0, candidate], again.images[0, candidate])
    assert best.losses[0, candidate] == fill.search.log.losses[step, 0, candidate]


def test_a_step_of_a_refinement_is_kept_with_the_pixels_that_were_shown(editor: Editor) -> None:
    refined(editor, 8, blend="none")
    opened, mask = editor.document.photo.pixels.copy(), editor.document.mask.copy()
    searched, shown = scrub(editor, STEPS - 1), scrub(editor, STEPS + 5)
    assert shown.overlay is not None
    assert searched.overlay is not None
    assert not np.array_equal(shown.overlay, searched.overlay)
    fill = editor.controller.fill
    assert fill is not None
    box, pixels = fill.result(step=STEPS + 5)
    QTest.keyClick(editor.window, Qt.Key.Key_Return)
    editor.wait_for_state(FillState.NO_MASK)
    kept = editor.document.photo.pixels
    inside = hole(mask)[box.slices]
    assert np.array_equal(kept[box.slices][inside], pixels[inside])
    seen = np.asarray(shown.overlay[..., :3], np.int64)[hole(mask)[fill.frame.box.slices]]
    assert np.abs(kept[fill.frame.box.slices][hole(mask)[fill.frame.box.slices]] - seen).max() <= 1
    assert np.array_equal(kept[~hole(mask)], opened[~hole(mask)])


def test_a_mask_changed_in_the_middle_goes_back_to_the_search_and_refines_again(editor: Editor) -> None:
    steps = 60  # which take longer than a mask takes to settle
    refining(editor, steps)
    fill: Any = editor.controller.fill
    editor.paint((200, 138), (206, 150))
    editor.wait_for_state(FillState.FINISHED)
    assert np.array_equal(fill.frame_mask, editor.document.mask[fill.frame.box.slices])
    done = steps_of(editor)
    back = next(i for i in range(STEPS, len(done)) if done[i] == SEARCHED)
    assert STEPS < back < STEPS + steps
    assert done[back : back + STEPS] == [SEARCHED] * STEPS
    assert len(done[back + STEPS :]) == steps
    assert SEARCHED not in done[back + STEPS :]
    assert (fill.search.best.steps >= back).all(), "losses under two masks cannot be compared"
    assert [one.name for one in editor.window.search_panel.timeline.slider.sections] == ["search", "refinement"] * 2


def test_a_context_weight_changed_in_the_middle_goes_back_to_the_search(editor: Editor) -> None:
    refining(editor, 12)
    field = editor.window.fill_panel.settings.context_weight.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    editor.wait_for_state(FillState.FINISHED)
    done = steps_of(editor)
    back = done.index(SEARCHED, STEPS)
    assert done[back : back + STEPS] == [SEARCHED] * STEPS
    assert len(done) == back + STEPS + 12
    assert editor.controller.fill is not None
    assert editor.controller.fill.config.context_weight == 3.0


def test_another_candidate_is_refined_when_it_is_chosen_and_the_first_is_shown_at_once(editor: Editor) -> None:
    refined(editor)
    first = steps_of(editor)[-1]
    with editor.qtbot.waitSignal(editor.controller.state_changed) as changed:
        QTest.mouseClick(yeh(editor).thumbnails[1 - first], LEFT)
    assert changed.args[0] is FillState.RUNNING
    editor.wait_for_state(FillState.FINISHED)
    assert steps_of(editor)[-4:] == [1 - first] * 4
    assert len(steps_of(editor)) == STEPS + 8
    editor.wait(lambda: editor.controller.shown_candidate == 1 - first)
    with (
        editor.qtbot.assertNotEmitted(editor.controller.state_changed),
        editor.qtbot.waitSignal(
            editor.controller.shown, timeout=30_000, check_params_cb=lambda frame: frame.selection.candidate == first
        ),
    ):
        QTest.mouseClick(yeh(editor).thumbnails[first], LEFT)
    assert len(steps_of(editor)) == STEPS + 8
    assert yeh(editor).best.text().startswith("refined")


def test_a_candidate_chosen_in_the_middle_is_refined_in_place_of_the_first(editor: Editor) -> None:
    refining(editor, 12)
    first = steps_of(editor)[-1]
    QTest.mouseClick(yeh(editor).thumbnails[1 - first], LEFT)
    assert editor.controller.state is FillState.RUNNING
    editor.wait_for_state(FillState.FINISHED)
    done = steps_of(editor)
    turn = done.index(1 - first)
    assert done[STEPS:turn] == [first] * (turn - STEPS)
    assert done[turn:] == [1 - first] * 12
    assert turn < STEPS + 12
    assert editor.controller.plan.total == len(done)


def test_candidates_are_compared_at_an_earlier_step_without_a_refinement(editor: Editor) -> None:
    refined(editor)
    first = steps_of(editor)[-1]
    scrub(editor, 1)
    QTest.mouseClick(yeh(editor).thumbnails[1 - first], LEFT)
    editor.wait(lambda: editor.controller.shown_candidate == 1 - first)
    assert editor.controller.state is FillState.FINISHED
    assert len(steps_of(editor)) == STEPS + 4
    editor.controller.show_step(None)
    assert editor.controller.state is FillState.RUNNING, "back at the end it is refined"
    editor.wait_for_state(FillState.FINISHED)
    assert steps_of(editor)[-4:] == [1 - first] * 4


def test_critic_only_candidates_are_shown_and_not_refined(editor: Editor) -> None:
    refined(editor)
    QTest.mouseClick(editor.window.search_panel.lanes[1].thumbnails[1], LEFT)
    editor.wait(lambda: editor.controller.shown_candidate == 1)
    assert editor.controller.state is FillState.FINISHED
    assert len(steps_of(editor)) == STEPS + 4


def test_more_steps_search_on_and_refine_again(editor: Editor) -> None:
    refined(editor)
    editor.window.fill_panel.settings.steps.set_value(5)
    editor.controller.continue_for(5)
    editor.wait(lambda: editor.steps > STEPS + 4)
    editor.wait_for_state(FillState.FINISHED)
    done = steps_of(editor)
    assert done[STEPS + 4 : STEPS + 9] == [SEARCHED] * 5
    assert SEARCHED not in done[STEPS + 9 :]
    assert len(done) == STEPS + 4 + 5 + 4


def test_a_refinement_that_diverges_says_so_and_keeps_its_best(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wganpaint_gui.ml.search.refinement.WEIGHT_RATE", 1e30)
    refined(editor, 20)
    editor.wait(lambda: "diverged" in shown_message(editor.window.messages))
    assert STEPS < editor.steps < STEPS + 20
    assert editor.controller.plan.total == editor.steps, "it counts as finished"
    fill = editor.controller.fill
    assert fill is not None
    assert np.isfinite(fill.snapshot_at(None).losses).all()


@pytest.mark.parametrize("passes", [0, 3])
def test_a_refinement_without_memory_says_so_and_the_fill_stays(
    editor: Editor, monkeypatch: pytest.MonkeyPatch, passes: int
) -> None:
    generate, left = PreparedGenerator.__call__, [passes]

    def scarce(self: PreparedGenerator, *given: Any) -> torch.Tensor:
        if self.weights[0].requires_grad:
            left[0] -= 1
            if left[0] < 0:
                raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate too much")
        return generate(self, *given)

    monkeypatch.setattr(PreparedGenerator, "__call__", scarce)
    refined(editor, 20)
    editor.wait(lambda: "Not enough memory to refine" in shown_message(editor.window.messages))
    assert editor.steps == STEPS + passes
    assert label(editor) == f"best of {STEPS + passes} steps"
    editor.act("keep")
    editor.wait_for_state(FillState.NO_MASK)


def test_closing_the_window_in_the_middle_of_a_refinement_ends_it(editor: Editor) -> None:
    refining(editor)
    editor.window.files.forget_work()
    editor.window.close()
    assert editor.controller.wait(0), "all threads have ended"
