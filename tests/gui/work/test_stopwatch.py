"""The time that work takes, without its pauses."""

from __future__ import annotations

from wganpaint_gui.gui.work.stopwatch import Stopwatch


def test_pauses_do_not_count() -> None:
    now = [100.0]
    watch = Stopwatch(lambda: now[0])
    now[0] = 110
    watch.pause()
    now[0] = 5000
    assert watch.seconds == 10
    watch.resume()
    now[0] += 20
    assert watch.seconds == 30
    watch.restart()
    assert watch.seconds == 0
