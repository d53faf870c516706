"""The pace of a run, the card of its model, and what is said when memory runs out."""

from __future__ import annotations

import subprocess
import sys
import time
import weakref
from datetime import date

import pytest
import torch
from torch import Tensor

from tests.ml.tiny_gan import CPU, tiny_config
from wganpaint_gui.core.errors import BatchError
from wganpaint_gui.core.models.model_card import FACE_FRAMING, ModelCard
from wganpaint_gui.core.training.run_folder import DataDescription, RunSettings
from wganpaint_gui.core.training.training_config import preset_config
from wganpaint_gui.ml.networks import Critic
from wganpaint_gui.ml.training.checkpoint import Progress
from wganpaint_gui.ml.training.gan import Gan
from wganpaint_gui.ml.training.learner import training_card
from wganpaint_gui.ml.training.pace import Pace
from wganpaint_gui.ml.training.training_memory import largest_batch, out_of_memory


class Clock:
    """Time that passes when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(time, "perf_counter", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_the_pace_is_unknown_before_two_marks(clock: Clock) -> None:
    pace = Pace()
    assert (pace.images_per_second, pace.seconds_left(10)) == (0.0, None)
    pace.mark(320, 10)
    assert (pace.images_per_second, pace.seconds_left(10)) == (0.0, None)


def test_the_pace_is_what_was_done_in_the_time_it_took(clock: Clock) -> None:
    pace = Pace()
    for i in range(4):
        pace.mark(64 * i, 2 * i)
        clock.now += 0.5
    assert pace.images_per_second == pytest.approx(3 * 64 / 1.5)
    assert pace.seconds_left(100) == pytest.approx(100 * 1.5 / 6)


def test_only_the_last_seconds_count(clock: Clock) -> None:
    pace = Pace()
    for i in range(100):  # one image a second, then ten
        pace.mark(i, i)
        clock.now += 1
    for i in range(20):
        pace.mark(100 + 10 * i, 100 + i)
        clock.now += 1
    assert pace.images_per_second == pytest.approx(10)


def test_two_marks_are_enough_however_far_apart(clock: Clock) -> None:
    pace = Pace()
    pace.mark(0, 0)
    clock.now += 600
    pace.mark(60, 3)
    assert pace.images_per_second == pytest.approx(0.1)
    assert pace.seconds_left(1) == pytest.approx(200)


def test_a_pause_does_not_count(clock: Clock) -> None:
    pace = Pace()
    pace.mark(0, 0)
    pace.pause()
    clock.now += 4
    pace.mark(0, 0)
    assert pace.images_per_second == 0
    clock.now += 1
    pace.mark(5, 1)
    assert pace.images_per_second == pytest.approx(5)


def test_no_end_is_foretold_where_no_update_was_finished(clock: Clock) -> None:
    pace = Pace()
    pace.mark(0, 7)
    clock.now += 1
    pace.mark(64, 7)
    assert pace.images_per_second == pytest.approx(64)
    assert pace.seconds_left(10) is None


def settings(framing: str = "whole", licence: str = "") -> RunSettings:
    return RunSettings(preset_config("gp"), DataDescription("/p/cats.zip", "cats", framing, 10, 90, "key", licence))


DONE = Progress("aware", generator_updates=50, aware_updates=7, images_seen=4000)


def test_the_card_says_what_was_done_with_which_images() -> None:
    card = training_card("my cats", settings(licence="CC0"), DONE, None)
    assert (card.name, card.preset, card.network) == ("my cats", "gp", preset_config("gp").network)
    assert (card.updates, card.aware_updates, card.images_seen) == (50, 7, 4000)
    assert (card.dataset, card.dataset_size, card.licence, card.notes) == ("cats", 90, "CC0", "")
    assert card.created == date.today().isoformat()


def test_the_updates_of_the_model_that_training_began_with_count() -> None:
    base = ModelCard("faces-64", preset="paper", updates=1000, aware_updates=20, images_seen=9, licence="CC BY 4.0")
    card = training_card("mine", settings(), DONE, base)
    assert (card.updates, card.aware_updates, card.images_seen) == (1050, 27, 4009)
    assert (card.preset, card.licence, card.notes) == ("gp", "CC BY 4.0", "Continued from faces-64.")


def test_a_model_whose_critic_alone_was_trained_keeps_its_preset() -> None:
    base = ModelCard("faces-64", preset="paper", updates=1000)
    assert training_card("mine", settings(), Progress("aware", aware_updates=7), base).preset == "paper"


@pytest.mark.parametrize(("framing", "faces"), [("faces", True), ("celeba", True), ("aligned", True), ("whole", False)])
def test_the_card_tells_faces_in_their_framing_from_other_pictures(framing: str, faces: bool) -> None:
    assert (training_card("mine", settings(framing), DONE, None).framing == FACE_FRAMING) == faces


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch, batches_tried_here: None) -> list[int]:
    """One number: how many images a critic has memory for."""
    limit, forward = [10**9], Critic.forward

    def cramped(self: Critic, x: Tensor) -> Tensor:
        if len(x) > limit[0]:
            raise RuntimeError("CUDA out of memory. Tried to allocate 2 GiB")
        return forward(self, x)

    monkeypatch.setattr(Critic, "forward", cramped)
    return limit


@pytest.mark.parametrize(
    ("below", "fits", "expected"),
    [(32, 9, 8), (32, 40, 16), (30, 7, 7), (30, 6, 3), (5, 2, 2), (8, 1, None), (3, 9, None)],
)
def test_the_largest_batch_is_the_first_half_that_fits(
    room: list[int], below: int, fits: int, expected: int | None
) -> None:
    room[0] = 2 * fits  # photos and fakes together
    assert largest_batch(tiny_config(), CPU, below=below) == expected


def test_the_error_names_what_did_not_fit_and_what_does(room: list[int]) -> None:
    room[0] = 2 * 9
    error = out_of_memory(tiny_config(), CPU)
    assert isinstance(error, BatchError)
    assert error.fits == 4
    assert "batches of 8 at width 4" in error.message
    assert error.hint == "A batch of 4 fits."


@pytest.mark.parametrize(("preset", "kinds"), [("gp", {True, False}), ("paper", {False})])
def test_what_fits_was_tried_with_every_kind_of_update(
    monkeypatch: pytest.MonkeyPatch, batches_tried_here: None, preset: str, kinds: set[bool]
) -> None:
    tried = set()
    monkeypatch.setattr(Gan, "critic_update", lambda _, penalised: tried.add(penalised))
    assert largest_batch(tiny_config(preset), CPU, below=8) == 4
    assert tried == kinds


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no NVIDIA GPU: there are no CUDA graphs")
def test_on_a_gpu_what_fits_was_captured_as_training_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """A graph keeps the memory that its update needs."""
    make, captured = torch.cuda.CUDAGraph, list[torch.cuda.CUDAGraph]()

    def counted() -> torch.cuda.CUDAGraph:
        captured.append(make())
        return captured[-1]

    monkeypatch.setattr(torch.cuda, "CUDAGraph", counted)
    assert largest_batch(tiny_config("gp"), torch.device("cuda", 0), below=8) == 4
    assert len(captured) == 3  # the critic's, with and without penalty, and the generator's


@pytest.mark.slow  # each batch that is tried imports torch
@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory as Linux does")
def test_a_lack_of_memory_that_crashes_the_convolutions_is_one() -> None:
    program = """
import resource, torch
from wganpaint_gui.core.training.training_config import preset_config
from wganpaint_gui.ml.training.training_memory import largest_batch
resource.setrlimit(resource.RLIMIT_AS, (1_500_000 << 10,) * 2)
print(largest_batch(preset_config("gp", width=64), torch.device("cpu"), below=256))
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (int(ran.stdout) in (16, 32, 64, 128), ran.stderr) == (True, "")


def test_where_nothing_fits_another_way_is_named(room: list[int]) -> None:
    room[0] = 1
    assert out_of_memory(tiny_config(), CPU).hint == "Choose a smaller width."


def test_other_failures_are_not_taken_for_a_lack_of_memory(
    monkeypatch: pytest.MonkeyPatch, batches_tried_here: None
) -> None:
    def broken(self: Critic, x: Tensor) -> Tensor:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    monkeypatch.setattr(Critic, "forward", broken)
    with pytest.raises(RuntimeError, match="cannot be multiplied"):
        largest_batch(tiny_config(), CPU, below=8)


def test_what_the_failed_update_held_is_let_go_before_another_is_tried(
    monkeypatch: pytest.MonkeyPatch, batches_tried_here: None
) -> None:
    held: list[weakref.ref[Tensor]] = []
    alive: list[bool] = []
    forward = Critic.forward

    def watched(self: Critic, x: Tensor) -> Tensor:
        alive.append(held[0]() is not None)
        return forward(self, x)

    def failing_update() -> None:
        large = torch.zeros(8)
        held.append(weakref.ref(large))
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(Critic, "forward", watched)
    try:
        failing_update()
    except torch.OutOfMemoryError:
        assert held[0]() is not None
        out_of_memory(tiny_config(), CPU)
    assert alive
    assert not any(alive)
