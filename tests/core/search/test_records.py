"""The log of a search: which steps refine a candidate, and which are planned to."""

from __future__ import annotations

import numpy as np
import pytest

from wganpaint_gui.core.search.records import SEARCHED, RefinedRun, SearchLog, StepPlan, refined_runs, with_planned


@pytest.mark.parametrize(
    ("steps", "runs"),
    [
        ([], []),
        ([-1, -1], []),
        ([-1, 2, 2, 0, -1, 0], [RefinedRun(1, 2, 2), RefinedRun(3, 1, 0), RefinedRun(5, 1, 0)]),
    ],
)
def test_runs_of_refined_steps_are_found(steps: list[int], runs: list[RefinedRun]) -> None:
    assert refined_runs(np.array(steps, np.int64)) == runs


@pytest.mark.parametrize(
    ("runs", "plan", "shown"),
    [
        ([], StepPlan(30), []),
        ([], StepPlan(80, 50), [RefinedRun(30, 50, SEARCHED)]),
        ([RefinedRun(30, 12, 3)], StepPlan(80, 50), [RefinedRun(30, 50, 3)]),
        ([RefinedRun(30, 12, 3)], StepPlan(42), [RefinedRun(30, 12, 3)]),
        ([RefinedRun(30, 12, 3)], StepPlan(92, 50), [RefinedRun(30, 12, 3), RefinedRun(42, 50, SEARCHED)]),
        # the same candidate anew, after it was stopped
        ([RefinedRun(30, 20, 3)], StepPlan(92, 50), [RefinedRun(30, 12, 3), RefinedRun(42, 50, 3)]),
    ],
)
def test_a_planned_refinement_is_as_long_as_it_will_be(
    runs: list[RefinedRun], plan: StepPlan, shown: list[RefinedRun]
) -> None:
    assert with_planned(runs, plan) == shown


def test_a_candidate_is_refined_until_the_search_goes_on() -> None:
    log = SearchLog(1, 3, 2)
    for refined in (SEARCHED, 2, 2, 0, SEARCHED, 1):
        log.append(np.zeros((1, 3, 2), np.float32), np.zeros((1, 3), np.float32), refined=refined)
    assert [log.refined_until(step) for step in range(6)] == [set(), {2}, {2}, {0, 2}, set(), {1}]
    assert log.refined_until(None) == {1}
