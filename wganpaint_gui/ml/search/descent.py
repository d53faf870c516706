"""Projected gradient descent on latents: the one loop that every search runs.

Each step evaluates the losses and their gradient, updates the latents, projects them onto [-1, 1], the support of
their prior, and keeps the best iterate of every candidate, which is what a search returns. A candidate whose loss or
gradient is no longer a finite number is frozen at its best.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from wganpaint_gui.ml.memory import in_parts

from .latent_optimisers import LatentOptimiser

Evaluate = Callable[[Tensor, slice], tuple[Tensor, ...]]
"""From latents [..., k, Z], those of the candidates in the slice: the losses [..., k], each of its own row alone, and
whatever else is wanted of each candidate [..., k, ...]."""


class Descent:
    """The state of a descent of K candidates, and its step.

    z: [..., K, Z], the latents now. best_latents [..., K, Z], best_losses and best_steps [..., K]: of each candidate
    where its loss was lowest; infinite and -1 before there is one. alive [..., K]: False where a candidate is frozen.
    Every step makes new tensors, so those of earlier steps can be held on to.
    """

    def __init__(self, z: Tensor, optimiser: LatentOptimiser) -> None:
        """z: where the candidates start, in [-1, 1]."""
        self.z = z
        self.steps = 0  # so far; best_steps counts by it, and a search sets it to the length of its log
        self.at_once = z.shape[-2]  # candidates a pass; halved when the memory runs out
        self._optimiser = optimiser
        self._locked: Tensor | None = None
        self.restart()

    def restart(self) -> None:
        """Start the bests anew and revive the frozen: losses from now on are of another kind than those before."""
        self.best_latents = self.z
        self.best_losses = torch.full_like(self.z[..., 0], torch.inf)
        self.best_steps = torch.full_like(self.best_losses, -1, dtype=torch.int64)
        self.alive = torch.ones_like(self.best_losses, dtype=torch.bool)

    def lock(self, locked: Tensor | None) -> None:
        """Hold these candidates, bool [..., K], at their best, as if they were frozen; None: none of them."""
        self._locked = locked
        if locked is not None:
            self.z = torch.where(locked[..., None], self.best_latents, self.z)

    def step(self, evaluate: Evaluate) -> tuple[Tensor, ...]:
        """Take one step; returns what `evaluate` does, of the latents before it and of all candidates.

        Waits for no device. Raises DeviceError where the memory is too small for a single candidate.
        """
        z = self.z
        parts, self.at_once = in_parts(partial(_with_gradient, evaluate, z), z.shape[-2], self.at_once, z.device)
        gradient, *found = _joined(parts, dim=z.dim() - 2)
        self._judge(found[0], gradient)
        # The optimiser's averages of the frozen stay finite: they may be revived.
        moved = self._optimiser.step(z, torch.where(self.alive[..., None], gradient, 0.0)).clamp_(-1, 1)
        moving = self.alive if self._locked is None else self.alive & ~self._locked
        self.z = torch.where(moving[..., None], moved, self.best_latents)
        self.steps += 1
        return tuple(found)

    def _judge(self, losses: Tensor, gradient: Tensor) -> None:
        """Take in the losses [..., K] of the latents and their gradient [..., K, Z]."""
        better = self.alive & (losses < self.best_losses)  # false for NaN
        self.best_latents = torch.where(better[..., None], self.z, self.best_latents)
        self.best_losses = torch.where(better, losses, self.best_losses)
        self.best_steps = torch.where(better, self.steps, self.best_steps)
        self.alive = self.alive & losses.isfinite() & gradient.isfinite().all(-1)


def _joined(parts: list[tuple[Tensor, ...]], *, dim: int) -> tuple[Tensor, ...]:
    """Join the columns of all parts along the candidates; one part, the usual case, is not copied."""
    return parts[0] if len(parts) == 1 else tuple(torch.cat(column, dim=dim) for column in zip(*parts, strict=True))


def _with_gradient(evaluate: Evaluate, z: Tensor, some: slice) -> tuple[Tensor, ...]:
    """Return the gradient [..., k, Z] of some candidates' losses, and everything that was evaluated."""
    part = z[..., some, :].detach().requires_grad_()
    losses, *rest = evaluate(part, some)
    # Each loss depends on its own row alone, so the gradient of the sum is every candidate's own.
    (gradient,) = torch.autograd.grad(losses.sum(), part)
    return gradient, losses.detach(), *(value.detach() for value in rest)
