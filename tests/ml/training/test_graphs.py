"""Replayed updates are the eager ones. Needs an NVIDIA GPU: CUDA graphs are of that hardware alone."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from tests.ml.tiny_gan import copied, random_images, tiny_config
from wganpaint_gui.core.training.training_config import TrainingConfig
from wganpaint_gui.ml.training.batches import Batches, to_float
from wganpaint_gui.ml.training.gan import Gan
from wganpaint_gui.ml.training.gan_updates import GraphedUpdates

pytestmark = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="no NVIDIA GPU: there are no CUDA graphs to replay"
)
UPDATES = 20
VARIANTS = [
    tiny_config("gp"),
    tiny_config("gp", augment=True),
    tiny_config("gp", precision="bfloat16"),
    tiny_config("paper"),
]
NAMES = ["gp", "augmented", "bfloat16", "paper"]


def cuda_gan(config: TrainingConfig) -> Gan:
    device = torch.device("cuda", 0)
    return Gan(config, Batches(random_images(), config.batch_size, device, seed=0, flip=config.flip), device)


def readings(gan: Gan, updates: Any, count: int, first: int = 0) -> list[list[float]]:
    found = []
    for i in range(first, first + count):
        for k in range(2):
            gan.batches.prepare()
            updates.critic_update(penalised=gan.config.penalty > 0 and (2 * i + k) % gan.config.penalty_every == 0)
        updates.generator_update()
        found.append(gan.readings.tolist())
    return found


@pytest.mark.parametrize("config", VARIANTS, ids=NAMES)
def test_graphed_and_eager_updates_give_the_same_losses(config: TrainingConfig) -> None:
    eager, graphed = cuda_gan(config), cuda_gan(config)
    expected = readings(eager, eager, UPDATES)
    found = readings(graphed, GraphedUpdates(graphed), UPDATES)
    torch.testing.assert_close(torch.tensor(found), torch.tensor(expected), rtol=1e-2, atol=1e-4)
    assert torch.equal(graphed.noise.get_state(), eager.noise.get_state())  # as many random numbers drawn
    assert found[-1] != found[-2]  # a graph that replays one moment for ever would repeat itself


@pytest.mark.parametrize("config", VARIANTS, ids=NAMES)
def test_graphed_updates_go_on_from_a_checkpoint(config: TrainingConfig) -> None:
    gan = cuda_gan(config)
    updates = GraphedUpdates(gan)
    readings(gan, updates, 10)
    saved, drawn = copied(gan.tensors()), gan.batches.drawn
    expected = readings(gan, updates, 8, first=10)
    gan.load(saved)
    gan.batches.rewind(drawn)
    updates.forget()
    found = readings(gan, updates, 8, first=10)
    torch.testing.assert_close(torch.tensor(found), torch.tensor(expected), rtol=1e-2, atol=1e-4)


def test_the_order_of_a_new_pass_reaches_a_captured_graph() -> None:
    gan = cuda_gan(tiny_config("gp", flip=False))  # 20 images in batches of 8: a new order every two batches
    readings(gan, GraphedUpdates(gan), 12)
    number = gan.batches.drawn // 2  # of the pass that comes now
    rows, images = [], to_float(torch.from_numpy(random_images()))
    for _ in range(2):
        gan.batches.prepare()
        for image in gan.batches.draw(gan.noise).cpu():
            rows += [row for row in range(20) if torch.equal(images[row], image)]
    assert rows == torch.randperm(20, generator=torch.Generator().manual_seed(number)).tolist()[:16]  # of seed 0
