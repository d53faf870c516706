"""What the networks descend: signs, penalty and drift against values known by hand and against differences."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.ml.tiny_gan import LATENT, SIDE, network
from wganpaint_gui.ml.networks import Critic, Generator, init_weights
from wganpaint_gui.ml.training.objectives import CriticObjective, GeneratorObjective, gradient_penalty

N = 3


def uniform(*shape: int, seed: int = 0) -> Tensor:
    return torch.rand(*shape, generator=torch.Generator().manual_seed(seed)) * 2 - 1


REAL, FAKE = uniform(N, 3, SIDE, SIDE, seed=1), uniform(N, 3, SIDE, SIDE, seed=2)
MIX = uniform(N, 1, 1, 1, seed=3).abs()


class Linear(nn.Module):
    """f(x) = <w, x> + 5: its gradient is w everywhere."""

    def __init__(self, scale: float = 0.05) -> None:
        super().__init__()
        self.w = nn.Parameter(uniform(3, SIDE, SIDE, seed=4) * scale)

    def forward(self, x: Tensor) -> Tensor:
        return (self.w * x).sum((1, 2, 3)) + 5


def lively(norm: str = "none") -> Critic:
    """A critic whose weights are large enough for every part of the loss to count."""
    critic = Critic(network(norm))
    init_weights(critic, 0)
    with torch.no_grad():
        for parameter in critic.parameters():
            if parameter.dim() > 1:
                parameter.mul_(4)
    return critic


def objective(critic: Any, **changes: Any) -> CriticObjective:
    return CriticObjective(critic, **{"penalty": 10.0, "drift": 0.0, "precision": "float32", **changes})


def test_w_is_what_photos_score_above_fakes() -> None:
    critic = Linear()
    loss, w, norm = objective(critic)(REAL, FAKE, None)
    weight = critic.w.detach().double()
    expected = (weight * (REAL.double().mean(0) - FAKE.double().mean(0))).sum().item()
    assert w.item() == pytest.approx(expected, rel=1e-4)
    assert loss.item() == -w.item()
    assert norm.item() == 0


def test_a_step_down_the_critics_loss_raises_photos_above_fakes() -> None:
    critic = lively()
    before = objective(critic)(REAL, FAKE, None)
    before[0].backward()
    with torch.no_grad():
        for parameter in critic.parameters():
            parameter -= 1e-3 * parameter.grad
    assert objective(critic)(REAL, FAKE, None)[1] > before[1]


def test_a_step_down_the_generators_loss_makes_its_images_score_higher() -> None:
    generator, critic = Generator(network()), lively().requires_grad_(False)
    init_weights(generator, 0)
    loss = GeneratorObjective(generator, critic, "float32")
    z = uniform(8, LATENT)
    before = loss(z)
    assert before.item() == pytest.approx(-critic(generator(z)).mean().item())
    before.backward()
    with torch.no_grad():
        for parameter in generator.parameters():
            parameter -= 0.1 * parameter.grad
        assert critic(generator(z)).mean() > -before


def test_photos_and_fakes_pass_a_batch_norm_critic_separately() -> None:
    critic = lively("batch").train()
    apart, together = copy.deepcopy(critic), copy.deepcopy(critic)
    expected = apart(REAL).mean() - apart(FAKE + 0.5).mean()
    mixed = together(torch.cat([REAL, FAKE + 0.5]))
    _, w, _ = objective(critic)(REAL, FAKE + 0.5, None)
    assert torch.equal(w, expected)
    assert abs((mixed[:N].mean() - mixed[N:].mean() - w).item()) > 1e-3
    for name, value in critic.state_dict().items():
        assert torch.equal(value, apart.state_dict()[name])  # the statistics too: photos first, then fakes


@pytest.mark.parametrize("norm", ["none", "layer"])
def test_without_batch_norm_an_images_score_does_not_depend_on_the_others(norm: str) -> None:
    critic = lively(norm)
    _, w, _ = objective(critic)(REAL, FAKE, None)
    scores = [torch.stack([critic(image[None])[0] for image in images]).mean() for images in (REAL, FAKE)]
    torch.testing.assert_close(w, scores[0] - scores[1], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("scale", "steep"), [(0.05, True), (0.01, False)])
def test_the_penalty_of_a_linear_critic_is_known_by_hand(scale: float, steep: bool) -> None:
    critic = Linear(scale)
    off, norm = gradient_penalty(critic, REAL, FAKE, MIX)
    length = critic.w.detach().double().norm().item()
    assert (length > 1) == steep  # both sides count: Gulrajani's penalty, not the one-sided one
    assert norm.item() == pytest.approx(length, rel=1e-5)
    assert off.item() == pytest.approx((length - 1) ** 2, rel=1e-4)
    off.backward()
    expected = 2 * (length - 1) / length * critic.w.detach()
    torch.testing.assert_close(critic.w.grad, expected, rtol=1e-4, atol=1e-7)


def test_the_penalty_is_taken_between_each_photo_and_its_fake() -> None:
    # The gradient of half the square is the point itself.
    off, norm = gradient_penalty(lambda x: x.square().sum((1, 2, 3)) / 2, REAL, FAKE, MIX)
    points = (1 - MIX.double()) * REAL.double() + MIX.double() * FAKE.double()
    lengths = points.flatten(1).norm(dim=1)
    assert norm.item() == pytest.approx(lengths.mean().item(), rel=1e-5)
    assert off.item() == pytest.approx((lengths - 1).square().mean().item(), rel=1e-5)


def differences(critic: nn.Module, point: Tensor, step: float = 1e-5) -> float:
    """|grad f| at one image [3, R, R], by central differences in float64."""
    slopes = []
    with torch.no_grad():
        for shift in torch.split(torch.eye(point.numel(), dtype=torch.float64) * step, 256):
            shifts = shift.view(-1, *point.shape)
            slopes.append((critic(point + shifts) - critic(point - shifts)) / (2 * step))
    return torch.cat(slopes).norm().item()


def test_the_penalised_norm_is_that_of_differences() -> None:
    critic = lively()
    _, norm = gradient_penalty(critic, REAL[:1], FAKE[:1], MIX[:1])
    exact = copy.deepcopy(critic).double()
    point = REAL[0].double() + MIX[0].double() * (FAKE[0].double() - REAL[0].double())
    assert norm.item() == pytest.approx(differences(exact, point), rel=1e-3)


def test_the_gradient_of_the_penalty_is_that_of_differences() -> None:
    critic = lively("layer")
    gradient_penalty(critic, REAL, FAKE, MIX)[0].backward()
    exact = copy.deepcopy(critic).double()
    points = REAL.double().lerp(FAKE.double(), MIX.double())

    def penalty() -> float:
        x = points.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(exact(x).sum(), x)
        return ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean().item()

    for name in ("conv1.weight", "conv3.weight", "norm2.weight", "fc.weight"):
        found = critic.get_parameter(name).grad
        assert found is not None
        place = np.unravel_index(int(found.abs().argmax()), found.shape)
        parameter, step = exact.get_parameter(name).data, 1e-6
        parameter[place] += step
        above = penalty()
        parameter[place] -= 2 * step
        slope = (above - penalty()) / (2 * step)
        parameter[place] += step
        assert found[place].item() == pytest.approx(slope, rel=1e-3)


@pytest.mark.parametrize("norm", ["none", "layer"])
def test_the_penalty_and_its_gradient_are_those_of_autograds_second_derivative(norm: str) -> None:
    critic = lively(norm)
    plain = copy.deepcopy(critic)
    found = gradient_penalty(critic, REAL, FAKE, MIX)
    expected = gradient_penalty(lambda x: plain(x), REAL, FAKE, MIX)  # no Critic: has to ask autograd
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-6)
    for off, _ in (found, expected):
        off.backward()
    for name, parameter in plain.named_parameters():
        if parameter.dim() > 1:
            torch.testing.assert_close(critic.get_parameter(name).grad, parameter.grad, rtol=1e-3, atol=1e-5)


def test_only_a_critic_without_norms_is_piecewise_linear() -> None:
    assert [lively(norm).piecewise_linear() for norm in ("none", "layer", "batch")] == [True, False, False]


def test_the_penalty_is_weighted_into_the_loss() -> None:
    critic = lively()
    plain, penalised = objective(critic)(REAL, FAKE, None), objective(critic, penalty=40.0)(REAL, FAKE, MIX)
    off, norm = gradient_penalty(critic, REAL, FAKE, MIX)
    assert (penalised[0] - plain[0]).item() == pytest.approx(40 * off.item(), rel=1e-4)
    assert (penalised[1], penalised[2]) == (plain[1], norm)


def test_a_critic_that_is_flat_has_a_finite_gradient() -> None:
    critic = lively()
    nn.init.zeros_(critic.fc.weight)  # then |grad f| is exactly 0, where a norm has no slope
    loss, _, norm = objective(critic)(REAL, FAKE, MIX)
    loss.backward()
    assert norm.item() == 0
    assert all(torch.isfinite(parameter.grad).all() for parameter in critic.parameters())


def test_the_penalty_looks_at_the_first_fakes_where_there_are_more_than_photos() -> None:
    critic, more = lively(), torch.cat([FAKE, uniform(2, 3, SIDE, SIDE, seed=8)])
    _, w, norm = objective(critic)(REAL, more, MIX)
    assert torch.equal(norm, gradient_penalty(critic, REAL, FAKE, MIX)[1])
    torch.testing.assert_close(w, critic(REAL).mean() - critic(more).mean(), rtol=1e-4, atol=1e-5)


def test_penalties_are_computed_in_float32_under_bfloat16() -> None:
    critic = lively()
    exact, rounded = (objective(critic, precision=precision)(REAL, FAKE, MIX) for precision in ("float32", "bfloat16"))
    assert torch.equal(rounded[2], exact[2])
    assert not torch.equal(rounded[1], exact[1])  # the rest is rounded indeed
    torch.testing.assert_close(rounded[1], exact[1], rtol=0.1, atol=0.05)


def test_weights_and_their_gradients_stay_float32_under_bfloat16() -> None:
    critic = lively()
    loss, w, _ = objective(critic, precision="bfloat16")(REAL, FAKE, MIX)
    loss.backward()
    assert {value.dtype for value in (loss, w, *(p.grad for p in critic.parameters()))} == {torch.float32}


@pytest.mark.parametrize("of_fakes", [False, True])
def test_the_drift_is_the_mean_square_of_the_scores(of_fakes: bool) -> None:
    critic = lively()
    loss, w, _ = objective(critic, drift=0.5, drift_of_fakes=of_fakes)(REAL, FAKE, None)
    squares = critic(REAL).double().square().mean().item()
    if of_fakes:
        squares += critic(FAKE).double().square().mean().item()
    assert (loss + w).item() == pytest.approx(0.5 * squares, rel=1e-3)
