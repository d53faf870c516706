"""How the window feels while a search is live and a stroke is painted on a 6000 x 4000 photo.

Drives the real editor with real mouse events for some seconds. Prints stalls of the GUI thread (time between two beats
of its event loop), a brush event at 500 px from delivery to paint, the delay from a step to its preview on screen, and
from the last step to the last frame. Use: python benchmarks/gui_stalls.py [--seconds S] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # both as wganpaint_gui.__main__ sets them
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["WGANPAINT_HOME"] = tempfile.mkdtemp()

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.app import SWITCH_INTERVAL, make_application
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.window.main_window import MainWindow

WIDTH, HEIGHT = 6000, 4000
EVENT_INTERVAL = 8  # milliseconds between two mouse moves, as a 125 Hz mouse sends them
STROKE = 120  # moves; then the button is lifted for some, so that the search hears of the new mask
PAUSE = 40


def large_photo(folder: Path) -> Path:
    """The sample portrait enlarged in the middle of a 24-megapixel photo."""
    portrait = Image.open(resource("sample-portrait.png")).resize((HEIGHT, HEIGHT), Image.Resampling.BICUBIC)
    canvas = Image.new("RGB", (WIDTH, HEIGHT), (90, 110, 130))
    canvas.paste(portrait, ((WIDTH - HEIGHT) // 2, 0))
    path = folder / "large.jpg"
    canvas.save(path, quality=90)
    return path


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the editor did not get there")
        QApplication.processEvents()
        time.sleep(0.002)


class Heartbeat:
    """Notes when the event loop comes round."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
        self.timer.timeout.connect(lambda: self.times.append(time.perf_counter()))

    def gaps(self) -> np.ndarray:
        return np.diff(self.times) * 1000


class Painter:
    """Moves the mouse in circles over the canvas with the left button down; times each event with its paint."""

    def __init__(self, window: MainWindow) -> None:
        self.canvas = window.canvas
        self.timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=EVENT_INTERVAL)
        self.timer.timeout.connect(self.move)
        self.angle = 0.0
        self.times: list[float] = []
        self.moves = 0

    def place(self) -> QPointF:
        centre = QPointF(self.canvas.width() / 2, self.canvas.height() / 2)
        return centre + QPointF(np.cos(self.angle), np.sin(self.angle)) * (self.canvas.height() / 3 + self.moves % 7)

    def send(self, kind: QEvent.Type, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        at = self.place()
        where = self.canvas.mapToGlobal(at)
        event = QMouseEvent(kind, at, QPointF(where), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.canvas, event)

    def start(self) -> None:
        self.send(QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)
        self.timer.start()

    def move(self) -> None:
        self.angle += 0.03
        self.moves += 1
        phase = self.moves % (STROKE + PAUSE)
        before = time.perf_counter()
        if phase == 0:
            self.send(QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)
        elif phase == STROKE:
            self.send(QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)
        held = Qt.MouseButton.LeftButton if phase < STROKE else Qt.MouseButton.NoButton
        self.send(QEvent.Type.MouseMove, Qt.MouseButton.NoButton, held)
        QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        self.times.append((time.perf_counter() - before) * 1000)

    def stop(self) -> None:
        self.timer.stop()
        self.send(QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)


def time_previews(window: MainWindow) -> tuple[list[float], list[float]]:
    """Two lists that fill while a search runs: step to preview, and when each step was made (seconds)."""
    from wganpaint_gui.core.search.composed_fill import FillSnapshot
    from wganpaint_gui.ml.search.fill import Fill

    made: dict[int, float] = {}
    delays: list[float] = []
    last: list[float] = []
    run = Fill.run

    def timed(self: Fill, *args: Any, **kwargs: Any) -> Iterator[FillSnapshot]:
        for frame in run(self, *args, **kwargs):
            last[:] = [time.perf_counter()]
            if frame.images is not None and frame.shown_step is not None:
                made[frame.shown_step] = last[0]
            yield frame

    Fill.run = timed  # type: ignore[method-assign]

    def shown(frame: FillSnapshot) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
        if frame.step is not None and frame.shown_step in made:
            delays.append((time.perf_counter() - made.pop(frame.shown_step)) * 1000)

    window.fill_controller.shown.connect(shown)
    return delays, last


def percentiles(values: list[float] | np.ndarray) -> dict[str, float]:
    array = np.asarray(values)
    return {
        "median_ms": float(np.median(array)),
        "p99_ms": float(np.percentile(array, 99)),
        "worst_ms": float(array.max()),
        "count": len(array),
    }


def measure(seconds: float) -> dict[str, Any]:
    sys.setswitchinterval(SWITCH_INTERVAL)
    make_application()
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    with tempfile.TemporaryDirectory() as folder:
        window.open_photos([large_photo(Path(folder))])
        wait_for(lambda: window.document is not None)
    controller = window.fill_controller
    wait_for(lambda: window.engine.model is not None)
    document = window.document
    assert document is not None
    document.set_frames([Frame(2500, 500, 1200)])
    with document.edit_mask("brush stroke") as edit:
        edit.segment((2950, 1150), (3250, 1150), Brush(200))
    wait_for(lambda: controller.state is FillState.READY)
    delays, last = time_previews(window)
    controller.run(replace(window.fill_panel.settings.config, steps=100_000))
    wait_for(lambda: len(delays) > 5)
    window.canvas.set_brush(Brush(500))
    delays.clear()
    heart, painter = Heartbeat(), Painter(window)
    heart.timer.start()
    painter.start()
    loop = QEventLoop()  # quitting the application would close the window
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    painter.stop()
    heart.timer.stop()
    assert controller.state is FillState.RUNNING
    steps = len(controller.fill.search.log) if controller.fill else 0
    ended: list[float] = []
    controller.shown.connect(lambda _frame: ended.append(time.perf_counter()))
    controller.stop()
    wait_for(lambda: controller.state is FillState.FINISHED and bool(ended))
    final = (ended[-1] - last[0]) * 1000
    result = {
        "stall": percentiles(heart.gaps()),
        "brush_event_500px": percentiles(painter.times),
        "step_to_preview": percentiles(delays),
        "last_step_to_last_frame_ms": final,
        "steps": steps,
        "seconds": seconds,
    }
    controller.discard()
    document.history.mark_saved()
    window.close()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result = measure(options.seconds)
    for name in ("stall", "brush_event_500px", "step_to_preview"):
        values = result[name]
        print(
            f"{name}: median {values['median_ms']:.1f} ms, p99 {values['p99_ms']:.1f} ms, "
            f"worst {values['worst_ms']:.1f} ms of {values['count']}"
        )
    print(f"last step to last frame: {result['last_step_to_last_frame_ms']:.1f} ms; {result['steps']} steps meanwhile")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
