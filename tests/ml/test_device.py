"""Devices: what is not there is said in a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
import torch

from wganpaint_gui.core.errors import DeviceError
from wganpaint_gui.ml.device import denormals_flushed, describe, exact_convolutions, pick_device, quiet_threads


@pytest.fixture
def threads_restored() -> Iterator[None]:
    yield
    quiet_threads(window_open=False)


def test_the_cpu_is_always_there() -> None:
    assert pick_device("cpu") == torch.device("cpu")


def test_auto_takes_a_gpu_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for cuda, mps, expected in ((False, False, "cpu"), (False, True, "mps"), (True, False, "cuda")):
        monkeypatch.setattr(torch.cuda, "is_available", lambda there=cuda: there)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda there=mps: there)
        assert pick_device("auto").type == expected


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "mps"])
def test_a_device_that_is_not_there_is_said_to_be_missing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(DeviceError, match="This machine has no") as caught:
        pick_device(name)
    assert caught.value.hint == "Choose cpu."


def test_a_gpu_beyond_the_last_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert pick_device("cuda:1") == torch.device("cuda", 1)
    with pytest.raises(DeviceError, match="There is no device cuda:2: this machine has 2") as caught:
        pick_device("cuda:2")
    assert caught.value.hint == "Choose cuda:1 or a lower number."
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(DeviceError) as caught:
        pick_device("cuda:2")
    assert caught.value.hint == "Choose cuda:0."


@pytest.mark.parametrize("name", ["", "gpu", "cuda:", "cuda:x", "cuda:-1", "cpu:0", "mps:1", "CUDA"])
def test_a_name_that_is_no_device_lists_those_that_are(name: str) -> None:
    with pytest.raises(DeviceError, match="Choose auto, cpu, cuda, cuda:N or mps"):
        pick_device(name)


def test_an_open_window_gets_a_core(threads_restored: None) -> None:
    quiet_threads(window_open=False)
    alone = torch.get_num_threads()
    assert describe(torch.device("cpu")) == f"CPU, {alone} thread{'s' if alone > 1 else ''}"
    quiet_threads(window_open=True)
    assert torch.get_num_threads() == max(1, alone - 1)


def test_convolutions_do_without_tf32_inside_and_as_they_did_before_after_an_error() -> None:
    def allowed() -> bool:
        return torch.backends.cudnn.allow_tf32  # it is there without a GPU too

    def fail() -> None:
        assert not allowed()
        raise ZeroDivisionError

    for before in (False, True):  # True is torch's own
        torch.backends.cudnn.allow_tf32 = before
        with pytest.raises(ZeroDivisionError), exact_convolutions(torch.device("cuda")):
            fail()
        assert allowed() == before


def test_on_a_cpu_nothing_is_set() -> None:
    with exact_convolutions(torch.device("cpu")):
        assert torch.backends.cudnn.allow_tf32


def test_denormals_are_flushed_inside_and_only_there() -> None:
    tiny = torch.tensor(1e-310, dtype=torch.float64)
    with denormals_flushed():
        assert tiny.mul(0.5).item() == 0
    assert tiny.mul(0.5).item() != 0


COUNT_UNFLUSHED = """
import json, threading
import torch
from wganpaint_gui.ml.device import denormals_flushed

def unflushed():
    tiny = torch.full((1 << 20,), 1e-39)  # so many that all threads have a part of them
    with denormals_flushed():
        halved = tiny * 0.5
    return halved.view(torch.int32).count_nonzero().item()  # as numbers, tiny ones may compare equal to 0

def in_another_thread(with_workers):
    def run():
        if with_workers:
            torch.ones(1 << 20)
        found.append(unflushed())
    found = []
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]

torch.set_num_threads(2)
torch.ones(1 << 20)
results = {"unflushed outside": torch.full((1 << 20,), 1e-39).mul(0.5).view(torch.int32).count_nonzero().item()}
with denormals_flushed():
    pass
torch.ones(1 << 20)
results["workers that were there before"] = unflushed()
results["another thread"] = in_another_thread(with_workers=False)
results["another thread with workers"] = in_another_thread(with_workers=True)
torch.set_num_threads(3)
torch.ones(1 << 20)
results["more workers than at first"] = unflushed()
print(json.dumps(results))
"""


def test_denormals_are_flushed_in_every_thread_that_shares_an_operation() -> None:
    command = [sys.executable, "-c", COUNT_UNFLUSHED]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert json.loads(result.stdout) == {
        "unflushed outside": 1 << 20,
        "workers that were there before": 0,
        "another thread": 0,
        "another thread with workers": 0,
        "more workers than at first": 0,
    }
