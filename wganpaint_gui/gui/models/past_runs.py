"""The list of training runs, and operations on their files; for background threads."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wganpaint_gui.core.dataset import DataOptions
from wganpaint_gui.core.errors import ExistsError, ModelError, TrainingError
from wganpaint_gui.core.file_names import MODEL_SUFFIX
from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.models.installed import ModelEntry, add_model
from wganpaint_gui.core.models.model_card import copy_model, read_card
from wganpaint_gui.core.models.safetensors_header import read_metadata
from wganpaint_gui.core.system.atomic import copy_file
from wganpaint_gui.core.system.paths import training_runs
from wganpaint_gui.core.training.run_folder import CHECKPOINT_KEY, Numbered, RunFolder, RunSettings, list_runs
from wganpaint_gui.core.training.training_config import STAGE_NAMES, STAGES, Stage, TrainingConfig
from wganpaint_gui.core.training.training_request import TrainingRequest
from wganpaint_gui.gui.look.translation import grouped, local_number, share_text, tr

# What a checkpoint calls the updates of a stage.
_UPDATES_OF: dict[Stage, str] = {"gan": "generator_updates", "aware": "aware_updates", "encoder": "encoder_updates"}


@dataclass(frozen=True)
class BestModel:
    """The best-measured model of a run, if it is not the newest one."""

    path: Path
    stage: Stage
    update: int  # finished updates of the stage
    measure: float  # SWD, lower is better; in later stages PSNR of fills or guesses in dB, higher is better

    def description(self) -> str:
        """Describe the model: "update 3,000, SWD 35.2", "search-aware update 300, fills 13.6 dB"."""
        if self.stage == "gan":
            text = tr("update {update}, SWD {measure}")
        elif self.stage == "encoder":
            text = tr("encoder update {update}, guesses {measure} dB")
        else:
            text = tr("search-aware update {update}, fills {measure} dB")
        return text.format(update=grouped(self.update), measure=local_number(f"{self.measure:.1f}"))


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
    """Describe progress: "9,000 updates", "9,000 + 1,500 updates", "4,200 of 9,000 updates", "encoder 300 of 1,500"."""
    if newest is None:
        return tr("not started")
    done, total = newest.update, config.updates(newest.stage)
    if done < total:
        name = tr(STAGE_NAMES[newest.stage])
        if name:
            return f"{name} {share_text(done, total)}"
        return tr("{done} of %n update(s)", "", total).format(done=grouped(done))
    return all_updates_text(config, newest.stage, total)


def all_updates_text(config: TrainingConfig, stage: Stage, done: int) -> str:
    """Describe updates of all stages: "9,000 + 1,500 updates". done: of them in `stage`, the last that has begun."""
    before = "".join(f"{grouped(config.updates(one))} + " for one in config.stages_before(stage))
    return before + tr("%n update(s)", "", done)


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
        entries.append(
            RunEntry(folder, settings, newest, changed, os.path.isfile(folder.model_file), read_best(folder))
        )
    return sorted(entries, key=lambda entry: entry.changed, reverse=True)


def read_best(folder: RunFolder) -> BestModel | None:
    """Return the best model of a run; None if the newest one is the best, or there is none."""
    try:
        best, newest = read_card(folder.best_model_file), read_card(folder.model_file)
        progress = read_json(read_metadata(folder.best_checkpoint)[CHECKPOINT_KEY])["progress"]
        stage = next(stage for stage in STAGES if stage == progress["stage"])
        measure, update = float(progress["best"]), int(progress[_UPDATES_OF[stage]])
    except (ModelError, ValueError, KeyError, TypeError, StopIteration):
        return None
    if best.counts == newest.counts:
        return None
    # Stored so that lower is better, as SWD.
    return BestModel(folder.best_model_file, stage, update, measure if stage == "gan" else -measure)


def all_done(config: TrainingConfig, stage: Stage, update: int) -> bool:
    """Return whether a run at this update has nothing left to train."""
    return stage == config.stages[-1] and update >= config.updates(stage)


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
    if updates is not None:
        config = config.extended(config.stages[-1], updates)
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
    """Return the newest grid of samples; of fills or guesses, if the run trains no generator."""
    grids = folder.grids()
    plain = [grid for grid in grids if grid.stage == "gan"] or grids
    return plain[-1].path if plain else None


def _grid_of_best(folder: RunFolder, best: BestModel) -> Path | None:
    """Return the grid of the best model; the later stages do not change the generator."""
    if best.stage != "gan":
        return newest_grid(folder)
    grid = folder.grid_path("gan", best.update)
    return grid if os.path.isfile(grid) else None


def export_model(folder: RunFolder, target: Path, *, overwrite: bool, best: BestModel | None = None) -> bool:
    """Copy the run's newest or best model to a file, and its samples to a picture beside it.

    The card of the copy has the run's current name. An existing picture is never overwritten; then the function returns
    False. Raises ModelError if there is no model yet, SaveError if the copy fails or, without `overwrite`, `target`
    already exists.
    """
    model = folder.model_file if best is None else best.path
    if not os.path.isfile(model):
        raise ModelError(
            tr("The run {name} has no model yet: it was stopped before its first sample grid.").format(
                name=folder.name
            ),
            tr("Resume it and let it train a little longer."),
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
