"""Names that no file has yet, and what tells a project by its name."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from wganpaint_gui.core.file_names import free_name, is_project, numbered


def test_a_free_name_is_the_wanted_one_or_the_first_number_that_is_free(tmp_path: Path):
    wanted = tmp_path / "photo.wganpaint"
    for name in ("photo.wganpaint", "photo-2.wganpaint", "photo-3.wganpaint"):
        assert free_name(wanted) == tmp_path / name
        (tmp_path / name).touch()


def test_a_link_to_nothing_takes_its_name(tmp_path: Path):
    (tmp_path / "a.png").symlink_to(tmp_path / "gone.png")
    assert free_name(tmp_path / "a.png").name == "a-2.png"


def test_a_file_without_suffix_is_numbered_at_its_end(tmp_path: Path):
    (tmp_path / "notes").touch()
    assert free_name(tmp_path / "notes").name == "notes-2"


def test_a_name_that_grows_beyond_what_fits_loses_its_own_end(tmp_path: Path):
    for stem in ("x" * 251, "é" * 125, "\U0001f600" * 62):
        photo = tmp_path / f"{stem}.png"
        for ending in ("-filled.png", "-filled-2.png"):
            free = free_name(photo, "-filled")
            free.touch()  # the file system takes it
            assert free.name.endswith(ending)
            assert stem.startswith(free.name.removesuffix(ending))
            assert len(os.fsencode(free.name)) > 250


def test_a_name_that_the_file_system_cannot_be_asked_about_is_free(tmp_path: Path):
    long = tmp_path / ("x" * 300 + ".png")
    assert len(os.fsencode(free_name(long).name)) == 255


def test_numbers_begin_with_two():
    assert list(islice(numbered("cats"), 3)) == ["cats", "cats-2", "cats-3"]


def test_a_project_is_told_by_its_suffix_in_any_case():
    assert is_project(Path("A.WGANPAINT"))
    assert not is_project(Path("wganpaint"))
