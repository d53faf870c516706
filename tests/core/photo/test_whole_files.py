"""Of a file with several pictures, or more channels than a photo has, the right part is opened and the rest named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.photo.photo import load_photo

DTYPES = [np.uint8, np.uint16]
FURTHER = "Not opened, and missing from what you save: further pictures."


def noise(side: int, channels: int, dtype: type) -> np.ndarray:
    return np.random.default_rng(side).integers(0, np.iinfo(dtype).max, (side, side, channels), dtype, endpoint=True)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_photo_is_opened_and_not_the_thumbnail_before_it(tmp_path: Path, dtype: type):
    small, large = noise(16, 3, dtype), noise(40, 3, dtype)
    with tifffile.TiffWriter(tmp_path / "photo.tif") as file:
        file.write(small, photometric="rgb", subfiletype=1)
        file.write(large, photometric="rgb", subfiletype=0)
    photo = load_photo(tmp_path / "photo.tif")
    np.testing.assert_array_equal(photo.pixels, large)
    assert photo.metadata.remarks == ""


@pytest.mark.parametrize("dtype", DTYPES)
def test_further_pages_are_named(tmp_path: Path, dtype: type):
    with tifffile.TiffWriter(tmp_path / "pages.tif") as file:
        for side in (24, 25, 26):
            file.write(noise(side, 3, dtype), photometric="rgb")
    photo = load_photo(tmp_path / "pages.tif")
    np.testing.assert_array_equal(photo.pixels, noise(24, 3, dtype))
    told = FURTHER if dtype == np.uint16 else FURTHER.replace("further pictures", "2 further pictures")
    assert photo.metadata.remarks == told


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_the_frames_of_an_animation_are_named(tmp_path: Path, kind: str):
    frames = [Image.fromarray(noise(side, 3, np.uint8)).resize((24, 24)) for side in (24, 25, 26)]
    path = tmp_path / f"moving.{kind.lower()}"
    frames[0].save(path, kind, save_all=True, append_images=frames[1:])
    assert load_photo(path).metadata.remarks == FURTHER.replace("further pictures", "2 further pictures")


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("colours", "beside", "kept", "unknown"),
    [
        (3, ["unspecified"], 3, 1),
        (3, ["unassalpha"], 4, 0),
        (1, ["unspecified"], 1, 1),
        (1, ["unassalpha"], 2, 0),
    ],
)
def test_channels_of_unknown_meaning_are_no_alpha(
    tmp_path: Path, dtype: type, colours: int, beside: list[str], kept: int, unknown: int
):
    pixels = noise(20, colours + len(beside), dtype)
    tifffile.imwrite(
        tmp_path / "more.tif",
        pixels,
        photometric="rgb" if colours == 3 else "minisblack",
        planarconfig="contig",
        extrasamples=beside,
    )
    photo = load_photo(tmp_path / "more.tif")
    np.testing.assert_array_equal(photo.pixels, pixels[..., :kept])
    said = f"Not opened, and missing from what you save: {unknown} channel of unknown meaning."
    assert photo.metadata.remarks == said * (unknown > 0)


def test_of_five_channels_the_colours_and_alpha_are_opened(tmp_path: Path):
    pixels = noise(20, 5, np.uint16)
    tifffile.imwrite(
        *(tmp_path / "five.tif", pixels),
        photometric="rgb",
        planarconfig="contig",
        extrasamples=["unspecified", "unassalpha"],
    )
    photo = load_photo(tmp_path / "five.tif")
    np.testing.assert_array_equal(photo.pixels, pixels[..., [0, 1, 2, 4]])
    assert "1 channel of unknown meaning" in photo.metadata.remarks


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_tiff_without_all_its_strips_is_damaged(tmp_path: Path, dtype: type):
    path = tmp_path / "tall.tif"
    tifffile.imwrite(path, noise(40, 3, dtype), photometric="rgb")
    with tifffile.TiffFile(path, mode="r+b") as file:
        file.pages[0].tags["ImageLength"].overwrite(4000)
    with pytest.raises(PhotoError, match="is damaged"):
        load_photo(path)
