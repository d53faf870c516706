"""`wganpaint train --resume` after the memory ran out, and where config.json was edited."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from tests.cli.conftest import Ran, Run
from tests.ml.training_runs import newest_tensors, write_pictures
from wganpaint_gui.core.models.model_card import read_card
from wganpaint_gui.core.training.run_folder import RunFolder
from wganpaint_gui.core.training.training_log import read_log
from wganpaint_gui.ml.networks import Critic

TINY = ("--resolution", 32, "--width", 4, "--batch-size", 8, "--held-out", 6, "--tick-updates", 100)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictures(tmp_path_factory.mktemp("data") / "portraits")


@pytest.fixture
def command(pictures: Path, tmp_path: Path) -> tuple[object, ...]:
    return ("train", pictures, "--out", tmp_path / "run", "--device", "cpu")


@pytest.fixture
def trained(wganpaint: Run, command: tuple[object, ...], tmp_path: Path) -> Path:
    assert wganpaint(*command, *TINY, "--generator-updates", 2).code == 0
    return tmp_path / "run"


@pytest.mark.parametrize("done", [0, 3])
def test_the_command_that_is_named_when_memory_runs_out_goes_on(
    wganpaint: Run,
    command: tuple[object, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    batches_tried_here: None,
    done: int,
):
    """done: generator updates before another program takes the memory."""
    forward, calls = Critic.forward, 0

    def cramped(self: Critic, x: Tensor) -> Tensor:
        nonlocal calls
        calls += 1
        if len(x) > 2 * 4 and calls > 2 * done:  # photos and fakes together
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB")
        return forward(self, x)

    monkeypatch.setattr(Critic, "forward", cramped)
    ran = wganpaint(*command, *TINY, "--generator-updates", 9)
    assert ran.code == 1
    sentence = ran.complaints[-1]
    assert "There is not enough memory on cpu for batches of 8 at width 4." in sentence
    named = re.search(r"resume with (--resume --batch-size 4)\.", sentence)
    assert named is not None
    run = tmp_path / "run"
    stopped = newest_tensors(run)
    assert RunFolder(run).numbered_checkpoints()[0].update == done
    assert wganpaint(*command, *named[1].split()).code == 0
    assert read_log(run / "metrics.jsonl").gan.updates.tolist() == list(range(1, 10))
    assert any((value != stopped[name]).any() for name, value in newest_tensors(run).items())
    assert RunFolder(run).read_settings().config.batch_size == 4
    card = read_card(run / "model.safetensors")
    assert (card.updates, card.images_seen) == (9, 8 * done + 4 * (9 - done))


@pytest.mark.parametrize(
    ("part", "name", "value", "says"),
    [
        ("config", "critic_rate", 0.03, "critic rate (0.0003, now 0.03)"),
        ("config", "seed", 5, "seed (0, now 5)"),
        ("data", "held_out", 3, "held out (6, now 3)"),
    ],
)
def test_an_edited_config_is_refused_by_name_and_the_next_step_works(
    wganpaint: Run, command: tuple[object, ...], trained: Path, part: str, name: str, value: object, says: str
):
    path = trained / "config.json"
    before = newest_tensors(trained)
    edit(path, part, name, value)
    ran: Ran = wganpaint(*command, "--resume", "--generator-updates", 4)
    assert ran.code == 2
    assert f"config.json differs from what it was trained with: {says}. Restore it, or delete" in ran.complaints[-1]
    assert all((value == before[name]).all() for name, value in newest_tensors(trained).items())
    path.unlink()
    assert wganpaint(*command, "--resume", "--generator-updates", 4).code == 0
    assert len(read_log(trained / "metrics.jsonl").gan) == 4


def test_what_may_change_may_be_edited(wganpaint: Run, command: tuple[object, ...], trained: Path):
    for part, name, value in (
        ("config", "batch_size", 4),
        ("config", "generator_updates", 3),
        ("data", "licence", "my"),
    ):
        edit(trained / "config.json", part, name, value)
    assert wganpaint(*command, "--resume").code == 0
    assert len(read_log(trained / "metrics.jsonl").gan) == 3


def edit(path: Path, part: str, name: str, value: Any) -> None:
    settings = json.loads(path.read_text())
    settings[part][name] = value
    path.write_text(json.dumps(settings))
