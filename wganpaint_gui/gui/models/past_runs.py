"""The list of training runs, and operations on their files; for background threads."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.dataset import DataOptions
from wganpaint_gui.core.errors import ExistsError, ModelError, TrainingError
from wganpaint_gui.core.file_names import MODEL_SUFFIX
from wganpaint_gui.core.models.installed import ModelEntry, add_model
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.models.model_copy import copy_model
from wganpaint_gui.core.models.safetensors_header import read_metadata
from wganpaint_gui.core.system.atomic import copy_file
from wganpaint_gui.core.system.paths import training_runs
from wganpaint_gui.core.training.run_folder import CHECKPOINT_KEY, Numbered, RunFolder, RunSettings, list_runs
from wganpaint_gui.core.training.training_config import Stage, TrainingConfig
from wganpaint_gui.core.training.training_request import TrainingRequest


@dataclass(frozen=True)
class BestModel:
    """The best-measured model of a run, if it is not the newest one."""

    path: Path
    stage: Stage
    update: int  # finished updates of the stage
    measure: float  # SWD, lower is better; in the search-aware stage PSNR of fills in dB, higher is better

    def description(self) -> str:
        """Describe the model: "update 3,000, SWD 35.2", "search-aware update 300, fills 13.6 dB"."""
        if self.stage == "aware":
            return f"search-aware update {self.update:,}, fills {self.measure:.1f} dB"
        return f"update {self.update:,}, SWD {self.measure:.1f}"


@dataclass(frozen=True)
class RunEntry:
    """One run of the list."""

    folder: RunFolder
    settings: RunSettings
    newest: Numbered | None  # its newest checkpoint
    changed: datetime
    has_model: bool
    best: BestModel | None = None

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def finished(self) -> bool:
        """Whether all updates are done."""
        newest = self.newest
        return newest is not None and all_done(self.settings.config, newest.stage, newest.update)

    def progress(self) -> str:
        """Describe its progress: "4,200 of 9,000 updates"."""
        return progress_text(self.settings.config, self.newest)


def progress_text(config: TrainingConfig, newest: Numbered | None) -> str:
    """Describe progress: "9,000 updates", "4,200 of 9,000 updates", "search-aware 300 of 1,500"."""
    if newest is None:
        return "not started"
    aware = newest.stage == "aware"
    done, total = newest.update, config.aware.updates if aware else config.generator_updates
    if done < total:
        return f"search-aware {done:,} of {total:,}" if aware else f"{done:,} of {counted(total, 'update')}"
    return f"{config.generator_updates:,} + {total:,} updates" if aware else counted(total, "update")


def read_runs() -> list[RunEntry]:
    """Return all runs, the most recently changed first, without those whose settings are damaged."""
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
        entries.append(RunEntry(folder, settings, newest, changed, folder.model_file.is_file(), read_best(folder)))
    return sorted(entries, key=lambda entry: entry.changed, reverse=True)


def read_best(folder: RunFolder) -> BestModel | None:
    """Return the best model of a run; None if the newest one is the best, or there is none."""
    try:
        best, newest = read_card(folder.best_model_file), read_card(folder.model_file)
        progress = json.loads(read_metadata(folder.best_checkpoint)[CHECKPOINT_KEY])["progress"]
        aware, measure = progress["stage"] == "aware", float(progress["best"])
        update = int(progress["aware_updates" if aware else "generator_updates"])
    except (ModelError, ValueError, KeyError, TypeError):
        return None
    if (best.updates, best.aware_updates) == (newest.updates, newest.aware_updates):
        return None
    if aware:
        return BestModel(folder.best_model_file, "aware", update, -measure)  # stored so that lower is better, as SWD
    return BestModel(folder.best_model_file, "gan", update, measure)


def last_stage(config: TrainingConfig) -> Stage:
    """Return the last stage of a run, which can be trained longer."""
    return "aware" if config.aware.updates else "gan"


def last_stage_updates(config: TrainingConfig) -> int:
    """Return the number of updates of the last stage of a run."""
    return config.aware.updates or config.generator_updates


def all_done(config: TrainingConfig, stage: Stage, update: int) -> bool:
    """Return whether a run at this update has nothing left to train."""
    return stage == last_stage(config) and update >= last_stage_updates(config)


def resume_request(
    folder: RunFolder, device: str, updates: int | None = None, batch_size: int | None = None
) -> TrainingRequest:
    """Return the request that resumes a run. Raises TrainingError if its settings cannot be read.

    updates: new total of its last stage. None, also for the batch size: as before.
    """
    settings = folder.read_settings()
    config, data = settings.config, settings.data
    if batch_size is not None:
        config = replace(config, batch_size=batch_size)
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
    """Return the newest grid of samples; of fills, if the run has only a search-aware stage."""
    grids = folder.grids()
    plain = [grid for grid in grids if grid.stage == "gan"] or grids
    return plain[-1].path if plain else None


def _grid_of_best(folder: RunFolder, best: BestModel) -> Path | None:
    """Return the grid of the best model; the search-aware stage does not change the generator."""
    if best.stage == "aware":
        return newest_grid(folder)
    grid = folder.grid_path("gan", best.update)
    return grid if grid.is_file() else None


def export_model(folder: RunFolder, target: Path, *, overwrite: bool, best: BestModel | None = None) -> bool:
    """Copy the run's newest or best model to a file, and its samples to a picture beside it.

    The card of the copy has the run's current name. An existing picture is never overwritten; then the function returns
    False. Raises ModelError if there is no model yet, SaveError if the copy fails or, without `overwrite`, `target`
    already exists.
    """
    model = folder.model_file if best is None else best.path
    if not model.is_file():
        raise ModelError(
            f"The run {folder.name} has no model yet: it was stopped before its first sample grid.",
            "Resume it and let it train a little longer.",
        )
    copy_model(model, target, name=folder.name, overwrite=overwrite)
    grid = newest_grid(folder) if best is None else _grid_of_best(folder, best)
    picture = target.with_suffix(".png")
    if grid is None:
        return True
    try:
        copy_file(grid, picture, overwrite=False)
    except ExistsError:
        return False
    return True


def with_model_suffix(path: Path) -> Path:
    """Add the suffix of model files if the path has another one."""
    return path if path.suffix.lower() == MODEL_SUFFIX else path.with_name(path.name + MODEL_SUFFIX)


def proposed_name(folder: RunFolder, best: BestModel | None) -> str:
    """Return a file name for the run's newest or best model."""
    return f"{folder.name}{'' if best is None else '-best'}{MODEL_SUFFIX}"


def add_to_models(folder: RunFolder, best: BestModel | None = None) -> ModelEntry:
    """Copy the run's newest or best model to the list of models. Raises what `add_model` raises."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / proposed_name(folder, best)
        export_model(folder, copy, overwrite=False, best=best)
        return add_model(copy)


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # it is being replaced
        return 0.0
