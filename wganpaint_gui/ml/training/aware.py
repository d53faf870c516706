"""The search-aware critic: trained against what the critic-only search finds, instead of against plain samples.

A critic that has seen only photos and G(z) is undefined on composites, and descending -f(M*x + (1-M)*G(z)) finds its
blind spots: black and white squares, latents at the edge of their support. Here the search runs along with training,
and what it finds are the critic's fakes. The critic still estimates a Wasserstein distance: the one between photos and
the search's own composites. Source: our own study, docs/search-aware.md.
"""

from __future__ import annotations

import copy
from contextlib import nullcontext
from dataclasses import dataclass

import torch
from torch import Tensor

from wganpaint_gui.core.training.training_config import AwareConfig
from wganpaint_gui.ml.device import exact_convolutions
from wganpaint_gui.ml.networks import Critic
from wganpaint_gui.ml.search.descent import Descent
from wganpaint_gui.ml.search.latent_optimisers import make_optimiser

from .checkpoint import Tensors, load_network, network_tensors, take
from .later_stage import LaterStage, StageSetup
from .objectives import CriticObjective, Network, autocast


@dataclass
class Buffer:
    """The searches in progress, N entries; changed in place."""

    rows: Tensor  # [N] which training image
    known: Tensor  # [N, 1, R, R] bool, True = keep
    z: Tensor  # [N, Z] in [-1, 1]


class AwareStage(LaterStage):
    """Trains a critic against the fills found with a frozen generator."""

    name, seed_offset = "aware", 500

    def __init__(self, config: AwareConfig, setup: StageSetup, critic: Critic) -> None:
        """config.batch_size is this rank's own."""
        super().__init__(setup, critic, config.critic_rate, (config.adam_beta1, config.adam_beta2))
        self.config, self.critic = config, critic
        self.buffer = self._new_entries(config.buffer)
        # Batch norm keeps its statistics: penalty and search judge each image on its own.
        critic.eval()
        # The critic in training follows what the search finds at the moment; its average remembers what came before.
        self.average = copy.deepcopy(critic).requires_grad_(False)
        self._norm = torch.zeros((), device=setup.device)
        self._objective = setup.wrap(
            CriticObjective(
                critic,
                penalty=config.penalty * config.penalty_every,
                drift=config.drift,
                drift_of_fakes=True,
                precision=setup.precision,
            )
        )

    def update(self) -> Tensor:
        """One update of the critic. Returns [2]: W between photos and fills, mean norm of the penalised gradient."""
        config, source = self.config, self.source
        chosen = torch.randperm(config.buffer, generator=source)[: config.batch_size]
        self._refresh(chosen)
        chosen = self.sent(chosen)
        real = self._setup.images.take(self.buffer.rows[chosen]).contiguous(memory_format=torch.channels_last)
        known = self.buffer.known[chosen]
        z = self._search(self.buffer.z[chosen], real, known)
        self.buffer.z[chosen] = z
        with torch.no_grad():
            plain = self.sent(self.draw_latents(round(config.plain * config.batch_size)))
            made = self._setup.generate(torch.cat([z, plain]))
            fake = torch.cat([torch.where(known, real, made[: len(real)]), made[len(real) :]])
        penalised = self.updates % config.penalty_every == 0
        mix = self.sent(torch.rand(len(real), 1, 1, 1, generator=source)) if penalised else None
        self.optimiser.rate = self._rate()
        with exact_convolutions(self.device) if penalised else nullcontext():
            loss, w, norm = self._objective(real, fake, mix)
            self.critic.zero_grad()
            loss.backward()
        self.optimiser.step()
        self.updates += 1
        self._follow()
        self._norm = norm if penalised else self._norm
        return torch.stack([w, self._norm])

    def tensors(self) -> Tensors:
        """Return what a checkpoint needs of this stage besides the critic and `updates`."""
        buffer = self.buffer
        entries = {"aware.rows": buffer.rows, "aware.known": buffer.known.to(torch.uint8), "aware.z": buffer.z}
        average = network_tensors("aware.average", self.average)
        return {**super().tensors(), **entries, **average, "aware.norm": self._norm}

    def load(self, tensors: Tensors, *, entries: bool = True) -> None:
        """Continue from what `tensors` returned; critic and `updates` are restored elsewhere.

        entries: restore the buffer and the random state too; both belong to the rank that saved them.
        """
        super().load(tensors, entries=entries)
        load_network("aware.average", self.average, tensors)
        if entries:
            buffer = self.buffer
            buffer.rows = take("aware.rows", buffer.rows, tensors)
            buffer.known = take("aware.known", buffer.known, tensors)
            buffer.z = take("aware.z", buffer.z, tensors)
        self._norm = take("aware.norm", self._norm, tensors)

    def _search(self, z: Tensor, real: Tensor, known: Tensor) -> Tensor:
        config = self.config
        self.critic.requires_grad_(False)
        with autocast(self._setup.precision, self.device):
            found = descend(self._setup.generate, self.critic, z, real, known, steps=config.z_steps, rate=config.z_rate)
        self.critic.requires_grad_(True)
        return found

    @torch.no_grad()
    def _follow(self) -> None:
        """Update the average. Up to its half-life it is the plain mean over all updates."""
        half_life = self.config.average_half_life
        weight = max(1 - 0.5 ** (1 / half_life), 1 / self.updates) if half_life else 1.0
        for averaged, newest in zip(self.average.parameters(), self.critic.parameters(), strict=True):
            averaged.lerp_(newest, weight)

    def _rate(self) -> float:
        """Return the learning rate: it falls linearly from critic_rate to its last share."""
        done = min(1.0, self.updates / max(1, self.config.updates))
        return self.config.critic_rate * (1 - (1 - self.config.last_rate_share) * done)

    def _refresh(self, chosen: Tensor) -> None:
        """Replace some of the chosen entries: another image, another mask, another latent."""
        anew = chosen[torch.rand(len(chosen), generator=self.source) < self.config.refresh]
        if len(anew):
            fresh, anew = self._new_entries(len(anew)), self.sent(anew)
            self.buffer.rows[anew], self.buffer.known[anew], self.buffer.z[anew] = fresh.rows, fresh.known, fresh.z

    def _new_entries(self, count: int) -> Buffer:
        rows, known = self.draw_rows(count), self.draw_holes(count, self.config)
        return Buffer(self.sent(rows), self.sent(known), self.sent(self.draw_latents(count)))


def descend(
    generate: Network, score: Network, z: Tensor, real: Tensor, known: Tensor, *, steps: int, rate: float
) -> Tensor:
    """Take projected Adam steps down the critic-only loss -f(M*x + (1-M)*G(z)), starting at z.

    z: [N, Z]. real: [N, 3, R, R]. known: [N, 1, R, R] bool. Returns latents [N, Z] in [-1, 1]; each row's path depends
    on its own image alone. Neither network is changed. Source: Cooper, eq. 7.
    """

    def evaluate(latents: Tensor, some: slice) -> tuple[Tensor, ...]:
        image = real[some]
        return (-score(torch.where(known[some], image, generate(latents).to(image.dtype))).float(),)

    z = z.detach()
    descent = Descent(z, make_optimiser("adam", z, torch.full((), rate, device=z.device)))
    for _ in range(steps):
        descent.step(evaluate)
    return descent.z
