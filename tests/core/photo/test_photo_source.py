"""Photos from pipes are read whole; what would block or never end is refused at once."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.photo.photo_source import readable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.tif"
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (150, 200, 3), np.uint8)).save(path)
    return path


def written_to(pipe: Path, *pieces: bytes) -> threading.Thread:
    def write() -> None:
        with pipe.open("wb", buffering=0) as file, suppress(BrokenPipeError):  # the reader may have enough
            for piece in pieces:
                file.write(piece)
                time.sleep(0.02)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


@contextmanager
def opened_for_writing(pipe: Path, data: bytes) -> Iterator[None]:
    """Write to the pipe meanwhile, from before the body begins."""
    thread = written_to(pipe, data[:10], data[10:5000], data[5000:])
    descriptor = os.open(pipe, os.O_RDONLY)  # returns once there is a writer, and keeps it from finding no reader
    try:
        yield
    finally:
        os.close(descriptor)
        thread.join()


def test_a_photo_comes_out_of_a_pipe_as_out_of_its_file(picture: Path, tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with opened_for_writing(pipe, picture.read_bytes()):
        photo = load_photo(pipe)
    np.testing.assert_array_equal(photo.pixels, load_photo(picture).pixels)


def test_errors_name_the_pipe_and_not_the_copy(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with (
        opened_for_writing(pipe, b"no photo" * 1000),
        pytest.raises(PhotoError, match=rf"^{pipe} is not an image"),
    ):
        load_photo(pipe)


def test_a_pipe_that_never_ends_is_refused(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    said = f"^{pipe} is a pipe, and more than 20000 bytes came out of it"
    with (
        opened_for_writing(pipe, bytes(60_000)),
        pytest.raises(PhotoError, match=said) as caught,
        readable(pipe, most_from_pipe=20_000),
    ):
        pass
    assert caught.value.hint == "Save it to a file first."


@pytest.mark.parametrize(("name", "says"), [("pipe", "a pipe that nobody writes to"), ("/dev/zero", "a device")])
def test_what_would_wait_or_never_end_is_refused_at_once(tmp_path: Path, name: str, says: str):
    path = tmp_path / name
    if name == "pipe":
        os.mkfifo(path)
    with pytest.raises(PhotoError, match=f"^{path} is {says}"):
        load_photo(path)


@pytest.mark.parametrize("name", ["n" * 300 + ".png", "loop.png"])
def test_a_name_that_no_file_can_have_is_to_be_checked_not_its_permissions(tmp_path: Path, name: str):
    path = tmp_path / name
    if name == "loop.png":
        path.symlink_to(path)
    with pytest.raises(PhotoError) as caught:
        load_photo(path)
    assert caught.value.hint == "Check the name and the folder."
