"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from typing import BinaryIO

import pytest

from wganpaint_gui.core.errors import ExistsError, SaveError
from wganpaint_gui.core.system.atomic import atomic_write


def failing(error: BaseException):
    def write(file: BinaryIO) -> None:
        file.write(b"half of it")
        file.flush()
        raise error

    return write


def test_a_new_file_holds_what_was_written(tmp_path):
    atomic_write(tmp_path / "new", lambda file: file.write(b"all"), overwrite=False)
    assert (tmp_path / "new").read_bytes() == b"all"
    assert os.listdir(tmp_path) == ["new"]


def test_an_existing_file_is_not_touched_without_leave(tmp_path):
    (tmp_path / "old").write_bytes(b"old")
    with pytest.raises(ExistsError, match=r"old already exists\..*name"):
        atomic_write(tmp_path / "old", lambda file: file.write(b"new"), overwrite=False)
    assert (tmp_path / "old").read_bytes() == b"old"


def test_a_file_that_appears_during_the_writing_is_not_overwritten(tmp_path):
    def write(file: BinaryIO) -> None:
        (tmp_path / "photo").write_bytes(b"someone else's")

    with pytest.raises(ExistsError, match="already exists"):
        atomic_write(tmp_path / "photo", write, overwrite=False)
    assert (tmp_path / "photo").read_bytes() == b"someone else's"
    assert os.listdir(tmp_path) == ["photo"]


@pytest.fixture(params=["links", "no links"])
def links(request, monkeypatch):
    """Also on a disk that knows no hard links, such as a memory card's."""
    if request.param == "no links":

        def refused(*_):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", refused)


def test_a_file_that_appears_at_the_last_moment_is_not_overwritten(tmp_path, monkeypatch, links):
    def someone_was_faster(move):
        def wrapped(source, target, **options):
            (tmp_path / "photo").write_bytes(b"someone else's")
            return move(source, target, **options)

        return wrapped

    monkeypatch.setattr(os, "link", someone_was_faster(os.link))
    with pytest.raises(ExistsError, match="already exists"):
        atomic_write(tmp_path / "photo", lambda file: file.write(b"new"), overwrite=False)
    assert (tmp_path / "photo").read_bytes() == b"someone else's"
    assert os.listdir(tmp_path) == ["photo"]


def test_a_new_file_is_written_with_and_without_links(tmp_path, links):
    atomic_write(tmp_path / "new", lambda file: file.write(b"all"), overwrite=False)
    assert (tmp_path / "new").read_bytes() == b"all"
    assert os.listdir(tmp_path) == ["new"]


def test_a_new_file_that_cannot_be_moved_to_its_name_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SaveError, match="disk is full"):
        atomic_write(tmp_path / "new", lambda file: file.write(b"all"), overwrite=False)
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes there")
@pytest.mark.parametrize("through_a_link", [False, True])
def test_what_is_no_regular_file_is_never_replaced(tmp_path, through_a_link):
    pipe = path = tmp_path / "pipe"
    os.mkfifo(pipe)
    if through_a_link:
        path = tmp_path / "link"
        path.symlink_to("pipe")
    with pytest.raises(SaveError, match=r"not a regular file.*name"):
        atomic_write(path, lambda file: file.write(b"x"), overwrite=True)
    assert pipe.is_fifo()
    assert not list(tmp_path.glob(".*"))


def test_overwriting_replaces_all_of_it_and_keeps_who_may_read(tmp_path):
    old = tmp_path / "old"
    old.write_bytes(b"much longer than the new one")
    old.chmod(0o640)
    atomic_write(old, lambda file: file.write(b"new"), overwrite=True)
    assert old.read_bytes() == b"new"
    if sys.platform != "win32":
        assert old.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_overwriting_a_link_changes_its_target(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    atomic_write(tmp_path / "link", lambda file: file.write(b"new"), overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "permission denied"),
        (errno.EACCES, "permission denied"),
        (errno.EIO, "error"),
    ],
)
def test_the_old_file_survives_a_failing_disk(tmp_path, code, sentence):
    old = tmp_path / "photo.png"
    old.write_bytes(b"old")
    with pytest.raises(SaveError, match=sentence) as caught:
        atomic_write(old, failing(OSError(code, os.strerror(code))), overwrite=True)
    assert "photo.png" in caught.value.message
    assert caught.value.hint
    assert old.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["photo.png"]


def test_an_interrupt_leaves_nothing_behind(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        atomic_write(tmp_path / "new", failing(KeyboardInterrupt()), overwrite=False)
    assert os.listdir(tmp_path) == []


def test_other_errors_pass_unchanged_and_leave_nothing_behind(tmp_path):
    with pytest.raises(ZeroDivisionError):
        atomic_write(tmp_path / "new", failing(ZeroDivisionError()), overwrite=False)
    assert os.listdir(tmp_path) == []


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(SaveError, match="is a folder"):
        atomic_write(tmp_path, lambda file: file.write(b"x"), overwrite=True)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(SaveError, match=r"folder .*nowhere does not exist"):
        atomic_write(tmp_path / "nowhere" / "new", lambda file: file.write(b"x"), overwrite=False)


def test_a_file_where_a_folder_should_be_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SaveError, match=r"file is a file, not a folder"):
        atomic_write(tmp_path / "file" / "new", lambda file: file.write(b"x"), overwrite=False)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_must_not_be_written_to_is_named(tmp_path):
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    with pytest.raises(SaveError, match="permission denied"):
        atomic_write(folder / "new", lambda file: file.write(b"x"), overwrite=False)


def test_a_name_too_long_for_the_disk_is_a_sentence(tmp_path):
    with pytest.raises(SaveError, match="was not saved"):
        atomic_write(tmp_path / ("n" * 300), lambda file: file.write(b"x"), overwrite=False)
    assert os.listdir(tmp_path) == []
