"""What the user asks for when a training run is started or resumed."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from wganpaint_gui.core.dataset import DataOptions
from wganpaint_gui.core.errors import TrainingError

from .run_folder import RunSettings
from .training_config import TrainingConfig

# May change when a run is resumed: how long it is, how often it is measured and saved, and what has to fit into memory.
# The lengths of the later stages may change too.
_FREE = ("generator_updates", "batch_size", "tick_updates", "checkpoint_minutes", "keep_checkpoints")


@dataclass(frozen=True)
class TrainingRequest:
    """A new run, or one to resume."""

    source: Path  # folder or zip of pictures
    folder: Path  # of the run
    config: TrainingConfig = field(default_factory=TrainingConfig)
    data: DataOptions = field(default_factory=DataOptions)
    base_model: Path | None = None  # a model file to start from; None = random weights
    device: str = "auto"
    licence: str = ""  # of the pictures, for the model card
    resume: bool = False


def check_same_data(kept: RunSettings, request: TrainingRequest) -> None:
    """Check a request against the run it resumes.

    Raises TrainingError where framing, number of held-out images or first model differ. kept: settings of the run.
    """
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
    """Check settings and images against the run that is resumed.

    Raises TrainingError, naming what differs. kept: settings of the run. key: of the images that are there now.
    """
    if key != kept.data.key:
        raise TrainingError(
            f"The images in {request.source} are not those this run was trained on ({kept.data.images:,} of "
            f"{kept.data.source}).",
            "Resume with the same images, or start a new run in another folder.",
        )
    _refuse(_differences(_freed(kept.config, request.config), request.config))


def check_unedited(kept: RunSettings, recorded: RunSettings | None) -> None:
    """Check that config.json was not edited. Raises TrainingError, naming what differs.

    kept: what config.json says. recorded: what the newest checkpoint says; None where there is none yet.
    """
    if recorded is None:
        return
    data = replace(recorded.data, source=kept.data.source, licence=kept.data.licence)  # may be given again
    different = _differences(_freed(recorded.config, kept.config), kept.config) + _differences(data, kept.data)
    if different:
        raise TrainingError(
            f"The run's config.json differs from what it was trained with: {', '.join(sorted(different))}.",
            "Restore it, or delete config.json: the checkpoints hold the settings too.",
        )


def _freed(config: TrainingConfig, wanted: TrainingConfig) -> TrainingConfig:
    """Return the config with the settings that may change taken from `wanted`."""
    free = {name: getattr(wanted, name) for name in _FREE}
    config = replace(config, **free)
    return config.extended("aware", wanted.aware.updates).extended("encoder", wanted.encoder.updates)


def _differences(before: Any, now: Any, name: str = "") -> list[str]:
    """List the differences as "name (before, now value)", for every field and the fields inside it."""
    if not is_dataclass(before):
        return [f"{name.replace('_', ' ')} ({before}, now {now})"] if before != now else []
    pairs = [(getattr(before, spec.name), getattr(now, spec.name), spec.name) for spec in fields(before)]
    return [difference for pair in pairs for difference in _differences(*pair)]


def _refuse(different: list[str]) -> None:
    if different:
        raise TrainingError(
            f"The run was started with other settings: {', '.join(sorted(different))}.",
            "Leave them out to resume it as it was started, or start a new run in another folder.",
        )
