"""Generator against critic: both networks, their optimisers, the generator's average, and one update of each."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import TypeVar

import torch
from torch import Tensor, nn

from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.training.training_config import TrainingConfig
from wganpaint_gui.ml.device import exact_convolutions
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.networks import Critic, Generator, init_weights
from wganpaint_gui.ml.optimisers import Adam, NetworkOptimiser, RMSprop

from .augment import augment
from .batches import Batches, draw_latents
from .checkpoint import (
    Tensors,
    load_network,
    load_optimiser,
    load_random_state,
    network_tensors,
    optimiser_tensors,
    take,
)
from .objectives import CriticObjective, GeneratorObjective, autocast

# What batch-norm statistics are estimated from: the same latents and photos each time.
ESTIMATES = 16  # batches
_ESTIMATE_SIZE = 32  # latents or photos in each
_ESTIMATE_SEED = 1

Wrap = Callable[[nn.Module], nn.Module]
N = TypeVar("N", bound=nn.Module)


class Gan:
    """Holds all that training changes. Its two updates never wait for the device: graphs can capture them."""

    def __init__(
        self,
        config: TrainingConfig,
        batches: Batches,
        device: torch.device,
        *,
        start: Model | None = None,
        rank: int = 0,
        wrap: Wrap = lambda module: module,
    ) -> None:
        """start: a model to start from; None = weights drawn by the config's seed. wrap: DistributedDataParallel."""
        self.config, self.device, self.batches = config, device, batches
        generator, critic = (start.generator, start.critic) if start else new_networks(config)
        self.generator = placed(generator, device)
        self.critic = placed(critic, device)
        self.average = copy.deepcopy(self.generator).requires_grad_(False) if config.ema_half_life else None
        self.noise = torch.Generator(device)
        self.reseed(config.seed, rank)
        self.readings = torch.zeros(2, device=device)  # W and pressure of the last update; see training_log
        self.critic_optimiser = make_optimiser(config, self.critic, config.critic_rate)
        self.generator_optimiser = make_optimiser(config, self.generator, config.generator_rate)
        self._critic_step = wrap(
            CriticObjective(
                self.critic,
                penalty=config.penalty * config.penalty_every,
                drift=config.drift,
                precision=config.precision,
            )
        )
        self._generator_step = wrap(GeneratorObjective(self.generator, self._judge, config.precision))
        self._followed = torch.zeros((), dtype=torch.int64, device=device)  # generator updates in the average
        self.train()

    def train(self) -> None:
        self.generator.train()
        self.critic.train()

    def reseed(self, seed: int, rank: int) -> None:
        """Draw other latents, flips and mixtures from here on; no two ranks draw the same."""
        self.noise.manual_seed(seed * 1000 + rank)

    def critic_update(self, *, penalised: bool) -> None:
        """Update the critic on the batch that `batches.prepare` chose."""
        config, noise = self.config, self.noise
        real = self.batches.draw(noise)
        z = draw_latents(len(real), config.network.latent_size, noise)
        with torch.no_grad():
            with autocast(config.precision, self.device):
                fake = self.generator(z).float()
            if config.augment:
                real, fake = augment(real, noise), augment(fake, noise)
        mix = torch.rand(len(real), 1, 1, 1, device=self.device, generator=noise) if penalised else None
        with exact_convolutions(self.device) if penalised else nullcontext():
            loss, w, norm = self._critic_step(real, fake, mix)
            self.critic.zero_grad()
            loss.backward()
        self.critic_optimiser.step()
        self.readings[0].copy_(w)
        if penalised:
            self.readings[1].copy_(norm)
        if config.clip is not None:
            with torch.no_grad():
                for parameter in self.critic.parameters():
                    parameter.clamp_(-config.clip, config.clip)

    def generator_update(self) -> None:
        """Update the generator and its average."""
        config = self.config
        z = draw_latents(self.batches.size, config.network.latent_size, self.noise)
        self.critic.requires_grad_(False)
        loss = self._generator_step(z)
        self.generator.zero_grad()
        loss.backward()
        self.generator_optimiser.step()
        self.critic.requires_grad_(True)
        with torch.no_grad():
            if config.clip is not None:
                self.readings[1].copy_(self._saturation(config.clip))
            if self.average is not None:
                self._follow(self.average)

    def shipped_generator(self) -> Generator:
        """Return a copy of the average, or of the generator where there is none, in eval mode.

        Its batch-norm statistics are estimated again: those gathered in training belong to other weights.
        """
        copied = copy.deepcopy(self.generator if self.average is None else self.average)
        return estimate_statistics(copied, self._latents())

    def shipped_critic(self, generator: Generator) -> Critic:
        """Return a copy of the critic in eval mode, with batch-norm statistics of equally many photos and fakes.

        Those gathered in training lean to fakes, which are all that an update of the generator shows the critic, and to
        the last few batches. generator: what makes the fakes, in eval mode.
        """

        def both() -> Iterator[Tensor]:
            for i, z in enumerate(self._latents()):
                rows = torch.arange(i * _ESTIMATE_SIZE, (i + 1) * _ESTIMATE_SIZE, device=self.device)
                yield self.batches.images.take(rows % self.batches.images.count)
                yield generator(z)

        return estimate_statistics(copy.deepcopy(self.critic), both())

    def model(self, card: ModelCard) -> Model:
        """Return copies of both networks as they would be shipped now, in eval mode."""
        generator = self.shipped_generator()
        return Model(generator, self.shipped_critic(generator), card)

    def tensors(self) -> Tensors:
        """Return everything that training has changed, for a checkpoint."""
        result = {**network_tensors("generator", self.generator), **network_tensors("critic", self.critic)}
        if self.average is not None:
            result |= {**network_tensors("average", self.average), "followed": self._followed}
        result |= optimiser_tensors("generator_optimiser", self.generator_optimiser)
        result |= optimiser_tensors("critic_optimiser", self.critic_optimiser)
        return {**result, "noise": self.noise.get_state(), "readings": self.readings}

    def load(self, tensors: Tensors) -> None:
        """Continue from what `tensors` returned. Raises TrainingError where it does not fit."""
        load_network("generator", self.generator, tensors)
        load_network("critic", self.critic, tensors)
        if self.average is not None:
            load_network("average", self.average, tensors)
            self._followed.copy_(take("followed", self._followed, tensors))
        load_optimiser("generator_optimiser", self.generator_optimiser, tensors)
        load_optimiser("critic_optimiser", self.critic_optimiser, tensors)
        if not load_random_state("noise", self.noise, tensors):  # another kind of device: not the first numbers again
            self.reseed(self.config.seed + int(tensors["noise"].sum()), 0)
        self.readings.copy_(take("readings", self.readings, tensors))

    def _latents(self) -> Iterator[Tensor]:
        """Yield batches of latents [N, Z], the same each time on every device."""
        source = torch.Generator().manual_seed(_ESTIMATE_SEED)
        for _ in range(ESTIMATES):
            yield draw_latents(_ESTIMATE_SIZE, self.config.network.latent_size, source).to(self.device)

    def _judge(self, fake: Tensor) -> Tensor:
        score: Tensor = self.critic(augment(fake, self.noise) if self.config.augment else fake)
        return score

    def _follow(self, average: Generator) -> None:
        """Update the average.

        Early on its half-life is a share of the images seen (Karras et al. 2021 ramp it up alike): otherwise it would
        be mostly the random weights of the start. Computed on the device, for the graphs.
        """
        config = self.config
        self._followed += 1
        half_life = (self._followed * (config.batch_size * config.ema_ramp)).clamp(max=config.ema_half_life)
        weight = 1 - 0.5 ** (config.batch_size / half_life)
        for averaged, newest in zip(average.parameters(), self.generator.parameters(), strict=True):
            averaged.lerp_(newest, weight)

    def _saturation(self, clip: float) -> Tensor:
        """Return the share of the critic's parameters that lie at the bound."""
        parameters = list(self.critic.parameters())
        at_bound = sum((parameter.abs() >= clip).sum() for parameter in parameters)
        return torch.as_tensor(at_bound) / sum(parameter.numel() for parameter in parameters)


def new_networks(config: TrainingConfig) -> tuple[Generator, Critic]:
    """Return both networks with weights drawn by the config's seed, as in the paper."""
    generator, critic = Generator(config.network), Critic(config.network)
    init_weights(generator, 2 * config.seed, config.weight_std)
    init_weights(critic, 2 * config.seed + 1, config.weight_std)
    return generator, critic


def make_optimiser(config: TrainingConfig, network: nn.Module, rate: float) -> NetworkOptimiser:
    """Create the preset's optimiser."""
    parameters = list(network.parameters())
    if config.optimizer == "rmsprop":
        return NetworkOptimiser(parameters, rate, RMSprop(parameters, config.rmsprop_alpha))
    return NetworkOptimiser(parameters, rate, Adam(parameters, (config.adam_beta1, config.adam_beta2)))


@torch.no_grad()
def estimate_statistics(network: N, batches: Iterable[Tensor]) -> N:
    """Set the statistics of every batch norm to their plain mean over the batches.

    Returns the network, in eval mode. Without a batch norm no batch is drawn.
    """
    norms = [module for module in network.modules() if isinstance(module, nn.BatchNorm2d)]
    if norms:
        network.train()
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None  # the plain mean over all batches
        for batch in batches:
            network(batch)
        for norm in norms:
            norm.momentum = 0.1
    return network.eval()


def placed(network: N, device: torch.device) -> N:
    """Move a network to the device, laid out for speed; returns it."""
    network.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network
