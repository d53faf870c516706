"""Which files of a folder are photos, and their order."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.photo.photo_folder import natural, photos_in


def test_photos_are_in_the_order_of_their_numbers(tmp_path: Path):
    names = ["IMG_10.JPG", "img_2.png", "IMG_1.jpg", "b.webp", "A.avif", "IMG_2b.png"]
    for name in names:
        (tmp_path / name).touch()
    expected = ["A.avif", "b.webp", "IMG_1.jpg", "img_2.png", "IMG_2b.png", "IMG_10.JPG"]
    assert [path.name for path in photos_in(tmp_path)] == expected


def test_what_only_looks_like_a_photo_is_none(tmp_path: Path):
    (tmp_path / "photo.png").touch()
    (tmp_path / "._photo.png").touch()
    (tmp_path / ".hidden.png").touch()
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "dead.png").symlink_to(tmp_path / "gone.png")
    (tmp_path / "live.png").symlink_to(tmp_path / "photo.png")
    (tmp_path / "notes.txt").touch()
    assert [path.name for path in photos_in(tmp_path)] == ["live.png", "photo.png"]


def test_a_folder_that_cannot_be_read_has_none(tmp_path: Path):
    assert photos_in(tmp_path / "gone") == []
    assert photos_in(tmp_path / ("x" * 300)) == []


@given(names=st.lists(st.text()))
def test_any_names_can_be_compared(names: list[str]):
    ordered = sorted(names, key=natural)
    assert sorted(ordered) == sorted(names)
    assert [natural(name) for name in ordered] == sorted(natural(name) for name in names)
