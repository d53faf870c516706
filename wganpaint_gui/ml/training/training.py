"""Train a WGAN: a generator of step records that can be closed at any moment and resumed from its checkpoints."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from functools import partial

import torch

from wganpaint_gui.core.counting import counted
from wganpaint_gui.core.dataset import ImageSet
from wganpaint_gui.core.errors import SaveError, TrainingError
from wganpaint_gui.core.system.out_of_memory import is_out_of_memory
from wganpaint_gui.core.training.run_folder import RunFolder, RunSettings
from wganpaint_gui.core.training.training_config import STAGES, Stage
from wganpaint_gui.core.training.training_log import Tick, TrainingLog, TrainingStep, fill_log, tick_line, update_line
from wganpaint_gui.ml.model_file import Model

from .blocks import Blocks, Rows, has_exploded
from .checkpoint import Progress, is_finite
from .examiner import Examined, Examiner
from .learner import Learner
from .pace import Pace
from .ranks import ALONE, Ranks
from .run_files import RunFiles
from .training_memory import out_of_memory

_RETRY_SECONDS = 1.0  # between two tries to write to a full disk


class Training:
    """One run. One thread drives `run`; the log and the events may be used by any other at the same time."""

    def __init__(
        self,
        folder: RunFolder,
        settings: RunSettings,
        images: ImageSet,
        device: torch.device,
        *,
        start: Model | None = None,
        resume: bool = False,
        ranks: Ranks = ALONE,
        log: TrainingLog | None = None,
        model_wanted: threading.Event | None = None,
        samples_wanted: threading.Event | None = None,
        note: str = "",
        notice: str = "",
    ) -> None:
        """start: the model that settings.base_model names. resume: continue from the newest checkpoint in the folder.

        model_wanted, samples_wanted: while one is set, the next step writes model.safetensors or a sample grid, and
        clears it. note, notice: said by the first step. Raises TrainingError where no checkpoint fits.
        """
        config = settings.config
        self.log = log if log is not None else TrainingLog()
        self.learner = Learner(folder.name, settings, images, device, start=start, ranks=ranks)
        self._begun_from = settings.base_model
        self._folder, self.config, self._device, self._ranks = folder, config, device, ranks
        self._files = RunFiles(folder, config.keep_checkpoints, settings)
        # One update a block on a CPU; among several processes too: their exchanges must come in the same order.
        self._blocks = Blocks(self.learner, config, device, grow=device.type != "cpu" and ranks.count == 1)
        self._examiner = Examiner(images.held_out_images, config.network.latent_size, device)
        self._pace = Pace()
        self._saved_at: tuple[int, int, int] | None = None  # the learner's position at the last checkpoint
        self._saved_time = time.monotonic()
        self._model_wanted = model_wanted or threading.Event()
        self._samples_wanted = samples_wanted or threading.Event()
        self._note, self._notice = note, notice
        if resume:
            self._resume()

    @property
    def progress(self) -> Progress:
        return self.learner.progress

    def run(self) -> Generator[TrainingStep, None, None]:
        """Yield a record every update (on a GPU: every quarter of a second) until all stages are done.

        Closing the generator saves a checkpoint. Raises TrainingError where training diverges twice or another process
        of it ends, DeviceError where the GPU has no memory left, SaveError where the last checkpoint cannot be written.
        """
        whole = False  # whether what is in memory is worth a checkpoint
        try:
            for stage in STAGES:
                yield from self._stage(stage)
            whole = True
        except GeneratorExit:
            whole = True
            raise
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                self.learner.gan_updates.forget_graphs()  # their memory would be missing where a smaller batch is tried
                whole = True  # what failed had no memory before it changed a weight
                raise out_of_memory(self.config, self._device, self.progress.stage) from error
            if self._ranks.count == 1:
                raise
            whole = True  # the gradient was not shared, so nothing was changed by it
            saved = "A checkpoint is saved" if self._ranks.writes else "The checkpoint that was written last is kept"
            raise TrainingError(
                f"Another process of this training ended, at update {self.learner.done:,}.",
                f"{saved}; start the same command again with --resume.",
            ) from error
        finally:
            if whole:
                self._save_if_changed()

    # -- advance ---------------------------------------------------------------------------------------------------

    def _stage(self, stage: Stage) -> Iterator[TrainingStep]:
        """Advance, judge and keep until the stage has all its updates."""
        total = self.config.updates(stage)
        if self.progress.is_over(stage) or self.progress.updates(stage) >= total:
            return
        self._enter(stage)
        if self._ranks.writes and (self._saved_at is None or stage != "gan"):
            yield from self._keep_trying(self._write_checkpoint)  # something to go back to from the first update on
        while self.progress.updates(stage) < total:
            rows = self._blocks.advance()
            exploded = has_exploded(rows[:, 0], self.config.network.resolution)  # a loss is bounded: only NaN shows
            if not exploded:  # before other processes are asked: where one has ended, these updates still count
                yield from self._record(rows)
            if self._has_diverged(exploded, rows):
                yield self._roll_back(stage, rows)
                continue
            yield from self._keep(rows)
            handed_out = time.perf_counter()
            yield self._step()
            self._pace.skip(time.perf_counter() - handed_out)

    def _enter(self, stage: Stage) -> None:
        """Begin the stage, or continue it."""
        if self.progress.stage != stage:
            self.progress.stage, self.progress.best = stage, None  # each stage has a measure of its own
            self._blocks.restart()
        self._pace.pause()

    def _record(self, rows: Rows) -> Iterator[TrainingStep]:
        """Append the updates to the log and to metrics.jsonl."""
        self._pace.mark(self.progress.images_seen, self.learner.done)
        stage, speed = self.progress.stage, self._pace.images_per_second
        lines = []
        for i, (value, other) in enumerate(rows.tolist(), self.learner.done - len(rows) + 1):
            self.log.stage(stage).append(i, value)
            lines.append(update_line(stage, i, value, other, speed))
        if lines and self._ranks.writes:
            yield from self._keep_trying(lambda: self._files.metrics.append(lines))

    # -- judge -----------------------------------------------------------------------------------------------------

    def _has_diverged(self, exploded: bool, rows: Rows) -> bool:
        """Return whether a W or loss is impossible or, where a tick comes next, any value is no longer finite.

        All processes get the same answer, so that they go back together.
        """
        if self._ranks.any(exploded, self._device):
            return True
        # No W shows yet what became NaN in the last update.
        return self._is_tick(rows) and self._ranks.any(not is_finite(self.learner.tensors()), self._device)

    def _is_tick(self, rows: Rows) -> bool:
        return len(rows) > 0 and self.config.is_tick(self.progress.stage, self.learner.done)

    def _roll_back(self, stage: Stage, rows: Rows) -> TrainingStep:
        """Go back to the last good checkpoint with other random numbers. Raises TrainingError the second time."""
        value = float(rows[-1, 0]) if len(rows) else float("nan")
        update, shown = self.learner.done, f"{'loss' if stage == 'encoder' else 'W'} = {value:g}"
        if self.progress.rolled_back:
            raise TrainingError(
                f"Training has diverged again, at update {update:,} ({shown}). The last good checkpoint is kept.",
                self._advice(stage),
            )
        self._resume()
        self._enter(stage)
        self.progress.rolled_back += 1
        self.learner.reseed(self.config.seed + 1)
        return self._step(
            notice=f"Training diverged at update {update:,} ({shown}) and went back to update {self.learner.done:,}. "
            "If it diverges again, it stops."
        )

    def _advice(self, stage: Stage) -> str:
        """Say what to do after a second divergence."""
        if stage == "gan":
            return "Start a new run with another seed, a larger batch, or the other recipe."
        begun = self._begun_from or "this run"
        return f"Start a new run with another seed, or from another model: that of {begun} may be at fault."

    def _resume(self) -> None:
        """Continue from the newest checkpoint; without one, start at the beginning."""
        found = self._files.read_checkpoint()
        if found is not None:
            tensors, progress, damaged = found
            self._notice = f"{damaged} {self._notice}".strip()
            progress.check_extension(self.config, self._folder.path)
            self.learner.load(tensors, progress)
            self._saved_at = self.learner.position
        if not self._ranks.agree(sum(self.learner.position), self._device):
            raise TrainingError(
                f"The processes of this training do not see the same run in {self._folder.path}.",
                "Put the run folder on a disk that all machines share.",
            )
        if self._ranks.writes:
            self.log.reset()
            finished = {stage: self.progress.updates(stage) for stage in STAGES}
            fill_log(self.log, self._files.metrics.cut(finished))
            missing = sum(finished.values()) - self.log.count
            if missing > 0:
                lost = f"{self._folder.metrics_file} lacks {counted(missing, 'update')} of this run"
                self._notice = f"{self._notice} {lost}: its curves have a gap.".strip()

    # -- keep ------------------------------------------------------------------------------------------------------

    def _keep(self, rows: Rows) -> Iterator[TrainingStep]:
        """Measure at a tick, and write what is due."""
        if not self._ranks.writes:
            return
        if self._is_tick(rows):
            yield from self._examine()
        elif self._checkpoint_due and is_finite(self.learner.tensors()):
            yield from self._keep_trying(self._write_checkpoint)
        if self._samples_wanted.is_set():
            self._samples_wanted.clear()
            if not self._is_tick(rows):  # which has just written them
                yield from self._sample()
            yield self._step(sampled=True)
        if self._model_wanted.is_set():
            self._model_wanted.clear()
            yield from self._keep_trying(partial(self._files.write_model, self.learner.model()))
            yield self._step(model_saved=True)

    def _examine(self) -> Iterator[TrainingStep]:
        """Measure, then write samples, model and checkpoint."""
        stage, update, model = self.progress.stage, self.learner.done, self.learner.model()
        found = self._examined(stage, model)
        limits = self._examiner.fit_limits(model) if stage == "encoder" else None
        if limits is not None:
            model.card = replace(model.card, good_fit=limits[0], fair_fit=limits[1])
        grid = self._folder.grid_path(stage, update).relative_to(self._folder.path).as_posix()
        tick = Tick(stage, update, found.critic_gap, found.swd, found.fill_psnr, grid)
        best = found.measure is not None and (self.progress.best is None or found.measure < self.progress.best)
        if best:
            self.progress.best = found.measure

        def write() -> None:
            self._files.write_samples(stage, update, found.samples, found.columns)
            self._files.metrics.append([tick_line(tick)])

        yield from self._keep_trying(write)
        yield from self._keep_trying(lambda: self._files.write_model(model, best=best))
        yield from self._keep_trying(lambda: self._write_checkpoint(best=best))
        self.log.stage(stage).add_tick(tick)
        self._pace.pause()
        notice = ""
        if found.critic_gap is not None and found.critic_gap <= 0:
            notice = "The critic does not tell held-out photos from generated images, so a search cannot rely on it."
        yield self._step(tick=tick, model_saved=True, notice=notice)

    def _sample(self) -> Iterator[TrainingStep]:
        """Write the samples of this moment. Nothing that training computes with changes, nor its random numbers."""
        stage, model = self.progress.stage, self.learner.model()
        if stage == "gan":
            samples, columns = self._examiner.sample(model.generator), None
        else:
            found = self._examined(stage, model)
            samples, columns = found.samples, found.columns
        yield from self._keep_trying(partial(self._files.write_samples, stage, self.learner.done, samples, columns))
        self._pace.pause()

    def _examined(self, stage: Stage, model: Model) -> Examined:
        if stage == "encoder" and model.encoder is not None:
            return self._examiner.examine_guesses(model.generator, model.encoder)
        examine = self._examiner.examine_fills if stage == "aware" else self._examiner.examine
        return examine(model.generator, model.critic.requires_grad_(False))

    def _keep_trying(self, save: Callable[[], None]) -> Iterator[TrainingStep]:
        """Save; while the disk is full, wait and yield records that say so."""
        while True:
            try:
                save()
                return
            except SaveError as error:
                self._pace.pause()
                yield self._step(notice=f"Training is waiting; nothing is lost. {error}")
                time.sleep(_RETRY_SECONDS)

    @property
    def _checkpoint_due(self) -> bool:
        return time.monotonic() - self._saved_time > 60 * self.config.checkpoint_minutes

    def _write_checkpoint(self, *, best: bool = False) -> None:
        self._files.write_checkpoint(self.learner.tensors(), self.progress, best=best)
        self._saved_at = self.learner.position
        self._saved_time = time.monotonic()

    def _save_if_changed(self) -> None:
        """Write a checkpoint unless nothing has changed since the last one or a value has become NaN."""
        if self._ranks.writes and self._saved_at != self.learner.position and is_finite(self.learner.tensors()):
            self._write_checkpoint()

    def _step(
        self, *, tick: Tick | None = None, model_saved: bool = False, sampled: bool = False, notice: str = ""
    ) -> TrainingStep:
        """Return the record of this moment."""
        stage, done = self.progress.stage, self.learner.done
        total = self.config.updates(stage)
        notice, self._notice = self._notice or notice, ""
        note, self._note = self._note, ""
        cuda = self._device.type == "cuda"
        return TrainingStep(
            stage=stage,
            update=done,
            total=total,
            images_per_second=self._pace.images_per_second,
            seconds_left=self._pace.seconds_left(total - done),
            memory=torch.cuda.memory_reserved(self._device) if cuda else None,
            tick=tick,
            model_saved=model_saved,
            sampled=sampled,
            notice=notice,
            note=note,
        )
