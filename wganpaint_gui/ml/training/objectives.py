"""The losses of critic, generator and encoder: one forward pass an update, for DistributedDataParallel to wrap."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor, nn

from wganpaint_gui.core.training.training_config import Precision
from wganpaint_gui.ml.networks import Critic, Encoder, Generator

Network = Callable[[Tensor], Tensor]


class CriticObjective(nn.Module):
    """-W plus what keeps the critic tame: W(G, f) = E f(x) - E f(G(z)), which f maximises. HIGHER f = MORE REAL.

    Source: Arjovsky et al. 2017, eq. 2; the penalty is Gulrajani et al. 2017, eq. 3, the drift Karras et al. 2018, A.1.
    """

    def __init__(
        self, critic: Critic, *, penalty: float, drift: float, drift_of_fakes: bool = False, precision: Precision
    ) -> None:
        """penalty: its weight in an update that has one. drift_of_fakes: drift holds f(fake) near 0 too."""
        super().__init__()
        self.critic = critic
        self._penalty, self._drift, self._drift_of_fakes = penalty, drift, drift_of_fakes
        self._precision = precision
        # Batch norm would let the fakes' statistics judge the photos: each goes through on its own.
        self._apart = any(isinstance(module, nn.BatchNorm2d) for module in critic.modules())

    def forward(self, real: Tensor, fake: Tensor, mix: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """real, fake: [N, 3, R, R]. mix: [N, 1, 1, 1] in [0, 1], where this update carries the penalty, else None.

        Returns the loss, W, and the mean norm of the penalised gradient (0 without a penalty); scalars.
        """
        with autocast(self._precision, real.device):
            if self._apart:
                of_real, of_fake = self.critic(real), self.critic(fake)
            else:
                of_real, of_fake = self.critic(torch.cat([real, fake])).split([len(real), len(fake)])
        of_real, of_fake = of_real.float(), of_fake.float()
        w = of_real.mean() - of_fake.mean()
        loss = -w
        if self._drift:
            loss = loss + self._drift * of_real.square().mean()
            if self._drift_of_fakes:
                loss = loss + self._drift * of_fake.square().mean()
        norm = torch.zeros_like(w)
        if mix is not None:
            off, norm = gradient_penalty(self.critic, real, fake[: len(real)], mix)
            loss = loss + self._penalty * off
        return loss, w.detach(), norm.detach()


class GeneratorObjective(nn.Module):
    """-E f(G(z)): the generator's part of W. The critic is frozen and no part of this module."""

    def __init__(self, generator: Generator, score: Network, precision: Precision) -> None:
        super().__init__()
        self.generator = generator
        self._score, self._precision = score, precision

    def forward(self, z: Tensor) -> Tensor:
        """z: [N, Z]. Returns a scalar."""
        with autocast(self._precision, z.device):
            score = self._score(self.generator(z))
        return -score.float().mean()


class EncoderObjective(nn.Module):
    """How far the images of the guesses are from whole pictures, and the guesses from latents that are known.

    The generator is frozen and no part of this module. Source: our own study; the source paper has no encoder.
    """

    def __init__(
        self, encoder: Encoder, generate: Network, *, image_weight: float, latent_weight: float, precision: Precision
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self._generate, self._precision = generate, precision
        self._image_weight, self._latent_weight = image_weight, latent_weight

    def forward(self, images: Tensor, known: Tensor, z: Tensor) -> tuple[Tensor, Tensor]:
        """images: [N, 3, R, R], whole; the last S are samples. known: [N, 1, R, R] bool. z: [S, Z], of the samples.

        Returns the loss, and the mean absolute difference of the images; scalars.
        """
        with autocast(self._precision, images.device):
            guess = self.encoder(images, known)
            made = self._generate(guess)
        guess, made = guess.float(), made.float()
        difference = (made - images).abs().mean()
        loss = self._image_weight * difference
        if len(z):
            loss = loss + self._latent_weight * (guess[-len(z) :] - z).square().mean()
        return loss, difference.detach()


def gradient_penalty(critic: Network, real: Tensor, fake: Tensor, mix: Tensor) -> tuple[Tensor, Tensor]:
    """((|grad f| - 1)^2, |grad f|), means over points between each photo and a fake; in float32.

    real, fake: [N, 3, R, R]. mix: [N, 1, 1, 1], 0 = the photo. Source: Gulrajani et al. 2017, eq. 3. Not compiled: a
    compiled step has silently dropped the second derivative.
    """
    with torch.autocast(real.device.type, enabled=False):
        between = real.float().lerp(fake.float(), mix)
        if isinstance(critic, Critic) and critic.piecewise_linear():
            gradient = critic.input_gradient(between)
        else:
            between.requires_grad_()
            (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
        norms = gradient.flatten(1).norm(dim=1)
        return (norms - 1).square().mean(), norms.mean()


def autocast(precision: Precision, device: torch.device) -> AbstractContextManager[object]:
    return torch.autocast(device.type, torch.bfloat16) if precision == "bfloat16" else nullcontext()
