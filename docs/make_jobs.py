"""Remove four things from photos as a new user would, by mouse alone, and take the pictures of it for the guide.

A ball from grass, a spoon from a coffee table, a spot from a face that leans, and glasses from an upright one. Each is
opened, painted over, filled by a click on the buttons and kept; nothing else is pressed or called.

python docs/make_jobs.py                   writes docs/images/job-*.webp: the photo, the mask, what was kept
xvfb-run -a python docs/make_jobs.py --platform xcb     the same in a window on a screen

The photos are scikit-image's grass and coffee, and its astronaut, which NASA has put in the public domain.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from make_screenshots import BALL, IMAGES, SPOON, Session, ball_on_grass, paint
from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from numpy.typing import NDArray

Point = tuple[int, int]
EYES = ((203, 106), (243, 107))  # of the astronaut, in photo pixels
RIM = 16  # radius of the glasses' lenses
LEAN, CHEEK = 25, (246, 128)  # degrees clockwise; where the spot is, before the photo is turned
SHOWN = 300  # pixels a side, of each picture


@dataclass(frozen=True)
class Job:
    """What is removed from which photo, and how it is painted over."""

    name: str
    photo: Callable[[], Image.Image]
    strokes: Sequence[tuple[Sequence[Point], float]]  # lines in photo pixels, and the brush's diameter
    shown: tuple[int, int, int]  # left, top and side of what the pictures show


def astronaut() -> Image.Image:
    from skimage import data

    return Image.fromarray(getattr(data, "astronaut")())  # noqa: B009  # skimage's functions have no types


def coffee() -> Image.Image:
    from skimage import data

    return Image.fromarray(getattr(data, "coffee")())  # noqa: B009


def with_glasses() -> Image.Image:
    """Draw glasses with thin dark rims, four times as large for smooth edges."""
    return drawn_on(astronaut(), draw_glasses)


def draw_glasses(draw: ImageDraw.ImageDraw, scale: int) -> None:
    def line(points: Sequence[Point]) -> None:
        draw.line([(x * scale, y * scale) for x, y in points], fill=(30, 24, 22), width=3 * scale)

    for x, y in EYES:
        box = [(x - RIM) * scale, (y - RIM) * scale, (x + RIM) * scale, (y + RIM) * scale]
        draw.ellipse(box, outline=(30, 24, 22), width=3 * scale)
    line([(EYES[0][0] + RIM, 104), (EYES[1][0] - RIM, 105)])
    line([(EYES[0][0] - RIM, 105), (EYES[0][0] - RIM - 14, 101)])
    line([(EYES[1][0] + RIM, 106), (EYES[1][0] + RIM + 12, 103)])


def leaning_with_spot() -> Image.Image:
    """Turn the photo with its surroundings, and draw an ink spot on the cheek."""
    x, y = CHEEK

    def spot(draw: ImageDraw.ImageDraw, scale: int) -> None:
        draw.ellipse([(x - 5) * scale, (y - 4) * scale, (x + 5) * scale, (y + 4) * scale], fill=(40, 30, 90))

    wide = np.pad(np.asarray(drawn_on(astronaut(), spot)), ((100, 100), (100, 100), (0, 0)), "edge")
    centre = (EYES[0][0] + 100, EYES[0][1] + 100)
    return Image.fromarray(wide).rotate(-LEAN, Image.Resampling.BICUBIC, center=centre).crop((170, 140, 490, 460))


def drawn_on(photo: Image.Image, draw: Callable[[ImageDraw.ImageDraw, int], None], scale: int = 4) -> Image.Image:
    large = photo.resize((photo.width * scale, photo.height * scale), Image.Resampling.BICUBIC)
    draw(ImageDraw.Draw(large), scale)
    changed = np.any(np.asarray(large) != np.asarray(photo.resize(large.size, Image.Resampling.BICUBIC)), axis=2)
    share = Image.fromarray((changed * 255).astype(np.uint8)).resize(photo.size, Image.Resampling.BOX)
    return Image.composite(large.resize(photo.size, Image.Resampling.BOX), photo, share.point(lambda v: 255 * (v > 0)))


def turned(x: float, y: float) -> Point:
    """Return where a point of the astronaut lies in `leaning_with_spot`."""
    angle = np.radians(LEAN)
    dx, dy = x - EYES[0][0], y - EYES[0][1]
    across, down = dx * np.cos(angle) - dy * np.sin(angle), dx * np.sin(angle) + dy * np.cos(angle)
    return round(EYES[0][0] + across - 70), round(EYES[0][1] + down - 40)


def rim(x: int, y: int) -> list[Point]:
    return [(round(x + RIM * np.cos(turn)), round(y + RIM * np.sin(turn))) for turn in np.linspace(0, 2 * np.pi, 25)]


GLASSES = [
    *((rim(*eye), 7.0) for eye in EYES),
    ([(EYES[0][0] + RIM, 104), (EYES[1][0] - RIM, 105)], 8.0),
    ([(EYES[0][0] - RIM, 105), (EYES[0][0] - RIM - 16, 100)], 8.0),
    ([(EYES[1][0] + RIM, 106), (EYES[1][0] + RIM + 14, 102)], 8.0),
]
JOBS = (
    Job("ball", lambda: Image.fromarray(ball_on_grass()), [([BALL[:2]], 2.5 * BALL[2])], (150, 80, 300)),
    Job("spoon", coffee, SPOON, (200, 40, 300)),
    Job("spot", leaning_with_spot, [([turned(*CHEEK)], 17)], (60, 0, 200)),
    Job("glasses", with_glasses, GLASSES, (140, 30, 170)),
)


def do(session: Session, job: Job, folder: Path) -> None:
    """Open, paint, fill and keep, and take the pictures."""
    from wganpaint_gui.gui.fill.fill_state import FillState

    window, before = session.window, session.window.document
    path = folder / f"{job.name}.png"
    job.photo().save(path)
    window.open_photos([path])
    session.wait(lambda: window.document not in (None, before))
    document = window.document
    assert document is not None
    for line, diameter in job.strokes:
        paint(session, line, diameter)
    session.wait(lambda: window.frame_planner.settled and bool(window.frame_planner.frames))
    session.wait(lambda: window.fill_controller.state is FillState.READY)
    photo, mask = document.photo.pixels[..., :3].copy(), document.mask.copy()
    click(window.fill_panel.button)
    session.wait(lambda: window.fill_controller.state in (FillState.COPIED, FillState.FINISHED))
    if job.name in ("ball", "spoon") and window.fill_controller.state is not FillState.COPIED:
        raise SystemExit(f"{job.name}: a face was seen")
    click(window.search_panel.keep)
    session.wait(lambda: document.history.undo_name == "fill")
    kept = document.photo.pixels[..., :3]
    if (kept != photo)[mask <= 127].any():
        raise SystemExit(f"{job.name}: something outside the mask has changed")
    masked = np.where((mask > 127)[..., None], photo // 2 + np.array([127, 20, 50], np.uint8), photo)
    side_by_side([photo, masked, kept], job).save(IMAGES / f"job-{job.name}.webp", quality=88)
    print(f"{job.name}: {window.fill_controller.state.name}, {len(window.frame_planner.frames)} frames left")


def click(button: object) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QAbstractButton

    assert isinstance(button, QAbstractButton)
    if not (button.isVisible() and button.isEnabled()):
        raise SystemExit(f"{button.text()} cannot be clicked")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def side_by_side(pictures: Sequence[NDArray[np.uint8]], job: Job) -> Image.Image:
    left, top, side = job.shown
    row = Image.new("RGB", (len(pictures) * (SHOWN + 8) - 8, SHOWN), (128, 128, 128))
    for place, pixels in enumerate(pictures):
        part = Image.fromarray(pixels).crop((left, top, left + side, top + side))
        row.paste(part.resize((SHOWN, SHOWN), Image.Resampling.LANCZOS), (place * (SHOWN + 8), 0))
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", default="offscreen", help="Qt's platform; xcb: a window on a screen")
    parser.add_argument("jobs", nargs="*", help="names of some; default: all")
    arguments = parser.parse_args()
    os.environ |= {"QT_QPA_PLATFORM": arguments.platform, "OMP_WAIT_POLICY": "PASSIVE"}
    with tempfile.TemporaryDirectory() as home:
        os.environ["WGANPAINT_HOME"] = home
        from wganpaint_gui.gui.app import make_application
        from wganpaint_gui.gui.look import theme
        from wganpaint_gui.gui.window.main_window import MainWindow

        theme.apply_theme(make_application(), "dark")
        window = MainWindow()
        window.resize(1280, 720)
        window.show()
        for job in JOBS:
            if job.name in arguments.jobs or not arguments.jobs:
                do(Session(window, ""), job, Path(home))
        window.files.forget_work()  # or closing asks about unsaved work
        window.close()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
