"""A run from its first update to its last: what it writes, how it stops and goes on, and what it does in trouble."""

from __future__ import annotations

import errno
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

from tests.ml.training_runs import (
    AWARE,
    CPU,
    SIDE,
    assert_same,
    begin,
    image_set,
    newest_tensors,
    settings_of,
    tiny_config,
    until,
    write_pictures,
)
from wganpaint_gui.core.dataset import ImageSet
from wganpaint_gui.core.errors import DeviceError, SaveError, TrainingError
from wganpaint_gui.core.measure.picture_grid import cut_grid
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_config import EncoderConfig, Stage, TrainingConfig
from wganpaint_gui.core.training.training_log import TrainingStep, read_log
from wganpaint_gui.ml.model_file import Model, load_model
from wganpaint_gui.ml.search.prepared_model import PreparedModel
from wganpaint_gui.ml.training import run_files
from wganpaint_gui.ml.training.ranks import Ranks
from wganpaint_gui.ml.training.training import Training

pytestmark = pytest.mark.usefixtures("quick_ticks")
ENCODER = EncoderConfig(batch_size=4)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> ImageSet:
    folder = tmp_path_factory.mktemp("training")
    return image_set(write_pictures(folder / "pictures"), folder / "cache")


@dataclass(frozen=True)
class Finished:
    """A run that went through from its first update to its last. Only to be read."""

    path: Path
    training: Training
    steps: list[TrainingStep]


Finish = Callable[[TrainingConfig], Finished]


@pytest.fixture(scope="module")
def finished(images: ImageSet, tmp_path_factory: pytest.TempPathFactory) -> Finish:
    """finished(config): the same run for all who ask for it."""

    @cache
    def run(config: TrainingConfig) -> Finished:
        path = tmp_path_factory.mktemp("finished") / "run"
        training = begin(path, config, images)
        return Finished(path, training, list(training.run()))

    return run


@pytest.mark.parametrize("preset", ["gp", "paper"])
def test_a_run_leaves_model_metrics_samples_and_checkpoints(finished: Finish, images: ImageSet, preset: str):
    config = tiny_config(preset)
    run = finished(config)
    training, steps, folder = run.training, run.steps, RunFolder(run.path)
    assert [step.update for step in steps if step.tick] == [5, 10, 12]
    assert steps[-1].update == steps[-1].total == 12
    log = read_log(folder.metrics_file)
    assert log.gan.updates.tolist() == list(range(1, 13))
    assert np.isfinite(log.gan.values).all()
    assert log.gan.values.tolist() == pytest.approx(training.log.gan.values.tolist(), abs=1e-6)
    assert [grid.update for grid in folder.grids()] == [5, 10, 12]
    assert [found.update for found in folder.numbered_checkpoints()] == [12, 10]
    assert folder.best_checkpoint.exists()
    model = load_model(folder.model_file, CPU)
    assert model.card.updates == 12
    assert model.card.preset == preset
    assert model.card.dataset_size == images.training
    expected = sum(config.schedule.updates_before(i) for i in range(12))
    assert training.progress.critic_updates == expected
    assert model.card.images_seen == expected * config.batch_size


def test_the_samples_are_those_of_the_saved_model(finished: Finish):
    run = finished(tiny_config())
    tick = next(step.tick for step in reversed(run.steps) if step.tick is not None)
    model = PreparedModel(load_model(run.path / "model.safetensors", CPU), CPU)
    latents = torch.rand(64, model.latent_size, generator=torch.Generator().manual_seed(0)) * 2 - 1
    with torch.no_grad():
        drawn = ((model.generate(latents) + 1) * 127.5).round().permute(0, 2, 3, 1).numpy()
    with Image.open(run.path / tick.samples) as grid:
        samples = cut_grid(np.asarray(grid), SIDE)
    assert np.abs(drawn - samples).max() <= 1  # folded batch norm rounds differently


@pytest.mark.parametrize("preset", ["gp", "paper"])
@pytest.mark.parametrize("stop_after", [1, 4, 7, 11, 23])
def test_a_run_that_was_closed_anywhere_ends_as_one_that_was_not(
    tmp_path: Path, images: ImageSet, finished: Finish, preset: str, stop_after: int
):
    """stop_after: records, so that a run of the paper's is also stopped between two critic updates."""
    config = tiny_config(preset)
    whole = finished(config).path
    steps = begin(tmp_path / "parts", config, images).run()
    for _ in range(stop_after):
        next(steps)
    steps.close()
    resumed = begin(tmp_path / "parts", config, images, resume=True)
    list(resumed.run())
    assert_same(newest_tensors(whole), newest_tensors(tmp_path / "parts"))
    one, other = (read_log(path / "metrics.jsonl").gan for path in (whole, tmp_path / "parts"))
    assert one.values.tolist() == other.values.tolist()
    assert [replace(tick) for tick in one.ticks] == [replace(tick) for tick in other.ticks]
    assert resumed.log.gan.updates.tolist() == list(range(1, 13))


@pytest.mark.parametrize("preset", ["gp", "paper"])
def test_the_aware_stage_goes_on_bit_for_bit_too(tmp_path: Path, images: ImageSet, preset: str):
    config = tiny_config(preset, generator_updates=4, aware=replace(AWARE, updates=9))
    list(begin(tmp_path / "whole", config, images).run())
    until(begin(tmp_path / "parts", config, images), 4, "aware")
    list(begin(tmp_path / "parts", config, images, resume=True).run())
    assert_same(newest_tensors(tmp_path / "whole"), newest_tensors(tmp_path / "parts"))
    ticks = read_log(tmp_path / "parts" / "metrics.jsonl").aware.ticks
    assert [tick.update for tick in ticks] == [5, 9]
    assert all(tick.fill_psnr is not None and np.isfinite(tick.fill_psnr) for tick in ticks)


@pytest.mark.parametrize(  # each value of one with each value of another
    ("preset", "aware", "closed"),
    [("gp", 0, 1), ("paper", 3, 1), ("gp", 3, 5), ("paper", 0, 5), ("gp", 0, 7), ("paper", 3, 7)],
)
def test_the_encoder_stage_goes_on_bit_for_bit_too(
    tmp_path: Path, images: ImageSet, finished: Finish, preset: str, aware: int, closed: int
):
    config = tiny_config(preset, generator_updates=4, aware=replace(AWARE, updates=aware))
    config = replace(config, encoder=replace(ENCODER, updates=9))
    whole = finished(config)
    until(begin(tmp_path / "parts", config, images), closed, "encoder")
    list(begin(tmp_path / "parts", config, images, resume=True).run())
    assert_same(newest_tensors(whole.path), newest_tensors(tmp_path / "parts"))
    one, other = (read_log(path / "metrics.jsonl").encoder for path in (whole.path, tmp_path / "parts"))
    assert one.updates.tolist() == list(range(1, 10))
    assert one.values.tolist() == other.values.tolist()
    assert [tick.update for tick in other.ticks] == [5, 9]
    assert all(tick.fill_psnr is not None and np.isfinite(tick.fill_psnr) for tick in other.ticks)
    models = [load_model(RunFolder(path).model_file, CPU) for path in (whole.path, tmp_path / "parts")]
    assert models[0].card.encoder_updates == 9
    assert_same(models[0].state(), models[1].state())


def test_the_encoder_stage_changes_neither_generator_nor_critic(tmp_path: Path, images: ImageSet):
    config = tiny_config("paper", generator_updates=3, aware=replace(AWARE, updates=3))
    list(begin(tmp_path / "run", config, images).run())
    before = load_model(tmp_path / "run" / "model.safetensors", CPU)
    assert (before.encoder, before.card.encoder_updates) == (None, 0)  # a run without the stage
    config = replace(config, encoder=replace(ENCODER, updates=4))
    list(begin(tmp_path / "run", config, images, resume=True).run())
    after = load_model(tmp_path / "run" / "model.safetensors", CPU)
    assert after.encoder is not None
    assert before.card.good_fit is None
    assert after.card.good_fit is not None, "the known-region fit was measured on the held-out images"
    assert after.card.fair_fit is not None
    assert after.card.fair_fit <= after.card.good_fit
    state = after.state()
    assert_same(before.state(), {name: value for name, value in state.items() if not name.startswith("encoder.")})


def test_the_best_encoder_is_that_of_the_highest_psnr(finished: Finish):
    config = tiny_config(generator_updates=2, tick_updates=2, encoder=replace(ENCODER, updates=12, rate=0.05))
    folder = RunFolder(finished(config).path)
    ticks = read_log(folder.metrics_file).encoder.ticks
    best = max(ticks, key=lambda tick: tick.fill_psnr or 0)
    assert load_model(folder.best_model_file, CPU).card.encoder_updates == best.update
    assert folder.grid_path("encoder", best.update).is_file()
    assert all((tick.critic_gap, tick.swd) == (None, None) for tick in ticks)  # neither network changes


def base_run(path: Path, images: ImageSet, base: Model, config: TrainingConfig) -> Model:
    """The model of a run that starts from another one."""
    folder, settings = RunFolder(path), replace(settings_of(config, images), base_card=base.card)
    folder.create(settings)
    list(Training(folder, settings, images, CPU, start=base).run())
    return load_model(folder.model_file, CPU)


def test_an_encoder_can_be_trained_for_a_model_and_stays_with_its_generator_alone(tmp_path: Path, images: ImageSet):
    list(begin(tmp_path / "base", tiny_config(generator_updates=3), images).run())
    start = lambda: load_model(tmp_path / "base" / "model.safetensors", CPU)  # noqa: E731
    frozen = tiny_config(generator_updates=0, ema_half_life=0)
    encoded = base_run(tmp_path / "encoder", images, start(), replace(frozen, encoder=replace(ENCODER, updates=3)))
    assert (encoded.card.updates, encoded.card.encoder_updates) == (3, 3)
    assert_same(dict(start().generator.named_parameters()), dict(encoded.generator.named_parameters()))
    further = base_run(tmp_path / "further", images, encoded, replace(frozen, encoder=replace(ENCODER, updates=2)))
    assert further.card.encoder_updates == 5
    again = load_model(tmp_path / "encoder" / "model.safetensors", CPU)
    aware = base_run(tmp_path / "aware", images, again, replace(frozen, aware=replace(AWARE, updates=2)))
    assert aware.card.encoder_updates == 3
    assert aware.encoder is not None
    assert again.encoder is not None
    assert_same(dict(aware.encoder.state_dict()), dict(again.encoder.state_dict()))
    other = base_run(tmp_path / "other", images, again, tiny_config(generator_updates=2))
    assert (other.encoder, other.card.encoder_updates) == (None, 0)


def test_an_encoder_that_came_with_the_model_survives_a_stop(tmp_path: Path, images: ImageSet):
    list(begin(tmp_path / "base", tiny_config(generator_updates=2, encoder=replace(ENCODER, updates=2)), images).run())
    base = load_model(tmp_path / "base" / "model.safetensors", CPU)
    config = tiny_config(generator_updates=0, ema_half_life=0, aware=replace(AWARE, updates=4))
    folder, settings = RunFolder(tmp_path / "run"), replace(settings_of(config, images), base_card=base.card)
    folder.create(settings)
    until(Training(folder, settings, images, CPU, start=base), 2, "aware")
    list(Training(folder, settings, images, CPU, resume=True).run())
    model = load_model(folder.model_file, CPU)
    assert (model.card.aware_updates, model.card.encoder_updates) == (4, 2)
    assert base.encoder is not None
    assert model.encoder is not None
    assert_same(dict(base.encoder.state_dict()), dict(model.encoder.state_dict()))


def test_what_a_later_stage_builds_on_cannot_be_trained_longer(tmp_path: Path, images: ImageSet):
    config = tiny_config(generator_updates=2, aware=replace(AWARE, updates=2), encoder=replace(ENCODER, updates=2))
    list(begin(tmp_path / "run", config, images).run())
    for more, what in (({"generator_updates": 3}, "generator"), ({"aware": replace(AWARE, updates=3)}, "critic")):
        with pytest.raises(TrainingError, match=f"is in its encoder stage; its {what} is finished"):
            begin(tmp_path / "run", replace(config, **more), images, resume=True)


def test_the_aware_stage_leaves_the_generator_as_it_was(tmp_path: Path, images: ImageSet):
    config = tiny_config(generator_updates=3, aware=replace(AWARE, updates=4))
    until(begin(tmp_path / "run", config, images), 3)
    before = newest_tensors(tmp_path / "run")
    list(begin(tmp_path / "run", config, images, resume=True).run())
    after = newest_tensors(tmp_path / "run")
    kept = [name for name in before if name.startswith(("generator.", "average."))]
    assert_same({name: before[name] for name in kept}, {name: after[name] for name in kept})
    assert any(not torch.equal(before[name], after[name]) for name in before if name.startswith("critic."))


def test_the_aware_stage_keeps_the_batch_norm_statistics_of_the_shipped_critic(tmp_path: Path, images: ImageSet):
    """Not those gathered in training, which lean to fakes."""
    config = tiny_config("paper", generator_updates=4, aware=replace(AWARE, updates=3))
    until(begin(tmp_path / "run", config, images), 4)
    shipped = load_model(tmp_path / "run" / "model.safetensors", CPU).critic
    list(begin(tmp_path / "run", config, images, resume=True).run())
    after = load_model(tmp_path / "run" / "model.safetensors", CPU)
    assert after.card.aware_updates == 3
    assert_same(dict(shipped.named_buffers()), dict(after.critic.named_buffers()))


def test_a_finished_run_can_be_extended(tmp_path: Path, images: ImageSet):
    list(begin(tmp_path / "long", tiny_config(generator_updates=15), images).run())
    list(begin(tmp_path / "run", tiny_config(generator_updates=8), images).run())
    list(begin(tmp_path / "run", tiny_config(generator_updates=15), images, resume=True).run())
    assert_same(newest_tensors(tmp_path / "long"), newest_tensors(tmp_path / "run"))


def test_a_model_can_be_begun_with_for_the_aware_stage_alone(tmp_path: Path, images: ImageSet, shipped_path: Path):
    list(begin(tmp_path / "base", tiny_config(generator_updates=3), images).run())
    base = load_model(tmp_path / "base" / "model.safetensors", CPU)
    config = tiny_config(generator_updates=0, aware=replace(AWARE, updates=3), ema_half_life=0)
    folder = RunFolder(tmp_path / "run")
    settings = replace(settings_of(config, images), base_card=base.card)
    folder.create(settings)
    list(Training(folder, settings, images, CPU, start=base).run())
    model = load_model(folder.model_file, CPU)
    assert (model.card.updates, model.card.aware_updates) == (3, 3)
    for name, value in base.generator.named_parameters():
        assert torch.equal(value, model.generator.get_parameter(name))


def full_disk(monkeypatch: pytest.MonkeyPatch, *, refusals: int) -> list[str]:
    """Checkpoints cannot be written so many times; the rest of the disk is as it is. Returns the refused ones."""
    write, refused = run_files.write_checkpoint, []

    def refuse(path: Path, *arguments: object) -> None:
        if len(refused) < refusals:
            refused.append(path.name)
            raise SaveError(f"{path} was not saved: {errno.errorcode[errno.ENOSPC]}.", "Free some space.")
        write(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run_files, "write_checkpoint", refuse)
    return refused


def test_a_full_disk_pauses_the_run_until_there_is_room(
    tmp_path: Path, images: ImageSet, finished: Finish, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wganpaint_gui.ml.training.training._RETRY_SECONDS", 0.0)
    training = begin(tmp_path / "run", tiny_config(), images)
    steps = training.run()
    for step in steps:
        if step.update == 3:
            break
    refused = full_disk(monkeypatch, refusals=3)
    rest = list(steps)
    waiting = [step for step in rest if "Free some space" in step.notice]
    assert [step.update for step in waiting] == [5, 5, 5]
    assert refused == ["gan-00000005.safetensors"] * 3
    assert_same(newest_tensors(finished(tiny_config()).path), newest_tensors(tmp_path / "run"))


def test_a_run_can_be_stopped_while_it_waits_for_room(
    tmp_path: Path, images: ImageSet, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wganpaint_gui.ml.training.training._RETRY_SECONDS", 0.0)
    steps: Iterator[TrainingStep] = begin(tmp_path / "run", tiny_config(), images).run()
    for step in steps:
        if step.update == 3:
            break
    full_disk(monkeypatch, refusals=10**9)
    for step in steps:
        if step.notice:
            break
    with pytest.raises(SaveError, match="Free some space"):
        steps.close()
    assert RunFolder(tmp_path / "run").numbered_checkpoints()[0].update == 0  # the one from the beginning


@pytest.mark.parametrize("stage", ["gan", "aware", "encoder"])
def test_memory_that_runs_out_costs_no_update(
    tmp_path: Path,
    images: ImageSet,
    finished: Finish,
    monkeypatch: pytest.MonkeyPatch,
    batches_tried_here: None,
    stage: Stage,
):
    config = tiny_config(generator_updates=7, aware=replace(AWARE, updates=7), tick_updates=100)
    config = replace(config, encoder=replace(ENCODER, updates=7))
    whole = finished(config).path
    training = begin(tmp_path / "run", config, images)
    steps = training.run()
    for step in steps:
        if (step.stage, step.update) == (stage, 3):
            break

    def fail(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    with monkeypatch.context() as changed:
        update = {
            "gan": "gan.Gan.critic_update",
            "aware": "aware.AwareStage.update",
            "encoder": "encoder_stage.EncoderStage.update",
        }
        changed.setattr(f"wganpaint_gui.ml.training.{update[stage]}", fail)
        with pytest.raises(DeviceError, match="not enough memory"):
            list(steps)
    newest = RunFolder(tmp_path / "run").numbered_checkpoints()[0]
    assert (newest.stage, newest.update) == (stage, 3)
    list(begin(tmp_path / "run", config, images, resume=True).run())
    assert_same(newest_tensors(whole), newest_tensors(tmp_path / "run"))


def test_an_update_is_in_the_metrics_where_another_process_ends_right_after_it(tmp_path: Path, images: ImageSet):
    """It is in the checkpoint, so a resumed run does not make it again."""

    class Deserted(Ranks):
        """One process of two; the other ends when update 3 is done."""

        def wrap(self, objective: nn.Module) -> nn.Module:
            return objective

        def any(self, flag: bool, device: torch.device) -> bool:
            if training.progress.generator_updates == 3:
                raise RuntimeError("Connection closed by peer")
            return flag

    folder, settings = RunFolder(tmp_path / "run"), settings_of(tiny_config(), images)
    folder.create(settings)
    training = Training(folder, settings, images, CPU, ranks=Deserted(count=2))
    with pytest.raises(TrainingError, match="Another process of this training ended, at update 3"):
        list(training.run())
    assert folder.numbered_checkpoints()[0].update == 3
    assert read_log(folder.metrics_file).gan.updates.tolist() == [1, 2, 3]


def test_a_critic_that_tells_nothing_apart_is_said(tmp_path: Path, images: ImageSet):
    """A search would follow it all the same."""
    training = begin(tmp_path / "run", tiny_config(generator_updates=5), images)
    update = training.learner.gan.generator_update

    def generator_update() -> None:
        update()
        with torch.no_grad():
            training.learner.gan.critic.fc.weight.zero_()

    training.learner.gan.generator_update = generator_update  # type: ignore[method-assign]
    (tick,) = [step for step in training.run() if step.tick]
    assert tick.tick is not None
    assert tick.tick.critic_gap == 0
    assert "does not tell held-out photos from generated images" in tick.notice


def test_a_damaged_checkpoint_is_replaced_by_the_one_before_it(tmp_path: Path, images: ImageSet):
    config = tiny_config()
    until(begin(tmp_path / "run", config, images), 10)
    newest, older = RunFolder(tmp_path / "run").numbered_checkpoints()
    newest.path.write_bytes(newest.path.read_bytes()[:1000])
    training = begin(tmp_path / "run", config, images, resume=True)
    assert training.progress.generator_updates == older.update
    assert training.log.gan.updates.tolist() == list(range(1, older.update + 1))
    first = next(iter(training.run()))
    assert "continues from the one before it" in first.notice


@pytest.mark.parametrize("lost", [3, 10])
def test_a_gap_in_the_metrics_is_said_when_a_run_is_resumed(tmp_path: Path, images: ImageSet, lost: int):
    until(begin(tmp_path / "run", tiny_config(), images), 10)
    metrics = tmp_path / "run" / "metrics.jsonl"
    lines = metrics.read_text("utf-8").splitlines()
    left = [line for line in lines if '"tick"' not in line][lost:]
    metrics.write_text("[" * 5000 + "\n" + "\n".join(left), "utf-8")
    first = next(iter(begin(tmp_path / "run", tiny_config(), images, resume=True).run()))
    assert f"{metrics} lacks {lost} updates of this run: its curves have a gap." in first.notice


def test_the_newest_model_is_written_when_it_is_asked_for(tmp_path: Path, images: ImageSet):
    import threading

    config, wanted = tiny_config(tick_updates=1000), threading.Event()
    folder = RunFolder(tmp_path / "run")
    settings = settings_of(config, images)
    folder.create(settings)
    steps = Training(folder, settings, images, CPU, model_wanted=wanted).run()
    for step in steps:
        if step.update == 4:
            break
    assert not folder.model_file.exists()
    wanted.set()
    saved = next(step for step in steps if step.model_saved)
    assert load_model(folder.model_file, CPU).card.updates == saved.update
    steps.close()


def test_metrics_are_lines_of_json_that_any_tool_can_read(finished: Finish):
    written = (finished(tiny_config("paper")).path / "metrics.jsonl").read_text()
    lines = [json.loads(line) for line in written.splitlines()]
    updates = [line for line in lines if "tick" not in line]
    assert [line["update"] for line in updates] == list(range(1, 13))
    assert all(0 <= line["pressure"] <= 1 for line in updates)  # of the paper's preset: the share that is clipped
    assert {"w", "images_per_second", "stage"} <= updates[0].keys()


def test_a_tick_is_the_same_whatever_is_measured_between(tmp_path: Path, images: ImageSet):
    """Measuring draws from no random numbers of training."""
    list(begin(tmp_path / "often", tiny_config(tick_updates=2), images).run())
    list(begin(tmp_path / "seldom", tiny_config(tick_updates=12), images).run())
    often, seldom = (newest_tensors(tmp_path / name) for name in ("often", "seldom"))
    assert_same(often, seldom)


@pytest.mark.parametrize("stages", [{}, {"aware": replace(AWARE, updates=2), "encoder": replace(ENCODER, updates=2)}])
def test_samples_on_request_leave_every_number_of_training_as_it_would_be(
    finished: Finish, images: ImageSet, tmp_path: Path, stages: dict[str, object]
):
    config = tiny_config("gp" if stages else "paper", generator_updates=3, tick_updates=2, **stages)
    plain, wanted = finished(config), threading.Event()
    folder = RunFolder(tmp_path / "run")
    folder.create(settings_of(config, images))
    seen = []
    for step in Training(folder, settings_of(config, images), images, CPU, samples_wanted=wanted).run():
        seen.append(step)
        wanted.set()
    asked = [(step.stage, step.update) for step in seen if step.sampled]
    assert {stage for stage, _ in asked} == set(config.stages)
    assert [(grid.stage, grid.update) for grid in folder.grids()] == sorted(set(asked), key=asked.index)
    assert_same(newest_tensors(folder.path), newest_tensors(plain.path))
    ours, theirs = read_log(folder.metrics_file), read_log(plain.path / "metrics.jsonl")
    for stage in config.stages:
        np.testing.assert_array_equal(ours.stage(stage).values, theirs.stage(stage).values)
    assert ours.ticks == theirs.ticks
    for tick in theirs.ticks:
        assert (folder.path / tick.samples).read_bytes() == (plain.path / tick.samples).read_bytes()
