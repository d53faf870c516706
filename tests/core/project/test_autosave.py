"""Autosaves: what they say beside the project, and whose folder they lie in."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.core.projects import WAITING, a_project, noise
from wganpaint_gui.core.errors import ProjectError, SaveError
from wganpaint_gui.core.photo.photo import photo_from_pixels
from wganpaint_gui.core.project.autosave import NOTE, autosave_name, preview, read_note, write_autosave
from wganpaint_gui.core.project.autosave_folder import AutosaveFolder, put_away
from wganpaint_gui.core.project.project_file import ProjectFile
from wganpaint_gui.core.project.work_note import WorkNote
from wganpaint_gui.core.system.paths import autosave_dir

PINK = (230, 57, 155)
MINE = WorkNote(photo="/photos/beach.jpg", kept=True, found=4, masked=True)


def autosaved(folder: AutosaveFolder, note: WorkNote = MINE) -> Path:
    path = folder.new_path(autosave_name(note))
    write_autosave(ProjectFile(path), a_project(), note, PINK)
    return path


@pytest.fixture
def folder():
    made = AutosaveFolder.create()
    yield made
    made.remove()


def test_an_autosave_is_a_project_with_a_note_and_a_picture(folder: AutosaveFolder):
    path = autosaved(folder)
    note, picture = read_note(path)
    assert note == MINE
    assert picture.startswith(b"\x89PNG")
    project, wanted = ProjectFile(path).read(), a_project()
    assert np.array_equal(project.document.photo.pixels, wanted.document.photo.pixels)
    assert np.array_equal(project.document.mask.array(), wanted.document.mask.array())


def test_it_is_named_as_a_person_knows_its_document(folder: AutosaveFolder):
    names = [
        autosaved(folder, note).name for note in (MINE, MINE, WorkNote(), WorkNote(project="/a/my: work.wganpaint"))
    ]
    assert names == ["beach.wganpaint", "beach-2.wganpaint", "Pasted photo.wganpaint", "my_ work.wganpaint"]


def test_the_picture_is_small_and_shows_the_mask():
    state = a_project(photo_from_pixels(np.full((1200, 2000, 3), 100, np.uint8))).document
    picture = preview(state, PINK)
    assert picture.shape == (192, 320, 3)
    small = preview(a_project(photo_from_pixels(np.full((80, 90, 3), 100, np.uint8))).document, PINK)
    assert small.shape == (80, 90, 3)
    inside, outside = small[WAITING.y + 3, WAITING.x + 3], small[70, 80]
    assert tuple(outside) == (100, 100, 100)
    assert tuple(inside) == (165, 78, 127), "half the photo, half the colour of the mask"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_a_photo_of_any_kind_has_a_picture(channels: int, dtype: type):
    assert preview(a_project(photo_from_pixels(noise(channels, dtype))).document, PINK).shape == (80, 90, 3)


@pytest.mark.parametrize(
    "values",
    [
        "[]",
        "{",
        '{"photo": 5}',
        '{"kept": 1}',
        '{"masked": "yes"}',
        '{"found": -1}',
        '{"found": 1e400}',
        '{"digest": "xyz"}',
        '{"colour": "red"}',
    ],
)
def test_an_invalid_note_is_refused(folder: AutosaveFolder, values: str):
    path = folder.new_path("bad")
    ProjectFile(path).write(a_project(), {NOTE: values.encode(), "preview.png": b""})
    with pytest.raises(ProjectError, match=r"bad\.wganpaint is damaged"):
        read_note(path)


def test_an_autosave_cut_short_is_refused_at_every_length(folder: AutosaveFolder):
    path = autosaved(folder)
    whole = path.read_bytes()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(ProjectError, match="incomplete"):
            read_note(path)


def test_an_autosave_of_another_version_is_refused_and_put_away(folder: AutosaveFolder):
    path = folder.new_path("newer")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.json", '{"format": "wganpaint project", "version": 99}')
    with pytest.raises(ProjectError, match="version 99") as refused:
        read_note(path)
    said = put_away(path, refused.value)
    kept = autosave_dir() / "unreadable" / "newer.wganpaint"
    assert kept.exists()
    assert not path.exists()
    assert str(kept) in said.message
    assert said.hint == "Update the program."


def test_an_autosave_that_somebody_deleted_is_not_said_to_be_kept(folder: AutosaveFolder):
    missing = ProjectError("File not found")
    assert put_away(folder.new_path("gone"), missing) is missing


def test_a_project_is_no_autosave(folder: AutosaveFolder):
    path = folder.new_path("plain")
    ProjectFile(path).write(a_project())
    with pytest.raises(ProjectError, match=r"autosave\.json is missing"):
        read_note(path)


# -- whose they are ------------------------------------------------------------------------------------------------


def test_the_folder_of_a_running_program_is_not_offered(folder: AutosaveFolder):
    autosaved(folder)
    assert AutosaveFolder.left_behind() == []


def test_the_folder_of_a_program_that_ended_is_offered_to_one(folder: AutosaveFolder):
    path = autosaved(folder)
    folder.release()
    (found,) = AutosaveFolder.left_behind()
    assert found.documents() == [path]
    assert AutosaveFolder.left_behind() == [], "while the first one asks"
    found.release()
    (again,) = AutosaveFolder.left_behind()
    again.release()


def test_every_program_has_a_folder_of_its_own(folder: AutosaveFolder):
    other = AutosaveFolder.create()
    assert other.folder != folder.folder
    other.remove()
    assert not other.folder.exists()
    assert folder.folder.exists()


def test_an_empty_folder_of_an_ended_program_is_removed(folder: AutosaveFolder):
    folder.release()
    assert AutosaveFolder.left_behind() == []
    assert not folder.folder.exists()


def test_a_folder_without_a_lock_is_left_alone():
    strange = autosave_dir() / "strange"
    strange.mkdir(parents=True)
    (strange / "mine.wganpaint").touch()
    assert AutosaveFolder.left_behind() == []
    assert (strange / "mine.wganpaint").exists()


def test_documents_come_newest_first_and_are_adopted_under_free_names(folder: AutosaveFolder):
    first, second = autosaved(folder), autosaved(folder)
    os.utime(first, (5000, 5000))
    os.utime(second, (4000, 4000))
    assert folder.documents() == [first, second]
    folder.release()
    (left,) = AutosaveFolder.left_behind()
    own = AutosaveFolder.create()
    adopted = [own.adopt(path) for path in left.documents()]
    assert [path.name for path in adopted] == ["beach.wganpaint", "beach-2.wganpaint"]
    assert all(path.parent == own.folder for path in adopted)
    left.remove()
    own.remove()


def test_where_no_folder_can_be_created_a_sentence_says_so():
    autosave_dir().parent.mkdir(parents=True)
    autosave_dir().touch()
    with pytest.raises(SaveError, match="cannot be created"):
        AutosaveFolder.create()
    assert AutosaveFolder.left_behind() == []
