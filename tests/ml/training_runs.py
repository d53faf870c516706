"""Small runs for tests: pictures, settings, and a run driven to where a test wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from wganpaint_gui.core.dataset import DataOptions, ImageSet, prepare_data
from wganpaint_gui.core.models.model_card import NetworkConfig
from wganpaint_gui.core.training.run_folder import DataDescription, RunFolder, RunSettings
from wganpaint_gui.core.training.training_config import AwareConfig, CriticSchedule, TrainingConfig, preset_config
from wganpaint_gui.core.training.training_log import TrainingStep
from wganpaint_gui.ml.training.checkpoint import read_checkpoint
from wganpaint_gui.ml.training.training import Training

CPU = torch.device("cpu")
SIDE = 32
TINY = NetworkConfig(resolution=SIDE, width=4, latent_size=6, critic_norm="none")
AWARE = AwareConfig(updates=0, batch_size=4, z_steps=2, buffer=8)


def write_pictures(folder: Path, count: int = 24, side: int = 40) -> Path:
    """Smooth colours, so that there is something to learn."""
    folder.mkdir(parents=True, exist_ok=True)
    source = np.random.default_rng(0)
    for number in range(count):
        corners = source.integers(0, 256, (3, 3, 3), np.uint8)
        Image.fromarray(corners).resize((side, side), Image.Resampling.BICUBIC).save(folder / f"{number:03}.png")
    return folder


def tiny_config(preset: str = "gp", **changes: object) -> TrainingConfig:
    """A preset whose networks and batches are small, and whose critic schedule is short."""
    config = preset_config("paper" if preset == "paper" else "gp")
    norm = config.network.critic_norm
    small = replace(config, network=replace(TINY, critic_norm=norm), batch_size=4, generator_updates=12, aware=AWARE)
    if preset == "paper":
        small = replace(small, schedule=CriticSchedule(usual=2, boosted=5, first=2, every=6))
    return replace(small, **{"tick_updates": 5, **changes})  # type: ignore[arg-type]


def finish(steps: Iterator[object]) -> object:
    """What a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def image_set(folder: Path, root: Path) -> ImageSet:
    result = finish(prepare_data(folder, DataOptions(SIDE, held_out=6), root))
    assert isinstance(result, ImageSet)
    return result


def settings_of(config: TrainingConfig, images: ImageSet) -> RunSettings:
    report = images.report
    return RunSettings(
        config, DataDescription(str(report.source), "pictures", report.framing, 6, images.training, images.key)
    )


def begin(path: Path, config: TrainingConfig, images: ImageSet, *, resume: bool = False) -> Training:
    folder, settings = RunFolder(path), settings_of(config, images)
    if not resume:
        folder.create(settings)
    return Training(folder, settings, images, CPU, resume=resume)


def until(training: Training, update: int, stage: str = "gan") -> list[TrainingStep]:
    """Run to that many finished updates of the stage, then close the run."""
    steps, seen = training.run(), []
    for step in steps:
        seen.append(step)
        if step.stage == stage and step.update >= update:
            break
    steps.close()
    return seen


def newest_tensors(path: Path) -> dict[str, torch.Tensor]:
    tensors, _ = read_checkpoint(RunFolder(path).numbered_checkpoints()[0].path)
    return tensors


def assert_same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> None:
    assert one.keys() == other.keys()
    assert [name for name in one if not torch.equal(one[name], other[name])] == []
