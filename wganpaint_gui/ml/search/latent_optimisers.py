"""The optimisers of latents: Adam, RMSprop and Nesterov SGD."""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from wganpaint_gui.core.search.settings import Optimizer
from wganpaint_gui.ml.optimisers import BETAS, Adam, RMSprop, Rule

_MOMENTUM = 0.9  # of SGD; the reference settings of Yeh et al. 2017


class LatentOptimiser(Protocol):
    """Turns gradients into steps, and keeps its own running averages."""

    def step(self, z: Tensor, gradient: Tensor) -> Tensor:
        """Return the latents after one update; neither argument is changed."""


class Adaptive:
    """Updates latents by Adam or RMSprop."""

    def __init__(self, rule: Rule, rate: Tensor) -> None:
        self._rule, self._rate, self._count = rule, rate, 0

    def step(self, z: Tensor, gradient: Tensor) -> Tensor:
        self._count += 1
        (direction,), (size,), correction = self._rule.move([gradient], self._count)
        return z - self._rate / correction * direction / size


class NesterovSGD:
    """Gradient descent that looks ahead along its momentum of 0.9."""

    def __init__(self, like: Tensor, rate: Tensor) -> None:
        self._rate, self._velocity = rate, torch.zeros_like(like)

    def step(self, z: Tensor, gradient: Tensor) -> Tensor:
        self._velocity.mul_(_MOMENTUM).add_(gradient)
        return z - self._rate * (gradient + _MOMENTUM * self._velocity)


def make_optimiser(name: Optimizer, like: Tensor, rate: Tensor, betas: tuple[float, float] = BETAS) -> LatentOptimiser:
    """Create an optimiser with torch's defaults. like: the latents [..., Z]. rate: broadcast against them. betas: of
    Adam alone.
    """
    if name == "sgd":
        return NesterovSGD(like, rate)
    return Adaptive(Adam([like], betas) if name == "adam" else RMSprop([like]), rate)
