"""Checkpoints: everything a run needs to go on, in one safetensors file. Loading executes nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from ..core.atomic import atomic_write
from ..core.errors import TrainingError
from ..core.training_config import Stage

FORMAT_VERSION = 1
_METADATA_KEY = "wganpaint_checkpoint"

Tensors = dict[str, Tensor]


@dataclass
class Progress:
    """How far a run has come."""

    stage: Stage = "gan"
    generator_updates: int = 0
    critic_updates: int = 0  # of the first stage
    critic_since: int = 0  # of those, since the last generator update
    aware_updates: int = 0
    images_seen: int = 0  # real images through the critic, repeats counted
    drawn: int = 0  # batches
    best_swd: float | None = None

    def updates(self, stage: Stage) -> int:
        return self.generator_updates if stage == "gan" else self.aware_updates


def write_checkpoint(path: Path, tensors: Tensors, progress: Progress) -> None:
    """Atomic; replaces a checkpoint of the same name. Raises SaveError; TrainingError where a value is not finite."""
    for name, value in tensors.items():
        if value.is_floating_point() and not torch.isfinite(value).all():
            raise TrainingError(f"No checkpoint is written: {name} holds values that are NaN or infinite.")
    stored = {name: value.detach().cpu().contiguous() for name, value in tensors.items()}
    text = json.dumps({"format": FORMAT_VERSION, "progress": asdict(progress)})
    data = safetensors.torch.save(stored, {_METADATA_KEY: text})
    atomic_write(path, lambda file: file.write(data), overwrite=True)


def read_checkpoint(path: Path) -> tuple[Tensors, Progress]:
    """Raises TrainingError where the file is damaged, cut short, of another version or no checkpoint."""
    try:
        with safetensors.safe_open(path, "pt") as file:
            values = json.loads((file.metadata() or {})[_METADATA_KEY])
            if values["format"] != FORMAT_VERSION:
                raise TrainingError(
                    f"The checkpoint {path} has format version {values['format']}; "
                    f"this program knows version {FORMAT_VERSION}."
                )
            progress = Progress(**values["progress"])
            return {name: file.get_tensor(name) for name in file.keys()}, progress  # noqa: SIM118  # no mapping
    except (OSError, safetensors.SafetensorError, KeyError, TypeError, ValueError) as error:
        raise TrainingError(f"The checkpoint {path} is damaged, cut short, or no checkpoint.") from error


def network_tensors(name: str, network: nn.Module) -> Tensors:
    return {f"{name}.{key}": value for key, value in network.state_dict().items()}


def load_network(name: str, network: nn.Module, tensors: Tensors) -> None:
    """Copy into the network's own tensors, in place: optimisers and graphs hold on to them."""
    for key, value in network.state_dict().items():
        _copy(f"{name}.{key}", value, tensors)


def optimiser_tensors(name: str, optimiser: torch.optim.Optimizer) -> Tensors:
    """Its running averages, by the position of their parameter."""
    state = optimiser.state_dict()["state"]
    return {f"{name}.{i}.{key}": value for i, values in state.items() for key, value in values.items()}


def load_optimiser(name: str, optimiser: torch.optim.Optimizer, tensors: Tensors) -> None:
    """Rebuild what `optimiser_tensors` took; learning rates stay the config's."""
    state: dict[int, dict[str, Any]] = {}
    prefix = f"{name}."
    for key, value in tensors.items():
        if key.startswith(prefix):
            i, _, what = key.removeprefix(prefix).partition(".")
            state.setdefault(int(i), {})[what] = value
    optimiser.load_state_dict({"state": state, "param_groups": optimiser.state_dict()["param_groups"]})


def load_random_state(name: str, source: torch.Generator, tensors: Tensors) -> bool:
    """False where the state is another kind of device's: the source keeps its own."""
    state = _find(name, tensors)
    if state.shape != source.get_state().shape:
        return False
    source.set_state(state)
    return True


def take(name: str, like: Tensor, tensors: Tensors) -> Tensor:
    """The tensor of that name on the device of `like`; raises TrainingError where it is missing or misshapen."""
    result = like.clone()
    _copy(name, result, tensors)
    return result


def _copy(name: str, target: Tensor, tensors: Tensors) -> None:
    value = _find(name, tensors)
    if value.shape != target.shape:
        raise TrainingError(
            f"The checkpoint does not fit the run's settings: {name} has the shape {list(value.shape)}, "
            f"{list(target.shape)} is needed."
        )
    with torch.no_grad():
        target.copy_(value)


def _find(name: str, tensors: Tensors) -> Tensor:
    try:
        return tensors[name]
    except KeyError:
        raise TrainingError(f"The checkpoint has no {name}: it does not fit the run's settings.") from None
