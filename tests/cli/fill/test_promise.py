"""The promise: outside the mask every pixel keeps its exact value, counted in the written file by other readers too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import ExifTags, Image, ImageCms, ImageOps

from tests.cli.conftest import HEIGHT, WIDTH, Run, write_mask, write_photo
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels, save_photo

HOLE = np.s_[20:38, 32:55]  # of the mask that write_mask draws
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

Fill = Callable[..., Path]


@pytest.fixture
def filled(inpaint: Run, tmp_path: Path) -> Fill:
    """Fill a photo of the usual size, check what the command says, and return the written file."""

    def fill(photo: Path, suffix: str, mask: Path | None = None) -> Path:
        out = tmp_path / f"out{suffix}"
        mask = mask or write_mask(tmp_path / "mask.png")
        quick = ("--steps", 2, "--restarts", 1, "--frame", "5,2,64", "--json")
        ran = inpaint(photo, "--mask", mask, "-o", out, *quick)
        assert (ran.code, ran.err) == (0, "")
        (result,) = ran.objects
        assert result["changed_outside_mask"] == 0
        return out

    return fill


def noise(dtype: type, channels: int) -> np.ndarray:
    """[HEIGHT, WIDTH, channels]; where there is alpha, transparent in slanted stripes, with colours under it."""
    most = np.iinfo(dtype).max
    pixels = np.random.default_rng(channels).integers(0, most + 1, (HEIGHT, WIDTH, channels), dtype)
    if channels in (2, 4):
        pixels[..., -1] = most
        pixels[..., -1][np.indices((HEIGHT, WIDTH)).sum(axis=0) % 40 < 12] = 0  # stripes through the hole and around it
    return pixels


def rgba(pixels: np.ndarray) -> np.ndarray:
    """Any layout as [H, W, 4] of the same depth."""
    pixels = pixels if pixels.ndim == 3 else pixels[..., None]
    colours = pixels[..., :3] if pixels.shape[2] >= 3 else np.repeat(pixels[..., :1], 3, axis=2)
    opaque = np.full_like(pixels[..., :1], np.iinfo(pixels.dtype).max)
    return np.dstack([colours, pixels[..., -1:] if pixels.shape[2] in (2, 4) else opaque])


def stored(path: Path) -> np.ndarray:
    """What another program than ours reads from a file, as RGBA."""
    if path.suffix == ".tif":
        return rgba(tifffile.imread(path))
    if path.suffix == ".png":  # Pillow cuts 16 bits a channel to 8
        pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        return rgba(pixels if pixels.ndim == 2 else pixels[..., [2, 1, 0, 3][: pixels.shape[2]]])
    with Image.open(path) as image:
        return rgba(np.array(image))


def assert_only_the_hole_differs(before: np.ndarray, after: np.ndarray, hole: tuple[slice, slice] = HOLE) -> None:
    """Both [H, W, 4]; what was transparent in the hole is opaque, every other alpha keeps its value."""
    assert before.dtype == after.dtype
    changed = (before != after).any(axis=2)
    assert changed[hole].mean() > 0.5
    changed[hole] = False
    assert not changed.any()
    alpha = before[..., 3].copy()
    alpha[hole] = np.where(alpha[hole] == 0, np.iinfo(alpha.dtype).max, alpha[hole])
    assert np.array_equal(after[..., 3], alpha)


KINDS = [
    *(
        (suffix, dtype, channels)
        for suffix in (".png", ".tif")
        for dtype in (np.uint8, np.uint16)
        for channels in range(1, 5)
    ),
    *((".webp", np.uint8, channels) for channels in range(1, 5)),
    *((".bmp", np.uint8, channels) for channels in (1, 3)),
]


@pytest.mark.parametrize(("suffix", "dtype", "channels"), KINDS)
def test_every_lossless_format_keeps_every_pixel_outside_the_mask(
    filled: Fill, tmp_path: Path, suffix: str, dtype: type, channels: int
):
    pixels = noise(dtype, channels)
    source = tmp_path / f"photo{'.png' if suffix == '.webp' else suffix}"
    save_photo(photo_from_pixels(pixels), source)
    assert_only_the_hole_differs(rgba(pixels), stored(filled(source, suffix)))


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
def test_an_alpha_that_hides_nothing_is_no_difference(filled: Fill, tmp_path: Path, suffix: str):
    pixels = noise(np.uint8, 4)
    pixels[..., 3] = 255
    Image.fromarray(pixels).save(tmp_path / "photo.png")
    assert_only_the_hole_differs(pixels, stored(filled(tmp_path / "photo.png", suffix)))


@pytest.mark.parametrize(
    ("suffix", "dtype"),
    [(".png", np.uint8), (".tif", np.uint8), (".webp", np.uint8), (".png", np.uint16), (".tif", np.uint16)],
)
def test_the_colour_profile_is_kept(filled: Fill, tmp_path: Path, suffix: str, dtype: type):
    pixels = noise(dtype, 3)
    source = tmp_path / "photo.tif"
    tifffile.imwrite(source, pixels, photometric="rgb", iccprofile=PROFILE)
    out = filled(source, suffix)
    assert_only_the_hole_differs(rgba(pixels), stored(out))
    with Image.open(out) as image:
        assert image.info["icc_profile"] == PROFILE


@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_is_upright_once(filled: Fill, tmp_path: Path, suffix: str, orientation: int):
    source = tmp_path / "photo.png"
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = "Somebody"
    Image.fromarray(noise(np.uint8, 3)).save(source, exif=exif)
    with Image.open(source) as image:
        upright = ImageOps.exif_transpose(image)
        mask = write_mask(tmp_path / "mask.png", size=upright.size)
    out = filled(source, suffix, mask)
    assert_only_the_hole_differs(rgba(np.array(upright)), stored(out))
    with Image.open(out) as image:
        assert image.getexif().get(ExifTags.Base.Orientation, 1) == 1
        assert image.getexif()[ExifTags.Base.Artist] == "Somebody"


@pytest.mark.parametrize("clear", [None, 7])
def test_a_palette_becomes_the_colours_it_means(filled: Fill, tmp_path: Path, clear: int | None):
    source = tmp_path / "photo.png"
    image = Image.fromarray(noise(np.uint8, 3)).quantize(16)
    image.save(source, **({} if clear is None else {"transparency": clear}))
    with Image.open(source) as image:
        meant = np.array(image.convert("RGB" if clear is None else "RGBA"))
    assert_only_the_hole_differs(rgba(meant), stored(filled(source, ".png")))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_becomes_a_png_without_further_loss(filled: Fill, tmp_path: Path, mode: str):
    source = write_photo(tmp_path / "noise.png")
    with Image.open(source) as image:
        image.convert(mode).save(tmp_path / "photo.jpg")
    opened = load_photo(tmp_path / "photo.jpg").pixels
    assert_only_the_hole_differs(rgba(opened), stored(filled(tmp_path / "photo.jpg", ".png")))


@pytest.mark.parametrize("channels", [1, 3])
def test_what_is_handed_to_the_jpeg_encoder_is_counted(filled: Fill, tmp_path: Path, channels: int):
    out = filled(write_photo(tmp_path / "photo.png", channels=channels), ".jpg")
    with Image.open(out) as image:
        assert image.size == (WIDTH, HEIGHT)
