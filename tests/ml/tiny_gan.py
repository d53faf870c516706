"""Small GANs for tests: random images, and a few updates as the training loop makes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from wganpaint_gui.core.models.model_card import NetworkConfig
from wganpaint_gui.core.training.training_config import TrainingConfig, preset_config
from wganpaint_gui.ml.device import exact_convolutions
from wganpaint_gui.ml.training.batches import Batches
from wganpaint_gui.ml.training.checkpoint import Progress, Tensors, read_checkpoint, write_checkpoint
from wganpaint_gui.ml.training.gan import Gan

CPU = torch.device("cpu")
SIDE, LATENT = 32, 6


def network(norm: Any = "none") -> NetworkConfig:
    return NetworkConfig(resolution=SIDE, width=4, latent_size=LATENT, critic_norm=norm)


def random_images(count: int = 20, seed: int = 0) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (count, SIDE, SIDE, 3), np.uint8)


def tiny_config(preset: Any = "gp", **changes: Any) -> TrainingConfig:
    config = preset_config(preset)
    return replace(config, network=network(config.network.critic_norm), batch_size=8, **changes)


def make_gan(config: TrainingConfig, **options: Any) -> Gan:
    batches = Batches(random_images(), config.batch_size, CPU, seed=config.seed, flip=config.flip)
    return Gan(config, batches, CPU, **options)


def advance(gan: Gan, updates: int, critic_updates: int = 2) -> list[list[float]]:
    """So many generator updates with their critic updates. Returns the readings after each."""
    readings = []
    for _ in range(updates):
        for i in range(critic_updates):
            gan.batches.prepare()
            gan.critic_update(penalised=gan.config.penalty > 0 and i % 2 == 0)
        gan.generator_update()
        readings.append(gan.readings.tolist())
    return readings


def note_tf32(monkeypatch: pytest.MonkeyPatch, module: str, critic: nn.Module) -> list[bool]:
    """As on an NVIDIA card. The list grows by whether TF32 is allowed, at each pass of the critic and each gradient."""
    monkeypatch.setattr(f"{module}.exact_convolutions", lambda device: exact_convolutions(torch.device("cuda")))
    seen: list[bool] = []

    def note(*_: object) -> None:
        seen.append(torch.backends.cudnn.allow_tf32)

    critic.register_forward_hook(note)
    for parameter in critic.parameters():
        parameter.register_hook(note)
    return seen


def through_a_file(folder: Path, tensors: Tensors) -> Tensors:
    write_checkpoint(folder / "checkpoint.safetensors", tensors, Progress())
    return read_checkpoint(folder / "checkpoint.safetensors")[0]


def same(one: Tensors, other: Tensors) -> bool:
    """Bit for bit."""
    return one.keys() == other.keys() and all(torch.equal(value, other[name]) for name, value in one.items())


def copied(tensors: Tensors) -> Tensors:
    return {name: value.detach().clone() for name, value in tensors.items()}
