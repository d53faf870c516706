"""Pictures nobody could train on: a sentence and the next step each."""

from __future__ import annotations

import os
import shutil
import sys
import zlib
from pathlib import Path

import pytest

from wganpaint_gui.core.dataset import DataOptions, prepare_data
from wganpaint_gui.core.errors import DataError
from wganpaint_gui.core.system.paths import dataset_cache

SMALL = DataOptions(resolution=8)
TEXT = b"A shopping list: apples, pears.\n" * 9


def refused(finish, source: Path, options: DataOptions = SMALL) -> DataError:
    """What preparing says."""
    with pytest.raises(DataError) as caught:
        finish(prepare_data(source, options))
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")
    assert not list(dataset_cache().rglob("images.rgb"))
    return caught.value


def test_an_empty_folder(tmp_path: Path, finish):
    error = refused(finish, tmp_path)
    assert "There are no pictures in" in error.message
    assert "it is empty" in error.message


def test_a_folder_of_text_files(tmp_path: Path, folder, finish):
    error = refused(finish, folder(tmp_path, {"a.txt": TEXT, "b/c.csv": TEXT, "d": TEXT}))
    assert "none of its 3 files is a picture" in error.message


def test_text_files_that_are_called_pictures(tmp_path: Path, folder, finish):
    error = refused(finish, folder(tmp_path, {f"{name}.jpg": TEXT + name.encode() for name in "abcd"}))
    assert "None of the 4 pictures" in error.message
    assert "4 cannot be read: a.jpg, b.jpg, c.jpg and 1 more." in error.message


def test_one_picture(tmp_path: Path, folder, picture, finish):
    error = refused(finish, folder(tmp_path, {"a.png": picture()}))
    assert error.message.startswith("There is only one picture in")
    assert "at least 2" in error.message


def test_one_picture_that_cannot_be_read(tmp_path: Path, folder, finish):
    error = refused(finish, folder(tmp_path, {"a.png": TEXT}))
    assert error.message.startswith(f"The only picture in {tmp_path} cannot be used; training needs at least 2.")
    assert error.message.endswith("1 cannot be read: a.png.")


def test_pictures_that_are_all_the_same_file(tmp_path: Path, folder, picture, finish):
    error = refused(finish, folder(tmp_path, {f"{number}.png": picture() for number in range(40)}))
    assert error.message == f"All 40 pictures in {tmp_path} are identical."


def test_pictures_that_all_look_the_same(tmp_path: Path, folder, picture, finish):
    files = {"a.png": picture(), "b.bmp": picture(kind="BMP"), "c.webp": picture(kind="PPM")}
    assert "All 3 pictures" in refused(finish, folder(tmp_path, files)).message
    report = finish(prepare_data(folder(tmp_path, {"d.png": picture(1)}), SMALL)).report
    assert report.duplicates == (("b.bmp", "a.png"), ("c.webp", "a.png"))


def test_one_good_picture_among_bad_ones(tmp_path: Path, folder, picture, finish):
    error = refused(finish, folder(tmp_path, {"a.png": picture(), "b.png": picture(1)[:50], "c.png": TEXT}))
    assert "Only 1 of the 3 pictures" in error.message
    assert "2 cannot be read: b.png, c.png." in error.message


def test_pictures_smaller_than_the_resolution(tmp_path: Path, folder, picture, finish):
    error = refused(finish, folder(tmp_path, {f"{seed}.png": picture(seed, (7, 200)) for seed in range(5)}))
    assert "None of the 5 pictures" in error.message
    assert "5 are too small" in error.message
    assert "lower resolution" in error.hint


def test_pictures_without_faces(tmp_path: Path, folder, picture, finish):
    source = folder(tmp_path, {f"{seed}.png": picture(seed, (60, 60)) for seed in range(2)})
    error = refused(finish, source, DataOptions(8, "faces"))
    assert "2 show no face" in error.message
    assert "another framing" in error.hint


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_corrupt_files_in_the_middle_are_left_out(tmp_path: Path, folder, picture, finish, suffix):
    kind = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}[suffix]
    files = {f"{seed:02d}.{suffix}": picture(seed, (40, 40), kind) for seed in range(20)}
    files[f"07.{suffix}"] = files[f"07.{suffix}"][:300]
    files[f"13.{suffix}"] = b""
    report = finish(prepare_data(folder(tmp_path, files), SMALL)).report
    assert report.usable == 18
    assert report.unreadable == (f"07.{suffix}", f"13.{suffix}")


def test_a_missing_path(tmp_path: Path, finish):
    error = refused(finish, tmp_path / "nowhere")
    assert error.message == f"Folder or zip file not found: {tmp_path / 'nowhere'}."


def test_a_single_picture_as_the_source(tmp_path: Path, folder, picture, finish):
    error = refused(finish, folder(tmp_path, {"a.png": picture()}) / "a.png")
    assert "neither a folder nor a zip" in error.message
    assert "Choose the folder" in error.hint


def test_a_zip_that_is_none(tmp_path: Path, finish):
    (tmp_path / "some.zip").write_bytes(TEXT)
    assert "it is not a zip file" in refused(finish, tmp_path / "some.zip").message


def test_a_zip_cut_short(tmp_path: Path, zipped, picture, finish):
    source = zipped(tmp_path / "some.zip", {f"{seed}.png": picture(seed) for seed in range(9)})
    os.truncate(source, source.stat().st_size // 2)
    assert "damaged or cut short" in refused(finish, source).message


def test_an_empty_zip(tmp_path: Path, zipped, finish):
    assert "it is empty" in refused(finish, zipped(tmp_path / "some.zip", {})).message


def test_a_zip_with_damaged_members(tmp_path: Path, zipped, picture, finish):
    source = zipped(tmp_path / "some.zip", {f"{seed}.png": picture(seed, (40, 40)) for seed in range(9)})
    data = bytearray(source.read_bytes())
    middle = data.index(b"4.png") + 2000
    data[middle : middle + 50] = bytes(50)
    source.write_bytes(data)
    report = finish(prepare_data(source, SMALL)).report
    assert (report.usable, report.unreadable) == (8, ("4.png",))


def locked(path: Path, names: list[str]) -> None:
    """Mark members as encrypted, in both places where a zip says so."""
    data = bytearray(path.read_bytes())
    for name in names:
        first = data.index(name.encode())
        data[first - 30 + 6] |= 1
        data[data.index(name.encode(), first + 1) - 46 + 8] |= 1
    path.write_bytes(data)


def test_a_zip_locked_with_a_password(tmp_path: Path, zipped, picture, finish):
    source = zipped(tmp_path / "some.zip", {f"{seed}.png": picture(seed) for seed in range(3)})
    locked(source, ["0.png", "1.png", "2.png"])
    error = refused(finish, source)
    assert "protected by a password" in error.message
    assert "Unpack it" in error.hint


def test_a_zip_with_some_locked_members(tmp_path: Path, zipped, picture, finish):
    source = zipped(tmp_path / "some.zip", {f"{seed}.png": picture(seed) for seed in range(3)})
    locked(source, ["1.png"])
    assert finish(prepare_data(source, SMALL)).report.unreadable == ("1.png",)


def test_a_folder_of_zips_is_told_apart(tmp_path: Path, zipped, picture, finish):
    zipped(tmp_path / "some.zip", {"a.png": picture()})
    error = refused(finish, tmp_path)
    assert "but there are zip files" in error.message
    assert "Choose one of those" in error.hint


def test_a_folder_that_vanishes_while_it_is_looked_at(tmp_path: Path, folder, picture, finish, monkeypatch):
    monkeypatch.setattr("wganpaint_gui.core.dataset.workers._SLICE", 0.0)
    source = folder(tmp_path / "pictures", {f"{seed}.png": picture(seed) for seed in range(9)})
    generator = prepare_data(source, SMALL)
    while next(generator).done < 3:
        pass
    shutil.rmtree(source)
    with pytest.raises(DataError, match=r"pictures disappeared while its pictures were being read\. Bring it back"):
        finish(generator)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_must_not_be_read(tmp_path: Path, finish):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    assert "cannot be read" in refused(finish, closed).message


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nowhere_is_an_unreadable_picture(tmp_path: Path, folder, picture, finish):
    source = folder(tmp_path, {"a.png": picture(0), "b.png": picture(1)})
    (source / "c.png").symlink_to("annexed/elsewhere.png")
    assert finish(prepare_data(source, SMALL)).report.unreadable == ("c.png",)


@pytest.mark.parametrize("kind", ["png", "gif"])
def test_a_decompression_bomb_is_not_decoded(tmp_path: Path, folder, picture, finish, kind):
    """A few bytes that claim 60,000 × 60,000 pixels."""
    huge = (60_000).to_bytes(4, "big") * 2
    png = bytearray(picture())
    png[16:24] = huge
    png[29:33] = zlib.crc32(png[12:29]).to_bytes(4, "big")
    gif = bytearray(picture(kind="GIF"))
    gif[6:10] = (60_000).to_bytes(2, "little") * 2
    bomb = {"png": png, "gif": gif}[kind]
    source = folder(tmp_path, {"a.png": picture(0), "b.png": picture(1), f"bomb.{kind}": bytes(bomb)})
    assert finish(prepare_data(source, SMALL)).report.unreadable == (f"bomb.{kind}",)


def test_a_project_is_no_collection_though_it_is_a_zip(tmp_path: Path, zipped, picture, finish):
    zipped(tmp_path / "work.wganpaint", {f"{seed}.png": picture(seed) for seed in range(9)})
    error = refused(finish, tmp_path / "work.wganpaint")
    assert "work.wganpaint is a project" in error.message
