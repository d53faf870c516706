"""File > Export, in the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.conftest import FACE, Editor
from tests.gui.file_helpers import BOX, keep_a_fill, noise, search, type_name
from tests.gui.shown import shown_message
from wganpaint_gui.cli import main
from wganpaint_gui.core.edit.mask_io import save_mask
from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.export.quality_dialog import QualityDialog


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    save_photo(photo_from_pixels(noise()), path)
    return path


def exported(editor: Editor, action: str, path: Path) -> Path:
    """Export under a name and wait for the message."""
    editor.act(action)
    type_name(editor, path)
    editor.wait(lambda: shown_message(editor.window.messages) == f"Exported as {path.name}.")
    return path


@pytest.mark.usefixtures("without_engine")
def test_the_filled_region_is_exported_alone(editor: Editor, photo: Path):
    editor.open(photo)
    after = keep_a_fill(editor.document)
    pixels = np.asarray(Image.open(exported(editor, "export_region", photo.with_name("region.png"))))
    assert pixels.shape == (*after.shape[:2], 4)
    assert (pixels[BOX.slices][..., 3] == 255).all()
    assert (pixels[..., 3] == 255).sum() == BOX.width * BOX.height
    assert np.array_equal(pixels[BOX.slices][..., :3], after[BOX.slices])
    assert not pixels[pixels[..., 3] == 0].any(), "nothing of the photo is hidden in it"


@pytest.mark.usefixtures("without_engine")
def test_the_filled_region_can_be_cropped(editor: Editor, photo: Path):
    editor.open(photo)
    after = keep_a_fill(editor.document)
    pixels = np.asarray(Image.open(exported(editor, "export_cropped", photo.with_name("cropped.png"))))
    assert np.array_equal(pixels[..., :3], after[BOX.slices])


@pytest.mark.usefixtures("without_engine")
def test_without_mask_and_fill_there_is_no_region(editor: Editor, photo: Path):
    editor.open(photo)
    editor.act("export_region")
    type_name(editor, photo.with_name("region.png"))
    editor.wait(lambda: shown_message(editor.window.messages).startswith("Nothing is filled or masked."))
    assert not photo.with_name("region.png").exists()


@pytest.mark.usefixtures("without_engine")
def test_an_export_never_replaces_the_photo_it_comes_from(editor: Editor, photo: Path):
    before = photo.read_bytes()
    editor.open(photo)
    keep_a_fill(editor.document)
    link = photo.with_name("link.png")
    link.symlink_to(photo)
    for path in (photo, link):
        editor.window.exports.write_region(path, cropped=False, overwrite=True)
        assert "an export must not replace it" in shown_message(editor.window.messages)
    assert photo.read_bytes() == before


@pytest.mark.usefixtures("without_engine")
def test_a_photo_that_is_deleted_meanwhile_can_be_exported(editor: Editor, photo: Path):
    editor.open(photo)
    keep_a_fill(editor.document)
    photo.unlink()
    assert exported(editor, "export_region", photo.with_name("region.png")).exists()


def test_the_film_of_a_search_equals_the_one_of_the_command_line(editor: Editor, tmp_path: Path):
    assert not editor.window.actions_by_id["export_film"].isEnabled()
    search(editor)
    film = exported(editor, "export_film", tmp_path / "search.webp")
    save_mask(editor.document.mask, tmp_path / "mask.png")
    frame = f"{FACE.x},{FACE.y},{FACE.size}"
    by_command = tmp_path / "by-command.webp"
    settings = ["--method", "both", "--start", "random", "--steps", "5", "--refine", "0", "--restarts", "2"]
    arguments = ["--mask", str(tmp_path / "mask.png"), "-o", str(tmp_path / "out.png"), "--frame", frame, *settings]
    assert main(["inpaint", str(resource("sample-portrait.png")), *arguments, "--animation", str(by_command)]) == 0
    assert film.read_bytes() == by_command.read_bytes()


def test_a_film_shows_the_candidate_that_the_user_chose(editor: Editor, tmp_path: Path):
    search(editor)
    first = exported(editor, "export_film", tmp_path / "first.gif").read_bytes()
    before = editor.controller.shown_candidate
    editor.act("next_candidate")
    editor.wait(lambda: editor.controller.shown_candidate != before)
    second = exported(editor, "export_film", tmp_path / "second.gif").read_bytes()
    assert first != second


@pytest.mark.usefixtures("without_engine")
def test_a_lower_quality_is_previewed_and_written(editor: Editor, photo: Path):
    editor.open(photo)
    keep_a_fill(editor.document)
    editor.act("export_quality")
    dialog = editor.window.findChild(QualityDialog)
    editor.wait(dialog.save.isEnabled)
    usual = dialog.note.text()
    dialog.quality.field.setText("5")
    dialog.quality.field.editingFinished.emit()
    editor.wait(lambda: dialog.note.text() != usual)
    foreseen = dialog.note.text().split(" kB")[0].split()[-1]
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    path = photo.with_name("small.jpg")
    type_name(editor, path)
    editor.wait(lambda: shown_message(editor.window.messages) == "Exported as small.jpg.")
    assert f"{path.stat().st_size / 1e3:.0f}" == foreseen


@pytest.mark.usefixtures("without_engine")
def test_what_jpeg_cannot_hold_is_said_before_a_name_is_asked_for(editor: Editor, photo: Path):
    save_photo(photo_from_pixels(noise(4)), photo, overwrite=True)
    editor.open(photo)
    editor.act("export_quality")
    dialog = editor.window.findChild(QualityDialog)
    editor.wait(lambda: "JPEG cannot hold transparency" in dialog.note.text())
    assert not dialog.save.isEnabled()
    dialog.reject()
