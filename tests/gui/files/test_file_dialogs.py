"""Dialogs open where the last of their kind was closed, also after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from tests.gui.conftest import Editor
from tests.gui.file_helpers import found, type_name
from tests.gui.shown import shown_message
from tests.gui.training_helpers import write_pictures
from wganpaint_gui.gui.files.file_dialogs import ask_for_file, ask_for_folder

pytestmark = pytest.mark.usefixtures("without_engine")


def folder_of(dialog: QFileDialog) -> Path:
    return Path(dialog.directory().absolutePath())


def open_dialog(window: QWidget, qtbot, name: str) -> QFileDialog:
    qtbot.waitUntil(lambda: window.findChild(QFileDialog, name) is not None)
    return window.findChild(QFileDialog, name)


def close(dialog: QFileDialog, window: QWidget, qtbot) -> None:
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)


def test_a_dialog_begins_where_the_last_of_its_kind_was_left(qtbot, tmp_path: Path):
    window, chosen = QWidget(), []
    qtbot.addWidget(window)
    window.show()
    pictures, others = tmp_path / "pictures", tmp_path / "others"
    for folder in (pictures / "cats", others):
        folder.mkdir(parents=True)
    (others / "birds.zip").write_bytes(b"")

    ask_for_folder(window, "Folder", chosen.append, kind="pictures")
    dialog = open_dialog(window, qtbot, "folderDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(pictures / "cats"))
    dialog.accept()
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)
    ask_for_file(window, "Zip", "", "Zip files (*.zip)", chosen.append, kind="zips")
    dialog = open_dialog(window, qtbot, "openDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(others / "birds.zip"))
    dialog.accept()
    qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)
    assert chosen == [pictures / "cats", others / "birds.zip"]

    ask_for_folder(window, "Folder", chosen.append, kind="pictures")
    dialog = open_dialog(window, qtbot, "folderDialog")
    assert folder_of(dialog) == pictures
    dialog.setDirectory(str(pictures / "cats"))
    close(dialog, window, qtbot)
    ask_for_folder(window, "Folder", chosen.append, kind="pictures")
    dialog = open_dialog(window, qtbot, "folderDialog")
    assert folder_of(dialog) == pictures / "cats", "left without a choice counts as well"
    close(dialog, window, qtbot)


def test_a_dialog_does_not_begin_in_a_folder_that_is_gone(qtbot, tmp_path: Path):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    gone, usual = tmp_path / "gone", tmp_path / "usual"
    for folder in (gone, usual):
        folder.mkdir()
    for begins in (usual, usual):
        ask_for_file(window, "Model", str(usual), "All files (*)", lambda _: None, kind="models")
        dialog = open_dialog(window, qtbot, "openDialog")
        assert folder_of(dialog) == begins
        dialog.setDirectory(str(gone))
        close(dialog, window, qtbot)
        if gone.exists():
            gone.rmdir()


def test_models_are_looked_for_where_the_last_one_was_even_after_a_new_start(editor: Editor, another, tmp_path: Path):
    (tmp_path / "model.safetensors").write_bytes(b"none")
    editor.act("choose_model")
    type_name(editor, tmp_path / "model.safetensors")
    editor.wait(lambda: "model" in shown_message(editor.window.messages))
    second = another()
    second.act("choose_model")
    dialog = found(second, QFileDialog, "openDialog")
    assert folder_of(dialog) == tmp_path
    close(dialog, second.window, second.qtbot)


def test_pictures_to_train_on_are_chosen_without_blocking_the_window(editor: Editor, tmp_path: Path):
    pictures = write_pictures(tmp_path / "colours")
    page = editor.window.training.page
    editor.act("train")
    page.setup.data.drop.folder.click()
    dialog = found(editor, QFileDialog, "folderDialog")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(pictures))
    dialog.accept()
    editor.wait(lambda: page.setup.data.source.text() == pictures.name and page.setup.data.bar.isHidden())
    page.setup.data.zip.click()
    found(editor, QFileDialog, "openDialog").reject()
    assert page.setup.data.source.text() == pictures.name
