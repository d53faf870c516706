"""Generator and critic have the published shape at every size, and the encoder that of the critic."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from wganpaint_gui.core.models.model_card import ModelCard, NetworkConfig
from wganpaint_gui.ml.model_file import new_model
from wganpaint_gui.ml.networks import Critic, Encoder, Generator, ResizeConv2d, init_weights, stage_channels


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


def test_the_encoder_has_the_layers_of_the_papers_critic() -> None:
    with torch.device("meta"):
        shapes = {
            name: tuple(value.shape) for name, value in Encoder(NetworkConfig(critic_norm="none")).named_parameters()
        }
    kernels = [shapes[f"conv{i}.weight"] for i in (1, 2, 3, 4)]
    assert kernels == [(64, 4, 5, 5), (128, 64, 5, 5), (256, 128, 5, 5), (512, 256, 5, 5)]
    assert all(f"norm{i}.weight" in shapes and f"conv{i}.bias" not in shapes for i in (1, 2, 3, 4))
    assert shapes["fc.weight"] == (100, 8192)


@pytest.mark.parametrize("resolution", [32, 64, 128, 256])
def test_the_encoder_computes_what_its_layers_say(resolution: int) -> None:
    encoder = Encoder(NetworkConfig(resolution=resolution, width=2, latent_size=3)).double().eval()
    init_weights(encoder, 1, std=0.2)
    x = torch.rand(2, 3, resolution, resolution, dtype=torch.float64) * 2 - 1
    known = torch.rand(2, 1, resolution, resolution) < 0.7
    expected = torch.cat([x * known, torch.where(known, 1.0, -1.0).double()], 1)
    for i in range(1, encoder.stages + 1):
        expected = F.conv2d(expected, encoder.get_parameter(f"conv{i}.weight"), stride=2, padding=2)
        expected = expected / (1 + 1e-5) ** 0.5  # batch norm as it starts
        expected = torch.maximum(expected, 0.2 * expected)
    expected = torch.tanh(expected.flatten(1) @ encoder.fc.weight.T + encoder.fc.bias)
    torch.testing.assert_close(encoder(x, known), expected)
    assert expected.std() > 0.01


def test_hidden_pixels_reach_neither_a_guess_nor_the_statistics() -> None:
    one, other = (Encoder(NetworkConfig(resolution=32, width=2, latent_size=3)) for _ in range(2))
    other.load_state_dict(one.state_dict())
    x, known = torch.rand(4, 3, 32, 32), torch.rand(4, 1, 32, 32) < 0.5
    assert torch.equal(one(x, known), other(torch.where(known, x, float("nan")), known))
    assert all(torch.equal(value, other.state_dict()[name]) for name, value in one.state_dict().items())


@pytest.mark.parametrize("resolution", [32, 64, 128, 256])
def test_both_kinds_of_upsampling_make_images_of_one_size(resolution: int) -> None:
    config = NetworkConfig(resolution=resolution, width=1, latent_size=3, upsampling="resize")
    generator = Generator(config)
    images = generator.eval()(torch.zeros(2, 3))
    assert images.shape == (2, 3, resolution, resolution)
    assert {tuple(generator.get_parameter(f"conv{i}.weight").shape[2:]) for i in range(1, generator.stages + 1)} == {
        (3, 3)
    }


def test_resize_is_nearest_pixels_and_then_a_convolution() -> None:
    layer, maps = ResizeConv2d(4, 3, bias=True).double(), torch.randn(2, 4, 6, 6, dtype=torch.float64)
    expected = F.conv2d(F.interpolate(maps, scale_factor=2, mode="nearest"), layer.weight, layer.bias, padding=1)
    torch.testing.assert_close(layer(maps), expected)


def test_weights_of_resize_start_like_the_others() -> None:
    generator = Generator(NetworkConfig(resolution=32, width=16, upsampling="resize"))
    init_weights(generator, seed=1)
    assert generator.get_parameter("conv1.weight").std().item() == pytest.approx(0.02, rel=0.05)
    assert not generator.get_parameter("conv3.bias").any()
