"""Of the jobs of an owner only the newest is heard; the threads of the others are still waited for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event

import pytest

from wganpaint_gui.gui.work.current_job import CurrentJob
from wganpaint_gui.gui.work.job import Ending


def endless(word: str, going: Event | None = None) -> Callable[[], Iterator[str]]:
    def steps() -> Iterator[str]:
        while True:
            if going is not None:
                going.set()
            yield word

    return steps


@pytest.fixture
def job(qtbot) -> Iterator[CurrentJob]:
    job = CurrentJob()
    yield job
    job.drop()
    assert job.wait(time.monotonic() + 10)
    qtbot.waitUntil(lambda: job.all_ended)


def test_a_job_that_was_replaced_is_not_heard_any_more(job: CurrentJob, qtbot) -> None:
    heard: list[str] = []
    endings: list[Ending] = []
    job.stepped.connect(heard.append)
    job.ended.connect(endings.append)
    job.start(endless("first"))
    qtbot.waitUntil(lambda: heard == ["first"] * len(heard) and bool(heard))
    job.start(endless("second"))
    heard.clear()
    qtbot.waitUntil(lambda: len(heard) > 2)
    assert set(heard) == {"second"}
    with qtbot.waitSignal(job.ended):
        job.stop()
    assert [ending.kind for ending in endings] == ["stopped"]
    assert not job.exists


def test_a_job_that_was_dropped_ends_unheard(job: CurrentJob, qtbot) -> None:
    going = Event()
    endings: list[Ending] = []
    job.ended.connect(endings.append)
    job.start(endless("only", going))
    assert going.wait(5)
    job.drop()
    assert not job.exists
    assert not job.all_ended
    assert job.wait(time.monotonic() + 10)
    qtbot.waitUntil(lambda: job.all_ended)
    assert endings == []
