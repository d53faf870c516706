"""One project in two windows, as after two starts of the program: neither overwrites the other's work unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from tests.gui.conftest import Editor
from tests.gui.file_helpers import BOX, asked, click, found, keep_a_fill, save_project_as, settle
from wganpaint_gui.core.project.project_file import ProjectFile

pytestmark = pytest.mark.usefixtures("without_engine")


@pytest.fixture
def both(opened: Editor, another, tmp_path: Path) -> tuple[Editor, Editor, Path]:
    """Two windows with one project; the first has saved a fill of 50 into it, the second has one of 150."""
    path = save_project_as(opened, tmp_path / "mine.wganpaint")
    second = another()
    second.open(path)
    keep_a_fill(opened.document, 50)
    opened.act("save_project")
    settle(opened)
    keep_a_fill(second.document, 150)
    second.act("save_project")
    return opened, second, path


def value_in(path: Path) -> int:
    return int(ProjectFile(path).read().document.photo.pixels[BOX.y, BOX.x, 0])


def press(box: QMessageBox, words: str) -> None:
    (button,) = (one for one in box.buttons() if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_the_other_program_saved_is_not_overwritten_unasked(both: tuple[Editor, Editor, Path], tmp_path: Path):
    _, second, path = both
    box = found(second, QMessageBox, "changedBox")
    assert "Another program has changed mine.wganpaint" in box.text()
    assert box.defaultButton().text() == "Save as…"
    click(box, QMessageBox.StandardButton.Cancel)
    settle(second)
    assert value_in(path) == 50
    assert second.window.isWindowModified()
    assert [one.name for one in tmp_path.glob("*") if one.is_file()] == ["mine.wganpaint"], "nothing lies about"


def test_both_are_kept_under_two_names(both: tuple[Editor, Editor, Path]):
    first, second, path = both
    press(found(second, QMessageBox, "changedBox"), "Save as…")
    dialog = found(second, QFileDialog, "saveDialog")
    assert [Path(name).name for name in dialog.selectedFiles()] == ["mine-2.wganpaint"]
    dialog.accept()
    settle(second)
    assert (value_in(path), value_in(path.with_name("mine-2.wganpaint"))) == (50, 150)
    assert not second.window.isWindowModified()
    keep_a_fill(first.document, 60)
    first.act("save_project")
    settle(first)
    assert value_in(path) == 60, "nobody else has written there"


def test_the_others_is_replaced_where_the_person_says_so(both: tuple[Editor, Editor, Path]):
    first, second, path = both
    press(found(second, QMessageBox, "changedBox"), "Replace")
    settle(second)
    assert value_in(path) == 150
    keep_a_fill(first.document, 60)
    first.act("save_project")
    box = found(first, QMessageBox, "changedBox")
    assert value_in(path) == 150, "now it is the first that is asked"
    click(box, QMessageBox.StandardButton.Cancel)


@pytest.mark.parametrize(("words", "name"), [("Replace", "mine.wganpaint"), ("Save as…", "mine-2.wganpaint")])
def test_the_question_stays_with_its_project_when_another_photo_is_opened(
    both: tuple[Editor, Editor, Path], photo: Path, words: str, name: str
):
    _, second, path = both
    box = found(second, QMessageBox, "changedBox")
    before = second.document
    second.window.files.files.open(photo)
    second.wait(lambda: second.document is not before)
    press(box, words)
    if words == "Save as…":
        found(second, QFileDialog, "saveDialog").accept()
    settle(second)
    assert value_in(path.with_name(name)) == 150
    assert second.window.windowTitle().startswith("photo.png"), "which is no project for that"
    assert second.window.files.projects.path is None


def test_a_change_while_the_question_is_open_is_asked_about_again(both: tuple[Editor, Editor, Path]):
    first, second, path = both
    box = found(second, QMessageBox, "changedBox")
    keep_a_fill(first.document, 70)
    first.act("save_project")
    settle(first)
    press(box, "Replace")
    second.wait(lambda: any(one.isVisible() and one is not box for one in boxes(second)))
    assert value_in(path) == 70
    click(next(one for one in boxes(second) if one.isVisible()), QMessageBox.StandardButton.Cancel)


def boxes(editor: Editor) -> list[QMessageBox]:
    return editor.window.findChildren(QMessageBox, "changedBox")


def test_closing_with_save_asks_and_closes_when_it_is_saved(both: tuple[Editor, Editor, Path]):
    _, second, path = both
    click(found(second, QMessageBox, "changedBox"), QMessageBox.StandardButton.Cancel)
    second.wait(lambda: not boxes(second))
    second.window.close()
    click(asked(second)[0], QMessageBox.StandardButton.Save)
    box = found(second, QMessageBox, "changedBox")
    assert second.window.isVisible()
    press(box, "Save as…")
    found(second, QFileDialog, "saveDialog").accept()
    second.wait(lambda: not second.window.isVisible())
    assert (value_in(path), value_in(path.with_name("mine-2.wganpaint"))) == (50, 150)
