"""Adam and RMSprop for all parameters of a network at once, in place.

torch.optim has them too, but constructing any of its classes imports torch's compiler: two seconds, and 13 MB of the
standalone program. Updates are counted on the device, and a step waits for nothing: it can be captured in a graph.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

import torch
from torch import Tensor

_EPS = 1e-8  # torch's default


class NetworkOptimiser(ABC):
    """Turns the gradients of a network's parameters into a step of theirs.

    rate: the learning rate; may be changed between steps. count: updates so far, a tensor without dimensions.
    averages: running averages by torch's name, each a list in the order of the parameters and in their memory layout.
    """

    def __init__(self, parameters: Iterable[Tensor], rate: float, averages: Iterable[str]) -> None:
        self.parameters, self.rate = list(parameters), rate
        self.count = torch.zeros((), device=self.parameters[0].device)
        self.averages = {name: [torch.zeros_like(p, requires_grad=False) for p in self.parameters] for name in averages}

    @torch.no_grad()
    def step(self) -> None:
        """One update; every parameter needs a gradient (RuntimeError)."""
        self.count += 1
        self._move([parameter.grad for parameter in self.parameters if parameter.grad is not None])

    @abstractmethod
    def _move(self, gradients: list[Tensor]) -> None: ...


class Adam(NetworkOptimiser):
    """Kingma & Ba 2015, algorithm 1."""

    def __init__(self, parameters: Iterable[Tensor], rate: float, betas: tuple[float, float]) -> None:
        super().__init__(parameters, rate, ("exp_avg", "exp_avg_sq"))
        self._betas = betas

    def _move(self, gradients: list[Tensor]) -> None:
        (beta1, beta2), means, squares = self._betas, self.averages["exp_avg"], self.averages["exp_avg_sq"]
        torch._foreach_lerp_(means, gradients, 1 - beta1)
        torch._foreach_mul_(squares, beta2)
        torch._foreach_addcmul_(squares, gradients, gradients, 1 - beta2)
        sizes = torch._foreach_sqrt(squares)
        torch._foreach_div_(sizes, (1 - beta2**self.count).sqrt())
        torch._foreach_add_(sizes, _EPS)
        torch._foreach_mul_(sizes, 1 - beta1**self.count)
        torch._foreach_addcdiv_(self.parameters, means, sizes, -self.rate)


class RMSprop(NetworkOptimiser):
    """Hinton's, as torch has it: eps outside the root."""

    def __init__(self, parameters: Iterable[Tensor], rate: float, alpha: float) -> None:
        super().__init__(parameters, rate, ("square_avg",))
        self._alpha = alpha

    def _move(self, gradients: list[Tensor]) -> None:
        squares = self.averages["square_avg"]
        torch._foreach_mul_(squares, self._alpha)
        torch._foreach_addcmul_(squares, gradients, gradients, 1 - self._alpha)
        sizes = torch._foreach_sqrt(squares)
        torch._foreach_add_(sizes, _EPS)
        torch._foreach_addcdiv_(self.parameters, gradients, sizes, -self.rate)
