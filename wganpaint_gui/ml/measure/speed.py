"""Measure how fast this machine is: steps of a search, and updates of training."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray

from wganpaint_gui.core.models.model_card import NetworkConfig
from wganpaint_gui.core.search.frame import ModelView
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.training.training_config import TrainingConfig, steady
from wganpaint_gui.ml.device import denormals_flushed, keep_allocations
from wganpaint_gui.ml.networks import BASE, KERNEL, SPREAD_KERNEL, stage_channels
from wganpaint_gui.ml.search.inpainting import Search
from wganpaint_gui.ml.search.losses import make_target
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.search.refinement import Refinement
from wganpaint_gui.ml.training.batches import Batches
from wganpaint_gui.ml.training.checkpoint import Progress
from wganpaint_gui.ml.training.gan import Gan
from wganpaint_gui.ml.training.gan_updates import GanUpdates

_STEPS, _ROUNDS = 10, 7  # steps a round of the search
_GUESSES = 50
_UPDATES, _TRAINING_ROUNDS = 4, 5  # generator updates a round of training: one penalty each with the preset gp
_WARM_UP = 4  # rounds of training in which on a GPU every kind of update is captured
_IMAGES = 1024
_PEAK_SIDE = {"cpu": 2048}  # of the square matrices whose product measures the peak
_PEAK_SIDE_OF_GPU = 8192


@dataclass(frozen=True)
class SearchSpeed:
    """Medians. A GFLOP is 1e9 additions or multiplications."""

    steps_per_second: float
    gflops: float  # a second: what the steps need
    peak_gflops: float  # a second: what a matrix product reaches here, measured in turn with the steps

    @property
    def fraction_of_peak(self) -> float:
        """0..1, or a little above where the machine was slower during the matrix products."""
        return self.gflops / self.peak_gflops


@dataclass(frozen=True)
class TrainingSpeed:
    """Medians."""

    updates_per_second: float  # of the generator, each with its critic updates
    images_per_second: float  # real ones, through the critic


def measure_search(model: PreparedModel, config: InpaintConfig) -> SearchSpeed:
    """Time steps of the program's own search on a made-up image, without pictures. Raises DeviceError as it does."""
    search = Search(model, made_up_view(model.resolution), config)
    steps, product = alternating([lambda: advance(search, _STEPS), matrix_product(model.device)], _ROUNDS, model.device)
    passes = len(config.methods) * config.candidates
    return SearchSpeed(
        steps_per_second=_STEPS / steps,
        gflops=step_flops(model.card.network, passes) * _STEPS / steps / 1e9,
        peak_gflops=product_flops(model.device) / product / 1e9,
    )


def measure_guess(model: PreparedModel) -> float | None:
    """Time a first guess of a made-up image, in seconds; None where the model has no encoder."""
    if not model.has_encoder:
        return None
    view = made_up_view(model.resolution)
    image, known = (torch.from_numpy(array)[None].to(model.device) for array in (view.image, view.known))
    (seconds,) = alternating([lambda: model.guess(image, known)], _GUESSES, model.device)
    return seconds


def measure_refinement(model: PreparedModel, config: InpaintConfig) -> float:
    """Time a step of the refinement of a made-up image, in seconds."""
    target = make_target(made_up_view(model.resolution), config, model.device)
    latent = torch.zeros(model.latent_size, device=model.device)
    refinement = Refinement(model, target, latent, config.context_weight, config.seed)
    (seconds,) = alternating([lambda: next(refinement.advance(1))], _STEPS, model.device)
    return seconds


def measure_training(config: TrainingConfig, device: torch.device) -> TrainingSpeed:
    """Time updates of the usual schedule on made-up images. The process keeps its allocations afterwards."""
    keep_allocations()
    side = config.network.resolution
    images = np.random.default_rng(0).integers(0, 256, (_IMAGES, side, side, 3), np.uint8)
    update = training_updates(config, images, device)
    for _ in range(_WARM_UP):
        update(_UPDATES)
    (seconds,) = alternating([lambda: update(_UPDATES)], _TRAINING_ROUNDS, device)
    rate = _UPDATES / seconds
    return TrainingSpeed(rate, rate * config.schedule.usual * config.batch_size)


def advance(search: Search, steps: int) -> None:
    """Take some steps without pictures."""
    for _ in search.advance(steps, watched=lambda: False):
        pass


def training_updates(config: TrainingConfig, images: NDArray[np.uint8], device: torch.device) -> Callable[[int], None]:
    """Return a function that makes a number of generator updates, each with its usual critic updates, as training does.

    images: [N, R, R, 3] RGB, 0..255.
    """
    config = replace(config, schedule=steady(config.schedule.usual))
    gan = Gan(config, Batches(images, config.batch_size, device, seed=0, flip=config.flip), device)
    updates, progress = GanUpdates(gan, graphed=device.type == "cuda"), Progress()

    def run(count: int) -> None:
        end = progress.generator_updates + count
        with denormals_flushed():
            while progress.generator_updates < end:
                updates.make(progress)

    return run


def alternating(actions: Sequence[Callable[[], object]], rounds: int, device: torch.device) -> list[float]:
    """Return the median seconds of each, measured in turn so that other load affects all alike."""
    times: list[list[float]] = [[] for _ in actions]
    for action in actions:
        action()
    for _ in range(rounds):
        for action, spent in zip(actions, times, strict=True):
            _finish(device)
            started = time.perf_counter()
            action()
            _finish(device)
            spent.append(time.perf_counter() - started)
    return [statistics.median(spent) for spent in times]


def step_flops(network: NetworkConfig, passes: int) -> float:
    """Count additions and multiplications of a step: forward and gradient to the input, every matrix of both networks.

    passes: methods times candidates.
    """
    inwards = [network.channels, *stage_channels(network)]
    total = 2.0 * BASE**2 * inwards[-1] * (network.latent_size + 1)  # the fully connected layers of both
    side, doubling = network.resolution, KERNEL if network.upsampling == "transposed" else SPREAD_KERNEL
    for narrow, wide in pairwise(inwards):
        side //= 2  # of the smaller map: each tap meets it once
        total += 2 * narrow * wide * (KERNEL**2 + doubling**2) * side**2  # the critic has it, and the generator
    return 2 * total * passes


def matrix_product(device: torch.device) -> Callable[[], object]:
    """Return a matrix product, the ordinary work that comes nearest to a processor's peak; see `product_flops`."""
    side = _side(device)
    a, b = torch.randn(side, side, device=device), torch.randn(side, side, device=device)

    def multiply() -> None:
        with _as_convolutions_multiply(device):
            torch.mm(a, b)

    return multiply


def product_flops(device: torch.device) -> float:
    """Count additions and multiplications of one `matrix_product`."""
    return 2.0 * _side(device) ** 3


def made_up_view(resolution: int) -> ModelView:
    """Return noise with the middle half missing."""
    known = np.ones((1, resolution, resolution), bool)
    known[:, resolution // 4 : -resolution // 4, resolution // 4 : -resolution // 4] = False
    image = np.random.default_rng(0).uniform(-1, 1, (3, resolution, resolution)).astype(np.float32)
    return ModelView(np.where(known, image, np.float32(0)), known)


def _side(device: torch.device) -> int:
    return _PEAK_SIDE.get(device.type, _PEAK_SIDE_OF_GPU)


@contextmanager
def _as_convolutions_multiply(device: torch.device) -> Iterator[None]:
    """Let matrix products use TF32 where convolutions may: by default only convolutions do, and exceed the 'peak'."""
    if device.type != "cuda":
        yield
        return
    before = torch.backends.cuda.matmul.allow_tf32
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32
    try:
        yield
    finally:
        torch.backends.cuda.matmul.allow_tf32 = before


def _finish(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
