"""Our three optimisers take the same path as torch.optim's, and each row its own."""

from __future__ import annotations

import pytest
import torch

from wganpaint_gui.core.search.settings import InpaintConfig, Optimizer
from wganpaint_gui.ml.search.inpainting import search_optimiser
from wganpaint_gui.ml.search.latent_optimisers import make_optimiser

REFERENCES = {
    "adam": lambda z: torch.optim.Adam([z], lr=0.03),
    "rmsprop": lambda z: torch.optim.RMSprop([z], lr=0.03),
    "sgd": lambda z: torch.optim.SGD([z], lr=0.03, momentum=0.9, nesterov=True),
}


def slope(z: torch.Tensor) -> torch.Tensor:
    return torch.sin(3 * z) + z


@pytest.mark.parametrize("name", ["adam", "rmsprop", "sgd"])
def test_the_path_is_that_of_torch_optim(name: Optimizer) -> None:
    start = torch.linspace(-1, 1, 24, dtype=torch.float64).view(2, 3, 4)
    theirs = start.clone().requires_grad_()
    reference = REFERENCES[name](theirs)
    ours, optimiser = start, make_optimiser(name, start, torch.tensor(0.03, dtype=torch.float64))
    for _ in range(40):
        theirs.grad = slope(theirs.detach())
        reference.step()
        ours = optimiser.step(ours, slope(ours))
    torch.testing.assert_close(ours, theirs.detach(), atol=1e-9, rtol=1e-9)


def test_from_a_guess_adam_has_a_shorter_memory_and_each_method_its_rate() -> None:
    z = torch.linspace(-1, 1, 24).view(2, 3, 4)
    theirs = [row.clone().requires_grad_() for row in z]
    groups = [{"params": [row], "lr": rate} for row, rate in zip(theirs, (0.05, 0.003), strict=True)]
    reference = torch.optim.Adam(groups, betas=(0.85, 0.85))
    ours, optimiser = z, search_optimiser(InpaintConfig(), z)
    for _ in range(40):
        for row in theirs:
            row.grad = slope(row.detach())
        reference.step()
        ours = optimiser.step(ours, slope(ours))
    torch.testing.assert_close(ours, torch.stack(theirs).detach(), atol=1e-6, rtol=1e-6)


def test_a_chosen_rate_counts_for_both_methods() -> None:
    z = torch.zeros(2, 1, 4)
    moved = search_optimiser(InpaintConfig(learning_rate=0.2), z).step(z, torch.ones_like(z))
    torch.testing.assert_close(moved, torch.full_like(z, -0.2))


@pytest.mark.parametrize("name", ["adam", "rmsprop", "sgd"])
def test_a_row_of_nan_spoils_no_other(name: Optimizer) -> None:
    start = torch.ones(1, 3, 4)
    alone, together = (make_optimiser(name, z, torch.tensor(0.1)) for z in (start[:, :1], start))
    a, b = start[:, :1], start
    for _ in range(3):
        gradient = slope(b)
        gradient[:, 2] = torch.nan
        a, b = alone.step(a, slope(a)), together.step(b, gradient)
    assert torch.equal(a[0, 0], b[0, 0])
    assert torch.equal(a[0, 0], b[0, 1])


@pytest.mark.parametrize("name", ["adam", "rmsprop", "sgd"])
def test_each_method_has_its_own_rate(name: Optimizer) -> None:
    z = torch.zeros(2, 1, 3)
    rates = torch.tensor([0.01, 0.05])[:, None, None]
    moved = make_optimiser(name, z, rates).step(z, torch.ones_like(z))
    torch.testing.assert_close(moved[1], 5 * moved[0])
