"""What the canvas shows, read back pixel by pixel."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.core.documents import keep_fill
from tests.gui.canvas_mouse import CanvasMouse, plain_photo
from tests.gui.seen import pixels_of
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.photo.photo import Photo, load_photo
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tools import Tool
from wganpaint_gui.gui.look import theme
from wganpaint_gui.gui.look.colours import MASK

GREY = (90, 120, 150)
Make = Callable[..., CanvasMouse]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    """Shows a canvas with a document, without the brush circle in the way."""

    def shown(photo: Photo | None = None, window: tuple[int, int] = (500, 400)) -> CanvasMouse:
        canvas = Canvas()
        qtbot.addWidget(canvas)
        canvas.resize(*window)
        document = Document(photo or plain_photo(300, 200, GREY))
        canvas.show_document(document, None)
        canvas.set_tool(Tool.RECTANGLE)
        canvas.show()
        qtbot.waitExposed(canvas)
        canvas.zoom_actual()
        return CanvasMouse(canvas, document)

    return shown


def photo_on_screen(mouse: CanvasMouse) -> np.ndarray:
    """The device pixels that show the whole photo."""
    return pixels_of(mouse.canvas)[mouse.canvas.view.device_box(mouse.document.photo.box).slices]


def tinted(colour: Sequence[int], opacity: float) -> list[float]:
    mask = QColor(MASK).getRgb()[:3]
    return [(1 - opacity) * part + opacity * tint for part, tint in zip(colour, mask, strict=True)]


def test_at_100_percent_every_photo_pixel_is_shown_as_it_is(make: Make, sample_photo_path: Path) -> None:
    mouse = make(load_photo(sample_photo_path), (700, 660))
    np.testing.assert_array_equal(photo_on_screen(mouse), mouse.document.photo.pixels)


def test_at_800_percent_pixels_are_squares(make: Make) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (30, 40, 3), np.uint8)
    mouse = make(Photo(pixels))
    mouse.zoom_to(8.0)
    np.testing.assert_array_equal(photo_on_screen(mouse), pixels.repeat(8, 0).repeat(8, 1))


@pytest.mark.parametrize("zoom", [2.0, 3.3, 7.0])
def test_between_100_and_800_percent_pixels_go_over_into_one_another(make: Make, zoom: float) -> None:
    pixels = np.zeros((40, 40, 3), np.uint8)
    pixels[:, 20:] = 255
    mouse = make(Photo(pixels))
    mouse.zoom_to(zoom)
    row = photo_on_screen(mouse)[int(20 * zoom), :, 0].astype(int)
    between = row[(row > 0) & (row < 255)]
    assert len(between) == pytest.approx(zoom, abs=1.5)
    assert (np.diff(row) >= 0).all()


@pytest.mark.parametrize("zoom", [0.11, 0.3, 0.56, 1.4])
def test_small_zooms_show_the_right_colours_in_the_right_places(make: Make, zoom: float) -> None:
    pixels = np.zeros((1200, 1600, 3), np.uint8)
    pixels[:, 800:, 0] = 255
    pixels[600:, :, 1] = 255
    mouse = make(Photo(pixels))
    mouse.zoom_to(zoom)
    for dx, dy in ((-10, -10), (10, -10), (-10, 10), (10, 10)):
        way = 4 / zoom / 10
        expected = (255 if dx > 0 else 0, 255 if dy > 0 else 0, 0)
        assert mouse.colour((800 + dx * way, 600 + dy * way)) == expected


def test_panning_by_pieces_shows_the_same_as_drawing_all_anew(make: Make) -> None:
    mouse = make(Photo(np.random.default_rng(2).integers(0, 256, (900, 1000, 3), np.uint8)))
    mouse.document.replace_mask("some", (np.mgrid[:900, :1000].sum(axis=0) % 160 < 70).astype(np.uint8) * 255)
    for zoom in (1.0, 3.0, 0.83):
        mouse.zoom_to(zoom)
        mouse.canvas.grab()
        for way in ((13, -7), (-31, 0), (5, 22), (-400, 300)):
            mouse.pan(*way)
            scrolled = pixels_of(mouse.canvas).astype(int)
            mouse.redraw()
            anew = pixels_of(mouse.canvas)
            # Qt's smooth filter counts in 1/256 from where it starts.
            assert np.abs(scrolled - anew).max() <= (0 if zoom >= 8 or zoom == 1 else 3)


def pill_words(mouse: CanvasMouse) -> bool:
    """Whether the middle of the lower edge shows light words on a dark ground."""
    shown = pixels_of(mouse.canvas)
    height, width = shown.shape[:2]
    strip = shown[height - 48 : height - 16, width // 2 - 60 : width // 2 + 60]
    return bool((strip.min(axis=2) > 200).any() and (strip.max(axis=2) < 60).any())


def test_a_new_photo_says_what_to_do_until_it_is_touched(make: Make, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "light")
    mouse = make()
    assert pill_words(mouse)
    before = pixels_of(mouse.canvas)
    mouse.canvas.set_hint("The model is loading")
    assert not np.array_equal(pixels_of(mouse.canvas), before)
    mouse.canvas.set_hint("")
    np.testing.assert_array_equal(pixels_of(mouse.canvas), before)
    mouse.click((100, 100))
    assert not pill_words(mouse)
    mouse.document.undo()
    assert not pill_words(mouse), "who has painted once knows how"
    mouse.canvas.show_document(Document(plain_photo(300, 200, GREY)), None)
    assert pill_words(mouse)
    mouse.canvas.show_original(True)
    assert not pill_words(mouse)


def test_a_mask_from_elsewhere_hides_the_first_step_too(make: Make, qapp: QApplication) -> None:
    theme.apply_theme(qapp, "light")
    mouse = make()
    full = np.zeros((200, 300), np.uint8)
    full[50:60, 50:60] = 255
    mouse.document.replace_mask("load mask", full)
    assert not pill_words(mouse)
    masked = Document(plain_photo(300, 200, GREY))
    masked.replace_mask("load mask", full)
    mouse.canvas.show_document(masked, None)
    assert not pill_words(mouse)


def test_the_masks_edge_is_smooth_where_the_photo_is(make: Make) -> None:
    mouse = make(plain_photo(60, 60, GREY), (700, 700))
    rows, columns = np.mgrid[:60, :60] + 0.5
    mouse.document.replace_mask("disc", (np.hypot(columns - 30, rows - 30) < 20).astype(np.uint8) * 255)
    furthest = {}
    for zoom in (4.0, 8.0):
        mouse.zoom_to(zoom)
        masked = (photo_on_screen(mouse) != GREY).any(axis=2)
        rows, columns = (np.mgrid[: masked.shape[0], : masked.shape[1]] + 0.5) / zoom
        beyond = np.hypot(columns - 30, rows - 30) - 20
        furthest[zoom] = np.abs(beyond[masked != (beyond < 0)]).max()
    assert furthest[8.0] > 0.5, "squares, as the photo's"
    assert furthest[4.0] < 0.45
    mouse.zoom_to(4.0)
    assert photo_on_screen(mouse)[120, 120] == pytest.approx(tinted(GREY, 0.45), abs=2)


def test_around_the_photo_is_the_surround(make: Make) -> None:
    mouse = make()
    assert tuple(pixels_of(mouse.canvas)[2, 2]) == QColor(theme.colours().surround).getRgb()[:3]


def test_under_transparent_pixels_is_a_checkerboard(make: Make) -> None:
    mouse = make(plain_photo(64, 64, (200, 0, 0, 0)))
    shown = photo_on_screen(mouse)
    assert {tuple(colour) for colour in shown.reshape(-1, 3).tolist()} == {(255, 255, 255), (207, 207, 207)}
    assert (shown[:8, :8] == 255).all()
    assert (shown[:8, 8:16] == 207).all()


def test_grey_and_16_bit_photos_are_shown(make: Make) -> None:
    assert make(plain_photo(50, 40, (77,))).colour((20, 20)) == (77, 77, 77)
    deep = Photo(np.full((40, 50, 3), 0x1234, np.uint16))
    assert make(deep).colour((20, 20)) == (0x12, 0x12, 0x12)


def test_the_mask_is_tinted_and_ends_in_a_line(make: Make) -> None:
    mouse = make()
    mouse.canvas.set_mask_opacity(0.4)
    mouse.drag([(50, 50), (150, 150)])
    assert mouse.colour((100, 100)) == pytest.approx(tinted(GREY, 0.4), abs=2)
    assert mouse.colour((50, 100)) == QColor(MASK).getRgb()[:3]
    assert mouse.colour((149, 100)) == QColor(MASK).getRgb()[:3]
    assert mouse.colour((49, 100)) == GREY
    assert mouse.colour((150, 100)) == GREY


def test_a_hidden_mask_does_not_show(make: Make) -> None:
    mouse = make()
    mouse.drag([(50, 50), (150, 150)])
    mouse.canvas.set_mask_visible(False)
    assert (photo_on_screen(mouse) == GREY).all()


def test_partial_repaints_add_up_to_a_whole_one(make: Make, qtbot: QtBot) -> None:
    mouse = make()
    mouse.canvas.set_tool(Tool.BRUSH)
    for zoom in (0.7, 1.0, 3.3):
        mouse.zoom_to(zoom)
        mouse.canvas.set_brush(Brush(23, 0.5))
        mouse.canvas.grab()
        mouse.press((120, 80))
        for point in ((130, 95), (150, 90), (170, 120)):
            mouse.move(point)
            mouse.canvas.repaint()
        mouse.release((170, 120))
        pieces = pixels_of(mouse.canvas)
        mouse.redraw()
        np.testing.assert_array_equal(pieces, pixels_of(mouse.canvas))


def test_the_fill_shows_inside_the_hole_only_and_takes_the_tint_off(make: Make) -> None:
    mouse = make()
    mouse.drag([(100, 60), (140, 100)])
    mouse.drag([(200, 100), (240, 140)])
    frame = Frame(90, 50, 64)
    rgba = np.zeros((64, 64, 4), np.uint8)
    rgba[..., 1] = 200
    rgba[10:50, 10:50, 3] = 255
    mouse.canvas.set_fill(frame, rgba)
    assert mouse.colour((120, 80)) == (0, 200, 0)
    assert mouse.colour((100, 80)) == QColor(MASK).getRgb()[:3]
    assert mouse.colour((97, 80)) == GREY
    assert mouse.colour((147, 107)) == GREY
    assert mouse.colour((220, 120)) == pytest.approx(tinted(GREY, 0.45), abs=2)
    mouse.canvas.set_fill(None, None)
    assert mouse.colour((120, 80)) == pytest.approx(tinted(GREY, 0.45), abs=2)


def test_a_fill_of_lower_resolution_is_stretched_smoothly_over_its_frame(make: Make) -> None:
    mouse = make()
    rgba = np.zeros((32, 32, 4), np.uint8)
    rgba[..., 3] = 255
    rgba[:, 16:, 0] = 255
    mouse.canvas.set_fill(Frame(20, 20, 128), rgba)
    reds = [mouse.colour((x, 80))[0] for x in range(74, 96, 2)]
    assert reds[0] == 0
    assert reds[-1] == 255
    assert reds == sorted(reds)
    assert len(set(reds)) > 3


def keep_green_square(mouse: CanvasMouse) -> None:
    """The mask is hidden, for undoing the fill brings it back."""
    place = Box(40, 40, 220, 80)
    with mouse.document.edit_mask("rectangle") as edit:
        edit.rectangle(place, 255)
    pixels = mouse.document.photo.pixels[place.slices].copy()
    pixels[...] = (0, 200, 0)
    keep_fill(mouse.document, place, pixels)
    mouse.canvas.set_mask_visible(False)


def test_a_kept_fill_shows_at_once_and_its_undo_too(make: Make) -> None:
    mouse = make()
    keep_green_square(mouse)
    assert mouse.colour((100, 100)) == (0, 200, 0)
    mouse.document.undo()
    assert mouse.colour((100, 100)) == GREY


@pytest.mark.parametrize("zoom", [0.4, 1.0, 3.0])
def test_split_shows_the_original_on_the_left(make: Make, zoom: float) -> None:
    mouse = make()
    mouse.zoom_to(zoom)
    keep_green_square(mouse)
    mouse.canvas.set_split(True)
    assert mouse.colour((150 - 20 / zoom, 105)) == GREY
    assert mouse.colour((150 + 20 / zoom, 105)) == (0, 200, 0)


def test_the_divider_can_be_dragged(make: Make) -> None:
    mouse = make()
    keep_green_square(mouse)
    mouse.canvas.set_split(True)
    mouse.drag([(150, 60), (200, 60)])
    assert mouse.colour((180, 105)) == GREY
    assert mouse.colour((220, 105)) == (0, 200, 0)
    assert not mouse.document.mask.any()


def test_the_original_can_be_looked_at_whole(make: Make) -> None:
    mouse = make()
    mouse.drag([(50, 50), (150, 150)])
    keep_green_square(mouse)
    assert mouse.colour((100, 80)) == (0, 200, 0)
    mouse.canvas.show_original(True)
    shown = photo_on_screen(mouse)
    assert (shown[:160] == GREY).all()
    assert (shown[:, 150:] == GREY).all()
    caption = shown[160:, :150]
    assert (caption.max(axis=2) < 60).any(), "the caption in the lower left corner says what this is"


def test_the_opened_photo_is_named_only_where_there_is_room(make: Make) -> None:
    mouse = make(plain_photo(30, 20, GREY))
    mouse.canvas.show_original(True)
    assert (photo_on_screen(mouse) == GREY).all()


def test_the_brush_circle_has_its_true_size_and_shows_on_any_ground(make: Make) -> None:
    for ground in ((0, 0, 0), (255, 255, 255), (128, 128, 128)):
        mouse = make(plain_photo(300, 200, ground))
        mouse.canvas.set_tool(Tool.BRUSH)
        mouse.canvas.set_brush(Brush(80, 1.0))
        mouse.click((150, 100))
        mouse.document.undo()
        row = pixels_of(mouse.canvas)[mouse.screen((150, 100)).y()].astype(int)
        different = np.flatnonzero(np.abs(row - row[mouse.screen((150, 100)).x() + 10]).max(axis=1) > 60)
        left = mouse.canvas.view.device_box(mouse.document.photo.box).x
        inside = [x - left for x in different if 10 < x - left < 290]
        assert min(inside) == pytest.approx(110, abs=2)
        assert max(inside) == pytest.approx(190, abs=2)


def test_the_frame_shows_its_label_and_handles(make: Make) -> None:
    mouse = make()
    mouse.canvas.set_tool(Tool.FRAME)
    mouse.canvas.set_frames([Frame(60, 60, 80)], 0, "model sees 64 × 64")
    for handle in ((60, 60), (100, 60), (140, 100), (60, 140)):
        assert mouse.colour(handle) == (255, 255, 255)
    assert mouse.colour((100, 100)) == GREY


def test_a_turned_frame_shows_its_handles_where_they_are_and_guides_for_the_eyes(make: Make) -> None:
    mouse = make(window=(700, 600))
    mouse.canvas.set_tool(Tool.FRAME)
    frame = Frame(100, 60, 80, 30)
    mouse.canvas.set_frames([frame], 0, "", guides=True)
    for share in ((0, 0), (1, 0), (1, 1), (0, 1)):
        assert mouse.colour(frame.to_photo(*share)) == (255, 255, 255)
    eye = [mouse.colour(frame.to_photo(0.3 + across, 0.3)) for across in (-0.05, 0.05)]
    assert all(min(colour) > min(GREY) for colour in eye)
    mouse.canvas.set_frames([frame], 0, "")
    assert mouse.colour(frame.to_photo(0.35, 0.3)) == GREY


def test_where_a_fill_is_shown_the_tint_goes_inside_its_turned_frame_only(make: Make) -> None:
    mouse = make()
    mouse.document.replace_mask("all", np.full((200, 300), 255, np.uint8))
    frame = Frame(110, 60, 80, 45)
    tinted = mouse.colour((150, 100))
    mouse.canvas.set_fill(frame, np.zeros((frame.box.width, frame.box.width, 4), np.uint8))
    assert mouse.colour((150, 100)) == GREY
    assert mouse.colour((frame.box.x + 5, frame.box.y + 5)) == tinted


DEVICE_PIXELS = """
import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.gui.canvas.canvas import Canvas
from wganpaint_gui.gui.canvas.tools import Tool

app = QApplication([])
canvas = Canvas()
canvas.resize(400, 300)
pixels = np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8)
document = Document(Photo(pixels))
canvas.show_document(document, None)
canvas.show()
assert canvas.devicePixelRatioF() == 2.0
canvas.zoom_actual()
canvas.set_tool(Tool.PAN)
image = canvas.grab().toImage()
shown = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 2::-1]
part = canvas.view.device_box(document.photo.box)
assert (part.width, part.height) == (300, 200)
assert (shown[part.slices] == pixels).all(), "one photo pixel is one device pixel"
canvas.set_tool(Tool.BRUSH)
canvas.set_brush(Brush(40, 1.0))
QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(210, 140))
x, y = canvas.view.to_photo(210, 140)
rows, columns = np.mgrid[:200, :300] + 0.5
assert ((document.mask > 127) == ((columns - x) ** 2 + (rows - y) ** 2 < 400)).all()
print("sharp")
"""


def test_on_a_screen_of_double_density_photo_pixels_are_device_pixels() -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", DEVICE_PIXELS],
        env=environment,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "sharp", done.stderr
