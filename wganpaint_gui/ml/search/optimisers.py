"""Adam, RMSprop and Nesterov SGD for one tensor of latents.

torch.optim has them too, but constructing any of its classes imports torch's compiler: two seconds and 20 MB.
Every operation is elementwise, so a candidate's path depends on its own gradients alone.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from wganpaint_gui.core.search.settings import Optimizer

MOMENTUM = 0.9  # of SGD; the reference settings of Yeh et al. 2017


class Update(Protocol):
    """Turns gradients into steps; keeps its own running averages."""

    def step(self, z: Tensor, gradient: Tensor) -> Tensor:
        """The latents after one update; neither argument is changed."""


class Adam:
    """Kingma & Ba 2015 with torch's defaults: betas 0.9 and 0.999, eps 1e-8."""

    def __init__(self, like: Tensor, rate: Tensor) -> None:
        self._rate, self._count = rate, 0
        self._mean, self._square = torch.zeros_like(like), torch.zeros_like(like)

    def step(self, z: Tensor, gradient: Tensor) -> Tensor:
        self._count += 1
        self._mean.lerp_(gradient, 1 - 0.9)
        self._square.mul_(0.999).addcmul_(gradient, gradient, value=1 - 0.999)
        size = self._square.sqrt().div_((1 - 0.999**self._count) ** 0.5).add_(1e-8)
        return z - self._rate / (1 - 0.9**self._count) * self._mean / size


class RMSprop:
    """Hinton's RMSprop with torch's defaults: alpha 0.99, eps 1e-8."""

    def __init__(self, like: Tensor, rate: Tensor) -> None:
        self._rate, self._square = rate, torch.zeros_like(like)

    def step(self, z: Tensor, gradient: Tensor) -> Tensor:
        self._square.mul_(0.99).addcmul_(gradient, gradient, value=1 - 0.99)
        return z - self._rate * gradient / self._square.sqrt().add_(1e-8)


class NesterovSGD:
    """Gradient descent that looks ahead along its momentum of 0.9."""

    def __init__(self, like: Tensor, rate: Tensor) -> None:
        self._rate, self._velocity = rate, torch.zeros_like(like)

    def step(self, z: Tensor, gradient: Tensor) -> Tensor:
        self._velocity.mul_(MOMENTUM).add_(gradient)
        return z - self._rate * (gradient + MOMENTUM * self._velocity)


def make_optimiser(name: Optimizer, like: Tensor, rate: Tensor) -> Update:
    """like: the latents [..., Z]. rate: learning rates, broadcast against them."""
    kinds: dict[Optimizer, type[Adam] | type[RMSprop] | type[NesterovSGD]] = {
        "adam": Adam,
        "rmsprop": RMSprop,
        "sgd": NesterovSGD,
    }
    return kinds[name](like, rate)
