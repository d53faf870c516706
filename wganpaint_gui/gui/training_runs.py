"""The runs of this machine as a list, and what can be done with one: all of it reads or writes files, in background."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..core.atomic import atomic_write
from ..core.dataset import DataOptions
from ..core.errors import ModelError, SaveError, TrainingError
from ..core.models import MODEL_SUFFIX, ModelEntry, add_model
from ..core.paths import training_runs
from ..core.run_folder import Numbered, RunFolder, RunSettings, list_runs
from ..core.training_config import TrainingConfig
from ..core.training_request import TrainingRequest


@dataclass(frozen=True)
class RunEntry:
    """One run as the list shows it."""

    folder: RunFolder
    settings: RunSettings
    newest: Numbered | None  # its newest checkpoint
    changed: datetime
    has_model: bool

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def finished(self) -> bool:
        """Every update that was asked for is done."""
        config, newest = self.settings.config, self.newest
        if config.aware.updates:
            return newest is not None and newest.stage == "aware" and newest.update >= config.aware.updates
        return newest is not None and newest.update >= config.generator_updates

    def words(self) -> str:
        """How far it has come: "4,200 of 9,000 updates"."""
        return progress_words(self.settings.config, self.newest)


def progress_words(config: TrainingConfig, newest: Numbered | None) -> str:
    """ "9,000 updates", "4,200 of 9,000 updates", "search-aware 300 of 1,500"."""
    if newest is None:
        return "not begun"
    aware = newest.stage == "aware"
    done, total = newest.update, config.aware.updates if aware else config.generator_updates
    if done < total:
        return f"search-aware {done:,} of {total:,}" if aware else f"{done:,} of {total:,} updates"
    return f"{config.generator_updates:,} + {total:,} updates" if aware else f"{total:,} updates"


def read_runs() -> list[RunEntry]:
    """The one worked on last first; a run whose settings are damaged is left out."""
    entries = []
    for folder in list_runs(training_runs()):
        try:
            settings = folder.read_settings()
        except TrainingError:
            continue
        checkpoints = folder.numbered_checkpoints()
        newest = checkpoints[0] if checkpoints else None
        files = (newest.path if newest is not None else folder.settings_file, folder.settings_file)
        changed = datetime.fromtimestamp(max(_changed(path) for path in files))
        entries.append(RunEntry(folder, settings, newest, changed, folder.model_file.is_file()))
    return sorted(entries, key=lambda entry: entry.changed, reverse=True)


def last_stage_updates(config: TrainingConfig) -> int:
    """Updates of the stage that a run ends with: the one that can be trained longer."""
    return config.aware.updates or config.generator_updates


def resume_request(folder: RunFolder, device: str, updates: int | None = None) -> TrainingRequest:
    """What goes on with a run as it was begun. Raises TrainingError where its settings cannot be read.

    updates: of its last stage altogether; None = as many as it was begun with.
    """
    settings = folder.read_settings()
    config, data = settings.config, settings.data
    if updates is not None and config.aware.updates:
        config = replace(config, aware=replace(config.aware, updates=updates))
    elif updates is not None:
        config = replace(config, generator_updates=updates)
    return TrainingRequest(
        source=Path(data.source),
        folder=folder.path,
        config=config,
        data=DataOptions(config.network.resolution, data.framing, data.held_out),  # type: ignore[arg-type]
        base_model=Path(settings.base_model) if settings.base_model else None,
        device=device,
        licence=data.licence,
        resume=True,
    )


def newest_grid(folder: RunFolder) -> Path | None:
    """The newest grid of plain samples; of a run of the search-aware stage alone, its fills."""
    grids = folder.grids()
    plain = [grid for grid in grids if grid.stage == "gan"] or grids
    return plain[-1].path if plain else None


def export_model(folder: RunFolder, target: Path, *, overwrite: bool) -> bool:
    """Copy the run's model to a file the person chose, and its newest samples to a picture beside it.

    Nobody was asked about that picture: where something of its name is there already, that stays and False is
    returned. Raises ModelError where there is no model yet, SaveError where the copy fails or, without `overwrite`,
    `target` is there already.
    """
    if not folder.model_file.is_file():
        raise ModelError(
            f"The run {folder.name} has no model yet: it was stopped before its first sample grid.",
            "Resume it, and let it train a little longer.",
        )
    _copy(folder.model_file, target, overwrite=overwrite)
    grid, picture = newest_grid(folder), target.with_suffix(".png")
    if grid is None:
        return True
    try:
        _copy(grid, picture, overwrite=False)
    except SaveError:
        if not picture.exists():
            raise
        return False
    return True


def with_model_suffix(path: Path) -> Path:
    return path if path.suffix.lower() == MODEL_SUFFIX else path.with_name(path.name + MODEL_SUFFIX)


def add_to_models(folder: RunFolder) -> ModelEntry:
    """Put a copy of the run's model into the list of models, under the run's name. Raises as `add_model` does."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / f"{folder.name}{MODEL_SUFFIX}"
        export_model(folder, copy, overwrite=False)
        return add_model(copy)


def free_name(wanted: str, taken: set[str]) -> str:
    """The name, with a number behind it where there is such a run already; case does not tell names apart."""
    lowered = {name.casefold() for name in taken}
    name, number = wanted, 2
    while name.casefold() in lowered:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _copy(source: Path, target: Path, *, overwrite: bool) -> None:
    with source.open("rb") as reader:
        atomic_write(target, lambda writer: shutil.copyfileobj(reader, writer), overwrite=overwrite)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it was replaced a moment ago
        return 0.0
