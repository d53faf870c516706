"""What a person asks for when a training run begins or goes on."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from wganpaint_gui.core.dataset import DataOptions
from wganpaint_gui.core.errors import TrainingError

from .run_folder import RunSettings
from .training_config import TrainingConfig

# May be changed when a run goes on: how long it goes on, how often it is looked at and saved, and what has to fit into
# memory. How long the search-aware stage is, too.
_FREE = ("generator_updates", "batch_size", "tick_updates", "checkpoint_minutes", "keep_checkpoints")


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
    _refuse(_differences(_freed(kept.config, request.config), request.config))


def check_unedited(kept: RunSettings, recorded: RunSettings | None) -> None:
    """Raises TrainingError, naming what differs, where config.json is not what the run was trained with.

    kept: what config.json says. recorded: what the newest checkpoint says; None where there is none yet.
    """
    if recorded is None:
        return
    data = replace(recorded.data, source=kept.data.source, licence=kept.data.licence)  # may be told anew
    different = _differences(_freed(recorded.config, kept.config), kept.config) + _differences(data, kept.data)
    if different:
        raise TrainingError(
            f"The run's config.json is not what it was trained with: {', '.join(sorted(different))}.",
            "Put that back, or delete config.json: the checkpoints hold the settings, too.",
        )


def _freed(config: TrainingConfig, wanted: TrainingConfig) -> TrainingConfig:
    """The config with all that may change as it is wanted."""
    free = {name: getattr(wanted, name) for name in _FREE}
    return replace(config, **free, aware=replace(config.aware, updates=wanted.aware.updates))


def _differences(before: Any, now: Any, name: str = "") -> list[str]:
    """As "name (before, now now)", for every field and the fields of fields."""
    if not is_dataclass(before):
        return [f"{name.replace('_', ' ')} ({before}, now {now})"] if before != now else []
    pairs = [(getattr(before, spec.name), getattr(now, spec.name), spec.name) for spec in fields(before)]
    return [difference for pair in pairs for difference in _differences(*pair)]


def _refuse(different: list[str]) -> None:
    if different:
        raise TrainingError(
            f"The run was begun with other settings: {', '.join(sorted(different))}.",
            "Leave them out to go on as it was begun, or start a new run in another folder.",
        )
