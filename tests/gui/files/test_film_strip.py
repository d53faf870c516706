"""The film strip: the photos of the folder in a row, made off the GUI thread, opened by a click or by keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui.conftest import Editor
from wganpaint_gui.gui.files.film_strip import CELL, FilmStrip
from wganpaint_gui.gui.files.thumbnails import read_thumbnail
from wganpaint_gui.gui.settings.preferences import load_preferences

pytestmark = pytest.mark.usefixtures("without_engine")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six photos of one colour each, and one that cannot be read."""
    for n in range(6):
        Image.new("RGB", (60, 40), (40 * n, 0, 200)).save(tmp_path / f"IMG_{n}.png")
    (tmp_path / "IMG_6.png").write_bytes(b"broken")
    return tmp_path


@pytest.fixture
def strip(editor: Editor, folder: Path) -> FilmStrip:
    """The strip of a window that has opened the first photo, with all thumbnails."""
    editor.open(folder / "IMG_0.png")
    editor.act("film_strip")
    strip = editor.window.film_strip
    editor.wait(lambda: len(strip.photos) == 7)
    editor.wait(lambda: all(strip.thumbnails.get(photo) is not None for photo in strip.photos))
    return strip


def click(strip: FilmStrip, place: int) -> None:
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=strip.cell(place).center())


def test_a_click_opens_a_photo(editor: Editor, strip: FilmStrip, folder: Path) -> None:
    click(strip, 3)
    editor.wait(lambda: editor.window.files.path == folder / "IMG_3.png")


def test_the_keys_open_a_photo(editor: Editor, strip: FilmStrip, folder: Path) -> None:
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    editor.wait(lambda: editor.window.files.path == folder / "IMG_2.png")


def test_thumbnails_show_the_photos(strip: FilmStrip) -> None:
    QApplication.processEvents()
    shown = strip.viewport().grab().toImage()
    scale = shown.devicePixelRatio()
    centre = strip.cell(4).center() * scale
    assert shown.pixelColor(centre).red() == pytest.approx(160, abs=3)
    broken = strip.thumbnails.get(strip.photos[6])
    assert broken is not None
    assert broken.isNull()


def test_whether_it_is_shown_is_remembered(editor: Editor, strip: FilmStrip) -> None:
    editor.window.close()
    assert load_preferences().film_strip


def test_a_photo_that_is_gone_is_said_and_leaves_the_strip(editor: Editor, strip: FilmStrip, folder: Path) -> None:
    (folder / "IMG_3.png").unlink()
    click(strip, 3)
    editor.wait(lambda: len(strip.photos) == 6)
    assert "IMG_3.png" in editor.window.messages.findChild(QWidget, "messageText").text()


def test_the_next_photo_follows_one_that_was_deleted_while_open(editor: Editor, strip: FilmStrip, folder: Path) -> None:
    click(strip, 2)
    editor.wait(lambda: editor.window.files.path == folder / "IMG_2.png")
    (folder / "IMG_2.png").unlink()
    editor.act("next_photo")
    editor.wait(lambda: editor.window.files.path == folder / "IMG_3.png")


def test_a_strip_of_100_000_photos_paints_those_in_view_alone(
    shown: Callable[[QWidget, int, int], None], tmp_path: Path
) -> None:
    strip = FilmStrip()
    shown(strip, 800, 80)
    strip.show()
    asked: list[Path] = []
    strip.thumbnails.get = asked.append  # type: ignore[method-assign, assignment]
    photos = tuple(tmp_path / f"{n}.jpg" for n in range(100_000))
    strip.show_photo(photos[50_000], photos)
    strip.viewport().grab()
    assert photos[50_000] in asked
    assert len(set(asked)) <= 2 * (800 // CELL + 2)
    began = time.perf_counter()
    strip.horizontalScrollBar().setValue(0)
    strip.viewport().grab()
    assert time.perf_counter() - began < 0.1
    strip.listing.close()
    strip.thumbnails.close()


def test_a_thumbnail_is_upright_and_has_eight_bits(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees
    Image.new("RGB", (400, 200), (10, 200, 30)).save(tmp_path / "turned.jpg", exif=exif)
    turned = read_thumbnail(tmp_path / "turned.jpg", 64)
    assert turned is not None
    assert turned.shape == (64, 32, 3)
    Image.fromarray(np.full((50, 50), 32768, np.uint16)).save(tmp_path / "deep.png")
    deep = read_thumbnail(tmp_path / "deep.png", 64)
    assert deep is not None
    assert deep[0, 0, 0] == 128
