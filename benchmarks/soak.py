"""Whether the editor's memory grows while it is used, and when its window stands still.

Drives the real editor through the same cycle again and again: open a photo, paint over the mouth, search, keep, undo,
redo, and so on with the other of two photos. Prints the memory in use, after Python and glibc have given back what
they can, every tenth cycle; then its growth a cycle after the first ones, the gaps between two beats of the event
loop, and what the window was doing in the longest.
Use: python benchmarks/soak.py [--cycles N] [--steps N] [--candidates N] [--model NAME] [--without PART …]
[--settle N] [--busy] [--json FILE]. The part "planning" is the search for a frame; without it the frame is given.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from gui_stalls import Heartbeat, percentiles  # sets the environment before torch and Qt
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.app import SWITCH_INTERVAL, make_application
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.window.main_window import MainWindow
from wganpaint_gui.gui.work import background

FACE = Frame(176, 76, 92)  # of the sample portrait
MOUTH = ((204.0, 138.0), (216.0, 144.0), (230.0, 144.0), (242.0, 137.0))
PARTS = ("planning", "search", "refine", "keep", "undo", "redo")
PATIENCE = 600  # seconds: the machine may be busy
SHOWN = 5  # of the longest gaps


def memory() -> float:
    """Resident megabytes of this process, without what only waits to be used again."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("the system does not say how much memory is in use")


class Soak:
    """Uses an editor; notes when what was done."""

    def __init__(self, model: str | None, without: list[str], **settings: int) -> None:
        """settings: of the search, where they are not the defaults."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        make_application()
        self.heart = Heartbeat()
        self.doing: list[tuple[float, str]] = []
        self.without, self.settings = without, settings
        self.heart.timer.start()
        with self.during("start"):
            self.window = MainWindow()
            self.window.resize(1280, 800)
            self.window.show()
            self.wait(lambda: self.window.engine.model is not None)
        if model is not None:
            first = self.window.engine.model
            with self.during("load the model"):
                self.window.engine.load(model, "cpu")
                self.wait(lambda: self.window.engine.model is not first)

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        self.doing.append((time.perf_counter(), what))
        yield
        self.doing.append((time.perf_counter(), "between"))

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window live until the condition holds; a loop that polls would hide its beats."""
        loop, look = QEventLoop(), QTimer(interval=5)
        end = time.monotonic() + PATIENCE
        look.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > end else None)
        look.start()
        loop.exec()
        if not condition():
            raise TimeoutError("the editor did not get there")

    def cycle(self, photo: Path) -> None:
        window, controller = self.window, self.window.fill_controller
        with self.during("open"):
            before = window.document
            window.open_photos([photo])
            self.wait(lambda: window.document is not before)
        document = window.document
        assert document is not None
        if "planning" in self.without:
            document.set_frames([FACE])
        with self.during("paint"):
            with document.edit_mask("brush stroke") as edit:
                for start, end in pairwise(MOUTH):
                    edit.segment(start, end, Brush(20))
            self.wait(lambda: controller.state is FillState.READY and window.frame_planner.settled)
        if "search" in self.without:
            document.history.mark_saved()
            return
        config = replace(window.fill_panel.settings.config, **self.settings)  # type: ignore[arg-type]
        with self.during("search"):
            controller.run(config)
            self.wait(lambda: controller.state is FillState.FINISHED)
        if "keep" not in self.without:
            with self.during("keep"):
                controller.keep()
                self.wait(lambda: controller.fill is None)
            for act in ("undo", "redo"):
                if act not in self.without:
                    with self.during(act):
                        window.actions_by_id[act].trigger()
                        self.wait(lambda: controller.background.pending == 0)
        else:
            controller.discard()
        document.history.mark_saved()

    def close(self) -> None:
        self.window.close()

    def longest_gaps(self) -> list[tuple[float, str]]:
        """The longest gaps in milliseconds, and what the window was doing when they began."""
        times, gaps = np.array(self.heart.times), self.heart.gaps()
        began = np.searchsorted([start for start, _ in self.doing], times[:-1]) - 1
        return [(float(gaps[gap]), self.doing[began[gap]][1]) for gap in np.argsort(gaps)[::-1][:SHOWN]]


def photos(folder: Path) -> list[Path]:
    """Two photos of the same face at the same place."""
    portrait = Image.open(resource("sample-portrait.png")).convert("RGB")
    paths = [folder / "one.png", folder / "other.png"]
    portrait.save(paths[0])
    portrait.point(lambda value: min(255, value + 8)).save(paths[1])
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=300)
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--candidates", type=int)
    parser.add_argument("--settle", type=int, default=50, help="cycles before growth counts")
    parser.add_argument("--model")
    parser.add_argument("--without", nargs="*", choices=PARTS, default=[])
    parser.add_argument("--busy", action="store_true", help="compute at normal priority, where other programs run too")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if options.busy:
        background.NICENESS = 0
    used: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        paths = photos(Path(folder))
        settings = {"steps": options.steps}
        if options.candidates is not None:
            settings["candidates"] = options.candidates
        if "refine" in options.without:
            settings["refine"] = 0
        soak = Soak(options.model, options.without, **settings)
        for number in range(options.cycles):
            soak.cycle(paths[number % 2])
            if (number + 1) % 10 == 0:
                used[number + 1] = memory()
                print(f"cycle {number + 1}: {used[number + 1]:.1f} MB", flush=True)
        soak.close()
    later = {number: value for number, value in used.items() if number >= options.settle}
    growth = float(np.polyfit(list(later), list(later.values()), 1)[0]) if len(later) > 1 else float("nan")
    gaps = percentiles(soak.heart.gaps())
    print(f"growth after cycle {options.settle}: {growth:.3f} MB a cycle")
    print(f"gaps: median {gaps['median_ms']:.1f} ms, p99 {gaps['p99_ms']:.1f} ms, worst {gaps['worst_ms']:.1f} ms")
    for gap, what in soak.longest_gaps():
        print(f"  {gap:.0f} ms: {what}")
    if options.json:
        options.json.write_text(json.dumps({"used_mb": used, "growth_mb": growth, "gaps": gaps}, indent=2))


if __name__ == "__main__":
    main()
