"""What a training run writes: each file whole or not at all."""

from __future__ import annotations

import contextlib
import os

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
    """Writes into the folder of a run. Every method raises SaveError where the disk is full or forbids writing."""

    def __init__(self, folder: RunFolder, keep: int, settings: RunSettings | None = None) -> None:
        """keep: how many numbered checkpoints stay, besides the best. settings: written into each."""
        self._folder, self._keep = folder, keep
        self._settings = settings.to_json() if settings else None
        self.metrics = MetricsFile(folder.metrics_file)

    def write_checkpoint(self, tensors: Tensors, progress: Progress, *, best: bool = False) -> None:
        """Write a checkpoint, then delete the oldest ones. best: it is also the best so far.

        Those of later updates are deleted too: they could not be read, and the run went back to before them.
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
        """Return the newest that can be read, with a notice where newer ones cannot; None where there is none.

        The best one is the last resort. Raises TrainingError where there are some and none can be read.
        """
        damaged = ""
        best = self._folder.best_checkpoint
        for path in [one.path for one in self._folder.numbered_checkpoints()] + [best] * os.path.isfile(best):
            try:
                tensors, progress = read_checkpoint(path)
            except TrainingError as error:
                damaged = damaged or error.message
                continue
            note = f"{damaged} Training continues from the one before it, {path.name}." if damaged else ""
            return tensors, progress, note
        if damaged:
            raise TrainingError(
                damaged, "No older checkpoint can be read. Start a new run; its model.safetensors can still be used."
            )
        return None

    def write_samples(self, stage: Stage, update: int, samples: NDArray[np.uint8], columns: int | None) -> None:
        write_grid(self._folder.grid_path(stage, update), samples, columns)

    def write_model(self, model: Model, *, best: bool = False) -> None:
        """Write the newest model. best: it is also the best so far."""
        save_model(model, self._folder.model_file, overwrite=True)
        if best:
            save_model(model, self._folder.best_model_file, overwrite=True)
