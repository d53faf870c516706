"""Make the pictures of the guide: the real program doing its job on the sample portrait, so that they stay true.

python docs/make_screenshots.py            writes docs/images/*.webp: 1280x720 at 1x and 2x, light and dark
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wganpaint_gui.gui.main_window import MainWindow

IMAGES = Path(__file__).parent / "images"
SIZE = (1280, 720)
MOUTH = ((205, 137), (212, 143), (222, 146), (232, 145), (240, 140), (245, 134))  # photo pixels
SEED = 3
PICTURES = 600  # that a model is trained on
UPDATES = 1000


def make(theme_name: str, scale: int) -> None:
    """Play one session of the editor and take its pictures. QT_SCALE_FACTOR must be `scale` already."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from wganpaint_gui.core.config import InpaintConfig
    from wganpaint_gui.core.mask import Brush
    from wganpaint_gui.gui import theme
    from wganpaint_gui.gui.app import make_application
    from wganpaint_gui.gui.main_window import MainWindow
    from wganpaint_gui.gui.run_state import RunState

    app = make_application()
    theme.apply_theme(app, theme_name)
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    ending = "" if scale == 1 else f"@{scale}x"

    def wait(done: Callable[[], bool]) -> None:
        end = time.monotonic() + 300
        while not done() and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    def settle(seconds: float = 0.5) -> None:
        end = time.monotonic() + seconds
        wait(lambda: time.monotonic() > end)

    def picture(name: str) -> None:
        settle()
        path = IMAGES / f"editor-{name}-{theme_name}{ending}.webp"
        if not window.grab().save(str(path), "WEBP", 88):
            raise SystemExit(f"{path} could not be written")

    def on_screen(point: tuple[float, float]) -> object:
        from PySide6.QtCore import QPoint

        return QPoint(*(round(value) for value in canvas.view.to_screen(*point)))

    canvas, controller = window.canvas, window.fills.controller
    window.open_sample()
    wait(lambda: window.document is not None)
    canvas.set_brush(Brush(24))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=on_screen(MOUTH[0]))
    for point in MOUTH[1:]:
        QTest.mouseMove(canvas, on_screen(point))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=on_screen(MOUTH[-1]))
    wait(lambda: controller.state is RunState.READY and bool(window.fills.planner.frames))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))  # no brush circle over the face
    picture("mask")
    window.fill_panel.set_config(InpaintConfig(seed=SEED))
    window.actions_by_id["run"].trigger()
    wait(lambda: controller.fill is not None and len(controller.fill.search.log) > 110)
    picture("running")
    wait(lambda: controller.state is RunState.FINISHED)
    picture("done")
    window.actions_by_id["keep"].trigger()
    wait(lambda: window.document is not None and window.document.history.undo_name == "fill")
    window.side_panels.setCurrentWidget(window.model_panel)
    picture("kept")
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        train(window, cut_pictures(Path(folder) / "suit and flag"), wait, picture)
    window.files.document = None  # nothing to ask about
    window.close()


def cut_pictures(folder: Path) -> Path:
    """Pictures to train on that anybody may show: random squares of the sample portrait, which is public domain."""
    import numpy as np
    from PIL import Image

    from wganpaint_gui.core.paths import resource

    portrait, source = Image.open(resource("sample-portrait.png")).convert("RGB"), np.random.default_rng(0)
    folder.mkdir()
    for number in range(PICTURES):
        side = int(source.integers(90, 200))
        x, y = (int(source.integers(0, length - side)) for length in portrait.size)
        portrait.crop((x, y, x + side, y + side)).resize((48, 48)).save(folder / f"{number:04d}.png")
    return folder


def train(
    window: MainWindow, pictures: Path, wait: Callable[[Callable[[], bool]], None], picture: Callable[[str], None]
) -> None:
    """Train a small model on pictures, and take pictures of that."""
    from PySide6.QtWidgets import QApplication

    from wganpaint_gui.gui.training_state import TrainingState

    page, controller = window.training.page, window.training.controller
    window.actions_by_id["train"].trigger()
    settings = page.setup.settings
    settings.resolution.set_value("32")
    settings.width_choice.set_value("16")
    for slider, value in ((settings.updates, UPDATES), (settings.tick, UPDATES // 20)):
        slider.set_value(value)
    page.setup.choose_source(pictures)
    wait(lambda: page.setup.start.isEnabled())
    QApplication.processEvents()
    picture("training-setup")
    page.setup.start.click()
    wait(lambda: len(controller.log.gan) > 0.6 * UPDATES)
    picture("training")
    window.desk.show_photo()
    window.model_panel.show_training()
    picture("training-strip")
    controller.discard()
    wait(lambda: controller.state is TrainingState.IDLE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=2, metavar=("THEME", "SCALE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args().one
    if chosen:
        make(chosen[0], int(chosen[1]))
        return
    IMAGES.mkdir(exist_ok=True)
    for theme_name in ("dark", "light"):
        for scale in (1, 2):
            with tempfile.TemporaryDirectory() as home:
                environment = {
                    **os.environ,
                    "QT_QPA_PLATFORM": "offscreen",
                    "QT_SCALE_FACTOR": str(scale),
                    "WGANPAINT_HOME": home,
                    "OMP_WAIT_POLICY": "PASSIVE",
                }
                command = [sys.executable, __file__, "--one", theme_name, str(scale)]
                subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
