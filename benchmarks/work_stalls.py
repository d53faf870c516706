"""How long the window stands still where a large photo is saved, copied, masked, kept a fill in, or opened.

Drives the real editor, afresh each time, over a 6000 x 4000 photo. Prints the longest time between two beats of its
event loop around each of these, in milliseconds, and the median of all times. Of the magic wand also how long it takes
from the click until the mask has changed ("done"); it selects 4 megapixels, or 8 where it is not contiguous. With
--against, another checkout takes turns with this one, and ratios are printed.
Use: python benchmarks/work_stalls.py [--pairs N] [--against FOLDER] [--cases …] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from gui_stalls import HEIGHT, WIDTH, Heartbeat, large_photo, wait_for  # sets the environment before torch and Qt
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo
from wganpaint_gui.gui.app import SWITCH_INTERVAL, make_application
from wganpaint_gui.gui.fill.fill_state import FillState
from wganpaint_gui.gui.mask.mask_dialog import MaskDialog
from wganpaint_gui.gui.window.main_window import MainWindow

if TYPE_CHECKING:
    from wganpaint_gui.core.edit.document import Document

FRAME = Frame(1000, 0, HEIGHT)
SMALL, LARGE = Box(2800, 1100, 500, 300), Box(1200, 200, 3600, 3600)  # holes
STEPS = 3  # of a search: what it finds is of no interest here
AFTERWARDS = 300  # milliseconds, in which what was done is drawn


def longest(begin: Callable[[], object], over: Callable[[], bool]) -> float:
    """Milliseconds the event loop stood still at most, from before `begin` until a while after `over`."""
    heart, loop, look = Heartbeat(), QEventLoop(), QTimer(interval=5)

    def end_when_over() -> None:
        if over():
            look.stop()
            QTimer.singleShot(AFTERWARDS, loop.quit)

    look.timeout.connect(end_when_over)
    heart.timer.start()
    QTimer.singleShot(50, begin)
    QTimer.singleShot(100, look.start)
    loop.exec()
    heart.timer.stop()
    return float(heart.gaps().max())


def rest(milliseconds: int = 700) -> None:
    """Let what was set off come to its end: frames are looked for, thumbnails drawn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def make_window() -> MainWindow:
    sys.setswitchinterval(SWITCH_INTERVAL)
    make_application()
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    wait_for(lambda: window.engine.model is not None)
    return window


def open_in(window: MainWindow, path: Path) -> Document:
    before = window.document
    window.open_photos([path])
    wait_for(lambda: window.document is not before)
    assert window.document is not None
    return window.document


def search(window: MainWindow, hole: Box) -> None:
    """Have a fill in hand that can be kept."""
    document, controller = window.document, window.fill_controller
    assert document is not None
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(hole, 255)
    document.set_frames([FRAME])
    wait_for(lambda: controller.state is FillState.READY)
    # Blending takes its time in the worker, and none of the window's.
    controller.run(replace(window.fill_panel.settings.config, steps=STEPS, blend="none"))
    wait_for(lambda: controller.state is FillState.FINISHED)
    rest()


def measure(folder: Path, cases: list[str]) -> dict[str, float]:
    window = make_window()
    document = open_in(window, folder / "large.jpg")
    rest()
    found: dict[str, float] = {}
    for case in cases:
        found |= CASES[case](window, document, folder)
        document.history.mark_saved()
    if window.document is not None:
        window.document.history.mark_saved()
    window.close()
    return found


def measure_save(window: MainWindow, document: Document, folder: Path) -> dict[str, float]:
    files, found = window.files.files, {}
    for name in ("save", "save again"):
        path = folder / f"{os.getpid()}-{name}.jpg"
        found[name] = longest(
            lambda path=path: files.save(document, path, overwrite=False, then=lambda: None),  # type: ignore[misc]
            lambda: files.background.pending == 0,
        )
        path.unlink()
    return found


def measure_copy(window: MainWindow, _document: Document, _folder: Path) -> dict[str, float]:
    background = window.files.files.background
    return {"copy": longest(window.actions_by_id["copy"].trigger, lambda: background.pending == 0)}


def measure_keep(window: MainWindow, document: Document, _folder: Path) -> dict[str, float]:
    controller, found = window.fill_controller, {}
    for name, hole in (("keep small", SMALL), ("keep large", LARGE)):
        search(window, hole)
        found[name] = longest(controller.keep, lambda: not controller.state.has_fill)
        assert document.history.undo_name == "fill"
    found["undo large"] = longest(document.undo, lambda: True)
    return found


def measure_open(window: MainWindow, _document: Document, folder: Path) -> dict[str, float]:
    controller, project = window.fill_controller, folder / "large.wganpaint"
    found = {"open": longest(lambda: window.open_photos([project]), lambda: controller.state.has_fill)}
    controller.discard()
    return found


def measure_wand(window: MainWindow, document: Document, _folder: Path) -> dict[str, float]:
    """Click on the background, by a real event; then on a mask of that size, grow it with a preview."""
    found = {}
    window.actions_by_id["tool_wand"].trigger()
    wait_for(lambda: window.masks.background.pending == 0)
    at = QPoint(*(round(place) for place in window.canvas.view.to_screen(300, 2000)))
    for name, contiguous in (("wand contiguous", True), ("wand everywhere", False)):
        window.tool_options.show_wand(32, contiguous=contiguous)
        times: list[float] = []
        unsubscribe = document.subscribe(lambda _, times=times: times.append(time.perf_counter()))  # type: ignore[misc]

        def click(times: list[float] = times) -> None:
            times.append(time.perf_counter())
            QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=at)

        found[name] = longest(click, lambda: document.history.can_undo)
        unsubscribe()
        found[f"{name}, done"] = 1000 * (times[1] - times[0])
        document.undo()
        rest()
        wait_for(lambda: window.frame_planner.settled)
    document.redo()
    rest()
    found["grow with preview"] = longest(window.masks.grow_by, lambda: window.masks.background.pending == 0)
    dialog = window.findChild(MaskDialog)
    assert isinstance(dialog, MaskDialog)
    dialog.reject()
    document.undo()
    return found


CASES = {"save": measure_save, "copy": measure_copy, "wand": measure_wand, "keep": measure_keep, "open": measure_open}


def make_project(folder: Path) -> None:
    """Of a 16-bit TIFF, with a search of both methods that waits for a decision."""
    from wganpaint_gui.core.project.project import Project, find_original
    from wganpaint_gui.core.project.project_file import ProjectFile
    from wganpaint_gui.gui.files.opened_project import saved_fill

    across, down = np.linspace(0, 65535, WIDTH), np.linspace(0, 1, HEIGHT)
    plane = (down[:, None] * across).astype(np.uint16)
    save_photo(photo_from_pixels(np.stack([plane, plane[::-1], plane[:, ::-1]], axis=2)), folder / "large.tiff")
    window = make_window()
    document = open_in(window, folder / "large.tiff")
    window.fill_panel.settings.set_config(replace(window.fill_panel.settings.config, methods=("yeh", "critic")))
    search(window, SMALL)
    state = document.state_later()()
    fill = saved_fill(window.fill_controller.in_hand, state)
    project = Project(find_original(state), state, window.fill_panel.settings.config, fill)
    ProjectFile(folder / "large.wganpaint").write(project)
    window.fill_controller.discard()
    document.history.mark_saved()
    window.close()


def measured_in(checkout: Path, folder: Path, cases: list[str]) -> dict[str, float]:
    """By a program of its own: memory that was used once is faster the second time."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(checkout), str(Path(__file__).parent)))}
    environment.pop("WGANPAINT_HOME", None)
    command = [sys.executable, __file__, "--measure", str(folder), "--cases", *cases]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout.splitlines()[-1])
    assert Path(result.pop("program")).is_relative_to(checkout), "another checkout was measured"
    return {name: float(value) for name, value in result.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--against", type=Path, help="another checkout, such as one of an earlier commit")
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES), help="in this order")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure is not None:
        import wganpaint_gui

        print(json.dumps({"program": wganpaint_gui.__file__, **measure(options.measure, options.cases)}))
        return
    checkouts = [Path(__file__).resolve().parent.parent]
    if options.against is not None:
        checkouts.insert(0, options.against.resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large_photo(folder)
        make_project(folder)
        runs = [[measured_in(checkout, folder, options.cases) for checkout in checkouts] for _ in range(options.pairs)]
    for case in runs[0][0]:
        medians = [statistics.median(pair[side][case] for pair in runs) for side in range(len(checkouts))]
        each = " | ".join(" ".join(f"{pair[side][case]:.0f}" for pair in runs) for side in range(len(checkouts)))
        ratio = ""
        if len(checkouts) == 2:
            ratio = f", ratio {statistics.median(pair[1][case] / pair[0][case] for pair in runs):.2f}"
        print(f"{case}: median {' -> '.join(f'{median:.0f}' for median in medians)} ms{ratio}   ({each})")
    if options.json:
        options.json.write_text(json.dumps(runs, indent=2))


if __name__ == "__main__":
    main()
