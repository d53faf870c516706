"""What a training run writes: each file whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.measure.picture_grid import write_grid
from wganpaint_gui.core.system.atomic import copy_file
from wganpaint_gui.core.training.metrics_file import MetricsFile
from wganpaint_gui.core.training.run_folder import RunFolder, RunSettings
from wganpaint_gui.core.training.training_config import Stage
from wganpaint_gui.ml.model_file import Model, save_model

from .checkpoint import Progress, Tensors, read_checkpoint, write_checkpoint


class RunFiles:
    """Writes into the folder of a run. Every method raises SaveError where the disk is full or not to be written."""

    def __init__(self, folder: RunFolder, keep: int, settings: RunSettings | None = None) -> None:
        """keep: how many numbered checkpoints stay; the best is kept besides. settings: written into each."""
        self._folder, self._keep = folder, keep
        self._settings = settings.to_json() if settings else None
        self._metrics = MetricsFile(folder.metrics_file)

    def write_checkpoint(self, tensors: Tensors, progress: Progress, *, best: bool = False) -> None:
        """best: it is the best one so far, too. Others go only when the new one is on the disk.

        Those beyond it go as well: the run went back to before them, since they could not be read.
        """
        path = self._folder.checkpoint_path(progress.stage, progress.updates(progress.stage))
        write_checkpoint(path, tensors, progress, self._settings)
        if best:
            copy_file(path, self._folder.best_checkpoint, overwrite=True)
        numbered = [one.path for one in self._folder.numbered_checkpoints()]
        newest = numbered.index(path)
        for other in numbered[:newest] + numbered[newest + self._keep :]:
            with contextlib.suppress(OSError):  # the next time, then
                other.unlink()

    def read_checkpoint(self) -> tuple[Tensors, Progress, str] | None:
        """The newest that can be read, and a sentence where newer ones could not; None where there is none at all.

        The best one is the last resort. Raises TrainingError where there are some and none can be read.
        """
        damaged = ""
        best = self._folder.best_checkpoint
        for path in [one.path for one in self._folder.numbered_checkpoints()] + [best] * best.is_file():
            try:
                tensors, progress = read_checkpoint(path)
            except TrainingError as error:
                damaged = damaged or error.message
                continue
            note = f"{damaged} Training goes on from the one before it, {path.name}." if damaged else ""
            return tensors, progress, note
        if damaged:
            raise TrainingError(
                damaged, "No older one can be read. Start a new run; the model.safetensors stays usable."
            )
        return None

    def append_metrics(self, lines: Sequence[str]) -> None:
        self._metrics.append(lines)

    def cut_metrics(self, progress: Progress) -> list[str]:
        """Forget what lies beyond the checkpoint; returns the lines that stay."""
        return self._metrics.cut({"gan": progress.generator_updates, "aware": progress.aware_updates})

    def write_samples(self, stage: Stage, update: int, samples: NDArray[np.uint8], columns: int | None) -> None:
        write_grid(self._folder.grid_path(stage, update), samples, columns)

    def write_model(self, model: Model, *, best: bool = False) -> None:
        """best: it is the best one so far, too."""
        save_model(model, self._folder.model_file, overwrite=True)
        if best:
            save_model(model, self._folder.best_model_file, overwrite=True)
