"""Prepare a model for the search: frozen, batch norm folded into the convolutions, laid out for speed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.models.model_card import ModelCard
from wganpaint_gui.core.training.training_config import Precision
from wganpaint_gui.ml.device import bfloat16_unit, fast_precision
from wganpaint_gui.ml.model_file import Model, load_model
from wganpaint_gui.ml.networks import BASE, LEAK, Critic, Encoder, Generator, ResizeConv2d, doubled, encoder_input


@dataclass(frozen=True)
class _Layer:
    """A convolution with everything linear after it folded in; norm is a layer norm that could not be."""

    weight: Tensor
    bias: Tensor | None
    norm: nn.GroupNorm | None = None


class PreparedGenerator:
    """The generator with batch norm folded in; weights: weight and bias of fc and of each convolution."""

    def __init__(self, weights: list[Tensor]) -> None:
        self.weights = weights

    def __call__(self, z: Tensor, convolved_in: torch.dtype = torch.float32) -> Tensor:
        """Generate images [N, 3, R, R] in [-1, 1]. z: [N, Z] in [-1, 1]."""
        weight, bias, *grow = self.weights
        x = F.linear(z, weight, bias).to(convolved_in)
        x = x.view(-1, BASE, BASE, x.shape[1] // BASE**2).permute(0, 3, 1, 2)  # channels last as it stands
        for weight, bias in zip(grow[::2], grow[1::2], strict=True):
            x = doubled(F.relu_(x), weight.to(convolved_in), bias.to(convolved_in))
        return torch.tanh(x.float())

    def copy(self) -> PreparedGenerator:
        """Return one whose weights can be trained."""
        return PreparedGenerator([weight.clone().requires_grad_() for weight in self.weights])


class PreparedModel:
    """The networks as the search uses them: eval mode, no gradient to any weight. Safe to use from any thread.

    The model itself is not changed.
    """

    def __init__(self, model: Model, device: torch.device, step_precision: Precision = "float32") -> None:
        """step_precision: of the convolutions in the steps of a search; whatever is rendered or measured is float32."""
        self.step_precision = step_precision
        self._step_type = torch.bfloat16 if step_precision == "bfloat16" else torch.float32
        self.card: ModelCard = model.card
        self.device = device
        self.resolution = model.card.network.resolution
        self.latent_size = model.card.network.latent_size
        # Measured on two Zen 4 cores, paper width, whole step: channels_last takes 36 ms instead of 53 with one
        # candidate and 11 % less with 32. Matrix products in place of the 5x5 convolutions were slower, sub-pixel
        # convolutions next to the image 3 % faster and not worth their lines. Untried on Apple GPUs.
        self._layout = torch.contiguous_format if device.type == "mps" else torch.channels_last
        with torch.no_grad():
            self.generator = self._fold_generator(model.generator)
            self._shrink, self._judge = self._fold_shrinking(model.critic)
            self._guess = None if model.encoder is None else self._fold_shrinking(model.encoder)

    def generate(self, z: Tensor) -> Tensor:
        """Generate images [N, 3, R, R] in [-1, 1]. z: [N, Z] in [-1, 1]."""
        return self.generator(z)

    def score(self, x: Tensor) -> Tensor:
        """Score images: [N], unbounded; higher = more real. x: [N, 3, R, R] in [-1, 1]."""
        return _shrunk(x, self._shrink, self._judge).squeeze(1)

    def generate_in_step(self, z: Tensor) -> Tensor:
        """As `generate`, in the precision of a search's steps."""
        return self.generator(z, self._step_type)

    def score_in_step(self, x: Tensor) -> Tensor:
        """As `score`, in the precision of a search's steps."""
        return _shrunk(x.to(self._step_type), self._shrink, self._judge).squeeze(1)

    @property
    def has_encoder(self) -> bool:
        return self._guess is not None

    @torch.no_grad()
    def guess(self, x: Tensor, known: Tensor) -> Tensor:
        """Guess the latents of images from their known pixels: [N, Z] in [-1, 1].

        x: [N, 3, R, R] in [-1, 1]. known: [N, 1, R, R] bool, True = keep; what is not known has no effect. Raises
        ModelError where the model has no encoder.
        """
        if self._guess is None:
            raise ModelError(
                f"The model {self.card.name} has no encoder, so there is no first guess.",
                "Start at random, or train an encoder for the model.",
            )
        seen = encoder_input(x, known).contiguous(memory_format=self._layout)
        return torch.tanh(_shrunk(seen, *self._guess))

    def _fold_generator(self, net: Generator) -> PreparedGenerator:
        scale, shift = _affine(net.bn0)
        weight = net.fc.weight.view(-1, BASE, BASE, self.latent_size) * scale[:, None, None, None]  # [C, 4, 4, Z]
        # Output order row, column, channel: the reshape to a channels-last map then moves nothing.
        weights = [self._own(weight.permute(1, 2, 0, 3).flatten(0, 2)), self._own(shift.repeat(BASE * BASE))]
        for i in range(1, net.stages + 1):
            conv, norm = net.get_submodule(f"conv{i}"), dict(net.named_children()).get(f"bn{i}")
            layer = self._fold(conv, norm, output_dim=1)
            assert layer.bias is not None
            weights += [layer.weight, layer.bias]
        return PreparedGenerator(weights)

    def _fold_shrinking(self, net: Critic | Encoder) -> tuple[list[_Layer], _Layer]:
        shrink = []
        for i in range(1, net.stages + 1):
            conv, norm = net.get_submodule(f"conv{i}"), dict(net.named_children()).get(f"norm{i}")
            shrink.append(self._fold(conv, norm, output_dim=0))
        weight = net.fc.weight.view(net.fc.out_features, -1, BASE, BASE).permute(0, 2, 3, 1).flatten(1)
        return shrink, _Layer(self._own(weight), self._own(net.fc.bias))

    def _fold(self, conv: nn.Module, norm: nn.Module | None, *, output_dim: int) -> _Layer:
        """Turn norm(conv(x)) into one convolution, exact up to rounding because batch norm in eval mode is affine."""
        assert isinstance(conv, (nn.Conv2d, nn.ConvTranspose2d))
        kernel = conv.spread_kernel() if isinstance(conv, ResizeConv2d) else conv.weight
        bias = conv.bias
        if isinstance(norm, nn.BatchNorm2d):
            scale, shift = _affine(norm)
            weight = kernel * scale.view([-1 if dim == output_dim else 1 for dim in range(4)])
            bias = shift if bias is None else bias * scale + shift
            return _Layer(self._own(weight), self._own(bias))
        own_norm = None
        if isinstance(norm, nn.GroupNorm):
            own_norm = nn.GroupNorm(norm.num_groups, norm.num_channels, norm.eps)
            own_norm.load_state_dict(norm.state_dict())
            own_norm = own_norm.to(self.device).requires_grad_(False)
        return _Layer(self._own(kernel), None if bias is None else self._own(bias), own_norm)

    def _own(self, value: Tensor) -> Tensor:
        """Return a frozen copy on the device, so that further training of the model changes nothing here."""
        copied = value.detach().to(self.device, torch.float32, copy=True)
        return copied.contiguous(memory_format=self._layout if copied.dim() == 4 else torch.contiguous_format)


def load_prepared(path: Path, device: torch.device, step_precision: Precision = "float32") -> PreparedModel:
    """Load a model for the search. step_precision: see PreparedModel; auto: the fastest here. Raises ModelError."""
    if step_precision == "auto":
        step_precision, _ = fast_precision(device, bfloat16_unit())
    return PreparedModel(load_model(path, device), device, step_precision)


def _shrunk(x: Tensor, shrink: list[_Layer], last: _Layer) -> Tensor:
    """Apply convolutions that halve the size, in the type of x, then the last layer: [N, C, R, R] to float32 [N, D]."""
    for layer in shrink:
        bias = None if layer.bias is None else layer.bias.to(x.dtype)
        x = F.conv2d(x, layer.weight.to(x.dtype), bias, stride=2, padding=2)
        if layer.norm is not None:
            x = layer.norm(x)
        x = F.leaky_relu_(x, LEAK)
    return F.linear(x.float().permute(0, 2, 3, 1).flatten(1), last.weight, last.bias)


def _affine(norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Express eval-mode batch norm as x * scale + shift; returns both, [C]."""
    assert norm.running_mean is not None
    assert norm.running_var is not None
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return scale, norm.bias - norm.running_mean * scale
