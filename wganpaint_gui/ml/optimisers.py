"""Adam and RMSprop, the rules by which the weights of networks and the latents of a search are updated.

torch.optim has them too, but constructing any of its classes imports torch's compiler: two seconds, and 13 MB of the
standalone program. Every operation is elementwise, so a row of latents depends on its own gradients alone, and none
waits for the device, so a step can be captured in a graph.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

import torch
from torch import Tensor

_EPS = 1e-8  # torch's default
BETAS = 0.9, 0.999  # Adam's, torch's default


class Move(NamedTuple):
    """What to subtract from each tensor: rate / correction * direction / size."""

    directions: list[Tensor]  # may be the running averages themselves: not to be written to
    sizes: list[Tensor]  # new tensors
    correction: float | Tensor  # as the count: a number, or a tensor without dimensions


class Rule(ABC):
    """Turns the gradients of some tensors into a move of them.

    averages: running averages by torch's name, each a list in the order of the tensors and in their memory layout.
    """

    def __init__(self, tensors: Iterable[Tensor], names: Iterable[str]) -> None:
        tensors = list(tensors)
        self.averages = {name: [torch.zeros_like(t, requires_grad=False) for t in tensors] for name in names}

    @abstractmethod
    def move(self, gradients: list[Tensor], count: float | Tensor) -> Move:
        """Update the averages with these gradients. count: of the updates, this one included."""


class Adam(Rule):
    """Kingma & Ba 2015, algorithm 1."""

    def __init__(self, tensors: Iterable[Tensor], betas: tuple[float, float] = BETAS) -> None:
        super().__init__(tensors, ("exp_avg", "exp_avg_sq"))
        self._betas = betas

    def move(self, gradients: list[Tensor], count: float | Tensor) -> Move:
        (beta1, beta2), means, squares = self._betas, self.averages["exp_avg"], self.averages["exp_avg_sq"]
        torch._foreach_lerp_(means, gradients, 1 - beta1)
        torch._foreach_mul_(squares, beta2)
        torch._foreach_addcmul_(squares, gradients, gradients, 1 - beta2)
        sizes = torch._foreach_sqrt(squares)
        torch._foreach_div_(sizes, (1 - beta2**count) ** 0.5)
        torch._foreach_add_(sizes, _EPS)
        return Move(means, list(sizes), 1 - beta1**count)


class RMSprop(Rule):
    """Hinton's, as torch has it: eps outside the root."""

    def __init__(self, tensors: Iterable[Tensor], alpha: float = 0.99) -> None:
        super().__init__(tensors, ("square_avg",))
        self._alpha = alpha

    def move(self, gradients: list[Tensor], count: float | Tensor) -> Move:  # noqa: ARG002  # every update is alike
        squares = self.averages["square_avg"]
        torch._foreach_mul_(squares, self._alpha)
        torch._foreach_addcmul_(squares, gradients, gradients, 1 - self._alpha)
        sizes = torch._foreach_sqrt(squares)
        torch._foreach_add_(sizes, _EPS)
        return Move(gradients, list(sizes), 1.0)


class NetworkOptimiser:
    """Steps the parameters of a network by a rule.

    rate: the learning rate; may be changed between steps. count: updates so far, a tensor without dimensions on the
    parameters' device, so that a step can be captured in a graph.
    """

    def __init__(self, parameters: Iterable[Tensor], rate: float, rule: Rule) -> None:
        """rule: one for the same parameters."""
        self.parameters, self.rate, self.rule = list(parameters), rate, rule
        self.count = torch.zeros((), device=self.parameters[0].device)

    @torch.no_grad()
    def step(self) -> None:
        """Update every parameter; each needs a gradient (RuntimeError)."""
        self.count += 1
        gradients = [parameter.grad for parameter in self.parameters if parameter.grad is not None]
        directions, sizes, correction = self.rule.move(gradients, self.count)
        if isinstance(correction, Tensor):
            torch._foreach_mul_(sizes, correction)
        torch._foreach_addcdiv_(self.parameters, directions, sizes, -self.rate)
