"""Checkpoints: everything needed to resume a run, in one safetensors file. Loading executes nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.system.atomic import atomic_write
from wganpaint_gui.core.training.run_folder import CHECKPOINT_KEY
from wganpaint_gui.core.training.training_config import STAGE_NAMES, STAGES, Stage, TrainingConfig
from wganpaint_gui.core.wording import quoted
from wganpaint_gui.ml.optimisers import NetworkOptimiser
from wganpaint_gui.ml.tensor_file import write_tensors

FORMAT_VERSION = 1

Tensors = dict[str, Tensor]


@dataclass
class Progress:
    """How far a run has come."""

    stage: Stage = "gan"
    generator_updates: int = 0
    critic_updates: int = 0  # of the first stage
    critic_since: int = 0  # of those, since the last generator update
    aware_updates: int = 0
    encoder_updates: int = 0
    images_seen: int = 0  # real images through the critic or the encoder, repeats counted
    drawn: int = 0  # batches
    best: float | None = None  # of the stage's measure, lower is better: SWD, then minus the dB of the fills or guesses
    rolled_back: int = 0  # how often a divergence was taken back

    def __post_init__(self) -> None:
        """Raises ValueError for impossible values: a file may hold anything."""
        counts = (value for name, value in asdict(self).items() if name not in ("stage", "best"))
        if self.stage not in STAGES or not all(type(count) is int and count >= 0 for count in counts):
            raise ValueError("not the progress of a run")
        if self.best is not None:
            self.best = float(self.best)

    def updates(self, stage: Stage) -> int:
        counts = {"gan": self.generator_updates, "aware": self.aware_updates, "encoder": self.encoder_updates}
        return counts[stage]

    def is_over(self, stage: Stage) -> bool:
        """Return whether a later stage has begun, so that this one cannot go on."""
        return STAGES.index(stage) < STAGES.index(self.stage)

    def check_extension(self, config: TrainingConfig, run: Path) -> None:
        """Raise TrainingError where a stage that is over is to have more updates now. run: its folder."""
        for stage in STAGES:
            if self.is_over(stage) and self.updates(stage) < config.updates(stage):
                raise TrainingError(
                    f"The run in {run} is in its {STAGE_NAMES[self.stage]} stage; its "
                    f"{'generator' if stage == 'gan' else 'critic'} is finished.",
                    "Start a new run from its model: --model RUN/model.safetensors.",
                )


def write_checkpoint(path: Path, tensors: Tensors, progress: Progress, settings: dict[str, Any] | None = None) -> None:
    """Write a checkpoint atomically, replacing one of the same name. settings: of the run, as JSON.

    Raises SaveError; TrainingError where a value is not finite.
    """
    for name, value in tensors.items():
        if value.is_floating_point() and not torch.isfinite(value).all():
            raise TrainingError(f"No checkpoint was written: {name} holds values that are NaN or infinite.")
    text = json.dumps({"format": FORMAT_VERSION, "progress": asdict(progress), "settings": settings})
    atomic_write(path, lambda file: write_tensors(file, tensors, {CHECKPOINT_KEY: text}), overwrite=True)


def read_checkpoint(path: Path) -> tuple[Tensors, Progress]:
    """Read a checkpoint.

    Raises TrainingError where the file is damaged, cut short, of another version, not finite, or not a checkpoint.
    """
    try:
        with safetensors.safe_open(path, "pt") as file:
            values = read_json((file.metadata() or {})[CHECKPOINT_KEY])
            if values["format"] != FORMAT_VERSION:
                raise TrainingError(
                    f"The checkpoint {path} has format version {quoted(values['format'])}; "
                    f"this program knows version {FORMAT_VERSION}."
                )
            progress = Progress(**values["progress"])
            # Copies: what safetensors returns is the mapped file itself, and Windows deletes no file that is mapped.
            tensors = {name: file.get_tensor(name).clone() for name in file.keys()}  # noqa: SIM118  # no mapping
    except (OSError, safetensors.SafetensorError, KeyError, TypeError, ValueError) as error:
        raise TrainingError(f"The checkpoint {path} is damaged, cut short, or not a checkpoint.") from error
    for name, value in tensors.items():
        if not torch.isfinite(value).all():
            raise TrainingError(f"The checkpoint {path} is broken: {name} holds values that are NaN or infinite.")
    return tensors, progress


def is_finite(tensors: Tensors) -> bool:
    """Return whether all values are finite; waits for the device."""
    return all(bool(torch.isfinite(value).all()) for value in tensors.values())


def network_tensors(name: str, network: nn.Module) -> Tensors:
    return {f"{name}.{key}": value for key, value in network.state_dict().items()}


def load_network(name: str, network: nn.Module, tensors: Tensors) -> None:
    """Copy into the network's own tensors in place: optimisers and graphs refer to them."""
    for key, value in network.state_dict().items():
        _copy(f"{name}.{key}", value, tensors)


def optimiser_tensors(name: str, optimiser: NetworkOptimiser) -> Tensors:
    """Return its count of updates and its running averages, by the position of their parameter, as torch.optim does."""
    states = {"step": [optimiser.count] * len(optimiser.parameters), **optimiser.rule.averages}
    return {f"{name}.{i}.{kind}": value for kind, values in states.items() for i, value in enumerate(values)}


def load_optimiser(name: str, optimiser: NetworkOptimiser, tensors: Tensors) -> None:
    """Copy what `optimiser_tensors` returned into its own tensors; the learning rate stays the config's.

    Raises TrainingError where one is missing or does not fit.
    """
    for key, value in optimiser_tensors(name, optimiser).items():
        _copy(key, value, tensors)


def load_random_state(name: str, source: torch.Generator, tensors: Tensors) -> bool:
    """Restore a random state; False, and nothing changes, where it is that of another kind of device.

    Raises TrainingError where it is not a random state.
    """
    state = _find(name, tensors)
    if state.shape != source.get_state().shape:
        return False
    try:
        source.set_state(state)
    except (RuntimeError, TypeError) as error:
        raise TrainingError(f"The checkpoint's {name} is not a random state.") from error
    return True


def take(name: str, like: Tensor, tensors: Tensors) -> Tensor:
    """Return the tensor of that name on the device of `like`. Raises TrainingError where it is missing or misshapen."""
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
