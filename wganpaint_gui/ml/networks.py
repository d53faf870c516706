"""Generator and critic of the source paper, at any resolution and width, and the encoder, which guesses a latent."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from wganpaint_gui.core.models.model_card import NetworkConfig, Upsampling
from wganpaint_gui.core.training.training_config import TrainingConfig

LEAK = 0.2  # slope of LeakyReLU below zero
BASE = 4  # pixels a side of the smallest feature map
KERNEL = 5  # pixels a side of what every convolution sees
_RESIZE_KERNEL = 3  # of the generator's with upsampling `resize`, on the doubled map
SPREAD_KERNEL = 4  # of the transposed convolution that does both at once


def stage_channels(config: NetworkConfig) -> list[int]:
    """Return the channels of each stage, from the one next to the image inwards: width doubling, at most eightfold.

    There are log2(resolution / 4) stages; each halves (critic) or doubles (generator) the size.
    """
    stages = (config.resolution // BASE).bit_length() - 1
    return [config.width * min(2**i, 8) for i in range(stages)]


def doubled(x: Tensor, kernel: Tensor, bias: Tensor | None = None) -> Tensor:
    """Transposed convolution of stride 2: [N, C, S, S] to [N, D, 2S, 2S]. kernel: [C, D, K, K], K = 4 or 5."""
    side = kernel.shape[-1]
    return F.conv_transpose2d(x, kernel, bias, stride=2, padding=(side - 1) // 2, output_padding=side % 2)


class ResizeConv2d(nn.Conv2d):
    """Nearest pixels at twice the size, then a 3x3 convolution: no grid of dots (Odena et al. 2016).

    Each of the four pixels that one becomes sees 2x2 others, so both are one transposed convolution, whose kernel is
    this one spread over a 2x2 box: the same numbers for 16 products in place of 36.
    """

    def __init__(self, in_channels: int, out_channels: int, *, bias: bool) -> None:
        super().__init__(in_channels, out_channels, _RESIZE_KERNEL, bias=bias)

    def spread_kernel(self) -> Tensor:
        """[in, out, 4, 4], for `doubled`."""
        kernel = self.weight.transpose(0, 1).flip(2, 3)  # a transposed convolution looks the other way
        corners = ((0, 1, 0, 1), (1, 0, 0, 1), (0, 1, 1, 0), (1, 0, 1, 0))
        spread = torch.stack([F.pad(kernel, corner) for corner in corners]).sum(0)
        return spread.contiguous(memory_format=torch.channels_last)

    def forward(self, x: Tensor) -> Tensor:
        return doubled(x, self.spread_kernel(), self.bias)


class Generator(nn.Module):
    """Maps z ~ U[-1, 1] to an image: fc, then convolutions that double the size, BN and ReLU between, tanh last.

    The paper's are transposed ones, 5x5 with stride 2.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        channels = [*reversed(stage_channels(config)), config.channels]
        self.stages = len(channels) - 1
        # Biases only where no batch norm follows: it would subtract them again.
        self.fc = nn.Linear(config.latent_size, channels[0] * BASE * BASE, bias=False)
        self.bn0 = nn.BatchNorm2d(channels[0])
        for i in range(1, self.stages + 1):
            last = i == self.stages
            self.add_module(f"conv{i}", _doubling(config.upsampling, channels[i - 1], channels[i], bias=last))
            if not last:
                self.add_module(f"bn{i}", nn.BatchNorm2d(channels[i]))

    def forward(self, z: Tensor) -> Tensor:
        """Return images [N, 3, R, R] in [-1, 1]. z: [N, Z] in [-1, 1]."""
        x = self.fc(z).unflatten(1, (-1, BASE, BASE))  # [N, C, 4, 4]
        for i in range(1, self.stages + 1):
            x = F.relu(self.get_submodule(f"bn{i - 1}")(x))
            x = self.get_submodule(f"conv{i}")(x)
        return torch.tanh(x)


class Critic(nn.Module):
    """Maps an image to an unbounded score, higher = more real: 5x5 stride-2 convolutions, norm, LeakyReLU, then fc."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        channels = [config.channels, *stage_channels(config)]
        self.stages = len(channels) - 1
        for i in range(1, self.stages + 1):
            norm = _norm(config.critic_norm if i > 1 else "none", channels[i])
            bias = not isinstance(norm, nn.BatchNorm2d)
            self.add_module(f"conv{i}", nn.Conv2d(channels[i - 1], channels[i], KERNEL, stride=2, padding=2, bias=bias))
            if norm is not None:
                self.add_module(f"norm{i}", norm)
        self.fc = nn.Linear(channels[-1] * BASE * BASE, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return scores [N]. x: [N, 3, R, R] in [-1, 1]."""
        modules = dict(self.named_children())
        for i in range(1, self.stages + 1):
            x = modules[f"conv{i}"](x)
            if f"norm{i}" in modules:
                x = modules[f"norm{i}"](x)
            x = F.leaky_relu(x, LEAK)
        return torch.as_tensor(self.fc(x.flatten(1))).squeeze(1)

    def piecewise_linear(self) -> bool:
        """Say whether there is nothing but convolutions and leaky ReLUs, as `input_gradient` needs it."""
        return not any(name.startswith("norm") for name, _ in self.named_children())

    def input_gradient(self, x: Tensor) -> Tensor:
        """Compute the gradient of every score to its own image, [N, 3, R, R]; for a piecewise linear critic only.

        It is a network of its own, from the score back to the image, whose slopes of the leaky ReLUs x decides. To the
        weights it can be differentiated as any network; the slopes are constant almost everywhere. autograd's second
        derivative is the same, but goes through the first pass with zeros: the penalty then takes 1.7 times as long.
        """
        convolutions = [self.get_submodule(f"conv{i}") for i in range(1, self.stages + 1)]
        slopes = []
        with torch.no_grad():
            for convolution in convolutions:
                x = convolution(x)
                slopes.append(torch.where(x > 0, 1.0, LEAK))  # at 0 as autograd has it
                x = x * slopes[-1]
        gradient: Tensor = self.fc.weight.view(1, -1, BASE, BASE)
        for convolution, slope in zip(reversed(convolutions), reversed(slopes), strict=True):
            weight = convolution.get_parameter("weight")
            gradient = doubled(gradient * slope, weight)
        return gradient


class Encoder(nn.Module):
    """Guesses the latent of an image from its known pixels: the critic's convolutions, BN and LeakyReLU, fc, tanh last.

    Source: our own study; the source paper has no encoder.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        channels = [config.channels + 1, *stage_channels(config)]
        self.stages = len(channels) - 1
        for i in range(1, self.stages + 1):
            conv = nn.Conv2d(channels[i - 1], channels[i], KERNEL, stride=2, padding=2, bias=False)
            self.add_module(f"conv{i}", conv)
            self.add_module(f"norm{i}", nn.BatchNorm2d(channels[i]))
        self.fc = nn.Linear(channels[-1] * BASE * BASE, config.latent_size)

    def forward(self, x: Tensor, known: Tensor) -> Tensor:
        """Return latents [N, Z] in [-1, 1]. x: [N, 3, R, R] in [-1, 1]. known: [N, 1, R, R] bool, True = keep.

        What is not known has no effect, whatever it is.
        """
        x = encoder_input(x, known)
        for i in range(1, self.stages + 1):
            x = self.get_submodule(f"norm{i}")(self.get_submodule(f"conv{i}")(x))
            x = F.leaky_relu(x, LEAK)
        return torch.tanh(self.fc(x.flatten(1)))


def encoder_input(x: Tensor, known: Tensor) -> Tensor:
    """Return what the encoder sees, [N, 4, R, R]: the image, 0 where it is not known, and the mask, 1 = known, else -1.

    Chosen, not multiplied: 0 * NaN is NaN, and nothing under the mask may get through.
    """
    return torch.cat([torch.where(known, x, 0.0), known.to(x.dtype) * 2 - 1], dim=1)


def init_weights(network: nn.Module, seed: int, std: float = TrainingConfig.weight_std) -> None:
    """Draw every weight from N(0, std), biases zero; batch and layer norms start as the identity.

    std: a standard deviation, as DCGAN has it; see TrainingConfig.
    """
    source = torch.Generator().manual_seed(seed)
    for module in network.modules():
        if isinstance(module, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.normal_(module.weight, std=std, generator=source)
            if module.bias is not None:
                nn.init.zeros_(module.bias)


def _doubling(kind: Upsampling, in_channels: int, out_channels: int, *, bias: bool) -> nn.Module:
    if kind == "resize":
        return ResizeConv2d(in_channels, out_channels, bias=bias)
    return nn.ConvTranspose2d(in_channels, out_channels, KERNEL, stride=2, padding=2, output_padding=1, bias=bias)


def _norm(kind: str, channels: int) -> nn.Module | None:
    if kind == "batch":
        return nn.BatchNorm2d(channels)
    if kind == "layer":
        return nn.GroupNorm(1, channels)  # one group: normalises over channels, rows and columns of each image
    return None
