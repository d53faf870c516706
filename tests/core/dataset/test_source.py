"""What is found in a folder or a zip, and what is left alone."""

from __future__ import annotations

import os
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from wganpaint_gui.core.dataset import DataOptions, prepare_data
from wganpaint_gui.core.dataset.source import open_source

SMALL = DataOptions(resolution=8)


def names(path: Path) -> list[str]:
    with open_source(path) as source:
        return [entry.name for entry in source.entries() if source.is_picture(entry)]


@pytest.mark.parametrize("packed", [False, True])
def test_folders_are_searched_through_and_hidden_files_left_alone(tmp_path, folder, zipped, picture, packed):
    files = dict.fromkeys(
        ["b.PNG", "a/x/1.png", "a/2.jpeg", ".hidden.png", ".git/3.png", "__MACOSX/a/._2.jpeg", "Thumbs.db"], picture()
    )
    source = zipped(tmp_path / "some.zip", files) if packed else folder(tmp_path / "some", files)
    assert names(source) == ["a/2.jpeg", "a/x/1.png", "b.PNG"]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"])
def test_a_picture_without_a_suffix_is_known_by_how_it_begins(tmp_path, folder, zipped, picture, kind, packed):
    files = {"0123456789abcdef": picture(kind=kind), "photo.jpg_large": picture(1, kind=kind), "notes": b"RIFF and all"}
    source = zipped(tmp_path / "some.zip", files) if packed else folder(tmp_path / "some", files)
    assert names(source) == ["0123456789abcdef", "photo.jpg_large"]


def test_other_files_are_counted(tmp_path, folder, picture, finish):
    files = {"a.png": picture(0), "b.png": picture(1), "labels.csv": b"a,b", "README": b"hello", "c.svg": b"<svg/>"}
    report = finish(prepare_data(folder(tmp_path, files), SMALL)).report
    assert (report.found, report.usable, report.skipped) == (2, 2, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_that_lead_in_a_circle_end(tmp_path, folder, picture):
    source = folder(tmp_path / "some", {"a/1.png": picture(0), "b/2.png": picture(1)})
    (source / "a" / "up").symlink_to(source)
    (source / "a" / "across").symlink_to(source / "b")
    (source / "b" / "across").symlink_to(source / "a")
    (source / "itself").symlink_to("itself")
    assert names(source) == ["a/1.png", "a/across/2.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_a_folder_is_followed(tmp_path, folder, picture):
    folder(tmp_path / "elsewhere", {"1.png": picture()})
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "link").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "some") == ["link/1.png"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes there")
def test_a_pipe_is_left_alone(tmp_path, folder, picture):
    os.mkfifo(folder(tmp_path, {"a.png": picture()}) / "pipe.png")
    assert names(tmp_path) == ["a.png"]


def test_members_with_paths_that_lead_out_are_read_but_never_written(tmp_path, zipped, picture, finish):
    place = tmp_path / "deep" / "inside"
    place.mkdir(parents=True)
    source = zipped(place / "some.zip", {"../../a.png": picture(0), "/tmp/b.png": picture(1), "c:\\d.png": picture(2)})
    images = finish(prepare_data(source, SMALL, tmp_path / "root"))
    assert len(images.images) == 3
    assert [path.name for path in tmp_path.rglob("*.png")] == []


def test_members_of_the_same_name_are_two_pictures(tmp_path, picture, finish):
    path = tmp_path / "some.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.png", picture(0))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.png", picture(1))
    assert len(finish(prepare_data(path, SMALL)).images) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_name_that_is_no_text_can_be_printed(tmp_path, picture, finish):
    (tmp_path / os.fsdecode(b"caf\xe9.png")).write_bytes(picture(0)[:40])
    for seed in range(2):
        (tmp_path / f"{seed}.png").write_bytes(picture(seed))
    images = finish(prepare_data(tmp_path, SMALL))
    assert images.report.unreadable == (r"caf\udce9.png",)
    assert "\n".join(images.report.sentences()).encode()


def test_a_zip_is_read_by_several_threads(tmp_path, zipped, picture, finish):
    """Each member's bytes are its own, whoever reads beside it."""
    files = {f"{seed}.png": picture(seed, (30, 30)) for seed in range(60)}
    with open_source(zipped(tmp_path / "some.zip", files)) as source:
        entries = list(source.entries())
        wrong: list[str] = []

        def read_all() -> None:
            wrong.extend(entry.name for entry in entries if source.read(entry) != files[entry.name])

        threads = [threading.Thread(target=read_all) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
