"""Jobs: the newest item is shown, the last one always, and exactly one ending follows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from wganpaint_gui.core.system.explain import explain
from wganpaint_gui.gui.work.job import SHOW_INTERVAL, Ending, Job


@pytest.fixture
def run_job(qtbot: QtBot) -> Callable[[Callable[[], Iterator[Any]]], tuple[list[Any], Ending]]:
    """Run a job to its end; what it showed and how it ended."""

    def run(make_steps: Callable[[], Iterator[Any]]) -> tuple[list[Any], Ending]:
        job = Job(make_steps)
        shown: list[Any] = []
        job.stepped.connect(shown.append)
        with qtbot.waitSignal(job.ended) as ended:
            job.start()
        return shown, ended.args[0]

    return run


def test_the_last_item_is_always_shown_and_older_ones_may_be_dropped(run_job: Any) -> None:
    shown, ending = run_job(lambda: iter(range(100_000)))
    assert ending == Ending("done")
    assert shown[-1] == 99_999
    assert shown == sorted(shown)


def test_items_nobody_could_look_at_are_dropped_and_not_queued(qtbot: QtBot) -> None:
    job = Job(lambda: iter(range(1000)))
    shown: list[int] = []
    job.stepped.connect(shown.append)
    with qtbot.waitSignal(job.ended):
        job.start()
        assert job.wait(time.monotonic() + 10), "no event is looked at meanwhile"
    assert shown == [999]


def test_the_ending_comes_once_and_after_the_last_item(qtbot: QtBot) -> None:
    job = Job(lambda: iter(range(5)))
    events: list[object] = []
    job.stepped.connect(events.append)
    job.ended.connect(events.append)
    with qtbot.waitSignal(job.ended):
        job.start()
    later = QTimer(singleShot=True, interval=round(2000 * SHOW_INTERVAL))  # longer than an item is held back
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert events[-2:] == [4, Ending("done")]
    assert sum(isinstance(event, Ending) for event in events) == 1


def test_stopping_closes_the_generator_within_one_step(qtbot: QtBot) -> None:
    closed = threading.Event()
    made: list[int] = []

    def endless() -> Iterator[int]:
        try:
            while True:
                made.append(len(made))
                yield made[-1]
        finally:
            closed.set()

    job = Job(endless)
    with qtbot.waitSignal(job.stepped):
        job.start()
    with qtbot.waitSignal(job.ended) as ended:
        job.stop()
    assert ended.args[0].kind == "stopped"
    assert closed.is_set()


def test_a_paused_job_makes_no_steps_until_it_is_resumed(qtbot: QtBot) -> None:
    made: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            made.append(len(made))
            if len(made) == 3:
                job.pause()
            yield made[-1]

    job = Job(endless)
    with qtbot.waitSignal(job.stepped, check_params_cb=lambda item: item == 2):
        job.start()
    assert not job.wait(time.monotonic() + 0.1), "the thread lives"
    assert len(made) == 3
    job.resume()
    qtbot.waitUntil(lambda: len(made) > 3)
    with qtbot.waitSignal(job.ended):
        job.stop()


def test_an_error_in_the_generator_is_an_ending_and_not_a_crash(run_job: Any) -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise RuntimeError("out of paint")

    shown, ending = run_job(failing)
    assert shown == [1]
    assert ending.kind == "failed"
    assert str(ending.error) == "out of paint"


def test_an_error_while_the_generator_is_made_is_an_ending_too(run_job: Any) -> None:
    def make() -> Iterator[int]:
        raise ValueError("no such model")

    _, ending = run_job(make)
    assert ending.kind == "failed"


def test_a_job_may_be_deleted_with_its_window_while_its_thread_runs(qtbot: QtBot) -> None:
    window = QObject()
    started, release, threads = threading.Event(), threading.Event(), list[threading.Thread]()

    def steps() -> Iterator[int]:
        threads.append(threading.current_thread())
        started.set()
        release.wait(5)
        yield 1

    Job(steps, window).start()
    assert started.wait(5)
    shiboken6.delete(window)
    release.set()
    threads[0].join(5)
    assert not threads[0].is_alive()


def test_a_job_whose_thread_cannot_start_has_failed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    job = Job(lambda: iter(range(5)))
    monkeypatch.setattr(threading.Thread, "start", start)
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert job.wait(time.monotonic())
    assert "not enough memory" in explain(ended.args[0].error).sentence
