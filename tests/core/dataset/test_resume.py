"""A preparation that was stopped goes on; what is damaged is made anew; two at once do no harm."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from wganpaint_gui.core.dataset import DataOptions, ImageSet, open_cached, prepare, prepare_data, store, workers
from wganpaint_gui.core.errors import DataError, SaveError

SMALL = DataOptions(resolution=8)
PREPARE = """
import sys
from pathlib import Path
from wganpaint_gui.core.dataset import DataOptions, prepare_data, store, workers
store.BLOCK_BYTES, workers._SLICE = 1, 0.0
for record in prepare_data(Path(sys.argv[1]), DataOptions(resolution=8), Path(sys.argv[2])):
    print(record.task, record.done, flush=True)
"""


@pytest.fixture
def source(tmp_path: Path, zipped, picture) -> Path:
    """40 pictures, of which two look the same and one is torn."""
    files = {f"{seed:02d}.png": picture(seed) for seed in range(38)}
    return zipped(tmp_path / "some.zip", {**files, "same.bmp": picture(5, kind="BMP"), "torn.png": picture(99)[:60]})


@pytest.fixture
def whole(tmp_path: Path, source: Path, finish) -> ImageSet:
    """What an uninterrupted preparation makes."""
    return finish(prepare_data(source, SMALL, tmp_path / "whole"))


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_SLICE", 0.0)


def files_of(root: Path, images: ImageSet) -> dict[str, bytes]:
    return {name: (root / images.key / name).read_bytes() for name in ("images.rgb", "index.json")}


def stop_at(generator, done: int) -> None:
    for record in generator:
        if record.task == "decoding" and record.done >= done:
            generator.close()
            return
    raise AssertionError("it ended before that")


@pytest.mark.parametrize("block", [1, 1000, 10**9])
@pytest.mark.parametrize("stops", [(1,), (13, 14, 39), (5, 20)])
def test_it_goes_on_where_it_was_closed_with_the_same_result(
    tmp_path, source, whole, finish, monkeypatch, one_by_one, block, stops
):
    monkeypatch.setattr(store, "BLOCK_BYTES", block)
    root = tmp_path / "root"
    for done in stops:
        stop_at(prepare_data(source, SMALL, root), done)
    decoded = []
    model_image = prepare.model_image
    monkeypatch.setattr(prepare, "model_image", lambda *values: decoded.append(1) or model_image(*values))
    images = finish(prepare_data(source, SMALL, root))
    assert len(decoded) == 40 - stops[-1]
    assert files_of(root, images) == files_of(tmp_path / "whole", whole)
    assert images.report == whole.report


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there")
def test_a_killed_one_goes_on_too(tmp_path, source, whole, finish):
    root = tmp_path / "root"
    with subprocess.Popen([sys.executable, "-c", PREPARE, source, root], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.split() == ["decoding", "20"]:
                os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert open_cached(whole.key, root) is None
    assert store.contents_done(root / whole.key) >= 20
    images = finish(prepare_data(source, SMALL, root))
    assert files_of(root, images) == files_of(tmp_path / "whole", whole)


def test_two_processes_at_once_make_the_same(tmp_path, source, whole):
    root = tmp_path / "root"
    command = [sys.executable, "-c", PREPARE, source, root]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert files_of(root, whole) == files_of(tmp_path / "whole", whole)


def test_who_comes_second_waits_and_can_be_stopped(tmp_path, source, whole, finish, one_by_one, monkeypatch):
    monkeypatch.setattr(prepare, "_WAIT_SECONDS", 0.0)
    root = tmp_path / "root"
    first = prepare_data(source, SMALL, root)
    while next(first).task != "decoding":
        pass
    impatient = prepare_data(source, SMALL, root)
    stop_at(impatient, 0)
    second = prepare_data(source, SMALL, root)
    while next(second).task != "decoding":
        pass
    assert [next(second).task for _ in range(3)] == ["decoding"] * 3
    made, found = finish(first), finish(second)
    assert np.array_equal(made.images, found.images)
    assert made.report == found.report == whole.report


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 100)


def lengthen(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [cut, lengthen, empty, Path.unlink])
@pytest.mark.parametrize("name", ["images.rgb", "index.json"])
def test_a_damaged_cache_is_not_opened_but_made_anew(tmp_path, source, whole, finish, harm, name):
    root = tmp_path / "whole"
    before = files_of(root, whole)
    del whole.__dict__["images"]  # some systems cannot cut a mapped file
    harm(root / whole.key / name)
    assert open_cached(whole.key, root) is None
    finish(prepare_data(source, SMALL, root))
    assert files_of(root, whole) == before


@pytest.mark.parametrize("harm", [cut, lengthen, empty, Path.unlink])
@pytest.mark.parametrize("name", ["images.rgb", "progress.jsonl"])
def test_damage_to_half_a_cache_does_not_reach_the_images(
    tmp_path, source, whole, finish, monkeypatch, one_by_one, harm, name
):
    monkeypatch.setattr(store, "BLOCK_BYTES", 600)
    root = tmp_path / "root"
    stop_at(prepare_data(source, SMALL, root), 25)
    harm(root / whole.key / name)
    images = finish(prepare_data(source, SMALL, root))
    assert files_of(root, images) == files_of(tmp_path / "whole", whole)


def test_a_changed_pixel_in_half_a_cache_is_noticed(tmp_path, source, whole, finish, monkeypatch, one_by_one):
    monkeypatch.setattr(store, "BLOCK_BYTES", 600)
    root = tmp_path / "root"
    stop_at(prepare_data(source, SMALL, root), 25)
    with (root / whole.key / "images.rgb").open("r+b") as file:
        file.seek(1000)
        value = file.read(1)[0]
        file.seek(1000)
        file.write(bytes([value ^ 1]))
    images = finish(prepare_data(source, SMALL, root))
    assert files_of(root, images) == files_of(tmp_path / "whole", whole)


def test_a_full_disk_is_a_sentence_and_it_goes_on_later(tmp_path, source, whole, finish, monkeypatch, one_by_one):
    monkeypatch.setattr(store, "BLOCK_BYTES", 600)
    root = tmp_path / "root"
    room = iter(range(9))
    fsync = os.fsync

    def full(descriptor: int) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(SaveError, match=r"root: the disk is full\. Free some space"):
            finish(prepare_data(source, SMALL, root))
    assert store.contents_done(root / whole.key) > 0
    images = finish(prepare_data(source, SMALL, root))
    assert files_of(root, images) == files_of(tmp_path / "whole", whole)


def test_too_little_room_is_known_before_it_begins(tmp_path, source, finish, monkeypatch):
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _: SimpleNamespace(free=5_000_000))
    with pytest.raises(SaveError, match=r"need 126 MB in .*root, where 5 MB are free"):
        finish(prepare_data(source, DataOptions(1024), tmp_path / "root"))


def test_a_place_that_cannot_be_written_to_is_named(tmp_path, source, finish):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SaveError, match=r"cannot be saved in .*file"):
        finish(prepare_data(source, SMALL, tmp_path / "file"))


def test_a_folder_that_vanishes_half_way_is_a_sentence_and_it_goes_on_later(
    tmp_path, folder, picture, finish, one_by_one
):
    source = folder(tmp_path / "pictures", {f"{seed}.png": picture(seed) for seed in range(30)})
    generator = prepare_data(source, SMALL, tmp_path / "root")
    while (record := next(generator)).task != "decoding" or record.done < 10:
        pass
    source.rename(tmp_path / "elsewhere")
    with pytest.raises(DataError, match=r"pictures disappeared while .*start again"):
        finish(generator)
    (tmp_path / "elsewhere").rename(source)
    again = prepare_data(source, SMALL, tmp_path / "root")
    while (record := next(again)).task != "decoding":
        pass
    assert record.done > 10
    assert len(finish(again).images) == 30


def test_a_picture_that_changes_meanwhile_is_no_part_of_it(tmp_path, folder, picture, finish, one_by_one):
    source = folder(tmp_path / "pictures", {f"{seed}.png": picture(seed) for seed in range(30)})
    generator = prepare_data(source, SMALL, tmp_path / "root")
    while next(generator).task != "decoding":
        pass
    for path in source.iterdir():
        path.write_bytes(picture(1000))
    with pytest.raises(DataError, match=r"\.png in .*pictures changed or disappeared"):
        finish(generator)
