"""Generator and critic have the published shape at every size."""

from __future__ import annotations

import pytest
import torch

from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.ml.model_file import new_model
from wganpaint_gui.ml.networks import Critic, Generator, init_weights, stage_channels


def test_the_paper_network_has_the_layers_of_the_paper() -> None:
    with torch.device("meta"):
        shapes = {n: tuple(v.shape) for n, v in new_model(ModelCard("paper", NetworkConfig())).state().items()}
    assert shapes["generator.fc.weight"] == (8192, 100)
    assert [shapes[f"generator.conv{i}.weight"][:2] for i in (1, 2, 3, 4)] == [
        (512, 256),
        (256, 128),
        (128, 64),
        (64, 3),
    ]
    assert [shapes[f"critic.conv{i}.weight"][:2] for i in (1, 2, 3, 4)] == [(64, 3), (128, 64), (256, 128), (512, 256)]
    assert "critic.norm1.weight" not in shapes
    assert {f"critic.norm{i}.running_mean" for i in (2, 3, 4)} <= set(shapes)
    assert "generator.bn4.weight" not in shapes


@pytest.mark.parametrize(
    ("resolution", "channels"), [(32, [2, 4, 8]), (64, [2, 4, 8, 16]), (256, [2, 4, 8, 16, 16, 16])]
)
def test_width_doubles_inwards_at_most_eightfold(resolution: int, channels: list[int]) -> None:
    assert stage_channels(NetworkConfig(resolution=resolution, width=2)) == channels


@pytest.mark.parametrize("resolution", [32, 64, 128, 256])
@pytest.mark.parametrize("norm", ["batch", "layer", "none"])
def test_every_resolution_and_norm_runs(resolution: int, norm: str) -> None:
    config = NetworkConfig(resolution=resolution, width=1, latent_size=3, critic_norm=norm)  # type: ignore[arg-type]
    images = Generator(config).eval()(torch.zeros(2, 3))
    assert images.shape == (2, 3, resolution, resolution)
    assert images.abs().max() <= 1
    assert Critic(config).eval()(images).shape == (2,)


def test_weights_start_with_a_standard_deviation_of_two_hundredths() -> None:
    generator = Generator(NetworkConfig(resolution=32, width=16))
    init_weights(generator, seed=1)
    for name, value in generator.named_parameters():
        if value.dim() > 1:
            assert value.std().item() == pytest.approx(0.02, rel=0.05), name
            assert abs(value.mean().item()) < 0.002, name


def test_the_same_seed_draws_the_same_weights() -> None:
    one, two = (Critic(NetworkConfig(resolution=32, width=2)) for _ in range(2))
    init_weights(one, 3)
    init_weights(two, 3)
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), two.parameters(), strict=True))
