"""How long from the click on *Fill the mask* until the first picture is drawn: from a first guess, from a random start.

Drives the real editor on the sample portrait with the mouth masked; the two starts take turns. Prints medians, the
best, the worst and the ratio, where the time goes, and the same with the frame still to be fitted. The model is
faces-64, with an encoder of random weights where it has none: that takes as long as any.
Use: python benchmarks/first_picture.py [--pairs N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from gui_stalls import wait_for  # sets the environment before torch and Qt
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.search.composed_fill import FillSnapshot
from wganpaint_gui.core.search.settings import InpaintConfig, Start
from wganpaint_gui.core.system.paths import shipped_weights
from wganpaint_gui.gui.app import SWITCH_INTERVAL, make_application
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.window.main_window import MainWindow

FACE = Frame(176, 76, 92)
MOUTH = ((204, 138), (216, 144), (230, 144), (242, 137))  # photo pixels
STARTS: tuple[Start, Start] = ("guess", "random")
STAGES = ("fill_made", "search_begins", "first_step", "drawn")  # a guess is drawn before the first step is done


def model_with_encoder(folder: Path) -> Path:
    """faces-64, or a copy of it with an encoder of random weights."""
    import torch

    from wganpaint_gui.ml.model_file import Model, load_model, save_model
    from wganpaint_gui.ml.networks import Encoder, init_weights

    shipped = shipped_weights() / "faces-64.safetensors"
    model = load_model(shipped, torch.device("cpu"))
    if model.encoder is not None:
        return shipped
    encoder = Encoder(model.card.network)
    init_weights(encoder, 0)
    path = folder / "faces-64-encoder.safetensors"
    save_model(Model(model.generator, model.critic, replace(model.card, format=2, encoder_updates=1), encoder), path)
    return path


def window_with_mask(model: Path) -> MainWindow:
    make_application()
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    window.open_sample()
    wait_for(lambda: window.engine.model is not None and window.document is not None)
    window.engine.load(model, "cpu")
    wait_for(lambda: not window.engine.loading)
    assert window.document is not None
    with window.document.edit_mask("brush stroke") as edit:
        for one, other in pairwise(MOUTH):
            edit.segment(one, other, Brush(20))
    return window


class Times:
    """When a run reached each of its stages, in milliseconds since the click."""

    def __init__(self, window: MainWindow) -> None:
        from wganpaint_gui.ml.search.fill import Fill

        self.found: dict[str, float] = {}
        self._clicked = 0.0
        self._fill: Fill | None = None  # the newest; those before may still be ending
        init, run = Fill.__init__, Fill.run

        def made(fill: Fill, *args: Any, **options: Any) -> None:
            init(fill, *args, **options)
            self._fill = fill
            self._note("fill_made")

        def stepped(fill: Fill, *args: Any, **options: Any) -> Iterator[FillSnapshot]:
            self._note("search_begins")
            for frame in run(fill, *args, **options):
                if fill is self._fill:
                    self._note("first_step")
                yield frame

        Fill.__init__ = made  # type: ignore[method-assign, assignment]
        Fill.run = stepped  # type: ignore[method-assign, assignment]
        window.fill_controller.shown.connect(self._on_shown)

    def click(self, window: MainWindow) -> None:
        self.found = {}
        button = window.fill_panel.button
        self._clicked = time.perf_counter()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _note(self, stage: str) -> None:
        self.found.setdefault(stage, 1000 * (time.perf_counter() - self._clicked))

    def _on_shown(self, _: FillSnapshot) -> None:
        QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)  # paint
        self._note("drawn")


def first_picture(window: MainWindow, times: Times, start: Start, *, placed: bool) -> dict[str, float]:
    """One fill, from the click to its first picture. placed: whether the frame is where it is used."""
    controller, document = window.fill_controller, window.document
    assert document is not None
    document.set_frames([FACE] if placed else [])
    wait_for(lambda: window.frame_planner.settled and controller.state is FillState.READY)
    window.fills.take_settings(InpaintConfig(start=start, steps=100, refine=0))
    times.click(window)
    wait_for(lambda: {"drawn", "first_step"} <= set(times.found))
    controller.discard()
    wait_for(lambda: controller.state is FillState.READY and controller.background.pending == 0)
    QTest.qWait(300)  # the search that was discarded ends its step
    return dict(times.found)


def measure(pairs: int) -> dict[str, Any]:
    sys.setswitchinterval(SWITCH_INTERVAL)
    with tempfile.TemporaryDirectory() as folder:
        window = window_with_mask(model_with_encoder(Path(folder)))
    times = Times(window)
    first_picture(window, times, "guess", placed=True)  # imports, and the window's first search panel
    found: dict[str, list[dict[str, float]]] = {start: [] for start in (*STARTS, "guess, frame to be fitted")}
    for _ in range(pairs):
        for start in STARTS:
            found[start].append(first_picture(window, times, start, placed=True))
        found["guess, frame to be fitted"].append(first_picture(window, times, "guess", placed=False))
    assert window.document is not None
    window.document.history.mark_saved()
    window.close()
    return {
        name: {
            **{stage: statistics.median(run[stage] for run in runs) for stage in STAGES},
            "best": min(run["drawn"] for run in runs),
            "worst": max(run["drawn"] for run in runs),
        }
        for name, runs in found.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    result = measure(options.pairs)
    for name, times in result.items():
        reached = ", ".join(f"{stage.replace('_', ' ')} {times[stage]:.0f}" for stage in STAGES)
        print(
            f"{name}: {reached} ms after the click (medians), best {times['best']:.0f}, worst {times['worst']:.0f} ms"
        )
    print(f"guess / random: {result['guess']['drawn'] / result['random']['drawn']:.2f}")
    if options.json:
        options.json.write_text(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
