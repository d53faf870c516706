"""What PNG and AVIF say about their colours without a profile: kept, and meant, in every format."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from wganpaint_gui.core.dataset.data_report import Fault
from wganpaint_gui.core.dataset.decode import model_image
from wganpaint_gui.core.errors import SaveError
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.metadata import Metadata
from wganpaint_gui.core.photo.photo import Photo, load_photo, save_photo
from wganpaint_gui.core.photo.photo_writer import missing_from
from wganpaint_gui.core.photo.pyramid import Pyramid
from wganpaint_gui.core.search.compose import Composer

# Linear values to linear sRGB. Source: CSS Color 4, sample code.
P3_TO_SRGB = np.array([[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]])
ADOBE_TO_SRGB = np.array([[1.3984, -0.3984, 0.0], [0.0, 1.0, 0.0], [0.0, -0.0429, 1.0429]])
BT2020_TO_SRGB = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
P3_POINTS = struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)
SRGB_POINTS = struct.pack(">8I", 31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
ADOBE_POINTS = struct.pack(">8I", 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)
IDENTITY = np.eye(3)


def gamma(value: int) -> bytes:
    return struct.pack(">I", value)


def srgb_curve(linear: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def srgb_linear(value: np.ndarray) -> np.ndarray:
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def colours() -> np.ndarray:
    """Muted ones, inside sRGB in every space here."""
    values = np.array([110, 130, 150, 170], np.uint8)
    return np.stack(np.meshgrid(values, values, values), axis=-1).reshape(8, 8, 3)


def png(pixels: np.ndarray, chunks: dict[bytes, bytes]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(file, "PNG")
    plain = file.getvalue()
    beside = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks.items()
    )
    return plain[:33] + beside + plain[33:]


MEANINGS = [
    ({b"gAMA": gamma(100_000)}, IDENTITY, lambda value: value),
    ({b"gAMA": gamma(55_556)}, IDENTITY, lambda value: value**1.8),
    ({b"gAMA": gamma(45_455), b"cHRM": P3_POINTS}, P3_TO_SRGB, srgb_linear),
    ({b"gAMA": gamma(45_455), b"cHRM": SRGB_POINTS}, IDENTITY, srgb_linear),
    ({b"cHRM": ADOBE_POINTS, b"gAMA": gamma(50_000)}, ADOBE_TO_SRGB, lambda value: value**2.0),
    ({b"cICP": bytes([12, 13, 0, 1])}, P3_TO_SRGB, srgb_linear),
    ({b"cICP": bytes([1, 13, 0, 1])}, IDENTITY, srgb_linear),
    ({b"cICP": bytes([9, 8, 0, 1])}, BT2020_TO_SRGB, lambda value: value),
    ({b"cICP": bytes([12, 13, 0, 1]), b"gAMA": gamma(100_000)}, P3_TO_SRGB, srgb_linear),
    ({b"sRGB": b"\0", b"gAMA": gamma(100_000)}, IDENTITY, srgb_linear),
]


@pytest.mark.parametrize(("chunks", "matrix", "curve"), MEANINGS)
def test_the_model_and_the_screen_get_srgb(tmp_path: Path, chunks: dict, matrix: np.ndarray, curve):
    (tmp_path / "photo.png").write_bytes(png(colours(), chunks))
    photo = load_photo(tmp_path / "photo.png")
    assert np.array_equal(photo.pixels, colours())
    expected = srgb_curve(curve(colours() / 255.0) @ matrix.T)
    assert np.abs(photo.srgb(photo.box) - expected).max() < 3 / 255
    assert np.abs(Pyramid.build(photo).levels[0] / 255.0 - expected).max() < 3 / 255
    back = photo.from_srgb(np.rint(expected * 255).astype(np.uint8))
    assert np.abs(back * 255 - colours()).max() <= 3


@pytest.mark.parametrize(("chunks", "matrix", "curve"), MEANINGS)
@pytest.mark.parametrize("deep", [False, True])
def test_png_keeps_what_it_says_and_other_formats_what_it_means(
    tmp_path: Path, chunks: dict, matrix: np.ndarray, curve, deep: bool
):
    (tmp_path / "photo.png").write_bytes(png(colours(), chunks))
    photo = load_photo(tmp_path / "photo.png")
    if deep:
        photo = photo.replaced(photo.pixels.astype(np.uint16) * 257)
    save_photo(photo, tmp_path / "again.png")
    again = load_photo(tmp_path / "again.png")
    assert dict(again.metadata.chunks) == chunks
    assert b"iCCP" not in (tmp_path / "again.png").read_bytes()
    assert np.array_equal(again.pixels, photo.pixels)
    for suffix in (".tif",) if deep else (".tif", ".webp", ".jpg"):
        save_photo(photo, tmp_path / f"again{suffix}")
        again = load_photo(tmp_path / f"again{suffix}")
        assert again.metadata.icc == photo.metadata.icc
        assert missing_from(photo.metadata, tmp_path / f"again{suffix}") == ""
        if suffix != ".jpg":
            assert np.array_equal(again.srgb(again.box), photo.srgb(photo.box))


@pytest.mark.parametrize("chunks", [{b"gAMA": gamma(100_000)}, {b"cICP": bytes([12, 13, 0, 1])}], ids=str)
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_fill_comes_back_in_the_photos_colours_and_nothing_else_changes(tmp_path: Path, chunks: dict, dtype: type):
    (tmp_path / "photo.png").write_bytes(png(np.full((64, 64, 3), (150, 120, 90), np.uint8), chunks))
    photo = load_photo(tmp_path / "photo.png")
    noise = np.random.default_rng(0).integers(-9, 10, photo.pixels.shape)
    photo = photo.replaced(((photo.pixels + noise) * (257 if dtype == np.uint16 else 1)).astype(dtype))
    mask = np.zeros((64, 64), np.uint8)
    mask[20:40, 24:44] = 255
    composer = Composer(photo, mask, Frame(0, 0, 64), 64, "none")
    grey = np.full((64, 64, 3), 128, np.uint8)
    _, filled = composer.patch(grey)
    assert np.array_equal(filled[mask == 0], photo.pixels[mask == 0])
    again = photo.replaced(filled)
    assert np.abs(again.srgb(again.box)[mask > 0] - 128 / 255).max() < 3 / 255
    shown = composer.overlay(grey)[mask > 0]
    assert np.abs(shown[:, :3].astype(int) - 128).max() <= 3


def test_grey_has_a_curve_only(tmp_path: Path):
    grey = np.arange(0, 256, 5, dtype=np.uint8).reshape(4, 13, 1)
    (tmp_path / "photo.png").write_bytes(png(grey, {b"gAMA": gamma(100_000), b"cHRM": P3_POINTS}))
    photo = load_photo(tmp_path / "photo.png")
    seen = photo.srgb(photo.box)
    assert np.abs(seen - srgb_curve(grey / 255.0)).max() < 2.5 / 255
    assert np.abs(photo.from_srgb(np.rint(seen * 255).astype(np.uint8)) * 255 - grey).max() <= 2
    with pytest.raises(SaveError, match="cannot hold the colour profile"):
        save_photo(photo, tmp_path / "again.webp")


def test_a_profile_of_its_own_counts_and_stays(tmp_path: Path):
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    beside = {b"iCCP": b"own\0\0" + zlib.compress(srgb), b"gAMA": gamma(100_000)}
    (tmp_path / "photo.png").write_bytes(png(colours(), beside))
    photo = load_photo(tmp_path / "photo.png")
    assert photo.is_srgb
    save_photo(photo, tmp_path / "again.png")
    again = load_photo(tmp_path / "again.png").metadata
    assert again.icc == srgb
    assert dict(again.chunks) == {b"gAMA": gamma(100_000)}


@pytest.mark.parametrize("curve", [16, 18], ids=["PQ", "HLG"])
def test_hdr_is_kept_and_what_is_wrong_is_said(tmp_path: Path, curve: int):
    (tmp_path / "photo.png").write_bytes(png(colours(), {b"cICP": bytes([9, curve, 0, 1])}))
    photo = load_photo(tmp_path / "photo.png")
    assert photo.metadata.remarks == "Its colours are HDR or unknown, and shown as if they were sRGB."
    save_photo(photo, tmp_path / "again.png")
    assert load_photo(tmp_path / "again.png").metadata.chunks == photo.metadata.chunks
    assert "lacks the description of its colours" in missing_from(photo.metadata, tmp_path / "again.tif")
    assert missing_from(photo.metadata, tmp_path / "again.png") == ""


@pytest.mark.parametrize(
    "chunks",
    [
        {b"gAMA": gamma(0)},
        {b"cHRM": bytes(32)},
        {b"cHRM": struct.pack(">8I", *[33333] * 8)},
        {b"cHRM": struct.pack(">8I", 31270, 1, 64000, 1, 30000, 1, 15000, 1)},
        {b"cICP": b"\1"},
        {b"cICP": bytes([12, 13, 1, 0])},
    ],
    ids=str,
)
def test_a_description_without_sense_stops_nothing(tmp_path: Path, chunks: dict):
    (tmp_path / "photo.png").write_bytes(png(colours(), chunks))
    photo = load_photo(tmp_path / "photo.png")
    assert photo.srgb(photo.box).shape == (8, 8, 3)
    save_photo(photo, tmp_path / "again.png")


def test_a_camera_that_only_says_adobe_rgb_means_it(tmp_path: Path):
    exif = Image.Exif()
    exif[ExifTags.IFD.Exif] = {0xA001: 0xFFFF, int(ExifTags.IFD.Interop): {1: "R03"}}
    Image.fromarray(colours()).save(tmp_path / "photo.jpg", quality=100, subsampling=0, exif=exif)
    photo = load_photo(tmp_path / "photo.jpg")
    expected = srgb_curve((photo.pixels / 255.0) ** (563 / 256) @ ADOBE_TO_SRGB.T)
    assert np.abs(photo.srgb(photo.box) - expected).max() < 3 / 255


def test_avif_says_the_same_in_its_own_way(tmp_path: Path):
    file = io.BytesIO()
    Image.fromarray(colours()).save(file, "AVIF", quality=100)
    content = bytearray(file.getvalue())
    at = content.index(b"colrnclx") + 8
    content[at : at + 4] = struct.pack(">HH", 12, 13)
    (tmp_path / "photo.avif").write_bytes(content)
    photo = load_photo(tmp_path / "photo.avif")
    expected = srgb_curve(srgb_linear(photo.pixels / 255.0) @ P3_TO_SRGB.T)
    assert np.abs(photo.srgb(photo.box) - expected).max() < 3 / 255
    assert np.abs(photo.srgb(photo.box) - photo.pixels / 255.0).max() > 4 / 255


@pytest.mark.parametrize("chunks", [{b"gAMA": gamma(100_000)}, {b"cICP": bytes([12, 13, 0, 1])}], ids=str)
@pytest.mark.parametrize("channels", [1, 3])
def test_data_sets_read_them_as_the_editor_does(tmp_path: Path, chunks: dict, channels: int):
    content = png(colours()[..., :channels], chunks)
    (tmp_path / "photo.png").write_bytes(content)
    photo, image = load_photo(tmp_path / "photo.png"), model_image(content, "whole", 8)
    assert not isinstance(image, Fault)
    assert np.array_equal(image, photo.rgb8(photo.box))


def test_a_mask_is_read_by_its_numbers(tmp_path: Path):
    from wganpaint_gui.core.edit.mask_io import load_mask

    mask = np.array([[0, 100, 127, 128, 255]], np.uint8)[..., None]
    (tmp_path / "mask.png").write_bytes(png(mask, {b"gAMA": gamma(100_000)}))
    assert np.array_equal(load_mask(tmp_path / "mask.png", (5, 1)), mask[..., 0])


def test_a_profile_of_srgb_converts_nothing():
    photo = Photo(colours(), Metadata(icc=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()))
    assert photo.is_srgb
    assert Pyramid.build(photo).levels[0] is photo.pixels
