"""Train a WGAN: a generator of step records that can be closed at any moment and goes on from its checkpoints."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray

from wganpaint_gui.core.dataset import ImageSet
from wganpaint_gui.core.errors import SaveError, TrainingError
from wganpaint_gui.core.training.run_folder import RunFolder, RunSettings
from wganpaint_gui.core.training.training_config import Stage
from wganpaint_gui.core.training.training_log import Tick, TrainingLog, TrainingStep, fill_log, tick_line, update_line
from wganpaint_gui.ml.device import denormals_flushed
from wganpaint_gui.ml.memory import is_out_of_memory
from wganpaint_gui.ml.model_file import Model
from wganpaint_gui.ml.search.prepared_model import PreparedModel

from .aware import AwareStage
from .batches import Batches
from .checkpoint import Progress, Tensors
from .divergence import has_exploded, is_finite
from .examiner import FILL_COLUMNS, Examiner
from .gan import Gan
from .graphs import GraphedUpdates
from .pace import Pace
from .ranks import ALONE, Ranks
from .run_files import RunFiles
from .training_card import training_card
from .training_memory import out_of_memory

_BLOCK_SECONDS = 0.25  # on a GPU, between two reads; each read makes it wait
_MOST_A_BLOCK = 512  # updates
_RETRY_SECONDS = 1.0  # between two tries to write to a full disk

Rows = NDArray[np.float32]  # [n, 2]: W and pressure of n updates


class Training:
    """One run. One thread drives `run`; the log, and `save_model_soon`, may be used from any other at the same time."""

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
    ) -> None:
        """start: the model that settings.base_model names. resume: go on from the newest checkpoint in the folder.

        model_wanted: while it is set, the next step writes model.safetensors, and clears it. Raises TrainingError where
        no checkpoint fits.
        """
        config = settings.config
        self.log = log if log is not None else TrainingLog()
        self.progress = Progress()
        self._folder, self._settings, self._images, self._device, self._ranks = folder, settings, images, device, ranks
        self._files = RunFiles(folder, config.keep_checkpoints, settings)
        self._base = settings.base_card
        self._batches = Batches(
            images.training_images,
            config.batch_size,
            device,
            seed=config.seed,
            flip=config.flip,
            rank=ranks.rank,
            ranks=ranks.count,
        )
        self._gan = Gan(config, self._batches, device, start=start, rank=ranks.rank, wrap=ranks.wrap)
        graphed = device.type == "cuda" and ranks.count == 1
        self._updates = GraphedUpdates(self._gan) if graphed else self._gan
        self._aware: AwareStage | None = None
        self._examiner = Examiner(images.held_out_images, config.network.latent_size, device)
        self._pace = Pace()
        self._ring = torch.zeros(_MOST_A_BLOCK, 2, device=device)
        self._block = 1  # updates between two reads
        self._saved_at: tuple[int, int] | None = None  # critic and aware updates at the last checkpoint
        self._saved_time = time.monotonic()
        self._model_wanted = model_wanted or threading.Event()
        self._notice = ""
        if resume:
            self._go_on()

    def run(self) -> Iterator[TrainingStep]:
        """Yield a record every update (on a GPU: every quarter of a second) until both stages are done.

        Closing the generator saves a checkpoint. Raises TrainingError where training diverges twice or another process
        of it ends, DeviceError where the GPU has no memory left, SaveError where the last checkpoint cannot be written.
        """
        whole = False  # whether what is in memory is worth a checkpoint
        try:
            yield from self._stage("gan", self._settings.config.generator_updates, self._advance_gan)
            yield from self._stage("aware", self._settings.config.aware.updates, self._advance_aware)
            whole = True
        except GeneratorExit:
            whole = True
            raise
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                if isinstance(self._updates, GraphedUpdates):
                    self._updates.forget()  # their memory would be missing where a smaller batch is tried
                whole = True  # what failed had no memory before it changed a weight
                raise out_of_memory(self._settings.config, self._device, self.progress.stage) from error
            if self._ranks.count == 1:
                raise
            whole = True  # the gradient was not shared, so nothing was changed by it
            saved = "A checkpoint is saved" if self._ranks.writes else "The checkpoint that was written last is kept"
            raise TrainingError(
                f"Another process of this training has ended, at update {self._done(self.progress.stage):,}.",
                f"{saved}; start the same command again with --resume.",
            ) from error
        finally:
            if whole:
                self._save_if_changed()

    # -- one stage -----------------------------------------------------------------------------------------------

    def _stage(self, stage: Stage, total: int, advance: Callable[[], Rows]) -> Iterator[TrainingStep]:
        progress = self.progress
        if progress.stage != stage and stage == "gan":
            return
        if self._done(stage) >= total:
            return
        if progress.stage != stage:
            progress.stage, progress.best = stage, None  # each stage has a measure of its own
            self._block = 1  # and its own pace
        self._pace.pause()
        if self._ranks.writes and (self._saved_at is None or stage == "aware"):
            yield from self._keep_trying(self._write_checkpoint)  # something to go back to from the first update on
        while self._done(stage) < total:
            before = self._done(stage)
            rows = advance()
            if self._ranks.any(has_exploded(rows[:, 0], self._settings.config.network.resolution), self._device):
                yield self._roll_back(stage, rows)
                continue
            self._pace.mark(progress.images_seen, self._done(stage))
            yield from self._record(stage, before, rows)
            finished = self._done(stage)
            due = finished > before and (finished % self._settings.config.tick_updates == 0 or finished == total)
            if due and self._ranks.any(not is_finite(self._tensors()), self._device):  # the last NaN is in no W yet
                yield self._roll_back(stage, rows)
                continue
            if due and self._ranks.writes:
                yield from self._examine(stage)
            elif self._checkpoint_due and self._ranks.writes and is_finite(self._tensors()):
                yield from self._keep_trying(self._write_checkpoint)
            if self._model_wanted.is_set() and self._ranks.writes:
                self._model_wanted.clear()
                yield from self._keep_trying(partial(self._files.write_model, self._model()))
                yield self._step(model_saved=True)
            handed_out = time.perf_counter()
            yield self._step()
            self._pace.skip(time.perf_counter() - handed_out)

    def _advance_gan(self) -> Rows:
        """Some updates of critic and generator; one row for each generator update that was finished on the way."""
        config, progress = self._settings.config, self.progress
        started, rows = time.perf_counter(), 0
        with denormals_flushed():
            for _ in range(self._block):
                if progress.critic_since < config.schedule.updates_before(progress.generator_updates):
                    self._batches.prepare()
                    penalised = config.penalty > 0 and progress.critic_updates % config.penalty_every == 0
                    self._updates.critic_update(penalised=penalised)
                    progress.drawn = self._batches.drawn
                    progress.critic_updates += 1
                    progress.critic_since += 1
                    progress.images_seen += config.batch_size
                    continue
                self._updates.generator_update()
                progress.generator_updates += 1
                progress.critic_since = 0
                self._ring[rows].copy_(self._gan.readings)
                rows += 1
                total = config.generator_updates
                if progress.generator_updates % config.tick_updates == 0 or progress.generator_updates == total:
                    break
            found: Rows = self._ring[:rows].cpu().numpy().copy()
        self._choose_block(time.perf_counter() - started)
        return found

    def _advance_aware(self) -> Rows:
        """Some updates of the critic, up to where something is measured; a row each."""
        config, progress = self._settings.config, self.progress
        if self._aware is None:
            self._aware = self._make_aware()
        started, rows = time.perf_counter(), 0
        with denormals_flushed():
            while rows < self._block:
                self._ring[rows].copy_(self._aware.update())
                rows += 1
                progress.aware_updates = self._aware.updates
                progress.images_seen += config.aware.batch_size
                if progress.aware_updates % config.tick_updates == 0 or progress.aware_updates == config.aware.updates:
                    break
            found: Rows = self._ring[:rows].cpu().numpy().copy()
        self._choose_block(time.perf_counter() - started)
        return found

    def _make_aware(self, seed: int | None = None) -> AwareStage:
        """The stage with the generator as it would be shipped: folded, frozen, averaged. seed: None = the config's."""
        settings, ranks = self._settings, self._ranks
        config = settings.config
        return AwareStage(
            replace(config.aware, batch_size=max(1, config.aware.batch_size // ranks.count)),
            PreparedModel(self._model(), self._device).generate,
            self._gan.critic,
            self._batches.images,
            self._device,
            latent_size=config.network.latent_size,
            seed=config.seed if seed is None else seed,
            rank=ranks.rank,
            wrap=ranks.wrap,
            precision=config.precision,
        )

    def _choose_block(self, spent: float) -> None:
        """On a GPU as many updates as take about a quarter of a second; on a CPU one, and among several processes:
        their exchanges have to come in the same order."""
        if self._device.type != "cpu" and self._ranks.count == 1:
            self._block = max(1, min(_MOST_A_BLOCK, round(self._block * _BLOCK_SECONDS / spent), 2 * self._block))

    # -- what is said --------------------------------------------------------------------------------------------

    def _record(self, stage: Stage, before: int, rows: Rows) -> Iterator[TrainingStep]:
        speed = self._pace.images_per_second
        lines = []
        for i, (w, pressure) in enumerate(rows.tolist(), before + 1):
            self.log.stage(stage).append(i, w, pressure, speed)
            lines.append(update_line(stage, i, w, pressure, speed))
        if lines and self._ranks.writes:
            yield from self._keep_trying(lambda: self._files.append_metrics(lines))

    def _examine(self, stage: Stage) -> Iterator[TrainingStep]:
        """Measure, then write samples, model and checkpoint."""
        model = self._model()
        columns = None
        if stage == "aware":
            found = self._examiner.examine_fills(model.generator, model.critic.requires_grad_(False))
            columns = FILL_COLUMNS if found.fill_psnr is not None else None
        else:
            found = self._examiner.examine(model.generator, model.critic)
        update = self._done(stage)
        grid = self._folder.grid_path(stage, update).relative_to(self._folder.path).as_posix()
        tick = Tick(stage, update, found.critic_gap, found.swd, found.fill_psnr, grid)
        measure = found.swd if stage == "gan" or found.fill_psnr is None else -found.fill_psnr
        best = measure is not None and (self.progress.best is None or measure < self.progress.best)
        if best:
            self.progress.best = measure

        def write() -> None:
            self._files.write_samples(stage, update, found.samples, columns)
            self._files.append_metrics([tick_line(tick)])

        yield from self._keep_trying(write)
        yield from self._keep_trying(lambda: self._files.write_model(model, best=best))
        yield from self._keep_trying(lambda: self._write_checkpoint(best=best))
        self.log.stage(stage).add_tick(tick)
        self._pace.pause()
        notice = ""
        if found.critic_gap is not None and found.critic_gap <= 0:
            notice = "The critic does not tell held-out photos from generated images: a search would follow it nowhere."
        yield self._step(tick=tick, samples=found.samples, model_saved=True, notice=notice)

    def _step(
        self,
        *,
        tick: Tick | None = None,
        samples: NDArray[np.uint8] | None = None,
        model_saved: bool = False,
        notice: str = "",
    ) -> TrainingStep:
        stage, config = self.progress.stage, self._settings.config
        total = config.generator_updates if stage == "gan" else config.aware.updates
        done = self._done(stage)
        notice, self._notice = self._notice or notice, ""
        cuda = self._device.type == "cuda"
        return TrainingStep(
            stage=stage,
            update=done,
            total=total,
            images_per_second=self._pace.images_per_second,
            seconds_left=self._pace.seconds_left(total - done),
            memory=torch.cuda.memory_reserved(self._device) if cuda else None,
            tick=tick,
            samples=samples,
            model_saved=model_saved,
            notice=notice,
        )

    def _model(self) -> Model:
        card = training_card(self._folder.name, self._settings, self.progress, self._base)
        model = self._gan.model(card)
        if self._aware is not None:
            model.critic = copy.deepcopy(self._aware.average).eval()
        return model

    def _done(self, stage: Stage) -> int:
        return self.progress.updates(stage)

    # -- keeping and going back ----------------------------------------------------------------------------------

    def _keep_trying(self, save: Callable[[], None]) -> Iterator[TrainingStep]:
        """Pause while the disk is full: yields records that say so until `save` succeeds."""
        while True:
            try:
                save()
                return
            except SaveError as error:
                self._pace.pause()
                yield self._step(notice=f"Training waits, nothing is lost. {error}")
                time.sleep(_RETRY_SECONDS)

    @property
    def _checkpoint_due(self) -> bool:
        return time.monotonic() - self._saved_time > 60 * self._settings.config.checkpoint_minutes

    def _tensors(self) -> Tensors:
        return self._gan.tensors() | (self._aware.tensors() if self._aware is not None else {})

    def _write_checkpoint(self, *, best: bool = False) -> None:
        self._files.write_checkpoint(self._tensors(), self.progress, best=best)
        self._saved_at = self._position
        self._saved_time = time.monotonic()

    def _save_if_changed(self) -> None:
        """What has become NaN since the last checkpoint is not worth one: a resumed run goes on from before it."""
        if self._ranks.writes and self._saved_at != self._position and is_finite(self._tensors()):
            self._write_checkpoint()

    @property
    def _position(self) -> tuple[int, int]:
        """Changes with every update."""
        progress = self.progress
        return progress.critic_updates + progress.generator_updates, progress.aware_updates

    def _go_on(self) -> None:
        """Take up everything from the newest checkpoint; without one, begin at the beginning."""
        found = self._files.read_checkpoint()
        if found is not None:
            tensors, self.progress, self._notice = found
            more = self._settings.config.generator_updates - self.progress.generator_updates
            if self.progress.stage == "aware" and more > 0:
                raise TrainingError(
                    f"The run in {self._folder.path} is in its search-aware stage; its generator is finished.",
                    "Start a new run that begins with its model: --model RUN/model.safetensors.",
                )
            self._gan.load(tensors)
            if isinstance(self._updates, GraphedUpdates):
                self._updates.forget()
            self._batches.rewind(self.progress.drawn)
            self._aware = None
            if self.progress.stage == "aware" and "aware.z" in tensors:
                self._aware = self._make_aware()
                self._aware.load(tensors, entries=self._ranks.rank == 0)
                self._aware.updates = self.progress.aware_updates
                if self._ranks.rank:
                    self._aware.reseed(self._settings.config.seed + self.progress.aware_updates, self._ranks.rank)
            self._saved_at = self._position
            if self._ranks.rank:
                self._gan.reseed(self._settings.config.seed + self.progress.generator_updates, self._ranks.rank)
        if not self._ranks.agree(sum(self._position), self._device):
            raise TrainingError(
                f"The processes of this training do not see the same run in {self._folder.path}.",
                "Put the run folder on a disk that all machines share.",
            )
        if self._ranks.writes:
            self.log.reset()
            fill_log(self.log, self._files.cut_metrics(self.progress))

    def _roll_back(self, stage: Stage, rows: Rows) -> TrainingStep:
        """Once: back to the last good checkpoint, on with other random numbers; TrainingError the second time."""
        update, w = self._done(stage), float(rows[-1, 0]) if len(rows) else float("nan")
        if self.progress.rolled_back:
            raise TrainingError(
                f"Training has diverged again, at update {update:,} (W = {w:g}). The last good checkpoint is kept.",
                "Start a new run with another seed, a larger batch, or the other recipe.",
            )
        self._go_on()
        self.progress.rolled_back += 1
        config = self._settings.config
        self._gan.reseed(config.seed + 1, self._ranks.rank)
        if stage == "aware":
            self._aware = self._aware or self._make_aware(config.seed + 1)
            self._aware.reseed(config.seed + 1, self._ranks.rank)
        self._pace.pause()
        return self._step(
            notice=f"Training diverged at update {update:,} (W = {w:g}) and went back to update {self._done(stage):,}. "
            "If that happens again, it stops."
        )
