"""Updates all parameters of a network at once, in place."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

from wganpaint_gui.ml.optimisers import Rule


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
