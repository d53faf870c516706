"""The refinement of one photo: against torch's own Adam, what it sees, when it ends, and what it leaves as it was."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search import refinement
from wganpaint_gui.ml.search.losses import NEAR, Target, make_target
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.search.refinement import LEFT_OUT, RefinedStep, Refinement, left_out

CPU = torch.device("cpu")
LAMBDA = 0.7
Z = torch.rand(6, generator=torch.Generator().manual_seed(4)) * 2 - 1


def target_of(view: ModelView, **settings: Any) -> Target:
    return make_target(view, InpaintConfig(**settings), CPU)


def run(refining: Refinement, steps: int) -> list[RefinedStep]:
    return list(refining.advance(steps))


class Reference:
    """Plain torch: the folded generator spelled out, the critic as it was trained, torch's Adam with two groups."""

    def __init__(self, model: Model, prepared: PreparedModel, target: Target, seed: int) -> None:
        self.critic, self.target = model.critic, target
        self.weights = [weight.clone().requires_grad_() for weight in prepared.generator.weights]
        self.z = Z.clone()[None].requires_grad_()
        self.left = left_out(target.known, seed)
        self.adam = torch.optim.Adam([{"params": self.weights, "lr": 2e-4}, {"params": [self.z], "lr": 1e-2}])

    def generate(self) -> torch.Tensor:
        weight, bias, *rest = self.weights
        x = F.linear(self.z, weight, bias).view(1, 4, 4, -1).permute(0, 3, 1, 2)
        for kernel, offset in zip(rest[::2], rest[1::2], strict=True):
            x = F.conv_transpose2d(F.relu(x), kernel, offset, stride=2, padding=2, output_padding=1)
        return torch.tanh(x)

    def loss(self, images: torch.Tensor, pixels: torch.Tensor) -> torch.Tensor:
        off = ((images - self.target.image).abs() * self.target.weights)[pixels.expand_as(images)]
        return LAMBDA * off.sum() - self.critic(images).squeeze()

    def step(self) -> tuple[np.ndarray, float, float]:
        """Image, loss of all known pixels and error of the left-out ones, before the update."""
        images, known = self.generate(), self.target.known
        self.adam.zero_grad()
        self.loss(images, known & ~self.left).backward()
        error = float((images - self.target.image).abs()[self.left.expand_as(images)].mean().detach())
        self.adam.step()
        with torch.no_grad():
            self.z.clamp_(-1, 1)
        return images.detach()[0].numpy(), float(self.loss(images, known).detach()), error


@pytest.mark.parametrize("weighting", ["uniform", "importance"])
def test_each_step_is_that_of_an_independent_computation(
    make_model: Callable[..., Model], tiny: PreparedModel, view: ModelView, weighting: str
) -> None:
    target = target_of(view, weighting=weighting)
    reference = Reference(make_model(), tiny, target, seed=3)
    steps = run(Refinement(tiny, target, Z, LAMBDA, seed=3), 8)
    assert [step.index for step in steps] == list(range(8))
    for step in steps:
        image, loss, error = reference.step()
        np.testing.assert_allclose(step.image, image, atol=2e-5)
        assert step.loss == pytest.approx(loss, rel=1e-5)
        assert step.error == pytest.approx(error, rel=1e-4)
    assert (steps[-1].image - steps[0].image).abs().max() > 0.01, "otherwise the comparison would say nothing"
    assert reference.z.detach().abs().max() <= 1


def test_hidden_pixels_change_no_bit(tiny: PreparedModel, view: ModelView) -> None:
    noise = np.random.default_rng(1).uniform(-1, 1, view.image.shape).astype(np.float32)
    noise[:, 16, 16] = np.nan
    painted = ModelView(np.where(view.known, view.image, noise), view.known)
    one, two = (run(Refinement(tiny, target_of(v), Z, LAMBDA, 0), 6) for v in (view, painted))
    for first, second in zip(one, two, strict=True):
        assert torch.equal(first.image, second.image)
        assert (first.loss, first.error) == (second.loss, second.error)


def test_the_left_out_pixels_have_no_say_in_the_fit(tiny: PreparedModel, view: ModelView) -> None:
    target = target_of(view)
    other = Target(torch.where(left_out(target.known, 0), 0.9, target.image), target.known, target.weights)
    one, two = (run(Refinement(tiny, seen, Z, LAMBDA, 0), 4) for seen in (target, other))
    for first, second in zip(one, two, strict=True):
        assert torch.equal(first.image, second.image)
        assert first.loss != second.loss, "the loss that is shown is that of all known pixels"


def test_the_same_again_is_the_same_to_the_last_bit(tiny: PreparedModel, view: ModelView) -> None:
    one, two = (run(Refinement(tiny, target_of(view), Z, LAMBDA, 5), 10) for _ in range(2))
    assert all(torch.equal(first.image, second.image) for first, second in zip(one, two, strict=True))
    assert [step.loss for step in one] == [step.loss for step in two]


def test_the_model_and_the_latent_stay_as_they_were(tiny: PreparedModel, view: ModelView) -> None:
    before, latent = [weight.clone() for weight in tiny.generator.weights], Z.clone()
    run(Refinement(tiny, target_of(view), Z, LAMBDA, 0), 5)
    assert all(torch.equal(*pair) for pair in zip(tiny.generator.weights, before, strict=True))
    assert not any(weight.requires_grad or weight.grad is not None for weight in tiny.generator.weights)
    assert torch.equal(Z, latent)


def test_known_pixels_come_nearer(tiny: PreparedModel, view: ModelView) -> None:
    refining = Refinement(tiny, target_of(view), Z, 1.0, 0)
    steps = run(refining, 40)
    assert steps[-1].loss < steps[0].loss
    assert refining.best is not None
    assert refining.best.error < steps[0].error


# --- its end ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("patience", [1, 2, 4])
def test_it_ends_once_the_left_out_pixels_are_too_far_off(
    tiny: PreparedModel, view: ModelView, patience: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refinement, "PATIENCE", patience)
    monkeypatch.setattr(refinement, "LATENT_RATE", 0.5)  # so large that the errors jump up and down
    monkeypatch.setattr(refinement, "WEIGHT_RATE", 5e-3)
    refining = Refinement(tiny, target_of(view), Z, 1.0, 0)
    steps = run(refining, 300)
    errors = [step.error for step in steps]
    assert len(steps) < 300
    near = [n for n, error in enumerate(errors) if error <= refinement.TOLERANCE * min(errors[: n + 1])]
    assert refining.best is steps[near[-1]]
    assert len(steps) - 1 - near[-1] == patience
    assert all(later - one <= patience for one, later in itertools.pairwise(near))
    assert not refining.diverged


def test_it_goes_on_where_it_was_left(tiny: PreparedModel, view: ModelView) -> None:
    whole, halves = (Refinement(tiny, target_of(view), Z, LAMBDA, 0) for _ in range(2))
    expected = run(whole, 6)
    found = [*run(halves, 2), *run(halves, 4)]
    assert [step.index for step in found] == list(range(6))
    assert all(torch.equal(one.image, two.image) for one, two in zip(expected, found, strict=True))


class Judging:
    """A model whose critic says something else from some pass on."""

    def __init__(self, model: PreparedModel, after: int, say: Callable[[], float]) -> None:
        self._model, self._say, self._passes = model, say, itertools.count()
        self._after = after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def score(self, x: torch.Tensor) -> torch.Tensor:
        return self._model.score(x) * (self._say() if next(self._passes) >= self._after else 1.0)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_one_that_diverges_keeps_the_best_step_before(tiny: PreparedModel, view: ModelView, value: float) -> None:
    healthy = run(Refinement(tiny, target_of(view), Z, LAMBDA, 0), 4)
    model: Any = Judging(tiny, 4, lambda: value)
    refining = Refinement(model, target_of(view), Z, LAMBDA, 0)
    steps = run(refining, 50)
    assert refining.diverged
    assert [step.loss for step in steps] == [step.loss for step in healthy]
    assert refining.best is min(steps, key=lambda step: step.error)


def test_one_that_diverges_at_once_has_no_best(tiny: PreparedModel, view: ModelView) -> None:
    model: Any = Judging(tiny, 0, lambda: float("nan"))
    refining = Refinement(model, target_of(view), Z, LAMBDA, 0)
    assert run(refining, 5) == []
    assert refining.diverged
    assert refining.best is None


def test_without_pixels_to_leave_out_the_newest_step_is_the_best(tiny: PreparedModel) -> None:
    known = np.zeros((1, 32, 32), bool)
    known[:, 5, 5] = True  # a single one: half of it is none
    image = np.full((3, 32, 32), 0.3, np.float32)
    refining = Refinement(tiny, target_of(ModelView(image * known, known)), Z, LAMBDA, 0)
    steps = run(refining, 30)
    assert len(steps) == 30
    assert refining.best is steps[-1]
    assert np.isnan(steps[0].error)


# --- the left-out pixels ---------------------------------------------------------------------------------------


@st.composite
def masks(draw: st.DrawFn) -> torch.Tensor:
    """Known pixels [1, 1, R, R]: rectangles missing, or single pixels, or both; also none and all."""
    side = draw(st.sampled_from([8, 16, 32, 64]))
    known = np.ones((side, side), bool)
    for _ in range(draw(st.integers(0, 3))):
        x, y = draw(st.integers(0, side - 1)), draw(st.integers(0, side - 1))
        known[y : y + draw(st.integers(1, side)), x : x + draw(st.integers(1, side))] = False
    if draw(st.booleans()):
        known &= np.random.default_rng(draw(st.integers(0, 9))).random((side, side)) < draw(st.floats(0, 1))
    return torch.from_numpy(known)[None, None]


@settings(max_examples=150)
@given(known=masks(), seed=st.integers(0, 2**63 - 1))
def test_left_out_are_a_few_known_pixels_near_the_hole(known: torch.Tensor, seed: int) -> None:
    chosen = left_out(known, seed)
    assert chosen.shape == known.shape
    assert chosen.dtype == torch.bool
    assert not (chosen & ~known).any(), "known ones only"
    assert torch.equal(chosen, left_out(known, seed)), "the same each time"
    count, total = int(chosen.sum()), int(known.sum())
    assert count <= round(LEFT_OUT * total)
    reach = max(round(NEAR * known.shape[-1]), 1)
    rows, columns = np.nonzero(~known[0, 0].numpy())
    near = np.zeros(known.shape[2:], bool)  # by the largest of the two distances to any missing pixel
    for row, column in zip(rows, columns, strict=True):
        near[max(0, row - reach) : row + reach + 1, max(0, column - reach) : column + reach + 1] = True
    near &= known[0, 0].numpy()
    assert not (chosen[0, 0].numpy() & ~near).any(), "near the hole only"
    assert count == min(round(LEFT_OUT * total), int(near.sum()) // 2)


def test_another_seed_leaves_out_others(view: ModelView) -> None:
    known = target_of(view).known
    assert not torch.equal(left_out(known, 0), left_out(known, 1))
