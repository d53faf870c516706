"""What a training run reports: one immutable record at a time, and the log of all its updates."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wganpaint_gui.core.growing_array import GrowingArray
from wganpaint_gui.core.json_reader import read_json

from .training_config import STAGES, Stage

# What a damaged line raises; OverflowError, because Python's JSON accepts Infinity.
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
# The two values of an update in metrics.jsonl; the first is the curve's.
READINGS: dict[Stage, tuple[str, str]] = {
    "gan": ("w", "pressure"),
    "aware": ("w", "pressure"),
    "encoder": ("loss", "difference"),
}
MEDIAN_KERNEL = 101  # updates, odd; of the filter the paper draws its W curve through


@dataclass(frozen=True)
class Tick:
    """What is measured every tick_updates, with the networks as they would be shipped."""

    stage: Stage
    update: int  # finished updates of the stage
    # Mean f(held-out) - mean f(G(z)), critic in eval mode; above 0: photos look more real. None: nothing is held out.
    critic_gap: float | None
    swd: float | None  # sliced Wasserstein distance to the held-out images, mean over levels x 1000; lower is better
    # dB inside the holes of held-out images; higher is better. Aware stage: of the critic-only fills in the samples.
    # Encoder stage: of the first guesses. None in the first stage.
    fill_psnr: float | None
    samples: str  # the sample grid's path inside the run's folder


@dataclass(frozen=True)
class TrainingStep:
    """One moment of a run. The updates since the last one are in the run's TrainingLog."""

    stage: Stage
    update: int  # finished updates of the stage: of the generator, the critic in the aware stage, or the encoder
    total: int  # updates the stage will have
    images_per_second: float  # real images through critic or encoder, over the last seconds
    seconds_left: float | None  # of the stage; None = not known yet
    memory: int | None  # bytes reserved on the GPU; None on a CPU
    tick: Tick | None = None  # what this step measured
    model_saved: bool = False  # model.safetensors was just written
    sampled: bool = False  # a sample grid was just written because somebody asked, not at a tick
    notice: str = ""  # a sentence for the user: a rollback, a full disk
    note: str = ""  # a sentence that is no warning: how the run computes

    def with_pace_of(self, before: TrainingStep | None) -> TrainingStep:
        """Return this step with the speed of an earlier one of its stage, where its own is not measured yet."""
        if self.images_per_second or before is None or before.stage != self.stage:
            return self
        return replace(self, images_per_second=before.images_per_second, seconds_left=before.seconds_left)


class StageLog:
    """The updates and ticks of one stage; appended to by the training, read by any thread."""

    def __init__(self) -> None:
        self._updates = GrowingArray((), np.int64, 4096)
        self._values = GrowingArray((), np.float32, 4096)
        self.ticks: tuple[Tick, ...] = ()

    def append(self, update: int, value: float) -> None:
        """Append an update, counted from 1.

        value: estimate of the Wasserstein distance, f(real) - f(fake); in the encoder stage its loss.
        """
        self._updates.append(update)
        self._values.append(value)

    def add_tick(self, tick: Tick) -> None:
        self.ticks = (*self.ticks, tick)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def updates(self) -> NDArray[np.int64]:
        """[N], counted from 1, rising."""
        return self._updates.values[: len(self._values)]

    @property
    def values(self) -> NDArray[np.float32]:
        """[N]: the W estimate of each update, or the encoder's loss; unitless."""
        return self._values.values


class TrainingLog:
    """All stages of a run."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything; readers that hold a stage keep it as it was."""
        self.gan = StageLog()
        self.aware = StageLog()
        self.encoder = StageLog()

    def stage(self, stage: Stage) -> StageLog:
        return {"gan": self.gan, "aware": self.aware, "encoder": self.encoder}[stage]

    @property
    def count(self) -> int:
        """Updates of all stages."""
        return sum(len(self.stage(stage)) for stage in STAGES)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The ticks of all stages."""
        return (*self.gan.ticks, *self.aware.ticks, *self.encoder.ticks)


def update_line(stage: Stage, update: int, value: float, other: float, images_per_second: float) -> str:
    """Return one update as a line of metrics.jsonl.

    value, other: W and the pressure of the Lipschitz constraint, by preset: share of clipped parameters at the bound,
    or mean norm of the penalised gradient. In the encoder stage its loss and the mean difference of the images.
    """
    first, second = READINGS[stage]
    return json.dumps(
        {
            "stage": stage,
            "update": update,
            first: float(f"{value:.9g}"),  # nine digits are a float32, exactly
            second: float(f"{other:.9g}"),
            "images_per_second": round(images_per_second, 1),
        }
    )


def tick_line(tick: Tick) -> str:
    """Return one tick as a line of metrics.jsonl."""
    return json.dumps({"tick": asdict(tick)})


def read_log(path: Path) -> TrainingLog:
    """Read a metrics.jsonl; lines cut short or damaged are left out, and a missing file gives an empty log."""
    log = TrainingLog()
    with contextlib.suppress(FileNotFoundError), path.open(encoding="utf-8", errors="replace") as file:
        fill_log(log, file)
    return log


def fill_log(log: TrainingLog, lines: Iterable[str]) -> None:
    for line in lines:
        try:
            _take(log, read_json(line, finite=False))
        except DAMAGED:
            continue


def position(line: str) -> tuple[Stage, int] | None:
    """Return the stage and update of a line of metrics.jsonl; None for a damaged one."""
    try:
        values = read_json(line, finite=False)
        values = values.get("tick", values)
        return _stage(values["stage"]), int(values["update"])
    except DAMAGED:
        return None


def running_median(values: NDArray[np.float32], kernel: int = MEDIAN_KERNEL) -> NDArray[np.float32]:
    """Return the median over `kernel` values around each value, [N]; at both ends the window is cut off.

    values: [N].
    """
    from scipy.ndimage import median_filter

    half = kernel // 2
    if len(values) <= kernel:
        return np.array([np.median(values[max(0, i - half) : i + half + 1]) for i in range(len(values))], np.float32)
    result: NDArray[np.float32] = median_filter(values, kernel)
    for i in (*range(half), *range(len(values) - half, len(values))):
        result[i] = np.median(values[max(0, i - half) : i + half + 1])
    return result


def _take(log: TrainingLog, values: dict[str, Any]) -> None:
    if "tick" in values:
        tick = Tick(**values["tick"])
        log.stage(_stage(tick.stage)).add_tick(tick)
        return
    stage = _stage(values["stage"])
    log.stage(stage).append(int(values["update"]), float(values[READINGS[stage][0]]))


def _stage(name: Any) -> Stage:
    if name not in STAGES:
        raise ValueError(name)
    stage: Stage = name
    return stage
