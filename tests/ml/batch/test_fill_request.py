"""Pairing photos with the files they become."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wganpaint_gui.core.errors import UsageError
from wganpaint_gui.core.system.output_check import check_output
from wganpaint_gui.ml.batch.fill_request import plan_requests

A, B = Path("in/a.png"), Path("in/b.jpg")


def outputs(photos: list[Path], output: str, methods: tuple[str, ...] = ("yeh",)) -> list[list[str]]:
    return [
        [str(path) for path in request.outputs.values()] for request in plan_requests(photos, "center", output, methods)
    ]


def test_one_photo_becomes_the_file_that_was_named():
    assert outputs([A], "out.webp") == [["out.webp"]]


def test_both_methods_mark_their_files():
    assert outputs([A], "out.v2.png", ("yeh", "critic")) == [["out.v2-yeh.png", "out.v2-critic.png"]]


@pytest.mark.parametrize("folder", ["done", "done/"])
def test_several_photos_keep_their_names_in_the_folder(folder: str):
    assert outputs([A, B], folder) == [["done/a.png"], ["done/b.jpg"]]


def test_an_existing_folder_is_one_whatever_its_name(tmp_path: Path):
    folder = tmp_path / "v1.0"
    folder.mkdir()
    assert outputs([A], str(folder)) == [[str(folder / "a.png")]]


def test_a_format_that_cannot_be_written_becomes_png():
    assert outputs([Path("a.gif")], "done/") == [["done/a.png"]]


def test_several_photos_do_not_fit_one_file():
    with pytest.raises(UsageError, match="one file, but there are 2 photos"):
        plan_requests([A, B], "center", "out.png", ("yeh",))


def test_two_photos_of_one_name_are_refused_before_the_work():
    with pytest.raises(UsageError, match="would both be written"):
        plan_requests([A, Path("other/a.png")], "center", "done/", ("yeh",))


def test_records_and_films_of_several_photos_are_named_after_them():
    requests = plan_requests([A, B], "center", "done/", ("yeh",), record=Path("r/run.json"), animation=Path("film.gif"))
    assert [request.record for request in requests] == [Path("r/run-a.json"), Path("r/run-b.json")]
    assert [request.animation for request in requests] == [Path("film-a.gif"), Path("film-b.gif")]


def test_a_file_in_the_way_is_said_before_the_work(tmp_path: Path):
    path = tmp_path / "there.png"
    path.touch()
    with pytest.raises(UsageError, match=r"already exists\. Replace it with --force\."):
        check_output(path, force=False, replace_hint="Replace it with --force.")
    check_output(path, force=True)


def test_a_folder_that_will_be_made_needs_a_parent_that_is_one(tmp_path: Path):
    check_output(tmp_path / "new" / "deep" / "a.png", force=False, make_folder=True)
    with pytest.raises(UsageError, match="does not exist"):
        check_output(tmp_path / "new" / "a.png", force=False)
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is not a folder"):
        check_output(tmp_path / "file" / "a.png", force=False, make_folder=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit and no such devices")
def test_a_full_disk_and_a_device_are_said_before_the_work(tmp_path: Path):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        with pytest.raises(UsageError, match=r"record\.json cannot be written: the disk is full\."):
            check_output(tmp_path / "record.json", force=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with pytest.raises(UsageError, match="device"):
        check_output(Path("/dev/full"), force=True)
    assert not list(tmp_path.iterdir())
