"""Latent search: find the z whose image agrees with the known pixels; both methods advance as one batch."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from wganpaint_gui.core.errors import SettingsError
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.records import InpaintStep, SearchLog
from wganpaint_gui.core.search.settings import InpaintConfig, Method, Optimizer
from wganpaint_gui.ml.device import denormals_flushed
from wganpaint_gui.ml.memory import in_parts

from .bests import Bests
from .losses import Target, make_target, search_losses
from .optimisers import make_optimiser
from .prepared_model import PreparedModel

# Measured on held-out faces, see docs/defaults.md.
DEFAULT_RATES: dict[Method, dict[Optimizer, float]] = {
    "yeh": {"adam": 0.06, "rmsprop": 0.01, "sgd": 1e-4},
    "critic": {"adam": 0.01, "rmsprop": 0.003, "sgd": 0.01},
}
_READ_EVERY = 0.02  # seconds; a GPU's results are read in blocks of about this length, for each read makes it wait
_MOST_PER_READ = 64  # steps


class Search:
    """One search over latents: M methods times K candidates in one batch.

    One thread advances it; change, render and everything that only reads may be called from any other.
    """

    def __init__(
        self, model: PreparedModel, view: ModelView, config: InpaintConfig, *, start: NDArray[np.float32] | None = None
    ) -> None:
        """start: first latents [M, K, Z]; None = drawn by the config's seed. Raises SettingsError for another shape."""
        self.config = config
        self.notice: str | None = None
        methods, candidates, latents = len(config.methods), config.candidates, model.latent_size
        self.log = SearchLog(methods, candidates, latents)
        self._model = model
        self._view = view
        self._target = make_target(view, config, model.device)
        self._at_once = candidates  # candidates a pass; halved when memory runs out
        self._reads_wait = model.device.type != "cpu"  # reading a result waits for all that is queued before it
        self._pending: dict[str, float | ModelView] = {}
        self._lock = threading.Lock()  # of _pending
        first = _first_latents(config, latents) if start is None else start
        if first.shape != (methods, candidates, latents):
            raise SettingsError(
                f"The search was to start from latents of the shape {list(first.shape)}; the model and the settings "
                f"need {[methods, candidates, latents]}.",
                "Search anew, from random latents.",
            )
        self._z = torch.tensor(first, dtype=torch.float32, device=model.device).clamp(-1, 1)  # [M, K, Z]
        rates = [_rate(config, method) for method in config.methods]
        rate = torch.tensor(rates, device=model.device)[:, None, None]
        self._optimiser = make_optimiser(config.optimizer, self._z, rate)
        self._bests = bests = Bests(self._z)
        self._published = _numpy(bests.latents), _numpy(bests.losses), _numpy(bests.steps), _numpy(bests.alive)

    @property
    def steps_done(self) -> int:
        return len(self.log)

    @property
    def best_latents(self) -> NDArray[np.float32]:
        """[M, K, Z]: where each candidate's loss was lowest; the start before the first step."""
        return self._published[0]

    @property
    def best_losses(self) -> NDArray[np.float32]:
        """[M, K]; infinite before the first step."""
        return self._published[1]

    @property
    def best_steps(self) -> NDArray[np.int64]:
        """[M, K], 0-based; -1 before the first step."""
        return self._published[2]

    @property
    def bests(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64], NDArray[np.bool_]]:
        """(latents [M, K, Z], losses, steps, alive [M, K]) of one moment; not alive: the loss became no number."""
        return self._published

    def advance(self, steps: int, *, looking: Callable[[], bool] = lambda: True) -> Iterator[InpaintStep]:
        """Yield one record per update of the latents; closing the generator stops the search, state whole.

        Calling it again goes on where it stopped. looking: asked after each step whether its images will be seen;
        the last step always has them. Raises DeviceError where the memory is too small for a single candidate.
        On a GPU the records of several steps arrive together, since every read makes the GPU wait.
        """
        size = 1
        while steps > 0:
            size = min(size, steps)
            steps -= size
            started = time.perf_counter()
            with denormals_flushed():
                records = self._advance_block(size, last=steps == 0, looking=looking)
            spent = time.perf_counter() - started
            yield from records
            if self._reads_wait:
                size = max(1, min(_MOST_PER_READ, round(size * _READ_EVERY / spent)))

    def change(self, *, context_weight: float | None = None, view: ModelView | None = None) -> None:
        """Go on from the present latents with another lambda or another view, from the next step on.

        Losses before and after are not comparable, so the bests start anew.
        """
        changes = {"context_weight": context_weight, "view": view}
        with self._lock:
            self._pending.update({name: value for name, value in changes.items() if value is not None})

    def render(self, latents: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Images of latents. latents: [..., Z]. Returns [..., R, R, 3] RGB."""
        flat = torch.tensor(latents.reshape(-1, latents.shape[-1]), dtype=torch.float32, device=self._model.device)
        with torch.no_grad():
            parts = [to_uint8(self._model.generate(part)) for part in torch.split(flat, self._at_once * len(self._z))]
        images = torch.cat(parts).cpu().numpy()
        return images.reshape(*latents.shape[:-1], *images.shape[1:])

    def pictures(self, step: int | None) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """Images [M, K, R, R, 3] and losses [M, K] of a step, or of the bests (None), rendered from their latents.

        Raises SettingsError for a step that was not taken yet.
        """
        if step is None:
            return self.render(self.best_latents), self.best_losses
        taken = len(self.log)
        if not 0 <= step < taken:
            raise SettingsError(f"Step {step} was not taken: there are {taken}, counted from 0.")
        return self.render(self.log.latents[step]), self.log.losses[step]

    def fit(self) -> float:
        """Mean absolute difference from the known pixels, 0..2, of the best candidate.

        Losses of different methods are not comparable: the closest of each method's lowest-loss candidates counts.
        """
        latents, losses, *_ = self._published
        chosen = latents[np.arange(len(losses)), losses.argmin(axis=1)]  # [M, Z]
        target = self._target
        with torch.no_grad():
            images = self._model.generate(torch.tensor(chosen, device=self._model.device))
            distance = mean_distance(images, target)
        return float(distance.min())

    def _advance_block(self, size: int, *, last: bool, looking: Callable[[], bool]) -> list[InpaintStep]:
        self._apply_changes()
        first = self.steps_done
        rows = []
        for i in range(size):  # nothing here waits for the device
            row, images = self._step(first + i)
            rows.append(row)
        seen = _numpy(to_uint8(images)) if last or looking() else None
        z, losses, bests, best_steps, alive = (_numpy(torch.stack(column)) for column in zip(*rows, strict=True))
        for i in range(size):
            self.log.append(z[i], losses[i])
        self._published = (
            _numpy(self._bests.latents),
            bests[-1],
            best_steps[-1],
            alive[-1],
        )  # after the log: no best step lies beyond it
        return [
            InpaintStep(first + i, losses[i], bests[i], best_steps[i], alive[i], seen if i == size - 1 else None)
            for i in range(size)
        ]

    def _step(self, index: int) -> tuple[tuple[Tensor, ...], Tensor]:
        """One update. Returns (z before it, losses, best losses, best steps, alive) and the images of that z."""
        z, bests = self._z, self._bests
        losses, gradient, images = self._evaluate(z)
        bests.update(index, z, losses, gradient)
        moved = self._optimiser.step(z, gradient).clamp_(-1, 1)  # projection onto the prior's support
        self._z = torch.where(bests.alive[..., None], moved, bests.latents)
        return (z, losses, bests.losses, bests.steps, bests.alive), images

    def _evaluate(self, z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Losses [M, K], their gradient [M, K, Z] and the images, in as few passes as the memory allows."""
        candidates, before = z.shape[1], self._at_once
        parts, self._at_once = in_parts(
            lambda some: self._evaluate_part(z[:, some]), candidates, before, self._model.device
        )
        if self._at_once < before:
            self.notice = f"Not enough memory for {candidates} candidates at once; searching {self._at_once} at a time"
        losses, gradients, images = (torch.cat(column, dim=1) for column in zip(*parts, strict=True))
        return losses, gradients, images

    def _evaluate_part(self, z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        config = self.config
        z = z.detach().requires_grad_()
        losses, images = search_losses(self._model, z, config.methods, self._target, config.context_weight)
        # Each loss depends on its own row alone, so the gradient of the sum is every candidate's own.
        (gradient,) = torch.autograd.grad(losses.sum(), z)
        return losses.detach(), gradient, images.detach()

    def _apply_changes(self) -> None:
        with self._lock:
            pending, self._pending = self._pending, {}
        if not pending:
            return
        weight, view = pending.get("context_weight"), pending.get("view")
        if isinstance(weight, float | int):
            self.config = replace(self.config, context_weight=float(weight))
        if isinstance(view, ModelView):
            self._view = view
        self._target = make_target(self._view, self.config, self._model.device)
        self._bests.restart(self._z)


def initial_latents(seed: int, candidates: int, latent_size: int) -> NDArray[np.float32]:
    """Where the candidates start: [K, Z] uniform on [-1, 1].

    Row k depends on seed and k alone, and is the same on every device.
    """
    rows = [np.random.default_rng((seed, k)).uniform(-1, 1, latent_size) for k in range(candidates)]
    return np.stack(rows).astype(np.float32)


def _first_latents(config: InpaintConfig, latent_size: int) -> NDArray[np.float32]:
    """[M, K, Z]: the methods start alike."""
    one = initial_latents(config.seed, config.candidates, latent_size)
    return np.broadcast_to(one, (len(config.methods), *one.shape))


def mean_distance(images: Tensor, target: Target) -> Tensor:
    """Mean |G(z) - x| over known pixels and channels, 0..2, unweighted. images: [K, 3, R, R]. Returns [K]."""
    difference = (images - target.image).abs() * target.known
    return difference.mean(1).sum((1, 2)) / target.known.sum((1, 2, 3)).clamp(min=1)


def to_uint8(images: Tensor) -> Tensor:
    """[..., 3, R, R] in [-1, 1] to [..., R, R, 3] RGB, 0..255, on the same device."""
    return images.movedim(-3, -1).add(1).mul(127.5).round().clamp(0, 255).to(torch.uint8).contiguous()


def _rate(config: InpaintConfig, method: Method) -> float:
    return DEFAULT_RATES[method][config.optimizer] if config.learning_rate is None else config.learning_rate


def _numpy(value: Tensor) -> NDArray[Any]:
    array: NDArray[Any] = value.cpu().numpy()
    return array
