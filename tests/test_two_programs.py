"""The program started twice: one settings folder, one photo, and nothing of either is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels, save_beside, save_photo
from wganpaint_gui.core.project.project import Project, find_original
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.gui.settings.preferences import load_preferences, preferences_file

# Opens the photo, fills a square with a colour of its own, waits for the word, saves, and is closed by the person.
_EDITOR = """
import sys
from pathlib import Path
import numpy as np
from PySide6.QtCore import QTimer
from tests.core.documents import keep_fill
from tests.gui.shown import shown_message
from wganpaint_gui.cli import main
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.gui import app
from wganpaint_gui.gui.window.main_window import MainWindow

photo, colour, theme = sys.argv[1], int(sys.argv[2]), sys.argv[3]

def make():
    window = MainWindow(load_engine=False)

    def work():
        document = window.document
        with document.edit_mask("rectangle") as edit:
            edit.rectangle(Box(10, 20, 8, 6), 255)
        keep_fill(document, Box(10, 20, 8, 6), np.full((6, 8, 3), colour, np.uint8))
        window.actions_by_id[f"theme_{theme}"].trigger()
        print("ready", flush=True)
        sys.stdin.readline()
        window.files.files.saved.connect(lambda saved: QTimer.singleShot(0, close))
        for failed in (window.files.files.not_saved, window.files.files.failed):
            failed.connect(lambda error: sys.exit(str(error)))
        window.files.save()

    def close():
        print(shown_message(window.messages), flush=True)
        window.close()

    window.photo_shown.connect(lambda: QTimer.singleShot(0, work))
    return window

app.MainWindow = make
sys.exit(main([photo]))
"""


# As above, but what is saved is the project; where the other program was first, under the name that is proposed.
_PROJECT_EDITOR = """
import sys
import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QMessageBox
from tests.core.documents import keep_fill
from tests.gui.shown import shown_message
from wganpaint_gui.cli import main
from wganpaint_gui.core.geometry import Box
from wganpaint_gui.gui import app
from wganpaint_gui.gui.window.main_window import MainWindow

project, colour = sys.argv[1], int(sys.argv[2])

def make():
    window = MainWindow(load_engine=False)

    def work():
        document = window.document
        with document.edit_mask("rectangle") as edit:
            edit.rectangle(Box(10, 20, 8, 6), 255)
        keep_fill(document, Box(10, 20, 8, 6), np.full((6, 8, 3), colour, np.uint8))
        print("ready", flush=True)
        sys.stdin.readline()
        window.actions_by_id["save_project"].trigger()
        look.start(10)

    def answer():
        box, dialog = window.findChild(QMessageBox, "changedBox"), window.findChild(QFileDialog, "saveDialog")
        if "saved as" in shown_message(window.messages):
            look.stop()
            print(shown_message(window.messages), flush=True)
            window.close()
        elif box is not None and box.isVisible():
            box.defaultButton().click()
        elif dialog is not None and dialog.isVisible():
            dialog.accept()

    look = QTimer(window)
    look.timeout.connect(answer)
    window.photo_shown.connect(lambda: QTimer.singleShot(0, work))
    return window

app.MainWindow = make
sys.exit(main([project]))
"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Whose name has all that a name may have."""
    path = tmp_path / "Größe 日本" / "the photo – ü.png"
    path.parent.mkdir()
    save_photo(photo_from_pixels(np.full((60, 80, 3), 200, np.uint8)), path)
    return path


def start(photo: Path, colour: int, theme: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _EDITOR, str(photo), str(colour), theme]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8")


@pytest.mark.slow
def test_two_editors_save_beside_one_photo(photo: Path, own_home: Path):
    editors = [start(photo, colour, theme) for colour, theme in ((50, "light"), (150, "dark"))]
    for editor in editors:
        assert editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
    for editor in editors:
        assert editor.stdin is not None
        editor.stdin.write("save\n")
        editor.stdin.flush()
    for editor in editors:
        said, complaints = editor.communicate(timeout=60)
        assert (editor.returncode, complaints) == (0, "")
        assert "0 pixels changed outside the mask" in said
    names = {"the photo – ü-filled.png", "the photo – ü-filled-2.png"}
    assert {path.name for path in photo.parent.iterdir()} == {photo.name, *names}
    assert {int(load_photo(photo.with_name(name)).pixels[22, 12, 0]) for name in names} == {50, 150}
    assert (load_photo(photo).pixels == 200).all(), "the photo itself is untouched"
    assert str(photo) in json.loads(preferences_file().read_text("utf-8"))["recent"]
    assert load_preferences().theme in ("light", "dark")
    assert [path.name for path in preferences_file().parent.iterdir() if path.suffix == ".tmp"] == []
    assert (own_home / "log" / "wganpaint.log").read_text("utf-8").count("The editor starts") == 2
    assert list((own_home / "log").glob("fault-*")) == []


@pytest.mark.slow
def test_two_editors_save_one_project(photo: Path, own_home: Path):
    document = Document(load_photo(photo)).state_later()()
    path = photo.with_name("the work.wganpaint")
    ProjectFile(path).write(Project(find_original(document), document, InpaintConfig()))
    pipe = subprocess.PIPE
    commands = [[sys.executable, "-c", _PROJECT_EDITOR, str(path), str(colour)] for colour in (50, 150)]
    editors = [subprocess.Popen(one, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8") for one in commands]
    for editor in editors:
        assert editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
    for editor in editors:
        assert editor.stdin is not None
        editor.stdin.write("save\n")
        editor.stdin.flush()
    ended = [editor.communicate(timeout=60) for editor in editors]
    assert [editor.returncode for editor in editors] == [0, 0]
    for _, complaints in ended:  # the offscreen platform says one thing of every dialog
        assert [line for line in complaints.splitlines() if not line.startswith("This plugin does not support")] == []
    names = ["the work-2.wganpaint", "the work.wganpaint"]
    assert sorted(said for said, _ in ended) == [f"Project saved as {name}.\n" for name in names]
    assert {one.name for one in photo.parent.iterdir()} == {photo.name, *names}, "nothing lies about"
    saved = [ProjectFile(photo.with_name(name)).read().document.photo.pixels[22, 12, 0] for name in names]
    assert sorted(int(value) for value in saved) == [50, 150]


def test_names_that_are_looked_for_at_one_moment_are_all_different(photo: Path):
    together = threading.Barrier(8)

    def save(colour: int) -> Path:
        own = photo_from_pixels(np.full((60, 80, 3), colour, np.uint8))
        together.wait()
        return save_beside(own, photo)

    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(save, range(8)))
    assert len(set(paths)) == 8
    assert [int(load_photo(path).pixels[0, 0, 0]) for path in paths] == list(range(8))


def test_a_folder_that_has_gone_is_still_said(photo: Path):
    with pytest.raises(SaveError, match="does not exist"):
        save_beside(load_photo(photo), photo.parent / "gone" / "photo.png")
