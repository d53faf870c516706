"""What a run writes: the newest checkpoints and the best stay, and a damaged one costs nothing but itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from tests.ml.tiny_gan import CPU, random_images, same
from wganpaint_gui.core.errors import SaveError, TrainingError
from wganpaint_gui.core.measure.picture_grid import cut_grid
from wganpaint_gui.core.training.run_folder import DataDescription, RunFolder, RunSettings
from wganpaint_gui.core.training.training_config import Stage, preset_config
from wganpaint_gui.ml.model_file import Model, load_model
from wganpaint_gui.ml.training.checkpoint import Progress, read_checkpoint
from wganpaint_gui.ml.training.run_files import RunFiles


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    run = RunFolder(tmp_path / "run")
    run.create(RunSettings(preset_config("gp"), DataDescription("/photos", "photos", "whole", 2, 9, "key")))
    return run


def write(files: RunFiles, update: int, stage: Stage = "gan", **options: Any) -> None:
    done = {"generator_updates": update} if stage == "gan" else {"generator_updates": 1000, "aware_updates": update}
    files.write_checkpoint({"value": torch.tensor(float(update))}, Progress(stage, **done), **options)


def names(folder: RunFolder) -> list[str]:
    return sorted(path.stem for path in folder.checkpoints.iterdir())


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def found(files: RunFiles) -> tuple[float, str]:
    """The value of the checkpoint that is read, and the note."""
    result = files.read_checkpoint()
    assert result is not None
    tensors, progress, note = result
    assert progress.updates(progress.stage) == tensors["value"]
    return tensors["value"].item(), note


@pytest.mark.parametrize("keep", [1, 2, 5])
def test_as_many_of_the_newest_checkpoints_are_kept_as_the_config_says(folder: RunFolder, keep: int) -> None:
    files = RunFiles(folder, keep)
    for update in range(0, 40, 10):
        write(files, update)
    assert names(folder) == [f"gan-{update:08d}" for update in (0, 10, 20, 30)[-keep:]]


def test_the_best_checkpoint_is_kept_besides(folder: RunFolder) -> None:
    files = RunFiles(folder, 2)
    for update in range(0, 50, 10):
        write(files, update, best=update in (0, 10))
    assert names(folder) == ["best", "gan-00000030", "gan-00000040"]
    assert read_checkpoint(folder.best_checkpoint)[1].generator_updates == 10


def test_checkpoints_of_the_search_aware_stage_are_newer_than_the_others(folder: RunFolder) -> None:
    files = RunFiles(folder, 2)
    write(files, 990)
    write(files, 1000)
    write(files, 0, "aware")
    assert names(folder) == ["aware-00000000", "gan-00001000"]
    assert found(files) == (0, "")


def test_the_newest_checkpoint_is_read(folder: RunFolder) -> None:
    files = RunFiles(folder, 3)
    for update in (9, 10, 100):
        write(files, update)
    assert found(files) == (100, "")


def test_a_run_without_checkpoints_has_none(folder: RunFolder) -> None:
    assert RunFiles(folder, 2).read_checkpoint() is None


def test_where_the_newest_is_damaged_the_one_before_is_read_with_a_note(folder: RunFolder) -> None:
    files = RunFiles(folder, 3)
    for update in (10, 20, 30):
        write(files, update)
    spoil(folder.checkpoint_path("gan", 30))
    value, note = found(files)
    assert value == 20
    assert "gan-00000030.safetensors is damaged" in note
    assert note.endswith("Training continues from the one before it, gan-00000020.safetensors.")


@pytest.mark.parametrize("keep", [1, 2])
def test_a_damaged_newer_checkpoint_never_takes_the_place_of_a_good_one(folder: RunFolder, keep: int) -> None:
    files = RunFiles(folder, keep)
    for update in (10, 20):
        write(RunFiles(folder, 2), update)
    spoil(folder.checkpoint_path("gan", 20))
    assert found(files)[0] == 10
    write(files, 15)
    assert found(files) == (15, "")
    assert names(folder) == ["gan-00000010", "gan-00000015"][-keep:]


def test_the_best_checkpoint_is_the_last_resort(folder: RunFolder) -> None:
    files = RunFiles(folder, 1)
    write(files, 10, best=True)
    write(files, 20)
    spoil(folder.checkpoint_path("gan", 20))
    value, note = found(files)
    assert value == 10
    assert note.endswith("best.safetensors.")


def test_where_every_checkpoint_is_damaged_the_sentence_says_what_is_left(folder: RunFolder) -> None:
    files = RunFiles(folder, 2)
    for update in (10, 20):
        write(files, update, best=True)
    for path in folder.checkpoints.iterdir():
        spoil(path)
    with pytest.raises(
        TrainingError, match=r"gan-00000020\.safetensors is damaged.*model\.safetensors can still be used"
    ):
        files.read_checkpoint()


def test_a_checkpoint_that_cannot_be_written_leaves_the_old_ones(folder: RunFolder) -> None:
    files = RunFiles(folder, 1)
    write(files, 10)
    folder.checkpoint_path("gan", 20).mkdir()  # in the way
    with pytest.raises(SaveError, match="is a folder"):
        write(files, 20)
    folder.checkpoint_path("gan", 20).rmdir()
    assert found(files) == (10, "")


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import torch
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.ml.training.checkpoint import Progress
from wganpaint_gui.ml.training.run_files import RunFiles

files = RunFiles(RunFolder(Path(sys.argv[1])), 1)
files.write_checkpoint({"value": torch.zeros(10)}, Progress(generator_updates=1), best=True)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing fails then, as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    files.write_checkpoint({"value": torch.ones(1000)}, Progress(generator_updates=2), best=True)
except SaveError as error:
    print(error.message.rsplit(": ", 1)[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a process's files")
def test_a_full_disk_leaves_the_checkpoints_as_they_were(folder: RunFolder) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(folder.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("the disk is full.\n", "")
    assert names(folder) == ["best", "gan-00000001"]
    for path in folder.checkpoints.iterdir():
        assert read_checkpoint(path)[1].generator_updates == 1


def test_sample_grids_show_the_samples_and_are_named_by_their_moment(folder: RunFolder) -> None:
    from PIL import Image

    samples = random_images(6)
    RunFiles(folder, 1).write_samples("aware", 12, samples, 3)
    with Image.open(folder.path / "samples" / "aware-00000012.png") as picture:
        np.testing.assert_array_equal(cut_grid(np.asarray(picture), 32), samples)


def test_the_model_is_written_as_the_editor_loads_it(folder: RunFolder, make_model: Callable[..., Model]) -> None:
    files = RunFiles(folder, 1)
    files.write_model(make_model(seed=1))
    files.write_model(make_model(seed=2))
    assert same(load_model(folder.model_file, CPU).state(), make_model(seed=2).state())
