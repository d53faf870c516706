"""How fast the canvas answers on a 24-megapixel photo: a brush event, a zoom step, a pan step; each until painted."""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.gui.canvas.canvas import Canvas

PHOTO = (6000, 4000)
WINDOW = (1280, 800)
BUDGET_MS = {"brush": 8.0, "repaint": 12.0}


def mouse(canvas: Canvas, kind: QEvent.Type, x: float, y: float, *, down: bool) -> None:
    """Deliver one mouse event, as the window system would."""
    at = QPointF(x, y)
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.LeftButton if down else Qt.MouseButton.NoButton
    event = QMouseEvent(kind, at, canvas.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def timed(actions: Iterator[Callable[[], None]]) -> dict[str, float]:
    """Milliseconds of each action and the painting it asks for; processor time leaves out what others took."""
    taken, worked = [], []
    for action in actions:
        start, work = time.perf_counter(), time.thread_time()
        action()
        QApplication.processEvents()
        taken.append(1000 * (time.perf_counter() - start))
        worked.append(1000 * (time.thread_time() - work))
    return {
        "median_ms": round(float(np.median(taken)), 2),
        "p99_ms": round(float(np.percentile(taken, 99)), 2),
        "worst_ms": round(max(taken), 2),
        "processor_median_ms": round(float(np.median(worked)), 2),
        "processor_p99_ms": round(float(np.percentile(worked, 99)), 2),
        "events": len(taken),
    }


def strokes(canvas: Canvas, count: int) -> dict[str, float]:
    """A wavy stroke of `count` events across the window; pressing and letting go are not counted."""
    width, height = canvas.width(), canvas.height()
    way = [
        (width * (0.1 + 0.8 * part), height * (0.5 + 0.35 * math.sin(9 * part))) for part in np.linspace(0, 1, count)
    ]
    mouse(canvas, QEvent.Type.MouseButtonPress, *way[0], down=True)
    QApplication.processEvents()
    result = timed(partial(mouse, canvas, QEvent.Type.MouseMove, x, y, down=True) for x, y in way)
    mouse(canvas, QEvent.Type.MouseButtonRelease, *way[-1], down=False)
    return result


def steps(canvas: Canvas, count: int) -> dict[str, dict[str, float]]:
    """Zooming through all levels at a point, and panning at several zooms."""
    zooms = np.geomspace(0.05, 16, count)
    at = (canvas.width() * 0.4, canvas.height() * 0.6)
    zooming = timed(partial(_zoom, canvas, float(zoom), at) for zoom in zooms)
    panning: dict[str, dict[str, float]] = {}
    for zoom in (0.3, 0.51, 1.0, 1.37, 4.0):
        canvas._set_view(canvas.view.zoomed(zoom, *at))
        ways = [(7.0, 5.0) if step % 20 < 10 else (-7.0, -5.0) for step in range(count)]
        panning[f"{zoom:g}"] = timed(partial(canvas._pan, *way) for way in ways)
    return {"zoom": zooming, **{f"pan at {zoom}": result for zoom, result in panning.items()}}


def _zoom(canvas: Canvas, zoom: float, at: tuple[float, float]) -> None:
    canvas._set_view(canvas.view.zoomed(zoom, *at))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--json", type=Path, help="write the numbers here as well")
    arguments = parser.parse_args()
    app = QApplication.instance() or QApplication([])
    pixels = np.random.default_rng(0).integers(0, 256, (PHOTO[1], PHOTO[0], 3), np.uint8)
    document = Document(Photo(pixels))
    canvas = Canvas()
    canvas.resize(*WINDOW)
    canvas.show()
    QTest.qWaitForWindowExposed(canvas)
    canvas.show_document(document, Pyramid.build(document.photo))
    canvas.set_frames([Frame(2000, 1000, 1500)], 0, "model sees 64 × 64")
    app.processEvents()
    results: dict[str, dict[str, float]] = {}
    for hardness in (1.0, 0.5):
        for zoom in (canvas.view.fitted().zoom, 1.0, 2.0):
            canvas._set_view(canvas.view.zoomed(zoom, canvas.width() / 2, canvas.height() / 2))
            canvas.set_brush(Brush(500, hardness))
            app.processEvents()
            results[f"brush 500 px, hardness {hardness:g}, zoom {zoom:.2f}"] = strokes(canvas, arguments.events)
    results |= steps(canvas, arguments.events)
    for name, values in results.items():
        budget = BUDGET_MS["brush" if name.startswith("brush") else "repaint"]
        ratio = values["p99_ms"] / budget
        print(
            f"{name:38} median {values['median_ms']:5.2f} ms  p99 {values['p99_ms']:6.2f} ms, {ratio:4.2f} of budget"
            f"  (processor {values['processor_median_ms']:5.2f} and {values['processor_p99_ms']:5.2f} ms)"
        )
    report = {"photo": PHOTO, "window": WINDOW, "ratio": canvas.devicePixelRatioF(), "results": results}
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=2), encoding="utf-8")
    print(json.dumps(report))
    canvas.close()


if __name__ == "__main__":
    main()
