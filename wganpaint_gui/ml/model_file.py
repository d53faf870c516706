"""A model on disk: a safetensors file with card, generator, critic, perhaps an encoder. Loading executes nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from wganpaint_gui.core.errors import ModelError
from wganpaint_gui.core.models.model_card import CHECKSUM_KEY, METADATA_KEY, ModelCard, ModelHeader, read_header
from wganpaint_gui.core.system.atomic import atomic_write

from .networks import Critic, Encoder, Generator
from .tensor_file import checksum, write_tensors

_GET_AGAIN = "Get the file again."
_TYPES = (torch.float16, torch.bfloat16, torch.float32)
LARGEST_WEIGHT = 1e6  # of a weight's absolute value; trained networks stay below 1,000


@dataclass(eq=False)
class Model:
    """Generator and critic, perhaps an encoder, and the card that describes them."""

    generator: Generator
    critic: Critic
    card: ModelCard
    encoder: Encoder | None = None  # of this generator's latents; there is one where the card counts its updates

    @property
    def networks(self) -> dict[str, nn.Module]:
        """The networks by the name under which the file holds them."""
        of_encoder = {} if self.encoder is None else {"encoder": self.encoder}
        return {"generator": self.generator, "critic": self.critic, **of_encoder}

    def state(self) -> dict[str, Tensor]:
        """Return all tensors by their name in the file: generator.fc.weight, critic.conv1.bias, ..."""
        return {
            f"{part}.{name}": value for part, net in self.networks.items() for name, value in net.state_dict().items()
        }


def new_model(card: ModelCard) -> Model:
    """Return a model of the card's shape with torch's initial weights; see networks.init_weights for the paper's."""
    encoder = Encoder(card.network) if card.has_encoder else None
    return Model(Generator(card.network), Critic(card.network), card, encoder)


def load_model(path: Path, device: torch.device) -> Model:
    """Read a model file; weights stored as float16 become float32.

    Raises ModelError, with a message of its own for each case: no such file, not a model, a pickle, another format
    version, shapes that do not fit the config, an encoder that is there but not declared or the other way round,
    weights that do not match their checksum, are of another type than float16, bfloat16 and float32, NaN, infinite or
    beyond LARGEST_WEIGHT.
    """
    header = read_header(path)
    with torch.device("meta"):  # without memory: a wrong file is refused before anything is read, nothing drawn
        model = new_model(header.card)
    _check_encoder(path, header)
    _check_shapes(path, {name: tuple(value.shape) for name, value in model.state().items()}, header.shapes)
    try:
        tensors = safetensors.torch.load_file(path)
    except (OSError, safetensors.SafetensorError) as error:
        raise ModelError(f"The model file {path} cannot be read: {error}.", _GET_AGAIN) from error
    if header.card.format > 1 and checksum(tensors) != header.checksum:
        raise ModelError(f"The model file {path} is damaged: its weights are not those it was saved with.", _GET_AGAIN)
    fault = _fault(tensors)
    if fault is not None:
        raise ModelError(f"The model file {path} is broken: {fault}.", "Its training went wrong; choose another model.")
    for part, network in model.networks.items():
        own = {  # copies in the network's own types: what was read is the file itself, mapped into memory
            name: tensors[f"{part}.{name}"].to(device, value.dtype, copy=True)
            for name, value in network.state_dict().items()
        }
        network.load_state_dict(own, assign=True)
    return model


def save_model(model: Model, path: Path, *, half: bool = False, overwrite: bool = False) -> None:
    """Write a model file atomically; half stores float16, half the size.

    Raises SaveError; ModelError for values that are NaN, and for an encoder that the card does not count or the other
    way round.
    """
    if model.card.has_encoder != (model.encoder is not None):
        raise ModelError(f"The model is not saved to {path}: its card and its networks differ on the encoder.")
    tensors = {name: value.detach().cpu().contiguous() for name, value in model.state().items()}
    if half:
        tensors = {name: value.half() if value.is_floating_point() else value for name, value in tensors.items()}
    fault = _fault(tensors)
    if fault is not None:
        raise ModelError(f"The model is not saved to {path}: {fault}.")
    metadata = {METADATA_KEY: model.card.to_json_text(), CHECKSUM_KEY: checksum(tensors)}
    atomic_write(path, lambda file: write_tensors(file, tensors, metadata), overwrite=overwrite)


def _check_encoder(path: Path, header: ModelHeader) -> None:
    """Check that there is an encoder where the card says so, and nowhere else. Raises ModelError."""
    found = any(name.startswith("encoder.") for name in header.shapes)
    if found != header.card.has_encoder:
        undeclared = f"The model file {path} holds an encoder that its card does not mention."
        missing = f"The card of the model file {path} says that it has an encoder, but the file holds none."
        hint = "Get the file again, or train a new encoder for the model."
        raise ModelError(undeclared if found else missing, hint)


def _fault(tensors: dict[str, Tensor]) -> str | None:
    """Say what no training makes of weights: another type, values that are not finite, or beyond LARGEST_WEIGHT."""
    for name, value in tensors.items():
        if name.endswith("num_batches_tracked"):  # batch norm counts in whole numbers, and nothing reads them
            continue
        if value.dtype not in _TYPES:
            kind = str(value.dtype).removeprefix("torch.")
            return f"{name} has the type {kind}, and weights are float16, bfloat16 or float32"
        most = float(value.float().abs().max())
        if not math.isfinite(most):
            return f"{name} holds values that are NaN or infinite"
        if most > LARGEST_WEIGHT:
            return f"{name} holds values as large as {most:.3g}"
    return None


def _check_shapes(path: Path, expected: dict[str, tuple[int, ...]], found: dict[str, tuple[int, ...]]) -> None:
    def refuse(detail: str) -> ModelError:
        return ModelError(f"The weights in {path} do not fit the network its card describes: {detail}.")

    for name, shape in expected.items():
        if name not in found:
            raise refuse(f"{name} is missing")
        if found[name] != shape:
            raise refuse(f"{name} has the shape {list(found[name])}, the card asks for {list(shape)}")
    extra = sorted(set(found) - set(expected))
    if extra:
        raise refuse(f"{extra[0]} is not part of it")
