"""A search with a refinement: one log, one state, whatever ends it, and every step can be shown again."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.projects import saved
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.project.project import Project, SavedFill, find_original
from wganpaint_gui.core.project.project_reader import read_project
from wganpaint_gui.core.search.composed_fill import Selection
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.records import SEARCHED
from wganpaint_gui.core.search.settings import InpaintConfig, Start
from wganpaint_gui.ml.search import inpainting, refinement
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.prepared_model import PreparedGenerator, PreparedModel

CONFIG = InpaintConfig(start="random", steps=5, refine=6, candidates=3, seed=7, learning_rate=0.1, blend="none")


@pytest.fixture
def searched(tiny: PreparedModel, view: ModelView) -> Search:
    search = Search(tiny, view, CONFIG)
    list(search.advance(5))
    return search


def assert_consistent(search: Search) -> None:
    """What is published belongs together, and every step can be shown."""
    state, log = search.state, search.log
    assert state.steps == len(log) == len(log.refined) == len(log.latents)
    assert (state.best.steps < len(log)).all()
    for m, k in np.ndindex(state.best.losses.shape):
        assert state.best.losses[m, k] == log.losses[state.best.steps[m, k], m, k]
    images = search.images_of(state)
    for candidate, refined in state.refined.items():
        assert log.refined[refined.step] == candidate
        assert np.array_equal(images[0, candidate], refined.image)
        assert np.array_equal(search.candidates_at(refined.step)[0][0, candidate], refined.image)
    for step in range(len(log)):
        shown, losses = search.candidates_at(step)
        assert shown.shape == images.shape
        assert np.array_equal(losses, log.losses[step])


# --- one log ---------------------------------------------------------------------------------------------------


def test_a_refinement_goes_on_where_the_search_ended(searched: Search) -> None:
    before = searched.state
    steps = list(searched.refine(1, 6))
    assert [step.index for step in steps] == list(range(5, 11))
    assert searched.log.refined.tolist() == [SEARCHED] * 5 + [1] * 6
    first = steps[0]
    assert first.losses[0, 1] == pytest.approx(before.best.losses[0, 1], rel=1e-5)
    assert first.images is not None
    difference = first.images.astype(int) - searched.render(before.best.latents)
    assert np.abs(difference).max() <= 1, "the first step is the best of the search, up to rounding"
    assert_consistent(searched)
    others = np.ones((2, 3), bool)
    others[0, 1] = False
    for step in steps:
        np.testing.assert_array_equal(step.losses[others], before.best.losses[others])
    np.testing.assert_array_equal(searched.best.losses[others], before.best.losses[others])
    np.testing.assert_array_equal(searched.best.latents, before.best.latents)


def test_its_best_step_is_the_one_nearest_to_the_left_out_pixels_and_may_lie_in_it(searched: Search) -> None:
    steps = list(searched.refine(2, 30))
    refined = searched.state.refined[2]
    assert refined.step > 5
    best = steps[refined.step - 5]
    assert best.images is not None
    np.testing.assert_array_equal(refined.image, best.images[0, 2])
    assert searched.best.steps[0, 2] == refined.step
    assert searched.best.losses[0, 2] == best.losses[0, 2] == refined.loss


def test_every_step_is_shown_again_as_it_was(searched: Search) -> None:
    steps = [*searched.refine(0, 6), *searched.refine(2, 6), *searched.advance(3), *searched.refine(1, 4)]
    for step in steps:
        images, losses = searched.candidates_at(step.index)
        np.testing.assert_array_equal(losses, step.losses)
        assert step.images is not None
        np.testing.assert_array_equal(images, step.images)


def test_candidates_are_refined_one_after_another_and_all_stay_refined(searched: Search) -> None:
    alone = {}
    for candidate in range(3):
        list(searched.refine(candidate, 6))
        alone[candidate] = searched.state.refined[candidate].image
    assert set(searched.state.refined) == {0, 1, 2}
    images, _ = searched.candidates_at(None)
    for candidate, image in alone.items():
        np.testing.assert_array_equal(images[0, candidate], image)
    np.testing.assert_array_equal(images[1], searched.render(searched.best.latents[1]))
    list(searched.advance(1))
    assert searched.state.refined == {}
    images, _ = searched.candidates_at(None)
    np.testing.assert_array_equal(images, searched.render(searched.best.latents))


def test_a_refined_candidate_is_suggested_whatever_the_others_score(searched: Search) -> None:
    for candidate in range(3):
        list(searched.advance(1))
        list(searched.refine(candidate, 1))  # no step of it is nearer to the known pixels than the search was
        assert searched.suggested()[0] == candidate
    list(searched.refine(0, 1))
    assert set(searched.state.refined) == {0, 2}
    assert searched.suggested()[0] in (0, 2)


def test_a_suggestion_is_that_of_the_state_asked_for_whatever_another_thread_asks_meanwhile(searched: Search) -> None:
    searching = searched.state
    list(searched.refine((int(searched.suggested()[0]) + 1) % 3, 1))
    refining = searched.state
    expected = searched.suggested(state=searching).tolist()
    assert searched.suggested(state=refining).tolist() != expected

    def ask_before_each_line(frame: FrameType, _event: str, _value: Any) -> Any:
        if frame.f_code is not Search.suggested.__code__:
            return None
        searched.suggested(state=refining)  # as another thread may; not traced
        return ask_before_each_line

    traced = sys.gettrace()
    sys.settrace(ask_before_each_line)
    try:
        found = searched.suggested(state=searching).tolist()
    finally:
        sys.settrace(traced)
    assert found == expected


def test_a_candidate_refined_again_gives_the_same(searched: Search) -> None:
    list(searched.refine(0, 6))
    once = searched.state.refined[0]
    list(searched.refine(0, 6))
    again = searched.state.refined[0]
    np.testing.assert_array_equal(once.image, again.image)
    assert (once.loss, once.step + 6) == (again.loss, again.step)
    assert_consistent(searched)


def test_it_repeats_to_the_last_bit(tiny: PreparedModel, view: ModelView) -> None:
    one, two = Search(tiny, view, CONFIG), Search(tiny, view, CONFIG)
    for search in (one, two):
        list(search.advance(5))
        list(search.refine(1, 12))
    np.testing.assert_array_equal(one.log.losses, two.log.losses)
    np.testing.assert_array_equal(one.state.refined[1].image, two.state.refined[1].image)


def test_images_are_made_only_when_looked_at_and_for_the_last_step(searched: Search) -> None:
    answers = iter([True, False, False])
    steps = list(searched.refine(0, 4, watched=lambda: next(answers)))
    assert [step.images is not None for step in steps] == [True, False, False, True]


def test_a_refinement_does_not_change_the_fit(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(tiny, view, replace(CONFIG, methods=("yeh",), candidates=1))
    list(search.advance(5))
    before = search.fit()
    list(search.refine(0, 20))
    assert search.fit() == before


def test_long_refinements_keep_some_of_their_images(
    tiny: PreparedModel, view: ModelView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inpainting, "REFINED_BYTES", 7 * 32 * 32 * 3)
    search = Search(tiny, view, CONFIG)
    list(search.advance(5))
    drawn = {step.index: step.images for step in search.refine(0, 25)}
    kept = {5 + step for step in range(0, 25, 4)}  # seven places: thinned at the 7th, and at every 2nd one's 7th
    for step in drawn:
        images, _ = search.candidates_at(step)
        original = drawn[max(one for one in kept if one <= step)]
        assert original is not None
        np.testing.assert_array_equal(images[0, 0], original[0, 0])


# --- its end ---------------------------------------------------------------------------------------------------


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_closing_it_at_any_step_leaves_a_search_that_fits_together(
    tiny: PreparedModel, view: ModelView, data: st.DataObject
) -> None:
    search = Search(tiny, view, CONFIG)
    list(search.advance(2))
    for _ in range(data.draw(st.integers(1, 4))):
        if data.draw(st.booleans()):
            steps = search.advance(data.draw(st.integers(0, 3)))
        else:
            steps = search.refine(data.draw(st.integers(0, 2)), data.draw(st.integers(0, 5)))
        for _ in range(data.draw(st.integers(0, 5))):
            if next(steps, None) is None:
                break
        steps.close()  # type: ignore[attr-defined]
    assert_consistent(search)
    before = len(search.log)
    assert [step.index for step in search.advance(1)] == [before]


@pytest.mark.parametrize("change", ["lambda", "view"])
def test_a_change_ends_it_and_waits_for_the_search(
    searched: Search, make_view: Callable[..., ModelView], change: str
) -> None:
    steps = searched.refine(0, 50)
    next(steps)
    if change == "lambda":
        searched.change(context_weight=0.5)
    else:
        searched.change(view=make_view(seed=9))
    assert searched.has_changed()
    assert list(steps) == []
    assert list(searched.refine(1, 5)) == [], "nothing is refined for what is known to be outdated"
    list(searched.advance(1))
    assert not searched.has_changed()
    assert searched.state.refined == {}
    assert (searched.best.steps == 6).all()
    list(searched.refine(0, 3))
    assert len(searched.log) == 10


Fail = Callable[[torch.Tensor], torch.Tensor]


class Failing:
    """A model whose critic fails from some pass on."""

    def __init__(self, model: PreparedModel, after: int, fail: Fail) -> None:
        self._model, self.left, self._fail = model, after, fail

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def score(self, x: torch.Tensor) -> torch.Tensor:
        self.left -= 1
        return self._model.score(x) if self.left >= 0 else self._fail(self._model.score(x))

    score_in_step = score


def nan(score: torch.Tensor) -> torch.Tensor:
    return score * torch.nan


def scarce(_: torch.Tensor) -> torch.Tensor:
    raise RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 1 bytes.")


def broken(_: torch.Tensor) -> torch.Tensor:
    raise RuntimeError("shape mismatch")


def failing(tiny: PreparedModel, view: ModelView, after: int, fail: Fail, start: Start = "random") -> Search:
    """Search, and refine with a critic that fails after some steps of the refinement."""
    search = Search(Failing(tiny, 5 + after, fail), view, replace(CONFIG, start=start))  # type: ignore[arg-type]
    list(search.advance(5))
    list(search.refine(0, 20))
    return search


@pytest.mark.parametrize("after", [0, 4])
def test_one_that_diverges_keeps_the_best_before_and_says_so(tiny: PreparedModel, view: ModelView, after: int) -> None:
    search = failing(tiny, view, after, nan)
    assert search.notice == "The refinement diverged; the best step before is kept"
    assert len(search.log) == 5 + after
    assert np.isfinite(search.log.losses).all()
    assert set(search.state.refined) == ({0} if after else set())
    assert_consistent(search)


def test_each_one_that_diverges_says_so(tiny: PreparedModel, view: ModelView) -> None:
    model: Any = Failing(tiny, 9, nan)
    search = Search(model, view, replace(CONFIG, start="guess"))
    list(search.advance(5))
    list(search.refine(0, 20))
    assert "diverged" in str(search.notice)
    model.left = 3
    following = search.refine(1, 20)
    next(following)
    assert "diverged" not in str(search.notice)
    list(following)
    assert "diverged" in str(search.notice)


@pytest.mark.parametrize("after", [0, 4])
def test_one_without_memory_keeps_the_best_before_and_says_so(tiny: PreparedModel, view: ModelView, after: int) -> None:
    search = failing(tiny, view, after, scarce)
    assert search.notice == "Not enough memory to refine the fill; the best step before is kept"
    assert len(search.log) == 5 + after
    assert set(search.state.refined) == ({0} if after else set())
    assert_consistent(search)


def test_other_errors_are_not_taken_for_a_lack_of_memory(tiny: PreparedModel, view: ModelView) -> None:
    with pytest.raises(RuntimeError, match="shape mismatch"):
        failing(tiny, view, 2, broken)


def test_what_is_said_about_the_start_is_still_said_after_a_refinement(tiny: PreparedModel, view: ModelView) -> None:
    search = failing(tiny, view, 1, nan, start="guess")
    assert search.notice is not None
    assert "has no encoder" in search.notice
    assert "diverged" in search.notice


# --- memory ----------------------------------------------------------------------------------------------------


def generators_held(model: PreparedModel) -> int:
    """Count the copies of the model's largest weight in memory that could be trained."""
    gc.collect()
    shape = model.generator.weights[2].shape
    return sum(
        1
        for thing in gc.get_objects()
        if type(thing) is torch.Tensor and thing.shape == shape and thing.requires_grad and thing.is_leaf
    )


@pytest.mark.slow
def test_there_is_one_copy_of_the_generator_and_none_afterwards(searched: Search, tiny: PreparedModel) -> None:
    assert generators_held(tiny) == 0
    for candidate in (0, 1, 2, 0, 1):
        steps = searched.refine(candidate, 3)
        next(steps)
        assert generators_held(tiny) == 1
        list(steps)
        del steps
        assert generators_held(tiny) == 0


def test_a_copy_shares_nothing(tiny: PreparedModel) -> None:
    copy = tiny.generator.copy()
    assert isinstance(copy, PreparedGenerator)
    mine, theirs = ({weight.data_ptr() for weight in one.weights} for one in (copy, tiny.generator))
    assert not mine & theirs


# --- a fill and a project --------------------------------------------------------------------------------------


@pytest.fixture
def document() -> Document:
    made = Document(photo_from_pixels(np.random.default_rng(0).integers(0, 256, (100, 120, 3), np.uint8)))
    with made.edit_mask("rectangle") as edit:
        edit.rectangle(Box(40, 30, 30, 30), 255)
    return made


@pytest.fixture
def fill(tiny: PreparedModel, document: Document) -> Fill:
    return Fill(tiny, document.photo, document.mask.copy(), Frame(20, 10, 70), CONFIG)


def test_a_new_mask_in_the_middle_of_a_refinement_is_searched_first(fill: Fill) -> None:
    larger = np.zeros((100, 120), np.uint8)
    larger[30:70, 40:70] = 255
    for frame in fill.run():
        if frame.shown_step == 7:
            fill.change(mask=larger)
    assert [step != SEARCHED for step in fill.search.log.refined] == [False] * 5 + [True] * 3 + [False] * 5 + [True] * 6
    assert (fill.search.best.steps >= 8).all(), "those before belong to another mask"
    _, patch = fill.result()
    assert patch.shape == (70, 70, 3)


def test_the_patch_of_a_refined_fill_is_its_image_and_that_of_a_step_as_it_was(fill: Fill) -> None:
    frames = {frame.shown_step: frame for frame in fill.run()}
    ((candidate, refined),) = fill.search.state.refined.items()
    selection = Selection(0, candidate)
    np.testing.assert_array_equal(fill.result(selection)[1], fill.composer.patch(refined.image)[1])
    for step, frame in frames.items():
        again = fill.snapshot_at(step)
        np.testing.assert_array_equal(again.overlay, frame.overlay)
        np.testing.assert_array_equal(again.fills, frame.fills)


def test_looking_back_while_it_is_refined_does_no_harm(fill: Fill) -> None:
    errors: list[BaseException] = []
    over = threading.Event()

    def look_back() -> None:
        try:
            while not over.is_set():
                taken = fill.search.steps_done
                fill.snapshot_at(taken - 1 if taken else None)
                if taken:
                    fill.stored_search()  # checks itself
        except BaseException as error:
            errors.append(error)

    other = threading.Thread(target=look_back)
    other.start()
    list(fill.run(3, refine=20))
    over.set()
    other.join()
    assert not errors


def test_a_project_keeps_the_refined_image(fill: Fill, document: Document, tmp_path: Path) -> None:
    running = fill.run()
    for frame in running:
        if frame.shown_step == 8:
            break
    running.close()  # type: ignore[attr-defined]
    found, state = fill.stored_search(), document.state_later()()
    kept = SavedFill(found, Selection(0), (fill.frame,))
    path = saved(Project(find_original(state), state, CONFIG, kept), tmp_path / "refined.wganpaint")
    opened, _ = read_project(path)
    assert opened.fill is not None
    stored = opened.fill.search
    assert (stored.config.start, stored.config.refine) == ("random", 6)
    np.testing.assert_array_equal(stored.refined, fill.search.log.refined)
    np.testing.assert_array_equal(stored.images, fill.search.images_of(fill.search.state))
    np.testing.assert_array_equal(stored.best.losses, found.best.losses)
    np.testing.assert_array_equal(stored.best.steps, found.best.steps)
    resumed = opened.fill.resumed(opened.document)
    np.testing.assert_array_equal(resumed.result()[1], fill.result()[1])


def test_the_patience_is_obeyed_by_a_fill(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refinement, "PATIENCE", 0)
    list(fill.run())
    assert (fill.search.log.refined != SEARCHED).sum() == 1
    assert fill.search.notice is None
