"""File > Fill a folder, in the real window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from tests.gui.conftest import Editor
from wganpaint_gui.cli import main
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.core.system.paths import resource
from wganpaint_gui.gui.export.fill_folder_dialog import FillFolderDialog


class FolderFiller:
    """Does what a user does in the dialog."""

    def __init__(self, editor: Editor, folder: Path) -> None:
        self.editor, self.folder = editor, folder
        editor.act("fill_folder")
        self.dialog = editor.window.findChild(FillFolderDialog)
        self.dialog.photos.field.selectAll()
        QTest.keyClicks(self.dialog.photos.field, str(folder / "photos"))
        QTest.keyClick(self.dialog.photos.field, Qt.Key.Key_Return)

    def click(self, button: QAbstractButton) -> None:
        assert button.isEnabled(), f"{button.text()} is off"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def choose_method(self, method: str) -> None:
        self.dialog.method.setCurrentIndex(self.dialog.method.findData(method))

    def wait_until_idle(self) -> None:
        self.editor.wait(lambda: not self.dialog.stop.isEnabled())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two portraits with their masks, beside what is none."""
    (tmp_path / "photos" / "masks").mkdir(parents=True)
    for name in ("one", "two"):
        shutil.copy(resource("sample-portrait.png"), tmp_path / "photos" / f"{name}.png")
        shutil.copy(resource("sample-mask.png"), tmp_path / "photos" / "masks" / f"{name}.png")
    (tmp_path / "photos" / "broken.jpg").write_bytes(b"no picture")
    shutil.copy(resource("sample-mask.png"), tmp_path / "photos" / "masks" / "broken.png")
    return tmp_path


def test_a_filled_folder_equals_the_command_line_bit_for_bit(editor: Editor, folder: Path):
    editor.wait(lambda: editor.window.engine.model is not None)
    config = InpaintConfig(start="random", steps=4, refine=2, candidates=2)
    editor.window.fill_panel.settings.set_config(config)
    filler = FolderFiller(editor, folder)
    filler.choose_method("yeh")
    filler.click(filler.dialog.start)
    filler.wait_until_idle()
    photos = [str(folder / "photos" / name) for name in ("one.png", "two.png")]
    settings = ["--start", "random", "--steps", "4", "--refine", "2", "--restarts", "2"]
    out = folder / "by-command"
    assert main(["inpaint", *photos, "--mask", str(folder / "photos" / "masks"), "-o", f"{out}/", *settings]) == 0
    for name in ("one.png", "two.png"):
        assert (folder / "photos" / "filled" / name).read_bytes() == (out / name).read_bytes()
    assert [(row.file.name, row.state) for row in filler.dialog.table.rows] == [("broken.jpg", "failed")]
    assert filler.dialog.status.text() == "Done. 2 photos filled; 1 failed."


@pytest.mark.usefixtures("without_engine")
def test_a_folder_can_be_paused_resumed_and_stopped(editor: Editor, folder: Path):
    filler = FolderFiller(editor, folder)
    dialog = filler.dialog
    filler.choose_method("surroundings")
    filler.click(dialog.start)
    filler.click(dialog.pause)
    assert dialog.status.text().startswith("Paused.")
    assert dialog.pause.text() == "Resume"
    assert not dialog.start.isEnabled()
    filler.click(dialog.pause)
    filler.click(dialog.stop)
    filler.wait_until_idle()
    assert dialog.status.text().startswith("Stopped.")
    assert dialog.start.isEnabled(), "what is left can be done later"


@pytest.mark.usefixtures("without_engine")
def test_the_window_closes_while_a_folder_is_filled(editor: Editor, folder: Path):
    filler = FolderFiller(editor, folder)
    filler.choose_method("surroundings")
    filler.click(filler.dialog.start)
    editor.window.close()
    assert editor.window.all_ended


@pytest.mark.usefixtures("without_engine")
def test_results_over_the_photos_are_refused_in_words(editor: Editor, folder: Path):
    filler = FolderFiller(editor, folder)
    filler.choose_method("surroundings")
    filler.dialog.results.field.setText(str(folder / "photos"))
    filler.click(filler.dialog.start)
    filler.wait_until_idle()
    assert "which the results must not replace" in filler.dialog.status.text()


@pytest.mark.usefixtures("without_engine")
def test_without_a_model_only_the_surroundings_fill(editor: Editor, folder: Path):
    filler = FolderFiller(editor, folder)
    filler.choose_method("yeh")
    assert not filler.dialog.start.isEnabled()
    filler.choose_method("surroundings")
    assert filler.dialog.start.isEnabled()
