"""What counts as diverged, and what a run does about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.ml.training_runs import AWARE, CPU, begin, image_set, newest_tensors, tiny_config, until, write_pictures
from wganpaint_gui.core.dataset import ImageSet
from wganpaint_gui.core.errors import TrainingError
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_config import EncoderConfig
from wganpaint_gui.core.training.training_log import read_log
from wganpaint_gui.ml.model_file import load_model
from wganpaint_gui.ml.training.blocks import has_exploded
from wganpaint_gui.ml.training.training import Training

pytestmark = pytest.mark.usefixtures("quick_ticks")


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> ImageSet:
    folder = tmp_path_factory.mktemp("divergence")
    return image_set(write_pictures(folder / "pictures"), folder / "cache")


def array(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 3000.0, -3000.0])
def test_what_is_no_number_or_impossible_has_exploded(value: float):
    assert has_exploded(array(1.0, value, 1.0), 64)


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=9), st.sampled_from([32, 64, 128, 256]))
def test_what_images_can_be_apart_has_not(shares: list[float], resolution: int):
    black, white = -np.ones((3, resolution, resolution)), np.ones((3, resolution, resolution))
    assert not has_exploded(array(*shares) * np.float32(np.linalg.norm(white - black)), resolution)


def test_a_block_without_an_update_has_not():
    assert not has_exploded(array(), 64)


def test_a_critic_without_a_leash_is_taken_back_and_then_ends_the_run(tmp_path: Path, images: ImageSet):
    """Nothing holds it to a Lipschitz constant, so W grows a little with every update, and for ever."""
    config = tiny_config(penalty=0.0, drift=0.0, critic_rate=3e-2, generator_updates=3000, tick_updates=1000)
    training = begin(tmp_path / "run", config, images)
    notices = []
    with pytest.raises(TrainingError, match="diverged again") as caught:
        notices += [step.notice for step in training.run() if step.notice]
    assert training.progress.rolled_back == 1
    assert "last good checkpoint is kept" in str(caught.value)
    assert np.abs(read_log(tmp_path / "run" / "metrics.jsonl").gan.values).max() < 10 * 111


def spoil(training: Training, update: int, change: Callable[[], None]) -> None:
    """Do something bad once, at the end of that update of the generator."""
    step, spoilt = training.learner.gan.generator_update, [False]

    def generator_update() -> None:
        step()
        if training.progress.generator_updates + 1 == update and not spoilt[0]:
            spoilt[0] = True
            with torch.no_grad():
                change()

    training.learner.gan.generator_update = generator_update  # type: ignore[method-assign]


def test_an_overflow_that_no_weight_shows_yet_is_taken_back(tmp_path: Path, images: ImageSet):
    training = begin(tmp_path / "run", tiny_config(), images)
    average = training.learner.gan.tensors()["critic_optimiser.0.exp_avg"]
    spoil(training, 10, lambda: average.fill_(torch.inf))
    steps = list(training.run())
    assert any("diverged at update 10" in step.notice and "to update 5" in step.notice for step in steps)
    assert steps[-1].update == 12
    assert all(torch.isfinite(value).all() for value in newest_tensors(tmp_path / "run").values())


def test_a_run_that_is_closed_with_a_weight_that_is_no_number_keeps_what_it_had(tmp_path: Path, images: ImageSet):
    training = begin(tmp_path / "run", tiny_config(), images)
    spoil(training, 8, lambda: training.learner.gan.generator.fc.weight.fill_(torch.nan))
    until(training, 8)
    assert RunFolder(tmp_path / "run").numbered_checkpoints()[0].update == 5
    assert begin(tmp_path / "run", tiny_config(), images, resume=True).progress.generator_updates == 5


def test_it_goes_on_with_other_random_numbers(tmp_path: Path, images: ImageSet):
    """The same ones would lead to the same end."""
    whole = begin(tmp_path / "whole", tiny_config(), images)
    list(whole.run())
    training = begin(tmp_path / "run", tiny_config(), images)
    spoil(training, 8, lambda: training.learner.gan.generator.fc.weight.fill_(torch.nan))
    list(training.run())
    kept, other = whole.log.gan.values, training.log.gan.values
    assert (kept[:5] == other[:5]).all()
    assert (kept[5:] != other[5:]).all()


def test_the_search_aware_stage_is_taken_back_as_well(tmp_path: Path, images: ImageSet):
    config = tiny_config(generator_updates=2, tick_updates=5, aware=AWARE.__class__(**{**vars(AWARE), "updates": 12}))
    training = begin(tmp_path / "run", config, images)
    steps = []
    for step in training.run():
        steps.append(step)
        if step.stage == "aware" and step.update == 8 and not training.progress.rolled_back:
            with torch.no_grad():
                training.learner.gan.critic.fc.weight.fill_(torch.nan)
    assert any("diverged at update 9" in step.notice and "to update 5" in step.notice for step in steps)
    assert (steps[-1].stage, steps[-1].update) == ("aware", 12)
    assert training.log.aware.updates.tolist() == list(range(1, 13))


def poisoned(training: Training, at_update: int, *, times: int) -> None:
    """Make the critic's weights infinite when that update is reached, so often."""
    left, update = [times], training.learner.gan.generator_update

    def generator_update() -> None:
        update()
        if training.progress.generator_updates + 1 >= at_update and left[0] > 0:
            left[0] -= 1
            with torch.no_grad():
                training.learner.gan.critic.fc.bias.fill_(torch.nan)
            training.learner.gan.readings[0] = torch.nan

    training.learner.gan.generator_update = generator_update  # type: ignore[method-assign]


def test_divergence_goes_back_to_the_last_checkpoint_once_and_says_so(tmp_path: Path, images: ImageSet):
    training = begin(tmp_path / "run", tiny_config(), images)
    poisoned(training, 8, times=1)
    steps = list(training.run())
    notices = [step.notice for step in steps if step.notice]
    assert any("diverged at update 8" in notice and "back to update 5" in notice for notice in notices)
    assert steps[-1].update == 12
    log = read_log(tmp_path / "run" / "metrics.jsonl").gan
    assert log.updates.tolist() == list(range(1, 13))
    assert training.log.gan.updates.tolist() == list(range(1, 13))
    assert all(torch.isfinite(value).all() for value in newest_tensors(tmp_path / "run").values())


def test_the_speed_is_told_again_after_a_divergence(tmp_path: Path, images: ImageSet):
    training = begin(tmp_path / "run", tiny_config(), images)
    poisoned(training, 8, times=1)
    steps = list(training.run())
    back = next(i for i, step in enumerate(steps) if "went back" in step.notice)
    speeds = {step.update: step.images_per_second for step in steps[back + 1 :]}  # the last of each update
    assert all(speeds[update] > 0 for update in (7, 8, 9, 11))  # measuring, after 5 and 10, begins it anew
    assert steps[-1].update == 12


def test_a_second_divergence_ends_the_run_with_its_last_good_checkpoint(tmp_path: Path, images: ImageSet):
    training = begin(tmp_path / "run", tiny_config(), images)
    poisoned(training, 8, times=2)
    with pytest.raises(TrainingError, match="diverged again"):
        list(training.run())
    newest = RunFolder(tmp_path / "run").numbered_checkpoints()[0]
    assert newest.update == 5
    assert all(torch.isfinite(value).all() for value in newest_tensors(tmp_path / "run").values())


def test_weights_that_no_w_has_shown_yet_are_not_kept(tmp_path: Path, images: ImageSet):
    """NaN in the very update that a tick follows: no checkpoint and no model of it, but back to the one before."""
    training = begin(tmp_path / "run", tiny_config(), images)
    update, spoilt = training.learner.gan.generator_update, [False]

    def generator_update() -> None:
        update()
        if training.progress.generator_updates + 1 == 10 and not spoilt[0]:
            spoilt[0] = True
            with torch.no_grad():
                training.learner.gan.generator.fc.weight.fill_(torch.inf)

    training.learner.gan.generator_update = generator_update  # type: ignore[method-assign]
    steps = list(training.run())
    assert any("back to update 5" in step.notice for step in steps)
    assert steps[-1].update == 12
    assert load_model(tmp_path / "run" / "model.safetensors", CPU).card.updates == 12


def test_a_diverged_encoder_goes_back_to_the_last_checkpoint(tmp_path: Path, images: ImageSet):
    config = tiny_config(generator_updates=2, encoder=EncoderConfig(batch_size=4, updates=12))
    training = begin(tmp_path / "run", config, images)
    poisoned = False
    notices = []
    for step in training.run():
        notices += [step.notice] * bool(step.notice)
        if (step.stage, step.update) == ("encoder", 7) and not poisoned:
            poisoned = True
            with torch.no_grad():  # in place: a checkpoint's tensors are the network's own
                training.learner.tensors()["encoder.fc.weight"].fill_(torch.nan)
    (notice,) = notices
    assert "diverged at update 8 (loss = nan) and went back to update 5" in notice
    assert (step.stage, step.update) == ("encoder", 12)
    assert training.log.encoder.updates.tolist() == list(range(1, 13))
    assert load_model(RunFolder(tmp_path / "run").model_file, CPU).card.encoder_updates == 12
