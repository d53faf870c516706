"""The encoder stage: its loss is the documented one, only the encoder learns, and it goes on bit for bit."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from tests.ml.tiny_gan import CPU, LATENT, SIDE, copied, network, random_images, same, through_a_file
from tests.ml.training.test_aware import Copies
from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.training.training_config import EncoderConfig
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.networks import Encoder, Generator, init_weights
from wganpaint_gui.ml.training.batches import StoredImages, to_float
from wganpaint_gui.ml.training.checkpoint import load_network, network_tensors
from wganpaint_gui.ml.training.encoder_stage import EncoderStage
from wganpaint_gui.ml.training.later_stage import StageSetup

CONFIG = EncoderConfig(updates=10, batch_size=6)
IMAGES = random_images(9)
PICTURES = to_float(torch.from_numpy(IMAGES))


class Recorder(nn.Module):
    """Stands around the objective, as DistributedDataParallel does, and keeps what passes through."""

    def __init__(self, objective: nn.Module) -> None:
        super().__init__()
        self.objective = objective
        self.seen: list[tuple[Tensor, Tensor, Tensor]] = []

    def forward(self, images: Tensor, known: Tensor, z: Tensor) -> Any:
        self.seen.append((images, known, z))
        return self.objective(images, known, z)


class Stage:
    """A stage with its recorder; its generator answers to every latent."""

    def __init__(
        self, make_model: Callable[..., Model], config: EncoderConfig = CONFIG, *, flip: bool = True, **options: Any
    ) -> None:
        self.generator: Generator = make_model(network(), seed=1).generator.requires_grad_(False)
        self.encoder = Encoder(network())
        init_weights(self.encoder, 4, std=0.05)
        recorders: list[Recorder] = []

        def wrap(objective: nn.Module) -> nn.Module:
            recorders.append(Recorder(objective))
            return recorders[0]

        images = StoredImages(IMAGES, CPU)
        setup = StageSetup(self.generator, images, CPU, LATENT, **{"seed": 0, "wrap": wrap, **options})
        self.stage = EncoderStage(config, setup, self.encoder, flip=flip)
        self.seen = recorders[0].seen

    def updates(self, count: int) -> list[list[float]]:
        return [self.stage.update().tolist() for _ in range(count)]


@pytest.fixture
def stage(make_model: Callable[..., Model]) -> Callable[..., Stage]:
    """stage(config=CONFIG, seed=0, ...)"""
    return lambda *args, **options: Stage(make_model, *args, **options)


@pytest.mark.parametrize(("samples", "image_weight", "latent_weight"), [(0.5, 2, 1), (0.0, 3, 1), (1.0, 0, 0.5)])
def test_the_loss_is_that_of_images_and_of_latents_that_are_known(
    stage: Callable[..., Stage], samples: float, image_weight: float, latent_weight: float
) -> None:
    config = replace(CONFIG, samples=samples, image_weight=image_weight, latent_weight=latent_weight)
    one = stage(config)
    encoder = copied(one.encoder.state_dict())
    ((loss, difference),) = one.updates(1)
    images, known, z = (value.double() if value.is_floating_point() else value for value in one.seen[0])
    again = Encoder(network()).train()
    again.load_state_dict(encoder)
    with torch.no_grad():
        guess = again.double()(images, known)
        made = one.generator.double()(guess)
    rows = [float((made[i] - images[i]).abs().mean()) for i in range(6)]
    expected = image_weight * sum(rows) / 6
    if count := round(6 * samples):
        off = [float(((guess[6 - count + i] - z[i]) ** 2).mean()) for i in range(count)]
        expected += latent_weight * sum(off) / count
    assert loss == pytest.approx(expected, rel=1e-5)
    assert difference == pytest.approx(sum(rows) / 6, rel=1e-5)
    assert loss > 0.1


@pytest.mark.parametrize("flip", [True, False])
def test_half_of_a_batch_are_pictures_and_half_are_samples(stage: Callable[..., Stage], flip: bool) -> None:
    one = stage(flip=flip)
    one.updates(8)
    mirrored = 0
    for images, known, z in one.seen:
        assert (len(images), len(z), known.shape) == (6, 3, (6, 1, SIDE, SIDE))
        for picture in images[:3]:
            plain = any(torch.equal(picture, other) for other in PICTURES)
            mirrored += not plain
            assert plain or any(torch.equal(picture.flip(2), other) for other in PICTURES)
        torch.testing.assert_close(images[3:], one.generator(z), rtol=0, atol=1e-6)
        assert z.abs().max() <= 1
    assert (4 < mirrored < 20) if flip else not mirrored


def test_only_the_encoder_learns_and_it_comes_nearer(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, updates=60, rate=3e-3))
    generator, before = copied(one.generator.state_dict()), copied(dict(one.encoder.named_parameters()))
    losses = [loss for loss, _ in one.updates(60)]
    assert np.mean(losses[-10:]) < 0.9 * np.mean(losses[:10])
    assert same(one.generator.state_dict(), generator)
    assert all(parameter.grad is None for parameter in one.generator.parameters())
    assert not any(torch.equal(value, before[name]) for name, value in one.encoder.named_parameters())


def test_the_learning_rate_falls_by_half_a_cosine_to_the_share_that_is_left(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, updates=4, rate=0.01, last_rate_share=0.2))
    rates = []
    for _ in range(6):
        one.updates(1)
        rates.append(one.stage.optimiser.rate)
    half = math.sqrt(0.5)
    assert rates == pytest.approx([0.01, 0.002 + 0.004 * (1 + half), 0.006, 0.002 + 0.004 * (1 - half), 0.002, 0.002])


def test_the_optimiser_has_the_configs_averages(stage: Callable[..., Stage]) -> None:
    one = stage(replace(CONFIG, adam_beta1=0.25, adam_beta2=0.5))
    one.updates(1)
    averages = one.stage.optimiser.rule.averages
    for i, parameter in enumerate(one.encoder.parameters()):
        torch.testing.assert_close(averages["exp_avg"][i], 0.75 * parameter.grad)
        torch.testing.assert_close(averages["exp_avg_sq"][i], 0.5 * parameter.grad**2)


@pytest.mark.parametrize("done", [1, 3])
def test_a_stage_goes_on_from_a_checkpoint_bit_for_bit(stage: Callable[..., Stage], done: int, tmp_path: Path) -> None:
    one = stage()
    one.updates(done)
    saved = through_a_file(tmp_path, {**one.stage.tensors(), **network_tensors("encoder", one.encoder)})
    again = stage(seed=99)
    again.updates(1)
    load_network("encoder", again.encoder, saved)
    again.stage.load(saved)
    again.stage.updates = done
    assert again.updates(4) == one.updates(4)
    assert same(again.stage.tensors(), one.stage.tensors())
    assert same(again.encoder.state_dict(), one.encoder.state_dict())


@pytest.mark.parametrize("missing", ["encoder.optimiser.0.exp_avg", "encoder.source"])
def test_a_checkpoint_without_the_stage_is_refused_by_what_it_lacks(stage: Callable[..., Stage], missing: str) -> None:
    one = stage()
    tensors = one.stage.tensors()
    del tensors[missing]
    with pytest.raises(TrainingError, match=missing):
        one.stage.load(tensors)


def test_two_ranks_and_two_seeds_see_different_batches(stage: Callable[..., Stage]) -> None:
    seen = []
    for options in ({}, {}, {"rank": 1}, {"seed": 1}):
        one = stage(**options)
        one.updates(1)
        seen.append(one.seen[0])
    assert all(torch.equal(a, b) for a, b in zip(seen[0], seen[1], strict=True))
    for other in seen[2:]:
        assert not any(torch.equal(a, b) for a, b in zip(seen[0], other, strict=True))


def test_a_stage_in_bfloat16_keeps_weights_in_float32(stage: Callable[..., Stage]) -> None:
    one = stage(precision="bfloat16")
    assert np.isfinite(one.updates(2)).all()
    assert {value.dtype for value in one.encoder.parameters()} == {torch.float32}


def test_an_update_waits_for_no_device(make_model: Callable[..., Model], monkeypatch: pytest.MonkeyPatch) -> None:
    """Tensors of torch's meta device have no values: who reads one, to bring it to the host, fails."""
    monkeypatch.setattr(torch, "autocast", lambda *_, **__: nullcontext())  # it does not know this device
    meta = torch.device("meta")
    generate = make_model(network()).generator.to(meta).requires_grad_(False)
    images = StoredImages(IMAGES, meta)
    stage = EncoderStage(CONFIG, StageSetup(generate, images, meta, LATENT, seed=0), Encoder(network()).to(meta))
    with Copies() as copies:
        readings = [stage.update() for _ in range(2)]
    assert [one.device for one in readings] == [meta] * 2
    assert len(copies.waited) > 6
    assert not any(copies.waited)
