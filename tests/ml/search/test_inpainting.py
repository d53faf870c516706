"""The search: right answers on toys, whole state, memory, NaN, and nothing depends on what it must not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from tests.ml.conftest import Cramped
from wganpaint_gui.core.errors import DeviceError, SettingsError
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.records import InpaintStep
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.losses import make_target, search_losses
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.search.start import initial_latents

CONFIG = InpaintConfig(start="random", refine=0, steps=10, candidates=3, seed=7)


def run(search: Search, steps: int, **options: Any) -> list[InpaintStep]:
    return list(search.advance(steps, **options))


def toy_view(colour: tuple[float, float, float]) -> ModelView:
    """An 8x8 picture of one colour, its right half missing."""
    known = np.ones((1, 8, 8), bool)
    known[:, :, 4:] = False
    image = np.broadcast_to(np.array(colour, np.float32)[:, None, None], (3, 8, 8))
    return ModelView(np.where(known, image, np.float32(0)), known)


# --- known answers ---------------------------------------------------------------------------------------------


def test_yeh_finds_the_colour_of_the_known_pixels(toy: Any) -> None:
    config = InpaintConfig(
        start="random", refine=0, methods=("yeh",), candidates=2, learning_rate=0.02, context_weight=100.0
    )
    search = Search(toy, toy_view((0.2, -0.4, 0.7)), config)
    run(search, 300)
    np.testing.assert_allclose(search.best.latents[0], [[0.2, -0.4, 0.7]] * 2, atol=0.02)


def test_yeh_without_context_asks_the_critic_alone(toy: Any) -> None:
    config = InpaintConfig(
        start="random", refine=0, methods=("yeh",), candidates=2, learning_rate=0.02, context_weight=0.0
    )
    search = Search(toy, toy_view((0.2, -0.4, 0.7)), config)
    run(search, 300)
    np.testing.assert_allclose(search.best.latents[0].mean(axis=1), 0.5, atol=0.02)
    np.testing.assert_allclose(search.best.losses, 0, atol=0.05)


def test_critic_makes_the_composite_real_not_the_fill(toy: Any) -> None:
    # Half of the composite is known to be 0.2: the most real whole (mean 0.5) needs a fill of mean 0.8.
    config = InpaintConfig(start="random", refine=0, methods=("critic",), candidates=2, learning_rate=0.02)
    search = Search(toy, toy_view((0.2, 0.2, 0.2)), config)
    run(search, 300)
    np.testing.assert_allclose(search.best.latents[0].mean(axis=1), 0.8, atol=0.02)


def test_latents_never_leave_the_support_of_their_prior(toy: Any) -> None:
    # The best fill would be 1.2: the projection stops it at 1.
    search = Search(toy, toy_view((-0.2, -0.2, -0.2)), replace(CONFIG, methods=("critic",), learning_rate=0.3))
    run(search, 60)
    assert np.abs(search.log.latents).max() <= 1
    np.testing.assert_allclose(search.log.latents[-1], 1, atol=1e-6)


# --- records and bests -----------------------------------------------------------------------------------------


def test_a_loss_belongs_to_the_latents_before_their_update(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(tiny, view, CONFIG)
    steps = run(search, 6)
    np.testing.assert_array_equal(search.log.latents[0, 0], initial_latents(7, 3, 6))
    for step in steps:
        assert step.images is not None
        np.testing.assert_array_equal(step.images, search.render(search.log.latents[step.index]))
        np.testing.assert_array_equal(step.losses, search.log.losses[step.index])


def test_the_best_iterate_is_kept_not_the_last(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(tiny, view, replace(CONFIG, learning_rate=0.5))  # so large that the loss jumps up and down
    steps = run(search, 30)
    losses = search.log.losses
    lowest = losses.argmin(axis=0)
    assert (lowest < 29).any()
    np.testing.assert_array_equal(search.best.steps, lowest)
    np.testing.assert_array_equal(search.best.losses, losses.min(axis=0))
    np.testing.assert_array_equal(steps[-1].best_losses, search.best.losses)
    for m, k in np.ndindex(*lowest.shape):
        np.testing.assert_array_equal(search.best.latents[m, k], search.log.latents[lowest[m, k], m, k])


def test_images_are_made_only_when_looked_at_and_for_the_last_step(tiny: PreparedModel, view: ModelView) -> None:
    answers = iter([True, False, False, False])
    steps = run(Search(tiny, view, CONFIG), 4, watched=lambda: next(answers))
    assert [step.images is not None for step in steps] == [True, False, False, True]


def test_stopping_and_going_on_is_the_same_as_not_stopping(tiny: PreparedModel, view: ModelView) -> None:
    whole, halves = Search(tiny, view, CONFIG), Search(tiny, view, CONFIG)
    run(whole, 8)
    stopped = halves.advance(8)
    for _ in range(3):
        next(stopped)
    stopped.close()
    assert halves.steps_done == 3
    assert [step.index for step in run(halves, 5)] == [3, 4, 5, 6, 7]
    np.testing.assert_array_equal(halves.log.latents, whole.log.latents)
    np.testing.assert_array_equal(halves.best.latents, whole.best.latents)


def test_the_same_seed_gives_the_same_result_and_another_does_not(tiny: PreparedModel, view: ModelView) -> None:
    one, two, other = (Search(tiny, view, replace(CONFIG, seed=seed)) for seed in (7, 7, 8))
    for search in (one, two, other):
        run(search, 5)
    np.testing.assert_array_equal(one.log.latents, two.log.latents)
    assert not np.array_equal(one.log.latents, other.log.latents)


class Far:
    """A model on a device that answers late, as a GPU does: in truth, the processor."""

    class Device(str):
        type = "cuda"

    def __init__(self, model: PreparedModel) -> None:
        self.device = Far.Device("cpu")
        self.resolution, self.latent_size, self.card = model.resolution, model.latent_size, model.card
        self.generate, self.score = model.generate, model.score
        self.generate_in_step, self.score_in_step = model.generate_in_step, model.score_in_step


def test_records_read_in_blocks_as_on_a_gpu_are_the_same(tiny: PreparedModel, view: ModelView) -> None:
    single, blocked = Search(tiny, view, CONFIG), Search(Far(tiny), view, CONFIG)
    expected = run(single, 30)
    found = run(blocked, 30, watched=lambda: False)
    for one, two in zip(expected, found, strict=True):
        assert one.index == two.index
        for name in ("losses", "best_losses", "best_steps", "alive"):
            np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    np.testing.assert_array_equal(single.log.latents, blocked.log.latents)
    np.testing.assert_array_equal(found[-1].images, expected[-1].images)


def test_closing_in_the_middle_of_a_block_loses_nothing(tiny: PreparedModel, view: ModelView) -> None:
    search, whole = Search(Far(tiny), view, CONFIG), Search(tiny, view, CONFIG)
    steps = search.advance(1000, watched=lambda: False)
    read = next(index for index, _ in enumerate(steps) if search.steps_done > index + 1)
    steps.close()
    done = search.steps_done
    assert done > read + 1, "the last block was read in part"
    run(search, 2)
    run(whole, done + 2)
    np.testing.assert_array_equal(search.log.latents, whole.log.latents)


# --- independence ----------------------------------------------------------------------------------------------


def test_candidate_k_starts_from_the_same_latent_whatever_the_count() -> None:
    np.testing.assert_array_equal(initial_latents(3, 2, 100), initial_latents(3, 8, 100)[:2])
    assert np.abs(initial_latents(3, 8, 100)).max() <= 1


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "sgd"])
def test_a_candidate_does_not_depend_on_what_else_is_in_its_batch(
    tiny: PreparedModel, view: ModelView, optimizer: Any
) -> None:
    # Not bit for bit: matrix products of another size add in another order.
    config = replace(CONFIG, optimizer=optimizer, learning_rate=1e-3)
    together, alone = Search(tiny, view, config), Search(tiny, view, replace(config, candidates=1, methods=("critic",)))
    run(together, 5)
    run(alone, 5)
    np.testing.assert_allclose(alone.log.latents[:, 0, 0], together.log.latents[:, 1, 0], atol=2e-5)
    np.testing.assert_allclose(alone.log.losses[:, 0, 0], together.log.losses[:, 1, 0], atol=1e-4)


def test_a_candidates_gradient_is_zero_for_every_other_latent(tiny: PreparedModel, view: ModelView) -> None:
    z = torch.tensor(np.stack([initial_latents(7, 3, 6)] * 2)).requires_grad_()
    losses, _ = search_losses(tiny, z, CONFIG.methods, make_target(view, CONFIG, tiny.device), 1.0)
    (gradient,) = torch.autograd.grad(losses[1, 2], z)
    own = gradient[1, 2].clone()
    gradient[1, 2] = 0
    assert own.abs().max() > 0
    assert gradient.abs().max() == 0


def test_what_was_painted_over_changes_no_bit_of_the_search(tiny: PreparedModel, view: ModelView) -> None:
    noise = np.random.default_rng(1).uniform(-1, 1, view.image.shape).astype(np.float32)
    painted = ModelView(np.where(view.known, view.image, noise), view.known)
    for weighting in ("uniform", "importance"):
        one, two = (Search(tiny, v, replace(CONFIG, weighting=weighting)) for v in (view, painted))  # type: ignore[arg-type]
        run(one, 4)
        run(two, 4)
        np.testing.assert_array_equal(one.log.latents, two.log.latents)
        np.testing.assert_array_equal(one.log.losses, two.log.losses)


# --- changes while it runs -------------------------------------------------------------------------------------


def test_a_new_lambda_goes_on_from_the_latents_and_starts_the_bests_anew(tiny: PreparedModel, view: ModelView) -> None:
    search, unchanged = Search(tiny, view, CONFIG), Search(tiny, view, CONFIG)
    run(unchanged, 5)
    run(search, 4)
    search.change(context_weight=0.0)
    (step,) = run(search, 1)
    assert step.index == 4
    assert search.config.context_weight == 0
    np.testing.assert_array_equal(search.log.latents[4], unchanged.log.latents[4])
    np.testing.assert_array_equal(step.best_steps, 4)
    np.testing.assert_array_equal(step.best_losses, step.losses)


def test_a_new_view_is_searched_from_the_next_step_on(
    tiny: PreparedModel, view: ModelView, make_view: Callable[..., ModelView]
) -> None:
    search = Search(tiny, view, CONFIG)
    run(search, 3)
    before = search.fit()
    search.change(view=make_view(seed=9))
    run(search, 1)
    assert search.fit() != before
    assert search.log.losses[3, 0, 0] != pytest.approx(search.log.losses[2, 0, 0], rel=1e-3)


def test_changes_and_renders_from_another_thread_do_no_harm(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(tiny, view, CONFIG)
    expected = search.render(search.best.latents)
    rendered: list[bool] = []

    def meddle() -> None:
        start = initial_latents(7, 3, 6)
        for i in range(20):
            search.change(context_weight=float(i))
            rendered.append(np.array_equal(search.render(np.stack([start, start])), expected))

    other = threading.Thread(target=meddle)
    other.start()
    steps = run(search, 40)
    other.join()
    assert len(steps) == 40
    assert all(rendered)


# --- trouble ---------------------------------------------------------------------------------------------------


class Poisoned:
    """A model whose images become NaN for one latent of the batch after a few passes."""

    def __init__(self, model: PreparedModel, row: int, after: int) -> None:
        self._model, self._row, self._left = model, row, after
        self.device, self.resolution, self.latent_size = model.device, model.resolution, model.latent_size
        self.score = self.score_in_step = model.score

    def generate(self, z: torch.Tensor) -> torch.Tensor:
        images = self._model.generate(z)
        self._left -= 1
        if self._left >= 0 or len(z) != 6:
            return images
        poison = torch.zeros(len(z))
        poison[self._row] = torch.nan
        return images + poison[:, None, None, None]

    generate_in_step = generate


def test_a_nan_stops_its_candidate_at_its_best_and_no_other(tiny: PreparedModel, view: ModelView) -> None:
    healthy = Search(tiny, view, CONFIG)
    run(healthy, 8)
    sick = Search(Poisoned(tiny, row=1, after=4), view, CONFIG)  # type: ignore[arg-type]  # method 0, candidate 1
    steps = run(sick, 8)
    np.testing.assert_array_equal(steps[-1].alive, [[True, False, True], [True, True, True]])
    assert steps[3].alive.all()
    others = steps[-1].alive
    np.testing.assert_array_equal(sick.log.latents[:, others], healthy.log.latents[:, others])
    best = sick.best.steps[0, 1]
    assert best <= 3
    np.testing.assert_array_equal(sick.log.latents[5, 0, 1], sick.log.latents[best, 0, 1])
    np.testing.assert_array_equal(sick.best.latents[0, 1], sick.log.latents[best, 0, 1])
    assert np.isfinite(sick.best.latents).all()


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "sgd"])
def test_after_a_change_every_candidate_is_alive_again(tiny: PreparedModel, view: ModelView, optimizer: Any) -> None:
    search = Search(tiny, view, replace(CONFIG, context_weight=1e38, optimizer=optimizer))  # the loss is infinite
    *_, step = run(search, 3)
    np.testing.assert_array_equal(step.alive, [[False] * 3, [True] * 3])
    stood = search.log.latents[2, 0]
    search.change(context_weight=1.0)
    steps = run(search, 4)
    assert all(step.alive.all() for step in steps)
    assert np.isfinite(search.best.losses).all()
    np.testing.assert_array_equal(search.log.latents[3, 0], stood)
    assert (search.log.latents[-1, 0] != stood).any(axis=1).all()


def test_what_is_rendered_and_its_losses_are_of_one_moment(tiny: PreparedModel, view: ModelView) -> None:
    class Advancing:
        """A model with which the search goes on while somebody renders."""

        def __getattr__(self, name: str) -> Any:
            return getattr(tiny, name)

        def generate(self, z: torch.Tensor) -> torch.Tensor:
            if not torch.is_grad_enabled():
                with torch.enable_grad():
                    run(search, 3)
            return tiny.generate(z)

    search = Search(Advancing(), view, CONFIG)  # type: ignore[arg-type]
    run(search, 2)
    lowest = search.log.losses.min(axis=0)
    images, losses = search.candidates_at(None)
    assert search.steps_done == 5
    np.testing.assert_array_equal(losses, lowest)
    chosen = np.take_along_axis(search.log.latents, search.log.losses[:2].argmin(axis=0)[None, ..., None], axis=0)[0]
    np.testing.assert_array_equal(images, Search(tiny, view, CONFIG).render(chosen))


MEMORY_MESSAGES = [
    "DefaultCPUAllocator: not enough memory: you tried to allocate 1 bytes.",
    "[enforce fail at alloc_cpu.cpp:121] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 1",
    "MPS backend out of memory",
]


@pytest.mark.parametrize("message", MEMORY_MESSAGES)
def test_less_memory_means_fewer_candidates_at_once_and_the_same_result(
    tiny: PreparedModel, view: ModelView, message: str
) -> None:
    config = replace(CONFIG, candidates=8)
    roomy, cramped = Search(tiny, view, config), Search(Cramped(tiny, 5, message), view, config)  # type: ignore[arg-type]
    assert roomy.notice is None
    run(roomy, 3)
    run(cramped, 3)
    assert cramped.notice == "Not enough memory for 8 candidates at once; searching 2 at a time"
    np.testing.assert_allclose(cramped.log.latents, roomy.log.latents, atol=1e-4)
    assert cramped.render(cramped.best.latents).shape == (2, 8, 32, 32, 3)


def test_no_room_for_a_single_candidate_is_said_in_a_sentence(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(Cramped(tiny, 1, MEMORY_MESSAGES[0]), view, CONFIG)  # type: ignore[arg-type]
    with pytest.raises(DeviceError, match="not enough memory on cpu"):
        run(search, 1)


def test_other_errors_are_not_taken_for_a_lack_of_memory(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(Cramped(tiny, 1, "shape mismatch"), view, CONFIG)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="shape mismatch"):
        run(search, 1)


# --- the rest --------------------------------------------------------------------------------------------------


def test_render_keeps_the_leading_shape(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(tiny, view, CONFIG)
    latents = initial_latents(1, 6, 6)
    assert search.render(latents[0]).shape == (32, 32, 3)
    many = search.render(latents.reshape(3, 2, 6))
    assert many.shape == (3, 2, 32, 32, 3)
    assert many.dtype == np.uint8


def test_no_optimiser_of_torch_is_made(tiny: PreparedModel, view: ModelView, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("torch.optim imports the compiler")

    monkeypatch.setattr(torch.optim.Optimizer, "__init__", refuse)
    for optimizer in ("adam", "rmsprop", "sgd"):
        run(Search(tiny, view, replace(CONFIG, optimizer=optimizer)), 1)  # type: ignore[arg-type]


def test_the_search_leaves_tiny_numbers_alone_elsewhere(tiny: PreparedModel, view: ModelView) -> None:
    run(Search(tiny, view, CONFIG), 1)
    assert torch.tensor(1e-310, dtype=torch.float64).mul(0.5).item() != 0


# --- from given latents ----------------------------------------------------------------------------------------


def test_a_search_starts_where_another_was_best(tiny: PreparedModel, view: ModelView) -> None:
    first = Search(tiny, view, CONFIG)
    run(first, 5)
    again = Search(tiny, view, CONFIG, start=first.best.latents)
    run(again, 1)
    np.testing.assert_array_equal(again.log.latents[0], first.best.latents)
    np.testing.assert_allclose(again.log.losses[0], first.best.losses, rtol=1e-4)


def test_given_latents_are_brought_into_the_support_of_their_prior(tiny: PreparedModel, view: ModelView) -> None:
    search = Search(tiny, view, CONFIG, start=np.full((2, 3, 6), 7, np.float32))
    run(search, 1)
    np.testing.assert_array_equal(search.log.latents[0], 1)


@pytest.mark.parametrize("shape", [(2, 3, 5), (1, 3, 6), (2, 4, 6)])
def test_latents_of_another_shape_are_refused(
    tiny: PreparedModel, view: ModelView, shape: tuple[int, int, int]
) -> None:
    with pytest.raises(SettingsError, match=r"\[2, 3, 6\]"):
        Search(tiny, view, CONFIG, start=np.zeros(shape, np.float32))
