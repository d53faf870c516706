"""How fast this machine has trained before, from which the time of a new run is estimated."""

from __future__ import annotations

import json
import math
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from wganpaint_gui.core.json_reader import read_json
from wganpaint_gui.core.system.atomic import atomic_write, make_folder

from .training_config import Precision, Stage, TrainingConfig
from .training_log import TrainingStep

LEAST_SECONDS = 60.0  # of training in a stage, before its speed says something about longer runs
_MOST = 100  # speeds that are kept


@dataclass(frozen=True)
class MeasuredSpeed:
    """The speed of one stage, with samples, measurements and checkpoints, on one machine."""

    machine: str
    device: str  # as it was asked for: "auto", "cpu", "cuda:0"
    work: str  # the settings that the speed depends on, see `work_of`
    precision: Precision  # that was computed in
    seconds_per_update: float


@dataclass(frozen=True)
class TimeEstimate:
    """How long a run will take."""

    seconds: float  # of the stages that are known
    unknown: tuple[Stage, ...]  # stages that this machine has not trained like this yet


class SpeedMeter:
    """Measures the stages of a session. Time in which somebody lets the training wait does not count."""

    def __init__(self) -> None:
        self._seconds: dict[Stage, float] = {}
        self._updates: dict[Stage, int] = {}
        self._before: TrainingStep | None = None
        self._since = 0.0

    def note(self, step: TrainingStep) -> None:
        """Take in a step as soon as training yields it. The first of a stage only begins its measurement."""
        before = self._before
        if before is not None and before.stage == step.stage and step.update >= before.update:
            spent, done = time.perf_counter() - self._since, step.update - before.update
            self._seconds[step.stage] = self._seconds.get(step.stage, 0.0) + spent
            self._updates[step.stage] = self._updates.get(step.stage, 0) + done
        self._before = step

    def go_on(self) -> None:
        """Measure from now on: whoever drives the training asks for the next step."""
        self._since = time.perf_counter()

    def speeds(self, config: TrainingConfig, device: str) -> list[MeasuredSpeed]:
        """Return the speeds of the stages that were measured for long enough. config: with a settled precision."""
        return [
            MeasuredSpeed(this_machine(), device, work_of(config, stage), config.precision, seconds / updates)
            for stage, seconds in self._seconds.items()
            if seconds >= LEAST_SECONDS and (updates := self._updates[stage])
        ]


def this_machine() -> str:
    """Return what tells machines apart, since a portable folder or a home on a network goes from one to another."""
    return f"{platform.node()}, {os.cpu_count()} processors"


def work_of(config: TrainingConfig, stage: Stage) -> str:
    """Describe the settings that the speed of a stage depends on, besides device and precision."""
    network = f"{stage}, {config.network.resolution} px, width {config.network.width}"
    if stage == "aware":
        return f"{network}, batch {config.aware.batch_size}, {config.aware.z_steps} z steps"
    if stage == "encoder":
        return f"{network}, batch {config.encoder.batch_size}"
    return f"{network}, {config.preset}, batch {config.batch_size}{', augmented' if config.augment else ''}"


def estimate_time(speeds: Sequence[MeasuredSpeed], config: TrainingConfig, device: str) -> TimeEstimate:
    """Estimate the time of a new run on this machine. speeds: the newest first. device: as it will be asked for."""
    machine, seconds, unknown = this_machine(), 0.0, list[Stage]()
    for stage in config.stages:
        wanted = (machine, device, work_of(config, stage))
        found = (
            speed.seconds_per_update
            for speed in speeds
            if (speed.machine, speed.device, speed.work) == wanted and config.precision in ("auto", speed.precision)
        )
        speed = next(found, None)
        if speed is None:
            unknown.append(stage)
        else:
            seconds += config.updates(stage) * speed
    return TimeEstimate(seconds, tuple(unknown))


def read_speeds(path: Path) -> list[MeasuredSpeed]:
    """Return the remembered speeds, the newest first; none where the file is missing or damaged."""
    try:
        speeds = [MeasuredSpeed(**values) for values in read_json(path.read_text("utf-8"))]
        return [speed for speed in speeds if _is_sound(speed)]
    except (OSError, ValueError, TypeError):
        return []


def remember_speeds(path: Path, speeds: Sequence[MeasuredSpeed]) -> None:
    """Add speeds to the file; each replaces an older one of the same kind. Raises SaveError."""
    if not speeds:
        return
    kept = {(one.machine, one.device, one.work, one.precision): one for one in (*reversed(read_speeds(path)), *speeds)}
    for one in speeds:  # the newest last
        key = (one.machine, one.device, one.work, one.precision)
        kept[key] = kept.pop(key)
    data = json.dumps([asdict(one) for one in reversed(kept.values())][:_MOST], indent=1).encode()
    make_folder(path.parent)
    atomic_write(path, lambda file: file.write(data), overwrite=True)


def _is_sound(speed: MeasuredSpeed) -> bool:
    names = (speed.machine, speed.device, speed.work, speed.precision)
    return all(isinstance(name, str) for name in names) and 0 < speed.seconds_per_update < math.inf
