"""Driving a generator: stopped within one step, always closed, paused without work."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from wganpaint_gui.jobs.drive import drive


class Counter:
    """A generator that counts what it did and whether its `finally` ran."""

    def __init__(self, length: int | None = None, *, fail_at: int | None = None) -> None:
        self.made = 0
        self.closed = False
        self._length = length
        self._fail_at = fail_at

    def steps(self) -> Iterator[int]:
        try:
            while self._length is None or self.made < self._length:
                if self.made == self._fail_at:
                    raise RuntimeError("out of memory")
                self.made += 1
                yield self.made
        finally:
            self.closed = True


@contextmanager
def driving(counter: Counter, **events: Event) -> Iterator[tuple[threading.Thread, list[str]]]:
    outcomes: list[str] = []
    thread = threading.Thread(target=lambda: outcomes.append(drive(counter.steps(), **events)))
    thread.start()
    yield thread, outcomes
    events["stop"].set()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_every_item_is_delivered_in_order_and_the_outcome_is_done():
    counter, got = Counter(4), []
    assert drive(counter.steps(), deliver=got.append, stop=Event()) == "done"
    assert got == [1, 2, 3, 4]
    assert counter.closed


def test_a_stop_takes_effect_within_one_step_and_closes_the_generator():
    counter, stop, got = Counter(), Event(), []

    def deliver(item: int) -> None:
        got.append(item)
        if item == 3:
            stop.set()

    assert drive(counter.steps(), deliver=deliver, stop=stop) == "stopped"
    assert got == [1, 2, 3]
    assert counter.made == 3
    assert counter.closed


def test_a_stop_before_the_start_asks_for_no_item():
    counter, stop = Counter(), Event()
    stop.set()
    assert drive(counter.steps(), deliver=lambda _: None, stop=stop) == "stopped"
    assert counter.made == 0


def test_an_exception_of_the_generator_reaches_the_caller():
    counter, got = Counter(fail_at=2), []
    with pytest.raises(RuntimeError, match="out of memory"):
        drive(counter.steps(), deliver=got.append, stop=Event())
    assert got == [1, 2]
    assert counter.closed


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_exception_while_delivering_closes_the_generator_first(error: type[BaseException]):
    counter = Counter()

    def deliver(_: int) -> None:
        raise error

    with pytest.raises(error):
        drive(counter.steps(), deliver=deliver, stop=Event())
    assert counter.made == 1
    assert counter.closed


def test_an_iterator_that_cannot_be_closed_is_driven_too():
    got: list[int] = []
    assert drive(iter([1, 2]), deliver=got.append, stop=Event()) == "done"
    assert got == [1, 2]


def test_a_pause_holds_the_work_and_costs_no_processor_time():
    counter, stop, pause, held = Counter(), Event(), Event(), Event()
    used: list[float] = []

    def deliver(item: int) -> None:
        if item == 2:
            pause.set()
            held.set()
            used.append(time.thread_time())
        if item == 3:
            used.append(time.thread_time())
            stop.set()

    with driving(counter, deliver=deliver, stop=stop, pause=pause) as (thread, outcomes):
        assert held.wait(10)
        thread.join(timeout=0.5)  # long enough for a spinning loop to be seen
        assert thread.is_alive()
        assert counter.made == 2
        pause.clear()
        thread.join(timeout=10)
    assert outcomes == ["stopped"]
    assert used[1] - used[0] < 0.1


def test_a_stop_during_a_pause_does_not_wait_until_the_pause_is_looked_at_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wganpaint_gui.jobs.drive.RESUME_LATENCY", 3600)
    counter, stop, pause = Counter(), Event(), Event()
    pause.set()
    with driving(counter, deliver=lambda _: None, stop=stop, pause=pause) as (thread, outcomes):
        stop.set()
        thread.join(timeout=10)
    assert outcomes == ["stopped"]
    assert counter.made == 0
