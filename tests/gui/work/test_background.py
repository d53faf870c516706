"""Background work: results arrive in the GUI thread, in order, and none after closing."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from wganpaint_gui.gui.work.background import NICENESS, Background, stand_back


def test_results_arrive_in_the_gui_thread_in_the_order_asked_for(qtbot: QtBot) -> None:
    background = Background("test")
    arrived: list[tuple[int, threading.Thread]] = []
    workers: set[threading.Thread] = set()

    def work(number: int) -> int:
        workers.add(threading.current_thread())
        return number

    for number in range(20):
        background.submit(
            lambda number=number: work(number),
            lambda result: arrived.append((result, threading.current_thread())),
            lambda error: None,
        )
    qtbot.waitUntil(lambda: len(arrived) == 20)
    assert [number for number, _ in arrived] == list(range(20))
    assert {thread for _, thread in arrived} == {threading.current_thread()}
    assert threading.current_thread() not in workers
    assert background.pending == 0
    background.close()


def test_no_result_arrives_before_the_task_has_been_submitted(qtbot: QtBot) -> None:
    background = Background("test")
    arrived: list[int] = []
    for number in range(1000):  # some have ended before the next line
        background.submit(lambda number=number: number, arrived.append, lambda _: None)
        assert arrived == []
    qtbot.waitUntil(lambda: len(arrived) == 1000)
    assert arrived == list(range(1000))
    background.close()


def test_an_error_goes_to_the_one_who_asked(qtbot: QtBot) -> None:
    background = Background("test")
    errors: list[BaseException] = []
    background.submit(lambda: 1 // 0, lambda result: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)
    background.close()


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    background = Background("nothing arrives")
    started, release, arrived = threading.Event(), threading.Event(), []

    def work() -> None:
        started.set()
        release.wait(5)

    background.submit(work, arrived.append, arrived.append)
    background.submit(lambda: None, arrived.append, arrived.append)
    assert started.wait(5)
    background.close()
    assert not background.wait(time.monotonic() + 0.02), "it is still at work"
    release.set()
    assert background.wait(time.monotonic() + 5)
    assert "nothing arrives" not in "".join(thread.name for thread in threading.enumerate()), "nobody reports any more"
    QCoreApplication.processEvents()
    assert arrived == []


def test_work_may_end_after_its_window_has_been_deleted(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    background = Background("test")
    threads, started, release = [], threading.Event(), threading.Event()

    def work() -> None:
        threads.append(threading.current_thread())
        started.set()
        release.wait(5)

    background.submit(work, lambda _: None, lambda _: None)
    assert started.wait(5)
    background.close()
    shiboken6.delete(background)
    release.set()
    threads[0].join(5)
    assert not caplog.records, "the thread told an object that is gone"


def test_what_waits_is_finished_where_that_is_asked_for(qtbot: QtBot) -> None:
    background = Background("test")
    release, written = threading.Event(), []
    background.submit(lambda: release.wait(5), lambda _: None, lambda _: None)
    background.submit(lambda: written.append(1), lambda _: None, lambda _: None)
    background.close(finish=True)
    release.set()
    assert background.wait(time.monotonic() + 5)
    assert written == [1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_a_thread_whose_priority_is_lower_already_keeps_it(qtbot: QtBot) -> None:
    """Raising it again is forbidden: the window could do no work where it was started by `nice -n 15`."""
    before, after = list[int](), list[int]()

    def work() -> None:
        thread = threading.get_native_id()
        before.append(os.getpriority(os.PRIO_PROCESS, thread))
        os.setpriority(os.PRIO_PROCESS, thread, 19)
        stand_back()
        after.append(os.getpriority(os.PRIO_PROCESS, thread))

    background = Background("test")
    background.submit(work, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: bool(after))
    assert before[0] >= NICENESS
    assert after == [19]
    background.close()
