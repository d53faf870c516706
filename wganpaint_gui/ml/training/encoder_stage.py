"""The encoder stage: a network learns to guess, from the known pixels of an image, a latent that makes it.

A search that begins there needs a fraction of the steps of one that begins at random. The generator is frozen. Real
pictures teach the encoder what it will meet, samples of the generator what it can do: their latents are known. Source:
our own study; the source paper has no encoder.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from wganpaint_gui.core.training.training_config import EncoderConfig
from wganpaint_gui.ml.networks import Encoder

from .later_stage import LaterStage, StageSetup
from .objectives import EncoderObjective, autocast


class EncoderStage(LaterStage):
    """Trains an encoder for a frozen generator."""

    name, seed_offset = "encoder", 250

    def __init__(self, config: EncoderConfig, setup: StageSetup, encoder: Encoder, *, flip: bool = True) -> None:
        """config.batch_size is this rank's own. flip: mirror each image with probability 1/2."""
        super().__init__(setup, encoder, config.rate, (config.adam_beta1, config.adam_beta2))
        self.config, self.encoder, self._flip = config, encoder, flip
        encoder.train()
        self._objective = setup.wrap(
            EncoderObjective(
                encoder,
                setup.generate,
                image_weight=config.image_weight,
                latent_weight=config.latent_weight,
                precision=setup.precision,
            )
        )

    def update(self) -> Tensor:
        """Make one update of the encoder. Returns [2]: the loss, and the mean absolute difference of the images."""
        samples = self.config.samples_in_batch
        images = self._pictures(self.config.batch_size - samples)
        z = self.sent(self.draw_latents(samples))
        if samples:
            with torch.no_grad(), autocast(self._setup.precision, self.device):
                images = torch.cat([images, self._setup.generate(z).float()])
        images = images.contiguous(memory_format=torch.channels_last)
        known = self.sent(self.draw_holes(len(images), self.config))
        self.optimiser.rate = self._rate()
        loss, difference = self._objective(images, known, z)
        self.encoder.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.updates += 1
        return torch.stack([loss.detach(), difference])

    def _pictures(self, count: int) -> Tensor:
        """Draw real pictures: [N, 3, R, R]."""
        pictures = self._setup.images.take(self.sent(self.draw_rows(count)))
        if self._flip:
            mirrored = self.sent(torch.rand(count, 1, 1, 1, generator=self.source) < 0.5)
            pictures = torch.where(mirrored, pictures.flip(3), pictures)
        return pictures

    def _rate(self) -> float:
        """Return the learning rate: it falls by half a cosine from the config's rate to its last share."""
        done = min(1.0, self.updates / max(1, self.config.updates))
        share = self.config.last_rate_share
        return self.config.rate * (share + (1 - share) * (1 + math.cos(math.pi * done)) / 2)
