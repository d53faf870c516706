"""Checkpoints: everything comes back exactly, and what is damaged is refused with a sentence."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save
from torch import Tensor, nn

from tests.ml.tiny_gan import same
from wganpaint_gui.core.errors import SaveError, TrainingError
from wganpaint_gui.ml.optimisers import Adam, NetworkOptimiser, RMSprop
from wganpaint_gui.ml.training.checkpoint import (
    Progress,
    load_network,
    load_optimiser,
    load_random_state,
    network_tensors,
    optimiser_tensors,
    read_checkpoint,
    take,
    write_checkpoint,
)

TENSORS = {
    "float": torch.randn(3, 4, generator=torch.Generator().manual_seed(0)),
    "scalar": torch.tensor(2.5),
    "whole": torch.tensor([2**62, -1]),
    "bytes": torch.arange(7, dtype=torch.uint8),
}
PROGRESS = Progress("aware", 12, 60, 3, 4, 5, 2**40, 99, 31.25)
Maker = Callable[[nn.Module], NetworkOptimiser]
MAKERS: list[Maker] = [
    lambda network: NetworkOptimiser(network.parameters(), 0.1, Adam(network.parameters(), (0.0, 0.9))),
    lambda network: NetworkOptimiser(network.parameters(), 0.1, RMSprop(network.parameters(), 0.99)),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gan-00000012.safetensors"


def written(path: Path, progress: Any, version: Any = 1, tensors: dict[str, Tensor] = TENSORS) -> Path:
    """A checkpoint as a stranger might make one."""
    text = json.dumps({"format": version, "progress": progress})
    path.write_bytes(save(tensors, {"wganpaint_checkpoint": text}))
    return path


def test_tensors_and_progress_are_read_as_they_were_written(path: Path) -> None:
    write_checkpoint(path, TENSORS, PROGRESS)
    tensors, progress = read_checkpoint(path)
    assert same(tensors, TENSORS)
    assert [value.dtype for value in tensors.values()] == [TENSORS[name].dtype for name in tensors]
    assert progress == PROGRESS


def test_a_checkpoint_replaces_one_of_the_same_name(path: Path) -> None:
    write_checkpoint(path, {"float": torch.zeros(2)}, Progress())
    write_checkpoint(path, TENSORS, PROGRESS)
    assert read_checkpoint(path)[1] == PROGRESS
    assert list(path.parent.iterdir()) == [path]


def test_what_was_read_needs_the_file_no_longer(path: Path) -> None:
    write_checkpoint(path, TENSORS, PROGRESS)
    tensors, _ = read_checkpoint(path)
    with path.open("r+b") as file:  # the same file, not another of its name: a mapping would show this
        file.write(bytes(path.stat().st_size))
    assert same(tensors, TENSORS)


@given(st.floats(0, 1, exclude_max=True))
def test_a_checkpoint_cut_short_anywhere_is_refused(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    path = tmp_path_factory.mktemp("cut") / "c.safetensors"
    write_checkpoint(path, TENSORS, PROGRESS)
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(TrainingError, match="damaged, cut short, or not a checkpoint"):
        read_checkpoint(path)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_checkpoint_with_a_changed_byte_is_refused_or_read_whole(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    path = tmp_path_factory.mktemp("edited") / "c.safetensors"
    write_checkpoint(path, TENSORS, PROGRESS)
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= change
    path.write_bytes(data)
    try:
        tensors, progress = read_checkpoint(path)
    except TrainingError:
        return
    assert all(torch.isfinite(value).all() for value in tensors.values())
    assert progress.updates(progress.stage) >= 0


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_format_version_is_refused_by_its_number(path: Path, version: Any) -> None:
    with pytest.raises(TrainingError, match=rf"format version '?{version}'?; this program knows version 1"):
        read_checkpoint(written(path, {}, version))


@pytest.mark.parametrize(
    "progress",
    [
        None,
        [],
        {"epochs": 3},
        {"stage": "other"},
        {"stage": ["gan"]},
        {"generator_updates": -1},
        {"generator_updates": 1.5},
        {"drawn": "7"},
        {"critic_since": True},
        {"best": "low"},
        {"best": []},
    ],
)
def test_a_progress_that_makes_no_sense_is_refused(path: Path, progress: Any) -> None:
    with pytest.raises(TrainingError, match="damaged"):
        read_checkpoint(written(path, progress))


@pytest.mark.parametrize("data", [b"", b"\0" * 99, save({"float": torch.zeros(2)})])
def test_a_file_that_is_no_checkpoint_is_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(TrainingError, match="not a checkpoint"):
        read_checkpoint(path)


def test_a_missing_file_is_refused(path: Path) -> None:
    with pytest.raises(TrainingError, match="not a checkpoint"):
        read_checkpoint(path)


class Harmful:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("executed"),)


@pytest.mark.parametrize(
    "write", [lambda value, path: torch.save(value, path), lambda v, p: p.write_bytes(pickle.dumps(v))]
)
def test_a_pickle_is_refused_and_not_executed(
    path: Path, write: Callable[[Any, Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    write(Harmful(), path)
    with pytest.raises(TrainingError, match="not a checkpoint"):
        read_checkpoint(path)
    assert not Path("executed").exists()


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_values_that_are_not_finite_are_not_written_over_good_ones(path: Path, bad: float) -> None:
    write_checkpoint(path, TENSORS, PROGRESS)
    spoilt = TENSORS["float"].clone()
    spoilt[2, 3] = bad
    with pytest.raises(TrainingError, match="float holds values that are NaN or infinite"):
        write_checkpoint(path, {**TENSORS, "float": spoilt}, Progress())
    assert read_checkpoint(path)[1] == PROGRESS


def test_values_that_are_not_finite_are_not_read(path: Path) -> None:
    written(path, {}, tensors={"float": torch.tensor([1.0, float("nan")])})
    with pytest.raises(TrainingError, match=r"is broken: float holds values that are NaN"):
        read_checkpoint(path)


def test_a_checkpoint_that_cannot_be_written_is_a_save_error(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="does not exist"):
        write_checkpoint(tmp_path / "gone" / "c.safetensors", TENSORS, PROGRESS)


def test_the_updates_of_a_stage_are_its_own() -> None:
    assert (PROGRESS.updates("gan"), PROGRESS.updates("aware")) == (12, 4)


def network(seed: int) -> nn.Module:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Conv2d(3, 4, 5), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(64, 1)).to(
        memory_format=torch.channels_last
    )


def steps(net: nn.Module, optimiser: NetworkOptimiser | torch.optim.Optimizer, count: int) -> None:
    for i in range(count):
        x = torch.randn(2, 3, 8, 8, generator=torch.Generator().manual_seed(i))
        net.zero_grad()
        net(x).square().sum().backward()
        optimiser.step()


def test_a_network_is_loaded_into_its_own_tensors(path: Path) -> None:
    one, other = network(0), network(1)
    steps(one, torch.optim.SGD(one.parameters(), lr=0.1), 1)
    write_checkpoint(path, network_tensors("net", one), PROGRESS)
    pointers = [value.data_ptr() for value in other.state_dict().values()]
    load_network("net", other, read_checkpoint(path)[0])
    assert same(other.state_dict(), one.state_dict())
    assert [value.data_ptr() for value in other.state_dict().values()] == pointers


@pytest.mark.parametrize("maker", MAKERS, ids=["adam", "rmsprop"])
def test_an_optimiser_goes_on_exactly(path: Path, maker: Maker) -> None:
    one, other = network(0), network(0)
    optimiser, again = maker(one), maker(other)
    steps(one, optimiser, 3)
    tensors = {**network_tensors("net", one), **optimiser_tensors("optimiser", optimiser)}
    write_checkpoint(path, tensors, PROGRESS)
    read, _ = read_checkpoint(path)
    load_network("net", other, read)
    load_optimiser("optimiser", again, read)
    assert same(optimiser_tensors("o", again), optimiser_tensors("o", optimiser))
    steps(one, optimiser, 3)
    steps(other, again, 3)
    assert same(other.state_dict(), one.state_dict())
    assert same(optimiser_tensors("o", again), optimiser_tensors("o", optimiser))


@pytest.mark.parametrize("maker", MAKERS, ids=["adam", "rmsprop"])
def test_loaded_averages_lie_in_memory_as_fresh_ones_do(path: Path, maker: Maker) -> None:
    one = network(0)
    optimiser = maker(one)
    steps(one, optimiser, 1)
    layout = {name: value.stride() for name, value in optimiser_tensors("o", optimiser).items()}
    write_checkpoint(path, optimiser_tensors("o", optimiser), PROGRESS)
    load_optimiser("o", optimiser, read_checkpoint(path)[0])
    assert {name: value.stride() for name, value in optimiser_tensors("o", optimiser).items()} == layout
    assert (75, 1, 15, 3) in layout.values()  # channels last: otherwise nothing was proved


def test_loaded_averages_share_no_memory_with_what_was_loaded() -> None:
    one = network(0)
    optimiser = MAKERS[0](one)
    steps(one, optimiser, 1)
    saved = {name: value.clone() for name, value in optimiser_tensors("o", optimiser).items()}
    kept = {name: value.clone() for name, value in saved.items()}
    load_optimiser("o", optimiser, saved)
    steps(one, optimiser, 2)
    assert same(saved, kept)


def test_the_learning_rate_stays_the_configs() -> None:
    one = network(0)
    optimiser = MAKERS[0](one)
    steps(one, optimiser, 1)
    faster = NetworkOptimiser(one.parameters(), 0.7, Adam(one.parameters(), (0.0, 0.9)))
    load_optimiser("o", faster, optimiser_tensors("o", optimiser))
    assert faster.rate == 0.7


@pytest.mark.parametrize("maker", MAKERS, ids=["adam", "rmsprop"])
def test_what_an_optimiser_keeps_has_the_names_torch_gives_it(maker: Maker) -> None:
    one, other = network(0), network(0)
    ours = maker(one)
    kind = torch.optim.Adam if isinstance(ours.rule, Adam) else torch.optim.RMSprop
    theirs = kind(other.parameters(), lr=0.1)
    steps(one, ours, 2)
    steps(other, theirs, 2)
    state = theirs.state_dict()["state"]
    names = {f"o.{i}.{key}": value.shape for i, values in state.items() for key, value in values.items()}
    assert {name: value.shape for name, value in optimiser_tensors("o", ours).items()} == names


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("o.0.exp_avg", torch.zeros(3), r"o\.0\.exp_avg has the shape \[3\]"),
        ("o.0.step", torch.zeros(3), r"o\.0\.step has the shape \[3\]"),
        ("o.5.exp_avg_sq", torch.zeros(1, 65), r"o\.5\.exp_avg_sq has the shape \[1, 65\]"),
        ("o.1.exp_avg", None, r"has no o\.1\.exp_avg"),
        ("o.0.step", None, r"has no o\.0\.step"),
    ],
)
def test_averages_that_fit_no_parameter_or_are_missing_are_refused(name: str, value: Tensor | None, named: str) -> None:
    optimiser = MAKERS[0](network(0))
    tensors = {key: kept for key, kept in optimiser_tensors("o", optimiser).items() if key != name}
    with pytest.raises(TrainingError, match=named):
        load_optimiser("o", optimiser, tensors if value is None else {**tensors, name: value})


def test_random_numbers_go_on_where_they_were() -> None:
    source, other = torch.Generator().manual_seed(1), torch.Generator()
    torch.rand(5, generator=source)
    assert load_random_state("noise", other, {"noise": source.get_state()})
    assert torch.equal(torch.rand(9, generator=other), torch.rand(9, generator=source))


def test_another_devices_random_numbers_are_not_taken() -> None:
    source = torch.Generator().manual_seed(1)
    before = source.get_state()
    assert not load_random_state("noise", source, {"noise": torch.zeros(16, dtype=torch.uint8)})  # CUDA's are 16 bytes
    assert torch.equal(source.get_state(), before)


@pytest.mark.parametrize("dtype", [torch.uint8, torch.float32])
def test_a_state_of_random_numbers_that_is_none_is_refused(dtype: torch.dtype) -> None:
    source = torch.Generator()
    with pytest.raises(TrainingError, match="noise is not a random state"):
        load_random_state("noise", source, {"noise": torch.full_like(source.get_state(), 255).to(dtype)})


def test_a_tensor_is_taken_as_a_copy_of_the_type_it_is_needed_in() -> None:
    stored = torch.tensor([1, 0], dtype=torch.uint8)
    found = take("known", torch.zeros(2, dtype=torch.bool), {"known": stored})
    assert found.tolist() == [True, False]
    with pytest.raises(TrainingError, match=r"known has the shape \[2\], \[3\] is needed"):
        take("known", torch.zeros(3), {"known": stored})
    with pytest.raises(TrainingError, match="has no other"):
        take("other", torch.zeros(2), {"known": stored})
