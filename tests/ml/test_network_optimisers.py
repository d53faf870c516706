"""Both optimisers take the same path as torch.optim's, and nothing the program does imports torch's compiler."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from wganpaint_gui.ml.optimisers import Adam, NetworkOptimiser, RMSprop, Rule

Ours = Callable[[list[nn.Parameter]], NetworkOptimiser]
Theirs = Callable[[list[nn.Parameter]], torch.optim.Optimizer]


def stepped_by(rule: type[Rule], *settings: Any) -> Ours:
    return lambda parameters: NetworkOptimiser(parameters, 0.03, rule(parameters, *settings))


PAIRS: list[tuple[Ours, Theirs]] = [
    (stepped_by(Adam, (0.0, 0.9)), lambda p: torch.optim.Adam(p, lr=0.03, betas=(0.0, 0.9))),
    (stepped_by(Adam, (0.9, 0.999)), lambda p: torch.optim.Adam(p, lr=0.03)),
    (stepped_by(RMSprop, 0.99), lambda p: torch.optim.RMSprop(p, lr=0.03, alpha=0.99)),
]


def parameters() -> list[nn.Parameter]:
    start = torch.linspace(-1, 1, 24, dtype=torch.float64)
    image = start[:18].view(1, 2, 3, 3).contiguous(memory_format=torch.channels_last)
    return [nn.Parameter(image.clone()), nn.Parameter(start[18:].clone())]


def slopes(values: list[nn.Parameter]) -> list[Tensor]:
    return [torch.sin(3 * value.detach()) + value.detach() for value in values]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=["adam", "adam with momentum", "rmsprop"])
def test_the_path_is_that_of_torch_optim(ours: Ours, theirs: Theirs) -> None:
    one, other = parameters(), parameters()
    optimiser, reference = ours(one), theirs(other)
    for i in range(60):
        for values, move in ((one, optimiser.step), (other, reference.step)):
            for value, slope in zip(values, slopes(values), strict=True):
                value.grad = slope
            move()
        if i == 30:  # rates may change in mid-run
            optimiser.rate = 0.01
            reference.param_groups[0]["lr"] = 0.01
    for value, expected, start in zip(one, other, parameters(), strict=True):
        # The count is a float32, as torch's own is where a step can be captured.
        torch.testing.assert_close(value, expected, atol=1e-5, rtol=1e-5)
        assert not torch.allclose(value, start, atol=0.1)


@pytest.mark.parametrize("ours", [pair[0] for pair in PAIRS])
def test_a_parameter_without_a_gradient_is_not_passed_over(ours: Ours) -> None:
    values = parameters()
    values[1].grad = torch.ones_like(values[1])
    with pytest.raises(RuntimeError):
        ours(values).step()


def test_a_rate_of_nothing_moves_nothing() -> None:
    values = parameters()
    for value in values:
        value.grad = torch.ones_like(value)
    NetworkOptimiser(values, 0.0, Adam(values, (0.0, 0.9))).step()
    assert all(torch.equal(value, start) for value, start in zip(values, parameters(), strict=True))
