"""Large photos: reading tells how far it is, can be given up, and needs little more memory than the photo."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import CancelledError
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels
from wganpaint_gui.core.photo.pyramid import Pyramid


def noise(height: int = 700, width: int = 900) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp", ".bmp"])
def test_reading_tells_how_far_it_is(tmp_path: Path, suffix: str):
    Image.fromarray(noise()).save(tmp_path / f"photo{suffix}")
    shares: list[float] = []
    load_photo(tmp_path / f"photo{suffix}", shares.append)
    assert all(0 <= share <= 1 for share in shares)
    assert shares[-1] == 1
    assert len(set(shares)) > 2


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp", ".bmp"])
@pytest.mark.parametrize("until", [0, 0.3, 0.9])
def test_reading_can_be_given_up_at_any_time(tmp_path: Path, suffix: str, until: float):
    Image.fromarray(noise()).save(tmp_path / f"photo{suffix}")

    def watch(share: float) -> None:
        if share >= until:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_photo(tmp_path / f"photo{suffix}", watch)


def test_the_pyramid_can_be_given_up():
    def watch(share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        Pyramid.build(photo_from_pixels(noise()), watch)


def test_a_large_photo_is_read_by_way_of_the_disk_and_whole(tmp_path: Path):
    """101 megapixels of grey, turned."""
    row = np.random.default_rng(0).integers(0, 256, (1, 10_100), np.uint8)
    pixels = np.repeat(row, 10_000, axis=0)
    pixels[7_000] = 1
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    Image.fromarray(pixels).save(tmp_path / "photo.png", compress_level=1, exif=exif)
    assert np.array_equal(load_photo(tmp_path / "photo.png").pixels[..., 0], np.rot90(pixels, -1))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the memory of a process is asked for as POSIX does")
@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_photo_of_300_megapixels_needs_less_than_1600_megabytes(tmp_path: Path, suffix: str):
    path = tmp_path / f"photo{suffix}"
    Image.new("RGB", (20_000, 15_000), (90, 120, 30)).save(path)
    code = (
        "import pathlib, resource, sys\n"
        "from wganpaint_gui.core.photo.photo import load_photo\n"
        "from wganpaint_gui.core.photo.pyramid import Pyramid\n"
        "photo = load_photo(pathlib.Path(sys.argv[1]))\n"
        "pyramid = Pyramid.build(photo)\n"
        "status = pathlib.Path('/proc/self/status')\n"
        "if status.exists():  # a process's ru_maxrss begins at what its parent had\n"
        "    kilobytes = next(line.split()[1] for line in status.open() if line.startswith('VmHWM'))\n"
        "    peak = int(kilobytes) * 1024\n"
        "else:\n"
        "    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(photo.width, peak)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    width, memory = map(int, run.stdout.split())
    assert width == 20_000
    assert memory < 1.6e9
