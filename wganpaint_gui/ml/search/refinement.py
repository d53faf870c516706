"""Refinement: the generator itself is fitted to one photo, around the latent that a search has found.

Source: Pan et al. 2020, "Exploiting deep generative prior", in a small form: all weights move, and so does the latent.
Batch norm is folded into the convolutions, so its statistics are fixed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from wganpaint_gui.ml.device import denormals_flushed
from wganpaint_gui.ml.optimisers import Adam

from .losses import Target, context_distance, near_hole
from .prepared_model import PreparedModel

# Measured on held-out faces, see docs/defaults.md.
WEIGHT_RATE, LATENT_RATE = 2e-4, 1e-2  # of Adam
LEFT_OUT = 0.02  # share of the known pixels that the fit does not see, near the hole
TOLERANCE = 1.15  # times the lowest error of the left-out pixels; they are few, and their error is noisy
PATIENCE = 25  # steps beyond that error, after which the refinement ends


@dataclass(frozen=True)
class RefinedStep:
    """One step of a refinement, before its update."""

    index: int  # 0-based
    image: Tensor  # [3, R, R] in [-1, 1]
    loss: float  # that of the search, of all known pixels
    error: float  # mean absolute difference from the left-out pixels, 0..2; NaN where there are none


class Refinement:
    """Fits a copy of the generator, and one latent, to the known pixels of one photo."""

    def __init__(self, model: PreparedModel, target: Target, z: Tensor, context_weight: float, seed: int) -> None:
        """target: one row. z: [Z], where the search ended. seed: of the choice of left-out pixels."""
        self._model, self._target, self._context_weight = model, target, context_weight
        self._left_out = left_out(target.known, seed)
        self._fitted = Target(target.image, target.known, torch.where(self._left_out, 0.0, target.weights))
        self._generator = model.generator.copy()
        self._z = z.detach().clone()[None].requires_grad_()
        self._rule = Adam(self._parameters)
        self._count = 0  # of the steps so far
        self.best: RefinedStep | None = None  # the newest whose error is within TOLERANCE of the lowest
        self._lowest = math.inf  # error so far
        self.diverged = False

    def advance(self, steps: int) -> Iterator[RefinedStep]:
        """Yield steps until the left-out pixels have been too far off for PATIENCE steps or the loss is not finite."""
        for _ in range(steps):
            with denormals_flushed():  # as the search: the same numbers, whoever refines
                found = self._step()
            self.diverged = not math.isfinite(found.loss)
            if self.diverged:
                return
            self._lowest = min(self._lowest, found.error)  # which a NaN leaves
            if self.best is None or not found.error > TOLERANCE * self._lowest:
                self.best = found
            yield found
            if found.index - self.best.index >= PATIENCE:
                return

    @property
    def _parameters(self) -> list[Tensor]:
        return [*self._generator.weights, self._z]

    def _step(self) -> RefinedStep:
        """Take one step of Adam down lambda * sum |W * (G(z) - x)| - f(G(z)) over the known pixels that are fitted."""
        index = self._count
        images = self._generator(self._z)
        score, target = self._model.score(images), self._target
        loss = self._context_weight * context_distance(images, self._fitted) - score
        gradients = torch.autograd.grad(loss.sum(), self._parameters)
        with torch.no_grad():
            self._update(list(gradients))
            whole = self._context_weight * context_distance(images, target) - score
            error = ((images - target.image).abs() * self._left_out).sum() / (3 * self._left_out.sum())
        return RefinedStep(index, images.detach()[0], float(whole), float(error))

    def _update(self, gradients: list[Tensor]) -> None:
        self._count += 1
        directions, sizes, correction = self._rule.move(gradients, self._count)
        weights = self._generator.weights
        torch._foreach_addcdiv_(weights, directions[:-1], sizes[:-1], -WEIGHT_RATE / correction)
        self._z.addcdiv_(directions[-1], sizes[-1], value=-LATENT_RATE / float(correction)).clamp_(-1, 1)


def left_out(known: Tensor, seed: int) -> Tensor:
    """Choose known pixels near the hole for the refinement not to see: bool [1, 1, R, R].

    known: bool [1, 1, R, R]. LEFT_OUT of all known pixels, but at most half of those near the hole.
    """
    near = torch.nonzero(near_hole(known).flatten()).flatten().cpu().numpy()
    count = min(round(LEFT_OUT * int(known.sum())), len(near) // 2)
    chosen = np.zeros(known.numel(), np.bool_)
    chosen[np.random.default_rng(seed).permutation(near)[:count]] = True
    return torch.from_numpy(chosen).view_as(known).to(known.device)
