"""What a person asks for when a training run begins or goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from .dataset import DataOptions
from .errors import TrainingError
from .run_folder import RunSettings
from .training_config import AwareConfig, TrainingConfig

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


def check_same_run(kept: RunSettings, wanted: TrainingConfig, key: str, source: Path) -> None:
    """Raises TrainingError, naming what differs, where a run would go on with other settings or other images.

    kept: the run's own. key: of the images that are there now.
    """
    if key != kept.data.key:
        raise TrainingError(
            f"The images in {source} are not those this run learnt from ({kept.data.images:,} of {kept.data.source}).",
            "Go on with the same images, or start a new run in another folder.",
        )
    free = {name: getattr(wanted, name) for name in _FREE if name != "aware"}
    expected = replace(kept.config, **free, aware=replace(kept.config.aware, updates=wanted.aware.updates))
    different = [
        *(spec.name for spec in fields(TrainingConfig) if getattr(expected, spec.name) != getattr(wanted, spec.name)),
    ]
    if "aware" in different:
        different.remove("aware")
        pairs = ((spec.name, expected.aware, wanted.aware) for spec in fields(AwareConfig))
        different += [f"aware.{name}" for name, one, other in pairs if getattr(one, name) != getattr(other, name)]
    if different:
        raise TrainingError(
            f"The run was begun with other settings: {', '.join(sorted(different))}.",
            "Leave them out to go on as it was begun, or start a new run in another folder.",
        )
