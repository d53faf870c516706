"""Take the pictures of README and guide: the real program at work, so that they stay true.

The photos are the sample portrait, and scikit-image's coffee, and its grass with a ball drawn on it.

python docs/make_screenshots.py            writes docs/images/*.webp: 1280x720 at 1x and 2x, light and dark

Trains a small model first; each session resumes its run. Fails if a page shows a picture that was not taken.
"""

from __future__ import annotations

import argparse
import colorsys
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from wganpaint_gui.core.training.training_config import TrainingConfig
    from wganpaint_gui.gui.window.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZE = (1280, 720)
MOUTH = ((205, 137), (212, 143), (222, 146), (232, 145), (240, 140), (245, 134))  # photo pixels
BALL = (300, 230, 46)  # x, y and radius in photo pixels
SPOON = (  # lines in photo pixels along its bowl and its handle, which touches the cup, and the brush's diameter
    (((366, 270), (366, 292)), 92),
    (((386, 204), (379, 236)), 16),
    (((410, 128), (404, 156), (397, 178), (389, 200)), 8),
    (((412, 104), (411, 124)), 11),
    (((412, 86), (413, 96)), 18),
    (((411, 77),), 28),
)
HELMET = ((282, 440), (300, 395), (338, 361), (404, 345), (462, 352), (500, 400), (510, 470), (460, 509), (292, 509))
MARK = ".made-by-make_screenshots"  # in a folder that may be deleted
SEED = 3
MARBLES = 600  # training pictures
UPDATES, DONE = 5000, 3000  # planned; done before the pictures are taken
COMPARED = {"marbles, batch 4": 4, "marbles, batch 16": 16}  # short runs and their batch sizes
COMPARED_UPDATES = 400


def make(theme_name: str, scale: int, run: Path) -> None:
    """Run one session of the editor and take its pictures. QT_SCALE_FACTOR must already be `scale`.

    run: a stopped training run; the session resumes a copy of it, and compares copies of the runs beside it.
    """
    from wganpaint_gui.gui.app import make_application
    from wganpaint_gui.gui.look import theme
    from wganpaint_gui.gui.window.main_window import MainWindow

    theme.apply_theme(make_application(), theme_name)
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    session = Session(window, theme_name + ("" if scale == 1 else f"@{scale}x"))
    show_surroundings(session)
    show_spoon(session)
    show_polygon(session)
    show_mask(session)
    show_search(session)
    show_looking(session)
    show_kept(session)
    show_training_setup(session, run)
    show_training(session, run)
    show_comparison(session, run)
    window.files.forget_work()  # or closing asks about unsaved work
    window.close()


@dataclass(frozen=True)
class Session:
    """A window that the session operates and takes pictures of."""

    window: MainWindow
    ending: str  # of the pictures' file names

    def wait(self, done: Callable[[], bool]) -> None:
        from PySide6.QtWidgets import QApplication

        end = time.monotonic() + 300
        while not done() and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)
        if not done():
            raise SystemExit("What was waited for did not come; no picture is taken of anything else.")

    def picture(self, name: str) -> None:
        settled = time.monotonic() + 0.5
        self.wait(lambda: time.monotonic() > settled)
        path = IMAGES / f"editor-{name}-{self.ending}.webp"
        if not self.window.grab().save(str(path), "WEBP", 88):
            raise SystemExit(f"{path} could not be written")

    def act(self, name: str) -> None:
        self.window.actions_by_id[name].trigger()


# -- the screens; each starts where the one before left the window --------------------------------------------------


def paint(session: Session, line: Sequence[tuple[int, int]], diameter: float) -> None:
    """Draw a stroke. line: photo pixels."""
    from PySide6.QtCore import QEvent, QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from wganpaint_gui.core.mask import Brush

    canvas = session.window.canvas
    canvas.set_brush(Brush(diameter))
    points = [QPoint(*(round(value) for value in canvas.view.to_screen(*point))) for point in line]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(canvas, point)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=points[-1])
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))  # no brush circle over the photo


def show_surroundings(session: Session) -> None:
    """Show grass from which a ball was removed: painted over and filled from the surroundings."""
    from wganpaint_gui.gui.fill.fill_state import FillState

    window, (x, y, radius) = session.window, BALL
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grass.png"
        Image.fromarray(ball_on_grass()).save(path)
        window.open_photos([path])
        session.wait(lambda: window.document is not None)
    paint(session, [(x, y)], 2.4 * radius)
    session.picture("ball")
    session.act("fill_surroundings")
    session.wait(lambda: window.fill_controller.state is FillState.COPIED)
    session.picture("surroundings")
    session.act("discard")


def show_spoon(session: Session) -> None:
    """Show scikit-image's coffee without its spoon: the rims of the cup and the saucer go on."""
    from skimage import data

    from wganpaint_gui.gui.fill.fill_state import FillState

    window, before = session.window, session.window.document
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "coffee.png"
        Image.fromarray(getattr(data, "coffee")()).save(path)  # noqa: B009  # skimage's functions have no types
        window.open_photos([path])
        session.wait(lambda: window.document is not before)
    for line, diameter in SPOON:
        paint(session, line, diameter)
    session.wait(lambda: window.frame_planner.settled and bool(window.frame_planner.frames))
    session.wait(lambda: window.fill_controller.state is FillState.READY)
    session.picture("spoon")
    session.act("run")
    session.wait(lambda: window.fill_controller.state is FillState.COPIED)
    session.picture("spoon-filled")
    session.act("discard")


def ball_on_grass() -> NDArray[np.uint8]:
    """Draw a red ball on scikit-image's grass. Returns [H, W, 3] RGB."""
    from skimage import data

    grass: NDArray[np.float64] = getattr(data, "grass")() / 255  # noqa: B009  # skimage's functions have no types
    down, across = np.mgrid[: grass.shape[0], : grass.shape[1]]
    x, y = (across - BALL[0]) / BALL[2], (down - BALL[1]) / BALL[2]
    photo = grass[..., None] * hsv(0.24, 0.45, 1)
    photo = photo * (1 - 0.6 * spot(x - 0.25, (y - 0.85) / 0.5, 0.8)[..., None])
    light = np.clip(1 - 0.55 * np.hypot(x + 0.35, y + 0.4), 0.15, 1)
    ball = mixed(hsv(0.0, 0.85, 0.95) * light[..., None], hsv(0, 0, 1), 0.8 * spot(x + 0.35, y + 0.42, 0.16))
    photo = mixed(photo, ball, np.clip((1 - np.hypot(x, y)) * BALL[2] + 0.5, 0, 1))
    return (255 * np.clip(photo, 0, 1)).astype(np.uint8)


def show_polygon(session: Session) -> None:
    """Show the sample with a polygon that is being drawn around the helmet."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    window, before = session.window, session.window.document
    window.open_sample()
    session.wait(lambda: window.document is not before)
    session.act("tool_polygon")
    canvas = window.canvas
    corners = [QPoint(*(round(value) for value in canvas.view.to_screen(*point))) for point in HELMET]
    for corner in corners:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=corner)
    QTest.mouseMove(canvas, corners[0] + QPoint(6, 22))
    session.picture("polygon")
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    session.act("tool_brush")


def show_mask(session: Session) -> None:
    """Show the sample with its mouth painted over and the frame that was found for it."""
    from wganpaint_gui.gui.fill.fill_state import FillState

    window = session.window
    paint(session, MOUTH, 24)
    session.wait(lambda: window.fill_controller.state is FillState.READY and bool(window.frame_planner.frames))
    session.picture("mask")


def show_search(session: Session) -> None:
    """Show a search in progress, and at its end."""
    from wganpaint_gui.core.search.settings import InpaintConfig
    from wganpaint_gui.gui.fill.fill_state import FillState

    controller = session.window.fill_controller
    session.window.fill_panel.settings.set_config(InpaintConfig(seed=SEED))
    session.act("run")
    session.wait(lambda: controller.fill is not None and len(controller.fill.search.log) > 0.6 * controller.plan.total)
    session.picture("running")
    session.wait(lambda: controller.state is FillState.FINISHED)
    session.wait(lambda: session.window.fill_panel.result.fit.text() != "–")  # measured after the search
    session.picture("done")


def show_looking(session: Session) -> None:
    """Show two candidates side by side with the slider that mixes them, and the critic's eye on the fill."""
    looks = session.window.looks
    session.act("side_by_side")
    session.wait(lambda: looks.side_by_side.compared is not None)
    session.wait(lambda: looks.background.pending == 0)
    session.picture("compared")
    session.act("side_by_side")
    session.act("critic_eye")
    session.wait(lambda: session.window.canvas.heat_map is not None)
    session.picture("critic-eye")
    session.act("critic_eye")


def show_kept(session: Session) -> None:
    """Show the photo with its fill, beside the model that made it."""
    window = session.window
    session.act("keep")
    session.wait(lambda: window.document is not None and window.document.history.undo_name == "fill")
    window.side_panels.setCurrentWidget(window.model_panel)
    session.picture("kept")


def show_training_setup(session: Session, run: Path) -> None:
    """Show the setup of a new training run, with the settings of `run`."""
    from wganpaint_gui.core.training.run_folder import RunFolder

    setup, chosen = session.window.training.page.setup, RunFolder(run).read_settings()
    session.act("train")
    setup.settings.resolution.set_value(str(chosen.config.network.resolution))
    setup.settings.width_choice.set_value(str(chosen.config.network.width))
    setup.settings.updates.set_value(chosen.config.generator_updates)
    setup.choose_source(Path(chosen.data.source))
    session.wait(setup.start.isEnabled)
    session.picture("training-setup")


def show_training(session: Session, run: Path) -> None:
    """Show a training run in progress: its page, and its strip beside the photo."""
    from wganpaint_gui.core.system.paths import training_runs
    from wganpaint_gui.core.training.run_folder import RunFolder
    from wganpaint_gui.gui.models.training_state import TrainingState

    window, controller = session.window, session.window.training.controller
    folder = RunFolder(training_runs() / run.name)
    shutil.copytree(run, folder.path)
    window.training.resume(folder)
    ticks = folder.read_settings().config.tick_updates
    session.wait(lambda: len(controller.log.gan) > DONE + 2 * ticks)
    session.wait(lambda: controller.step is not None and controller.step.images_per_second > 0)
    session.picture("training")
    window.central_stack.show_photo()
    window.model_panel.view.button("training").click()
    session.picture("training-strip")
    controller.discard()
    session.wait(lambda: controller.state is TrainingState.IDLE)


def show_comparison(session: Session, run: Path) -> None:
    """Show several runs in one plot."""
    from wganpaint_gui.core.system.paths import training_runs

    window = session.window
    for name in COMPARED:
        shutil.copytree(run.with_name(name), training_runs() / name)
    window.training.run_list.refresh()
    session.wait(lambda: len(window.training.run_list.entries) == len(COMPARED))
    session.act("compare_runs")
    comparison = window.training.page.comparison
    comparison.measures.button("swd").click()
    session.wait(lambda: len(comparison.plot.runs) == len(COMPARED) and comparison.plot.span is not None)
    session.picture("compared-runs")


# -- a run to resume ---------------------------------------------------------------------------------------------


def train_ahead(pictures: Path, run: Path) -> None:
    """Start the run that is shown, and stop it halfway."""
    from wganpaint_gui.core.dataset import DataOptions
    from wganpaint_gui.core.training.training_log import TrainingStep
    from wganpaint_gui.core.training.training_request import TrainingRequest
    from wganpaint_gui.ml.training.session import TrainingSession

    config = shown_config()
    session = TrainingSession(TrainingRequest(pictures, run, config, DataOptions(config.network.resolution)))
    with closing(session.run()) as steps:
        for step in steps:
            if isinstance(step, TrainingStep) and step.update >= DONE:
                return


def train_to_compare(pictures: Path, folder: Path) -> None:
    """Train the runs that are compared, to their end."""
    from wganpaint_gui.core.dataset import DataOptions
    from wganpaint_gui.core.training.training_config import preset_config
    from wganpaint_gui.core.training.training_request import TrainingRequest
    from wganpaint_gui.ml.training.session import TrainingSession

    config = preset_config("gp", resolution=32, width=16)
    config = replace(config, generator_updates=COMPARED_UPDATES, tick_updates=COMPARED_UPDATES // 20)
    for name, batch in COMPARED.items():
        settings = replace(config, batch_size=batch)
        for _ in TrainingSession(TrainingRequest(pictures, folder / name, settings, DataOptions(32))).run():
            pass


def shown_config() -> TrainingConfig:
    from wganpaint_gui.core.training.training_config import preset_config

    config = preset_config("gp", resolution=32, width=16)
    return replace(config, generator_updates=UPDATES, tick_updates=100, aware=replace(config.aware, updates=2000))


def draw_marbles(folder: Path) -> None:
    """Make training pictures that are free of rights."""
    folder.mkdir()
    source = np.random.default_rng(0)
    for number in range(MARBLES):
        picture = Image.fromarray(marble(source)).resize((48, 48), Image.Resampling.BOX)
        picture.save(folder / f"marble-{number:03d}.png")


def marble(source: np.random.Generator, side: int = 96) -> NDArray[np.uint8]:
    """Draw a glass marble on a table, seen from above. Returns [side, side, 3] RGB; lengths are shares of the side."""
    y, x = np.mgrid[:side, :side] / side
    radius = source.uniform(0.28, 0.36)
    x, y = ((axis - 0.5 - source.uniform(-0.05, 0.05)) / radius for axis in (x, y))  # from its centre, in radii
    hue, turn = source.uniform(), source.uniform(0, np.pi)
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    band = np.exp(-(((along - 0.25 * np.sin(2.5 * across)) / 0.28) ** 2))
    glass = mixed(hsv(hue, 0.75, 0.85), hsv(hue + source.uniform(0.08, 0.5), 0.6, 0.95), band)
    distance = np.hypot(x, y)
    light = np.clip(0.55 * np.sqrt(np.clip(1 - distance**2, 0, 1)) - 0.5 * x - 0.65 * y, 0, 1)
    glass = mixed(glass * (0.35 + 0.75 * light[..., None]), hsv(0, 0, 1), 0.9 * spot(x + 0.35, y + 0.42, 0.14))
    table = hsv(0.1, 0.05, 0.93) * (1 - 0.45 * spot((x - 0.2) / 1.05, (y - 0.75) / 0.45, 1.0)[..., None])
    image = mixed(table, glass, np.clip((1 - distance) * radius * side + 0.5, 0, 1))
    return (255 * np.clip(image, 0, 1)).astype(np.uint8)


def hsv(hue: float, saturation: float, value: float) -> NDArray[np.float64]:
    return np.array(colorsys.hsv_to_rgb(hue % 1, saturation, value))


def mixed(one: NDArray[np.float64], other: NDArray[np.float64], share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mix two colours. share: [H, W], of the second."""
    return one + (other - one) * share[..., None]


def spot(x: NDArray[np.float64], y: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """Return a spot that is 1 at (0, 0) and fades."""
    return np.exp(-(x**2 + y**2) / width**2)


# -- all of them -------------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", nargs=3, metavar=("THEME", "SCALE", "RUN"), help=argparse.SUPPRESS)
    chosen = parser.parse_args().one
    if chosen:
        make(chosen[0], int(chosen[1]), Path(chosen[2]))
        return
    started = time.time()
    IMAGES.mkdir(exist_ok=True)
    with shown_folder() as folder, tempfile.TemporaryDirectory() as work:
        draw_marbles(folder / "marbles")
        os.environ["WGANPAINT_HOME"] = f"{work}/home"
        train_ahead(folder / "marbles", Path(work) / "marbles")
        train_to_compare(folder / "marbles", Path(work))
        for theme_name in ("dark", "light"):
            for scale in (1, 2):
                play(theme_name, scale, Path(work) / "marbles")
    made = {path.name for path in IMAGES.glob("editor-*.webp") if path.stat().st_mtime >= started - 2}
    missing = shown_in_pages() - made
    if missing:
        raise SystemExit(f"These pictures are shown, and were not made: {', '.join(sorted(missing))}")


def play(theme_name: str, scale: int, run: Path) -> None:
    """Run one session in a process of its own, as at a first start of the program."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(scale),
            "WGANPAINT_HOME": home,
            "OMP_WAIT_POLICY": "PASSIVE",
        }
        command = [sys.executable, __file__, "--one", theme_name, str(scale), str(run)]
        subprocess.run(command, env=environment, check=True)


@contextmanager
def shown_folder() -> Iterator[Path]:
    """Create a folder that always has the same name, because the window shows it."""
    folder = Path(tempfile.gettempdir()) / "Pictures"
    if folder.exists() and not (folder / MARK).exists():
        raise SystemExit(f"{folder} is somebody's; move it away.")
    shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed
    folder.mkdir()
    (folder / MARK).touch()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def shown_in_pages() -> set[str]:
    pages = [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    return {name for page in pages for name in re.findall(r"images/(editor-[\w@.-]+\.webp)", page.read_text("utf-8"))}


if __name__ == "__main__":
    main()
