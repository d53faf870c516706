"""The processes of one training: which GPU each takes, and what they tell each other before it begins."""

from __future__ import annotations

import pytest
import torch
from torch.distributed import HashStore

from wganpaint_gui.core.errors import DataError, DeviceError, TrainingError
from wganpaint_gui.ml.training.ranks import ALONE, Ranks, started


@pytest.fixture
def gpus(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One number: how many GPUs this machine has."""
    found = [2]
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: found[0])
    return found


@pytest.mark.parametrize("name", ["auto", "cuda"])
def test_each_process_of_a_machine_takes_a_gpu_of_its_own(gpus: list[int], name: str) -> None:
    taken = [Ranks(rank, 4, rank % 2, 2).device(name) for rank in range(4)]
    assert taken == [torch.device("cuda", index) for index in (0, 1, 0, 1)]


def test_one_process_of_a_machine_takes_the_gpu_that_is_named(gpus: list[int]) -> None:
    assert ALONE.device("cuda:1") == Ranks(1, 2).device("cuda:1") == torch.device("cuda", 1)


def test_fewer_gpus_than_processes_are_refused_on_all_of_them(gpus: list[int]) -> None:
    gpus[0] = 1
    for local in (0, 1):
        with pytest.raises(DeviceError, match=r"fewer GPUs \(1\) than processes.*\(2\).*--nproc-per-node 1"):
            Ranks(local, 2, local, 2).device("auto")
    assert Ranks(1, 2, 1, 2).device("cpu") == torch.device("cpu")


def test_processes_do_not_share_the_gpu_that_is_named(gpus: list[int]) -> None:
    with pytest.raises(DeviceError, match="2 processes on this machine cannot share cuda:1"):
        Ranks(0, 2, 0, 2).device("cuda:1")


def test_torchruns_variables_say_which_process_this_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert started() == ALONE
    for name, value in {"RANK": 5, "WORLD_SIZE": 8, "LOCAL_RANK": 1, "LOCAL_WORLD_SIZE": 4}.items():
        monkeypatch.setenv(name, str(value))
    assert started() == Ranks(5, 8, 1, 4)


def test_the_first_failure_is_what_the_others_hear() -> None:
    board = HashStore()
    first, second, third = (Ranks(rank, 3, board=board) for rank in range(3))
    assert first.failure() is None
    with pytest.raises(DataError), second.beginning():
        raise DataError("No pictures.", "Look there.")
    with pytest.raises(TrainingError), third.beginning(), third.exchange():
        raise RuntimeError("Connection closed by peer")
    for other in (first, third):
        assert str(other.failure()) == "Process 1, counted from 0: No pictures. Look there."
    assert second.failure() is None


def test_an_exchange_that_fails_alone_is_no_other_processs_fault() -> None:
    with pytest.raises(RuntimeError, match="a bug"), ALONE.exchange():
        raise RuntimeError("a bug")
