"""Where a search starts: at the guess of the model's encoder, near it, or as it always has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import DEFAULT_STEPS, InpaintConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.losses import Target, make_target
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.search.start import CANDIDATE_SPREAD, first_latents, initial_latents

CPU = torch.device("cpu")
CONFIG = InpaintConfig(start="guess", steps=4, candidates=3, seed=7)


@pytest.fixture(scope="module")
def guessing(make_model: Callable[..., Model]) -> PreparedModel:
    return PreparedModel(make_model(encoder=True), CPU)


class Blind:
    """A model whose encoder answers NaN for some of the images."""

    def __init__(self, model: PreparedModel, rows: list[int]) -> None:
        self._model, self._rows = model, rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def guess(self, x: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        found = self._model.guess(x, known)
        found[self._rows, 0] = torch.nan
        return found


def test_the_first_candidate_starts_at_the_guess_and_the_others_beside_it(
    guessing: PreparedModel, view: ModelView
) -> None:
    search = Search(guessing, view, CONFIG)
    target = make_target(view, CONFIG, CPU)
    guess = guessing.guess(target.image, target.known)[0].numpy()
    drawn = initial_latents(7, 3, 6)
    start = search.best.latents
    np.testing.assert_array_equal(start[0], start[1], "both methods alike")
    np.testing.assert_array_equal(start[0, 0], guess)
    for k in (1, 2):
        expected = (1 - CANDIDATE_SPREAD) * guess + CANDIDATE_SPREAD * drawn[k]
        np.testing.assert_allclose(start[0, k], expected, atol=1e-6)
    assert np.abs(start).max() <= 1
    assert search.config.start == "guess"
    assert search.notice is None


def test_random_is_what_it_was_whether_there_is_an_encoder_or_not(
    guessing: PreparedModel, tiny: PreparedModel, view: ModelView
) -> None:
    for model in (guessing, tiny):
        search = Search(model, view, replace(CONFIG, start="random"))
        np.testing.assert_array_equal(search.best.latents, np.broadcast_to(initial_latents(7, 3, 6), (2, 3, 6)))
        assert search.notice is None


def test_another_seed_moves_all_but_the_guess(guessing: PreparedModel, view: ModelView) -> None:
    one, two = (Search(guessing, view, replace(CONFIG, seed=seed)).best.latents for seed in (7, 8))
    np.testing.assert_array_equal(one[:, 0], two[:, 0])
    assert (one[:, 1:] != two[:, 1:]).any(axis=2).all()


def test_hidden_pixels_change_no_bit_of_where_a_search_starts_and_goes(
    guessing: PreparedModel, view: ModelView
) -> None:
    noise = np.random.default_rng(1).uniform(-1, 1, view.image.shape).astype(np.float32)
    noise[:, 15:17, 15:17] = np.nan
    painted = ModelView(np.where(view.known, view.image, noise), view.known)
    one, two = (Search(guessing, seen, CONFIG) for seen in (view, painted))
    for search in (one, two):
        list(search.advance(4))
        list(search.refine(0, 4))
    np.testing.assert_array_equal(one.log.latents, two.log.latents)
    np.testing.assert_array_equal(one.log.losses, two.log.losses)
    np.testing.assert_array_equal(one.images_of(one.state), two.images_of(two.state))


def test_a_model_without_an_encoder_starts_at_random_and_says_so(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(tiny, view, CONFIG)
    np.testing.assert_array_equal(search.best.latents[0], initial_latents(7, 3, 6))
    assert search.notice == "The model tiny has no encoder, so the search starts at random latents"
    assert search.config.start == "random"


def test_a_guess_that_is_no_number_starts_at_random_and_says_so(guessing: PreparedModel, view: ModelView) -> None:
    blind: Any = Blind(guessing, [0])
    search = Search(blind, view, CONFIG)
    np.testing.assert_array_equal(search.best.latents[0], initial_latents(7, 3, 6))
    assert search.notice == "The model tiny's guess is not a number, so the search starts at random latents"
    assert np.isfinite(next(search.advance(1)).losses).all()


@pytest.mark.parametrize(("asked", "taken"), [(DEFAULT_STEPS["guess"], DEFAULT_STEPS["random"]), (7, 7)])
def test_without_a_guess_it_takes_the_steps_that_a_random_start_needs(
    guessing: PreparedModel, view: ModelView, asked: int, taken: int
) -> None:
    blind: Any = Blind(guessing, [0])
    assert Search(blind, view, replace(CONFIG, start="guess", steps=asked)).config.steps == taken


def test_of_many_images_only_those_without_a_guess_start_at_random(
    guessing: PreparedModel, make_view: Callable[..., ModelView]
) -> None:
    views = [make_view(seed=seed) for seed in range(4)]
    target = Target.joined(make_target(view, CONFIG, CPU) for view in views)
    blind: Any = Blind(guessing, [2])
    start, guessed = first_latents(blind, target, CONFIG, [5, 6, 7, 8])
    assert guessed.tolist() == [True, True, False, True]
    np.testing.assert_array_equal(start[2], initial_latents(7, 3, 6))
    for n in (0, 1, 3):
        alone = Search(guessing, views[n], replace(CONFIG, seed=5 + n)).best.latents[0]
        np.testing.assert_allclose(start[n], alone, atol=1e-5)


def test_given_latents_go_before_any_guess(guessing: PreparedModel, view: ModelView) -> None:
    start = np.full((2, 3, 6), 0.25, np.float32)
    np.testing.assert_array_equal(Search(guessing, view, CONFIG, start=start).best.latents, start)


def test_the_critic_takes_smaller_steps_from_a_guess(
    guessing: PreparedModel, tiny: PreparedModel, view: ModelView
) -> None:
    """The first step of Adam is as long as its rate in every number of the latent."""
    for model, start, lengths in (
        (guessing, "guess", (0.05, 0.003)),
        (guessing, "random", (0.06, 0.01)),
        (tiny, "guess", (0.06, 0.01)),  # it has no encoder
    ):
        search = Search(model, view, InpaintConfig(start=start, candidates=2))
        list(search.advance(2))
        before, after = search.log.latents
        inside = (np.abs(before) < 0.9) & (after != before)
        for method, length in enumerate(lengths):
            moved = np.abs(after - before)[method][inside[method]]
            np.testing.assert_allclose(moved, length, rtol=1e-3)
