"""What is saved and opened again is the same photo, pixel for pixel, with what the file said beside them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import ExifTags, Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.photo.metadata import EXIF_PREFIX, Metadata
from wganpaint_gui.core.photo.photo import (
    Photo,
    filled_name,
    load_photo,
    photo_from_pixels,
    save_photo,
    saved_difference,
)
from wganpaint_gui.core.photo.photo_writer import FORMATS, WRITABLE_SUFFIXES, format_of

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
EXPOSURE = 33434
KINDS = [(dtype, channels) for dtype in (np.uint8, np.uint16) for channels in (1, 2, 3, 4)]
LOSSLESS = (
    [(suffix, dtype, channels) for suffix in (".png", ".tif") for dtype, channels in KINDS]
    + [(".webp", np.uint8, 3), (".webp", np.uint8, 4)]
    + [(".bmp", np.uint8, 1), (".bmp", np.uint8, 3)]
)


def noise(height: int, width: int, channels: int, dtype=np.uint8) -> np.ndarray:
    random = np.random.default_rng(height * width + channels)
    pixels = random.integers(0, np.iinfo(dtype).max + 1, (height, width, channels), dtype=dtype)
    if channels in (2, 4):
        pixels[: height // 2, :, -1] = 0  # colours under full transparency count too
    return pixels


def some_exif(orientation: int | None = None) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Maker"
    exif[ExifTags.Base.Artist] = "Somebody"
    exif[ExifTags.IFD.Exif] = {EXPOSURE: IFDRational(1, 125)}
    exif[ExifTags.IFD.GPSInfo] = {1: "N"}
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    return exif.tobytes()


def saved_and_opened(photo: Photo, path) -> Photo:
    save_photo(photo, path)
    return load_photo(path)


@pytest.mark.parametrize(("suffix", "dtype", "channels"), LOSSLESS)
def test_every_pixel_survives(tmp_path, suffix, dtype, channels):
    pixels = noise(31, 47, channels, dtype)
    again = saved_and_opened(photo_from_pixels(pixels), tmp_path / f"photo{suffix}")
    assert again.pixels.dtype == dtype
    assert np.array_equal(again.pixels, pixels)
    assert again.pixels.flags.c_contiguous
    assert again.pixels.flags.writeable


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), kind=st.sampled_from([kind for kind in LOSSLESS if kind[0] != ".bmp"]))
def test_every_pixel_of_any_size_survives(tmp_path, data, kind):
    suffix, dtype, channels = kind
    shape = (data.draw(st.integers(1, 20)), data.draw(st.integers(1, 20)), channels)
    pixels = data.draw(arrays.arrays(dtype, shape))
    path = tmp_path / f"photo{suffix}"
    save_photo(Photo(pixels), path, overwrite=True)
    assert np.array_equal(load_photo(path).pixels, pixels)


@pytest.mark.parametrize("channels", [1, 2])
def test_webp_keeps_grey_as_equal_colours(tmp_path, channels):
    pixels = noise(9, 11, channels)
    again = saved_and_opened(photo_from_pixels(pixels), tmp_path / "photo.webp")
    assert np.array_equal(again.rgb8(again.box), np.repeat(pixels[..., :1], 3, axis=2))
    assert again.has_alpha == (channels == 2)


def test_jpeg_stays_close_and_keeps_its_colour_detail(tmp_path):
    pixels = np.zeros((16, 16, 3), np.uint8)
    pixels[:, ::2] = (255, 0, 0)  # columns of one pixel: halved colour resolution would mix them
    again = saved_and_opened(photo_from_pixels(pixels), tmp_path / "photo.jpg")
    assert np.abs(again.pixels.astype(int) - pixels).max() < 24


@pytest.mark.parametrize(
    ("suffix", "dtype"),
    [(suffix, np.uint8) for suffix in (".png", ".tif", ".jpg", ".webp")] + [(".png", np.uint16), (".tif", np.uint16)],
)
def test_profile_exif_text_and_resolution_survive(tmp_path, suffix, dtype):
    text = {"Title": "plain", "Author": "Zoë → λ"}
    metadata = Metadata(SRGB, some_exif(), text, (300.0, 150.0))
    again = saved_and_opened(Photo(noise(8, 9, 3, dtype), metadata), tmp_path / f"photo{suffix}").metadata
    assert again.icc == SRGB
    exif = Image.Exif()
    exif.load(again.exif)
    assert exif[ExifTags.Base.Make] == "Maker"
    assert exif[ExifTags.Base.Artist] == "Somebody"
    assert float(exif.get_ifd(ExifTags.IFD.Exif)[EXPOSURE]) == pytest.approx(1 / 125)
    assert exif.get_ifd(ExifTags.IFD.GPSInfo)[1] == "N"
    assert again.text == (text if suffix == ".png" else {})
    if suffix != ".webp":
        assert again.dpi == pytest.approx((300, 150), abs=0.02)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_other_programs_read_what_was_saved(tmp_path, suffix, dtype):
    cv2 = pytest.importorskip("cv2")
    pixels = noise(13, 17, 4, dtype)
    path = tmp_path / f"photo{suffix}"
    save_photo(Photo(pixels, Metadata(icc=SRGB, exif=some_exif())), path)
    if dtype == np.uint16 or suffix == ".png":  # OpenCV premultiplies 8-bit TIFF
        assert np.array_equal(cv2.imread(str(path), cv2.IMREAD_UNCHANGED), pixels[..., [2, 1, 0, 3]])
    with Image.open(path) as image:
        assert image.mode == "RGBA"
        assert image.info["icc_profile"] == SRGB


def test_tiff_is_read_alike_by_tifffile(tmp_path):
    tifffile = pytest.importorskip("tifffile")
    for dtype, channels in KINDS:
        pixels = noise(6, 5, channels, dtype)
        path = tmp_path / f"{channels}-{pixels.dtype}.tif"
        save_photo(Photo(pixels), path)
        assert np.array_equal(tifffile.imread(path).reshape(pixels.shape), pixels)


def test_damaged_exif_never_stops_a_save(tmp_path):
    for suffix in (".png", ".tif", ".jpg", ".webp"):
        path = tmp_path / f"photo{suffix}"
        save_photo(Photo(noise(4, 4, 3), Metadata(exif=EXIF_PREFIX + b"II*\0\x08\0\0\0\xff\xff rubbish")), path)
        assert load_photo(path).width == 4


def test_png_text_of_several_lines_and_xmp_survive(tmp_path):
    path = tmp_path / "photo.png"
    save_photo(Photo(noise(2, 2, 3), Metadata(text={"Comment": "line\nline"}, xmp=b"<x/>")), path)
    again = load_photo(path).metadata
    assert (again.text, again.xmp) == ({"Comment": "line\nline"}, b"<x/>")


@pytest.mark.parametrize(
    ("suffix", "channels", "dtype", "what"),
    [
        (".jpg", 4, np.uint8, "transparency"),
        (".bmp", 2, np.uint8, "transparency"),
        (".jpeg", 3, np.uint16, "16 bits"),
        (".webp", 3, np.uint16, "16 bits"),
        (".bmp", 1, np.uint16, "16 bits"),
    ],
)
def test_a_format_that_would_lose_something_is_refused(tmp_path, suffix, channels, dtype, what):
    path = tmp_path / f"photo{suffix}"
    with pytest.raises(SaveError, match=what) as caught:
        save_photo(photo_from_pixels(noise(4, 4, channels, dtype)), path)
    assert path.name in caught.value.message
    assert ".png" in caught.value.hint
    assert not path.exists()


def test_a_bmp_without_place_for_the_profile_is_refused(tmp_path):
    with pytest.raises(SaveError, match="colour profile"):
        save_photo(Photo(noise(4, 4, 3), Metadata(icc=SRGB)), tmp_path / "photo.bmp")


def test_a_photo_too_wide_for_webp_is_refused(tmp_path):
    with pytest.raises(SaveError, match="20000 × 1 pixels"):
        save_photo(photo_from_pixels(noise(1, 20000, 3)), tmp_path / "photo.webp")


@pytest.mark.parametrize("name", ["photo.gif", "photo", "photo.png.txt"])
def test_an_unknown_ending_is_refused(tmp_path, name):
    with pytest.raises(SaveError, match=r'the (suffix ".*" is unknown|name has no suffix)\.') as caught:
        save_photo(photo_from_pixels(noise(2, 2, 3)), tmp_path / name)
    assert ".webp" in caught.value.hint
    assert not list(tmp_path.iterdir())


def test_endings_count_in_capitals_too(tmp_path):
    save_photo(photo_from_pixels(noise(2, 2, 3)), tmp_path / "PHOTO.PNG")
    assert Image.open(io.BytesIO((tmp_path / "PHOTO.PNG").read_bytes())).format == "PNG"


def test_the_name_of_a_filled_photo_is_beside_it_and_never_taken(tmp_path):
    path = tmp_path / "photo.png"
    for name in ("photo-filled.png", "photo-filled-2.png", "photo-filled-3.png"):
        assert filled_name(path) == tmp_path / name
        (tmp_path / name).touch()
    assert filled_name(tmp_path / "film.gif") == tmp_path / "film-filled.png"
    assert filled_name(tmp_path / "a.JPG") == tmp_path / "a-filled.JPG"


def test_a_pasted_photo_owns_its_pixels():
    pixels = noise(3, 4, 3)
    photo = photo_from_pixels(pixels)
    pixels[:] = 0
    assert photo.pixels.any()
    assert photo.path is None
    assert photo_from_pixels(noise(3, 4, 1)[..., 0]).pixels.shape == (3, 4, 1)


@pytest.mark.parametrize("shape", [(3, 4), (3, 4, 5), (0, 4, 3)])
def test_what_is_no_picture_is_no_photo(shape):
    with pytest.raises(ValueError, match="not a photo"):
        Photo(np.zeros(shape, np.uint8))


def opaque(channels: int, dtype=np.uint8) -> np.ndarray:
    """Noise under an alpha that hides nothing: formats may leave such an alpha out."""
    pixels = noise(31, 47, channels, dtype)
    if channels in (2, 4):
        pixels[..., -1] = np.iinfo(dtype).max
    return pixels


@pytest.mark.parametrize("make", [lambda channels, dtype: noise(31, 47, channels, dtype), opaque])
@pytest.mark.parametrize(
    ("suffix", "dtype", "channels"),
    [(suffix, dtype, channels) for suffix in (".png", ".tif") for dtype, channels in KINDS]
    + [(".webp", np.uint8, channels) for channels in (1, 2, 3, 4)],
)
def test_what_a_lossless_format_saved_differs_in_no_pixel(tmp_path, suffix, dtype, channels, make):
    photo = photo_from_pixels(make(channels, dtype))
    path = tmp_path / f"photo{suffix}"
    save_photo(photo, path)
    assert saved_difference(photo, path) == 0
    assert saved_difference(photo, path, np.zeros((31, 47), np.uint8)) == 0


@pytest.mark.parametrize(("dtype", "channels"), KINDS)
def test_pixels_that_differ_are_counted_outside_the_mask_only(tmp_path, dtype, channels):
    photo = photo_from_pixels(noise(31, 47, channels, dtype))
    path = tmp_path / "photo.png"
    save_photo(photo, path)
    photo.pixels[3, 4, 0] ^= 1
    photo.pixels[20, 30, -1] ^= 1
    mask = np.zeros((31, 47), np.uint8)
    mask[3, 4], mask[20, 30] = 128, 127
    assert saved_difference(photo, path) == 2
    assert saved_difference(photo, path, mask) == 1


def test_grey_that_came_back_with_a_tint_is_a_difference(tmp_path):
    photo = photo_from_pixels(np.full((4, 5, 1), 90, np.uint8))
    tinted = np.full((4, 5, 4), 90, np.uint8)
    tinted[..., 3] = 255
    tinted[1, 2, 2] = 91
    tinted[3, 0, 3] = 254
    save_photo(photo_from_pixels(tinted), tmp_path / "photo.png")
    assert saved_difference(photo, tmp_path / "photo.png") == 2


def test_a_file_of_another_size_or_depth_differs_everywhere(tmp_path):
    for other in (noise(4, 6, 3), noise(4, 5, 3, np.uint16)):
        save_photo(photo_from_pixels(other), tmp_path / "photo.png", overwrite=True)
        assert saved_difference(photo_from_pixels(noise(4, 5, 3)), tmp_path / "photo.png") == 20


@pytest.mark.parametrize("name", ["photo.jpg", "photo.JPEG"])
def test_a_lossy_format_is_not_compared(tmp_path, name):
    photo = photo_from_pixels(noise(4, 5, 3))
    save_photo(photo, tmp_path / name)
    assert saved_difference(photo, tmp_path / name) is None


def test_the_table_of_formats_says_what_the_formats_do(tmp_path):
    assert len(set(WRITABLE_SUFFIXES)) == len(WRITABLE_SUFFIXES)
    for kind in FORMATS:
        for suffix in kind.suffixes:
            assert format_of(tmp_path / f"photo{suffix.upper()}") is kind
            for channels, dtype, can in ((4, np.uint8, kind.alpha), (3, np.uint16, kind.deep), (3, np.uint8, True)):
                path = tmp_path / f"{channels}-{np.dtype(dtype)}{suffix}"
                photo = photo_from_pixels(noise(8, 9, channels, dtype))
                if can:
                    save_photo(photo, path)
                    same = np.array_equal(load_photo(path).pixels, photo.pixels)
                    assert same == kind.lossless
                else:
                    with pytest.raises(SaveError):
                        save_photo(photo, path)
