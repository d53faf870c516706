"""A training run from the user's pictures to the finished model; command line and editor both drive it."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Generator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import torch

from wganpaint_gui.core.dataset import DataProgress, DataReport, ImageSet, open_cached, prepare_data
from wganpaint_gui.core.errors import DataError, SaveError
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.system.paths import training_speeds
from wganpaint_gui.core.training.measured_speed import SpeedMeter, remember_speeds
from wganpaint_gui.core.training.run_folder import DataDescription, RunFolder, RunSettings
from wganpaint_gui.core.training.training_log import TrainingLog, TrainingStep
from wganpaint_gui.core.training.training_request import (
    TrainingRequest,
    check_same_data,
    check_same_run,
    check_unedited,
)
from wganpaint_gui.ml.device import bfloat16_unit, describe, fast_precision, keep_allocations, resumed_elsewhere
from wganpaint_gui.ml.model_file import load_model

from .ranks import ALONE, Ranks
from .training import Training
from .training_memory import enough_memory

log = logging.getLogger(__name__)

SessionStep = DataProgress | DataReport | TrainingStep  # while images are prepared, once they are, and in training


class TrainingSession:
    """Prepares the images, then trains. One thread drives `run`; the rest may be used from any other."""

    def __init__(self, request: TrainingRequest, ranks: Ranks = ALONE) -> None:
        self.log = TrainingLog()
        self.folder = RunFolder(request.folder)
        self.began = False  # whether preparation is over and training has begun
        self.device_name = ""  # in words, once it is chosen: only torch knows what auto means here
        self._request, self._ranks = request, ranks
        self._model_wanted, self._samples_wanted = threading.Event(), threading.Event()

    def save_model_soon(self) -> None:
        """Write the newest model at the next step, whose `model_saved` is then set."""
        self._model_wanted.set()

    def sample_soon(self) -> None:
        """Write a sample grid at the next step, whose `sampled` is then set; training is not changed by that."""
        self._samples_wanted.set()

    def run(self) -> Generator[SessionStep, None, None]:
        """Yield one record after another; closing the generator saves everything reached so far.

        Raises DataError, TrainingError, ModelError, DeviceError or SaveError, each with a sentence and a next step.
        """
        with ExitStack() as held:
            with self._ranks.beginning():
                training = yield from self._begin(held)
            self.began = True
            yield from self._measured(training)

    def _measured(self, training: Training) -> Generator[TrainingStep, None, None]:
        """Train, and remember how fast this machine was; closing the generator does so too."""
        meter = SpeedMeter()
        try:
            with closing(training.run()) as steps:
                for step in steps:
                    meter.note(step)
                    yield step
                    meter.go_on()
        finally:
            if self._ranks.count == 1:  # several are faster together than one alone
                try:
                    remember_speeds(training_speeds(), meter.speeds(training.config, self._request.device))
                except SaveError as error:
                    log.warning("The speed of this training is not remembered: %s", error)

    def _begin(self, held: ExitStack) -> Generator[DataProgress | DataReport, None, Training]:
        """Prepare everything before training. held: receives the lock on the run's folder."""
        request, ranks = self._request, self._ranks
        if request.resume:
            kept = self.folder.read_settings()
            check_unedited(kept, self.folder.recorded_settings())
            if request.config.precision == "auto":  # what it was begun with, wherever it goes on
                request = replace(request, config=replace(request.config, precision=kept.config.precision))
            images = yield from self._images_again(kept)
            check_same_run(kept, request, images.key)
            licence = request.licence or kept.data.licence
            settings = replace(kept, config=request.config, data=replace(kept.data, licence=licence))
            base = None  # its weights are in the checkpoints
        else:
            if ranks.writes:  # another may come when rank 0 has already created it
                self.folder.check_free()
            images = yield from prepare_data(request.source, request.data)
            base = request.base_model
            card = read_card(base) if base else None
            settings = RunSettings(request.config, self._describe(images), _text(base), card)
        yield images.report
        device = ranks.device(request.device)
        self.device_name = describe(device)
        settings, note, notice = self._settled(settings, device)
        keep_allocations()
        start = load_model(base, device) if base else None
        if ranks.writes and not request.resume:
            self.folder.create(settings)
        ranks.wait()
        held.enter_context(self.folder.locked(only_if=ranks.writes))
        with ranks.exchange(), enough_memory(settings.config, device):
            training = Training(
                self.folder,
                settings,
                images,
                device,
                start=start,
                resume=request.resume,
                ranks=ranks,
                log=self.log,
                model_wanted=self._model_wanted,
                samples_wanted=self._samples_wanted,
                note=note,
                notice=notice,
            )
        if ranks.writes and request.resume:  # only now: the checkpoint fits
            self.folder.write_settings(settings)
        return training

    def _settled(self, settings: RunSettings, device: torch.device) -> tuple[RunSettings, str, str]:
        """The settings with a precision that every process can compute in; a note about it, and a warning."""
        with self._ranks.exchange():
            unit = bfloat16_unit()
            unit = "" if self._ranks.any(not unit, device) else unit
        precision, note = settings.config.precision, ""
        if precision == "auto":
            precision, note = fast_precision(device, unit)
        notice = resumed_elsewhere(precision, device, unit) if self._request.resume else ""
        return replace(settings, config=replace(settings.config, precision=precision)), note, notice

    def _images_again(self, kept: RunSettings) -> Generator[DataProgress, None, ImageSet]:
        """Prepare the images of a resumed run from its pictures or, where those are gone, from the cache."""
        check_same_data(kept, self._request)
        if not os.path.exists(self._request.source):
            cached = open_cached(kept.data.key)
            if cached is None:
                raise DataError(
                    f"The pictures of this run, {self._request.source}, are no longer there.",
                    "Put them back, or name the folder or zip they are in now.",
                )
            return cached
        return (yield from prepare_data(self._request.source, self._request.data))

    def _describe(self, images: ImageSet) -> DataDescription:
        request = self._request
        return DataDescription(
            source=str(request.source.resolve()),
            name=request.source.stem,
            framing=images.report.framing,
            held_out=request.data.held_out,
            images=images.training,
            key=images.key,
            licence=request.licence,
        )


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())
