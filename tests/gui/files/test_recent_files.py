"""File > Open recent shows what each file is, and which are gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QAction

from tests.core.projects import a_project, saved
from tests.gui.conftest import Editor

pytestmark = pytest.mark.usefixtures("without_engine")


def colour(action: QAction) -> tuple[int, ...]:
    """Of the middle of its picture; alpha last."""
    image = action.icon().pixmap(40, 40).toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    return middle.red(), middle.green(), middle.blue(), middle.alpha()


def test_recent_files_have_pictures_and_those_that_are_gone_are_grey(editor: Editor, tmp_path: Path) -> None:
    Image.new("RGB", (600, 200), (200, 30, 40)).save(tmp_path / "red.png")
    project = saved(a_project(), tmp_path / "work.wganpaint")
    recent = editor.window.memory.recent_files
    recent.show([tmp_path / "red.png", tmp_path / "gone.png", project])
    photo, gone, other = editor.window.recent_menu.actions()
    assert colour(photo)[3] == 0, "nothing is read before the menu is opened"
    editor.window.recent_menu.aboutToShow.emit()
    editor.wait(lambda: recent.background.pending == 0)
    assert colour(photo) == (200, 30, 40, 255)
    assert (photo.isEnabled(), gone.isEnabled(), other.isEnabled()) == (True, False, True)
    assert " ".join(gone.toolTip().split()).endswith("gone.png is no longer there.")
    assert colour(other)[3] == 255
    gone.data().write_bytes((tmp_path / "red.png").read_bytes())
    Image.new("RGB", (600, 200), (30, 40, 200)).save(tmp_path / "red.png")
    os.utime(tmp_path / "red.png", (1, 1))  # the clock of the file system may be coarse
    editor.window.recent_menu.aboutToShow.emit()
    editor.wait(lambda: recent.background.pending == 0)
    assert gone.isEnabled()
    assert gone.toolTip().replace("\n", "").endswith("gone.png")
    assert colour(photo) == (30, 40, 200, 255)
    photo.trigger()
    editor.wait(lambda: editor.window.document is not None)
    assert editor.document.photo.path == tmp_path / "red.png"
