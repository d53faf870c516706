"""Bad files and bad places: a sentence that names the file and says what to do, and nothing lost."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import wganpaint_gui
from wganpaint_gui.core.errors import PhotoError, SaveError
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels, save_photo


def noise(dtype=np.uint8, side: int = 64) -> np.ndarray:
    return np.random.default_rng(0).integers(0, np.iinfo(dtype).max + 1, (side, side, 3), dtype=dtype)


def refused(path) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        load_photo(path)
    assert path.name in caught.value.message
    assert caught.value.message.endswith(".")
    assert caught.value.hint
    return caught.value


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    assert "File not found" in refused(tmp_path / "gone.png").message


def test_a_file_in_a_file_is_said_to_be_missing(tmp_path):
    (tmp_path / "file").touch()
    assert "File not found" in refused(tmp_path / "file" / "gone.png").message


def test_a_folder_is_said_to_be_one(tmp_path):
    (tmp_path / "holiday.jpg").mkdir()
    assert "is a folder" in refused(tmp_path / "holiday.jpg").message


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    (tmp_path / "empty.png").touch()
    assert "0 bytes" in refused(tmp_path / "empty.png").message


@pytest.mark.parametrize("content", [b"hello", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_is_no_image_is_refused(tmp_path, content):
    (tmp_path / "text.png").write_bytes(content)
    refused(tmp_path / "text.png")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "raw camera"),
        (b"\xff\x0a\xfa\x7f", "JPEG XL"),
    ],
)
def test_a_photo_of_another_kind_is_named_with_a_way_out(tmp_path, start, kind):
    (tmp_path / "IMG_1.jpg").write_bytes(start + bytes(500))
    error = refused(tmp_path / "IMG_1.jpg")
    assert f"is a {kind} file" in error.message
    assert "Export it as JPEG" in error.hint


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_must_not_be_read_is_refused(tmp_path):
    (tmp_path / "locked.png").write_bytes(b"x")
    (tmp_path / "locked.png").chmod(0)
    assert "cannot be opened" in refused(tmp_path / "locked.png").message


@pytest.mark.parametrize(
    ("suffix", "dtype"),
    [(suffix, np.uint8) for suffix in (".png", ".jpg", ".tif", ".webp", ".bmp", ".gif")]
    + [(".png", np.uint16), (".tif", np.uint16)],
)
def test_a_truncated_file_is_said_to_be_incomplete(tmp_path, suffix, dtype):
    path = tmp_path / f"half{suffix}"
    if suffix in (".png", ".tif"):
        save_photo(photo_from_pixels(noise(dtype)), path)
    else:
        Image.fromarray(noise(), "RGB").save(path)
    whole = path.read_bytes()
    for part in (0.95, 0.5, 0.2):
        path.write_bytes(whole[: int(len(whole) * part)])
        refused(path)


def png_claiming(width: int, height: int, depth: int = 8) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("size", [(100_000, 100_000), (25_000, 20_001)])
def test_an_image_bomb_is_refused_before_it_is_decoded(tmp_path, size, depth):
    (tmp_path / "bomb.png").write_bytes(png_claiming(*size, depth))
    assert "500 megapixels" in refused(tmp_path / "bomb.png").message


def test_a_deep_tiff_bomb_is_refused_before_it_is_decoded(tmp_path):
    path = tmp_path / "bomb.tif"
    tifffile.imwrite(path, noise(np.uint16), photometric="rgb")
    with tifffile.TiffFile(path, mode="r+") as file:
        for tag in ("ImageWidth", "ImageLength"):
            file.pages[0].tags[tag].overwrite(100_000)
    assert "500 megapixels" in refused(path).message


def test_32_bits_a_channel_are_refused_with_a_way_out(tmp_path):
    tifffile.imwrite(tmp_path / "float.tif", np.ones((4, 4), np.float32))
    error = refused(tmp_path / "float.tif")
    assert "32 bits" in error.message
    assert "16 bits" in error.hint


def test_a_drawing_program_is_never_run(tmp_path):
    Image.fromarray(noise(), "RGB").save(tmp_path / "page.eps")
    (tmp_path / "page.eps").rename(tmp_path / "page.jpg")
    assert "vector graphic" in refused(tmp_path / "page.jpg").message


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("whole")
    for name, dtype in (("a.png", np.uint8), ("b.png", np.uint16), ("c.tif", np.uint8), ("d.tif", np.uint16)):
        save_photo(photo_from_pixels(noise(dtype, 8)), folder / name)
    save_photo(photo_from_pixels(noise(side=8)), folder / "e.jpg")
    save_photo(photo_from_pixels(noise(side=8)), folder / "f.webp")
    return [path.read_bytes() for path in sorted(folder.iterdir())]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_opens_or_is_refused(tmp_path, whole_files, data):
    content = bytearray(data.draw(st.sampled_from(whole_files)))
    places = st.integers(0, min(len(content), 250) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "damaged"
    path.write_bytes(content)
    with contextlib.suppress(PhotoError):  # any other exception fails
        assert load_photo(path).pixels.size


def test_an_existing_photo_is_not_overwritten_without_leave(tmp_path):
    path = tmp_path / "photo.png"
    path.write_bytes(b"precious")
    with pytest.raises(SaveError, match="already exists"):
        save_photo(photo_from_pixels(noise()), path)
    assert path.read_bytes() == b"precious"
    save_photo(photo_from_pixels(noise()), path, overwrite=True)
    assert np.array_equal(load_photo(path).pixels, noise())


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_the_old_photos_survive_a_disk_that_fills_up(tmp_path):
    names = ["photo.png", "photo.tif", "photo.jpg", "photo.webp", "photo.bmp"]
    for name in names:
        save_photo(photo_from_pixels(noise(side=4)), tmp_path / name)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    code = (
        "import resource, sys, numpy, pathlib\n"
        "from wganpaint_gui.core.photo.photo import photo_from_pixels, save_photo\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "pixels = numpy.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=numpy.uint8)\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        save_photo(photo_from_pixels(pixels), pathlib.Path(name), overwrite=True)\n"
        "    except Exception as error:\n"
        "        print(type(error).__name__, error)\n"
    )
    command = [sys.executable, "-c", code, *names]
    root = os.path.dirname(os.path.dirname(wganpaint_gui.__file__))
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": root}
    )
    for line, name in zip(run.stdout.splitlines(), names, strict=True):
        assert line.startswith(f"SaveError {name} was not saved: the disk is full.")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
