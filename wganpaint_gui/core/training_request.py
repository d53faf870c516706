"""What a person asks for when a training run begins or goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from .dataset import DataOptions
from .errors import TrainingError
from .model_card import NetworkConfig
from .run_folder import RunSettings
from .training_config import AwareConfig, CriticSchedule, TrainingConfig

# May be changed when a run goes on: how long it goes on, and how often it is looked at and saved.
_FREE = ("generator_updates", "tick_updates", "checkpoint_minutes", "keep_checkpoints", "aware")


@dataclass(frozen=True)
class TrainingRequest:
    """A new run, or one that goes on."""

    source: Path  # folder or zip of pictures
    folder: Path  # of the run
    config: TrainingConfig = field(default_factory=TrainingConfig)
    data: DataOptions = field(default_factory=DataOptions)
    base_model: Path | None = None  # a model file to begin with; None = from noise
    device: str = "auto"
    licence: str = ""  # of the pictures, for the model card
    resume: bool = False


def check_same_data(kept: RunSettings, request: TrainingRequest) -> None:
    """Raises TrainingError where a run would go on with images framed or held out otherwise, or another first model."""
    data = kept.data
    different = []
    if request.data.framing not in (data.framing, "auto"):
        different.append(f"framing ({data.framing}, now {request.data.framing})")
    if request.data.held_out != data.held_out:
        different.append(f"held-out images ({data.held_out}, now {request.data.held_out})")
    if request.base_model is not None and str(request.base_model.resolve()) != kept.base_model:
        different.append(f"first model ({kept.base_model or 'none'}, now {request.base_model})")
    _refuse(different)


def check_same_run(kept: RunSettings, request: TrainingRequest, key: str) -> None:
    """Raises TrainingError, naming what differs, where a run would go on with other settings or other images.

    kept: the run's own. key: of the images that are there now.
    """
    if key != kept.data.key:
        raise TrainingError(
            f"The images in {request.source} are not those this run learnt from ({kept.data.images:,} of "
            f"{kept.data.source}).",
            "Go on with the same images, or start a new run in another folder.",
        )
    wanted = request.config
    free = {name: getattr(wanted, name) for name in _FREE if name != "aware"}
    expected = replace(kept.config, **free, aware=replace(kept.config.aware, updates=wanted.aware.updates))
    different = []
    for spec in fields(TrainingConfig):
        one, other = getattr(expected, spec.name), getattr(wanted, spec.name)
        parts = fields(one) if isinstance(one, NetworkConfig | AwareConfig | CriticSchedule) else ()
        pairs = [(part.name, getattr(one, part.name), getattr(other, part.name)) for part in parts]
        pairs = pairs or [(spec.name, one, other)]
        different += [f"{name} ({before}, now {now})" for name, before, now in pairs if before != now]
    _refuse(different)


def _refuse(different: list[str]) -> None:
    if different:
        raise TrainingError(
            f"The run was begun with other settings: {', '.join(sorted(different)).replace('_', ' ')}.",
            "Leave them out to go on as it was begun, or start a new run in another folder.",
        )
