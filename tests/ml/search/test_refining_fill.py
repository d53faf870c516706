"""A fill's refinement: what it is going to do, and which candidate it turns to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.records import SEARCHED, StepPlan
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.prepared_model import PreparedGenerator, PreparedModel

CONFIG = InpaintConfig(start="random", steps=4, refine=3, candidates=3, learning_rate=0.1, blend="none")


@pytest.fixture
def fill(tiny: PreparedModel) -> Fill:
    photo = photo_from_pixels(np.random.default_rng(0).integers(0, 256, (100, 120, 3), np.uint8))
    mask = np.zeros((100, 120), np.uint8)
    mask[30:60, 40:70] = 255
    return Fill(tiny, photo, mask, Frame(20, 10, 70), CONFIG)


def refined(fill: Fill) -> list[int]:
    return fill.search.log.refined.tolist()


def test_the_plan_counts_search_and_refinement_and_then_what_was_done(fill: Fill) -> None:
    assert fill.plan == StepPlan(7, refinement=3)
    list(fill.run())
    assert fill.plan == StepPlan(7)
    running = fill.run(10, refine=5)
    next(running)
    assert fill.plan == StepPlan(22, refinement=5)
    running.close()
    assert fill.plan == StepPlan(22, refinement=5), "it was stopped on the way there"


def test_critic_only_is_never_refined(tiny: PreparedModel, fill: Fill) -> None:
    photo = photo_from_pixels(np.zeros((100, 120, 3), np.uint8))
    mask = np.zeros((100, 120), np.uint8)
    mask[30:60, 40:70] = 255
    alone = Fill(tiny, photo, mask, Frame(20, 10, 70), replace(CONFIG, methods=("critic",)))
    list(alone.run())
    assert refined(alone) == [SEARCHED] * 4
    assert alone.plan == StepPlan(4)
    fill.selection = Selection(1, 2)
    list(fill.run(refine=0))
    suggested = int(fill.search.suggested()[0])
    list(fill.run(0))
    assert refined(fill) == [SEARCHED] * 4 + [suggested] * 3, "the suggestion of the other method instead"


def test_a_candidate_selected_afterwards_is_refined_without_a_search(fill: Fill) -> None:
    fill.selection = Selection(0, 0)
    list(fill.run())
    first = fill.snapshot_at(None).images
    fill.selection = Selection(0, 2)
    list(fill.run(0))
    assert refined(fill) == [SEARCHED] * 4 + [0] * 3 + [2] * 3
    assert fill.is_refined(0)
    assert fill.is_refined(2)
    assert not fill.is_refined(1)
    assert first is not None
    after = fill.snapshot_at(None).images
    assert after is not None
    assert np.array_equal(after[0, 0], first[0, 0]), "the one before stays refined"
    fill.selection = Selection(0, 0)
    assert not list(fill.run(0)), "it has been refined"


def test_a_candidate_selected_in_the_middle_takes_the_place_of_the_one_before(fill: Fill) -> None:
    fill.selection = Selection(0, 0)
    for frame in fill.run():
        if frame.shown_step == 5:
            fill.selection = Selection(0, 1)
    assert refined(fill) == [SEARCHED] * 4 + [0] * 2 + [1] * 3
    assert not fill.is_refined(0), "when it is selected again, it is refined anew"
    fill.selection = Selection(0, 0)
    list(fill.run(0))
    assert refined(fill)[9:] == [0] * 3


def test_one_that_is_refined_already_ends_the_refinement_of_another(fill: Fill) -> None:
    fill.selection = Selection(0, 0)
    list(fill.run())
    fill.selection = Selection(0, 1)
    running = fill.run(0)
    next(running)
    fill.selection = Selection(0, 0)
    assert list(running) == []
    assert fill.plan == StepPlan(8)


def test_a_search_that_follows_starts_all_over_again(fill: Fill) -> None:
    list(fill.run())
    (candidate,) = fill.search.log.refined_until(None)
    assert fill.is_refined(candidate)
    assert fill.search.log.refined_until(3) == frozenset()
    next(fill.run(1))
    assert not fill.is_refined(candidate)
    assert fill.search.log.refined_until(None) == frozenset()


def test_best_steps_of_a_search_after_a_refinement_count_its_steps(fill: Fill) -> None:
    list(fill.run())
    fill.change(context_weight=2.0)  # the bests start anew
    last = list(fill.run(4, refine=0))[-1]
    losses = fill.search.log.losses
    assert len(losses) == 11
    assert last.step is not None
    np.testing.assert_array_equal(last.step.best_steps, 7 + losses[7:].argmin(axis=0))
    np.testing.assert_array_equal(fill.search.best.steps, last.step.best_steps)


def test_a_refinement_without_memory_ends_and_says_so(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    def scarce(self: Any) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(PreparedGenerator, "copy", scarce)
    list(fill.run())
    assert refined(fill) == [SEARCHED] * 4
    assert "Not enough memory to refine" in (fill.search.notice or "")
    assert fill.plan == StepPlan(4)
