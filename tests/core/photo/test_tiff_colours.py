"""TIFF in Lab, YCbCr and deep palettes opens in the colours that other programs see, or is refused by name."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms
from skimage import color

from wganpaint_gui.core.dataset.decode import model_image
from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.photo.photo import load_photo

CIE, ICC, ITU, YCBCR = 8, 9, 10, 6  # PhotometricInterpretation
# XYZ under D50 of sRGB's primaries, as columns. Source: Lindbloom.
TO_XYZ = np.array([[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]])


def colours(side: int = 24) -> np.ndarray:
    """Muted ones: in the darkest and most saturated, 8 bits of Lab are many of sRGB."""
    return np.random.default_rng(3).integers(60, 220, (side, side, 3), np.uint8)


def lab_of(rgb: np.ndarray) -> np.ndarray:
    """By scikit-image's formulas, under D50."""
    linear = np.where(rgb / 255 <= 0.04045, rgb / 255 / 12.92, ((rgb / 255 + 0.055) / 1.055) ** 2.4)
    lab: np.ndarray = color.xyz2lab(linear @ TO_XYZ.T, illuminant="D50")
    return lab


def stored(lab: np.ndarray, kind: int, dtype: type) -> np.ndarray:
    """Source: TIFF 6.0, section 23, and TIFF Technical Note 4."""
    deep = dtype == np.uint16
    most = (65535 if kind == CIE else 65280) if deep else 255
    opponents = np.rint((lab[..., 1:] + (0 if kind == CIE else 128)) * (256 if deep else 1)).astype(np.int32)
    return np.dstack([np.rint(lab[..., :1] / 100 * most), opponents & (65535 if deep else 255)]).astype(dtype)


def lzw(pixels: np.ndarray, kind: int, path: Path) -> None:
    """Write LZW, which tifffile alone cannot: OpenCV writes RGB, and its colours are then called otherwise."""
    data = bytearray(cv2.imencode(".tif", pixels[..., ::-1], [cv2.IMWRITE_TIFF_COMPRESSION, 5])[1].tobytes())
    with tifffile.TiffFile(io.BytesIO(data)) as pages:
        struct.pack_into("<H", data, pages.pages[0].tags[262].valueoffset, kind)
    path.write_bytes(data)


@pytest.mark.parametrize("way", ["plain", "planes apart", "lzw"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("kind", [CIE, ICC])
def test_lab_of_every_layout_has_its_colours(tmp_path: Path, kind: int, dtype: type, way: str):
    rgb, path = colours(), tmp_path / "lab.tif"
    pixels = stored(lab_of(rgb), kind, dtype)
    if way == "lzw":
        lzw(pixels, kind, path)
    elif way == "plain":
        tifffile.imwrite(path, pixels, photometric=kind)
    else:
        tifffile.imwrite(path, np.moveaxis(pixels, -1, 0), photometric=kind, planarconfig="separate")
    photo = load_photo(path)
    assert photo.pixels.dtype == dtype
    off = photo.pixels.astype(float) / photo.max_value * 255 - rgb
    assert np.abs(off).max() < (0.2 if dtype == np.uint16 else 4)
    assert photo.metadata.icc is None  # the pixels are sRGB now


def test_lab_is_what_littlecms_makes_of_it(tmp_path: Path):
    rgb = colours()
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    ImageCms.buildTransform(srgb, lab, "RGB", "LAB").apply(Image.fromarray(rgb)).save(tmp_path / "lab.tif")
    with Image.open(tmp_path / "lab.tif") as image:
        exact = ImageCms.buildTransform(lab, srgb, "LAB", "RGB", flags=ImageCms.Flags.NOOPTIMIZE)
        expected = np.asarray(exact.apply(image)).astype(int)
    assert np.abs(load_photo(tmp_path / "lab.tif").pixels - expected).max() <= 1


def test_training_sees_lab_as_the_editor_does(tmp_path: Path):
    path = tmp_path / "lab.tif"
    tifffile.imwrite(path, stored(lab_of(colours()), CIE, np.uint16), photometric=CIE)
    assert np.abs(np.asarray(model_image(path.read_bytes(), "whole", 24), int) - colours()).max() <= 1


def test_alpha_beside_lab_is_kept(tmp_path: Path):
    alpha = np.random.default_rng(0).integers(0, 65536, (24, 24, 1), np.uint16)
    pixels = np.dstack([stored(lab_of(colours()), CIE, np.uint16), alpha])
    tifffile.imwrite(tmp_path / "lab.tif", pixels, photometric=CIE, extrasamples=["unassalpha"])
    assert np.array_equal(load_photo(tmp_path / "lab.tif").pixels[..., 3:], alpha)


def test_a_palette_of_65536_colours_becomes_them(tmp_path: Path):
    random = np.random.default_rng(1)
    table, index = random.integers(0, 65536, (3, 65536), np.uint16), random.integers(0, 65536, (9, 7), np.uint16)
    tifffile.imwrite(tmp_path / "p.tif", index, photometric="palette", colormap=table)
    assert np.array_equal(load_photo(tmp_path / "p.tif").pixels, table.T[index])


def write_ycbcr(path: Path, y: np.ndarray, cb: np.ndarray, cr: np.ndarray, *, video: bool = False) -> None:
    """Write a TIFF of YCbCr by hand, uncompressed; chroma may have half the size. video: black is 16, white 235."""
    cells = y.reshape(cb.shape[0], y.shape[0] // cb.shape[0], cb.shape[1], -1).swapaxes(1, 2)
    data = np.concatenate([cells.reshape(*cb.shape, -1), cb[..., None], cr[..., None]], axis=2)
    step, bits = y.shape[0] // cb.shape[0], y.dtype.itemsize * 8
    unit = (1 << bits - 8) if video else 1
    levels = (16, 235, 128, 240, 128, 240) if video else (0, (1 << bits) - 1, *(1 << bits - 1, (1 << bits) - 1) * 2)
    start = 8 + 2 + 12 * 11 + 4
    entries = [(256, 3, 1, y.shape[1]), (257, 3, 1, y.shape[0]), (258, 3, 3, start), (259, 3, 1, 1), (262, 3, 1, YCBCR)]
    entries += [(273, 4, 1, start + 54), (277, 3, 1, 3), (278, 3, 1, y.shape[0]), (279, 4, 1, data.nbytes)]
    entries += [(530, 3, 2, step | step << 16), (532, 5, 6, start + 6)]
    reference = b"".join(struct.pack("<II", level * unit, 1) for level in levels)
    table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<IH", 8, len(entries)) + table + bytes(4)
    path.write_bytes(head + struct.pack("<3H", bits, bits, bits) + reference + data.astype(y.dtype).tobytes())


@pytest.mark.parametrize("video", [False, True])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_ycbcr_means_what_its_black_and_white_say(tmp_path: Path, dtype: type, video: bool):
    rgb = colours().astype(float)
    y = rgb @ (0.299, 0.587, 0.114)
    cb, cr = (rgb[..., 2] - y) / 1.772, (rgb[..., 0] - y) / 1.402
    most = np.iinfo(dtype).max
    half = (most + 1) // 2
    unit = (most + 1) / 256
    if video:
        planes = ((16 + y * 219 / 255) * unit, (128 + cb * 112 / 127.5) * unit, (128 + cr * 112 / 127.5) * unit)
    else:
        planes = (y / 255 * most, half + cb / 127.5 * (half - 1), half + cr / 127.5 * (half - 1))
    write_ycbcr(tmp_path / "y.tif", *(np.rint(plane).astype(dtype) for plane in planes), video=video)
    photo = load_photo(tmp_path / "y.tif")
    assert photo.pixels.dtype == dtype
    assert np.abs(photo.pixels.astype(float) / photo.max_value * 255 - rgb).max() < (5 if unit == 1 else 0.1)


def test_levels_of_8_bits_do_not_make_a_file_of_16_white(tmp_path: Path):
    grey = np.dstack([np.full((8, 8), level, np.uint16) for level in (20000, 32768, 32768)])
    tifffile.imwrite(tmp_path / "y.tif", grey, photometric="ycbcr", compression="zlib")  # says that white is 255
    assert np.abs(load_photo(tmp_path / "y.tif").pixels.astype(int) - 20000).max() <= 1


def test_ycbcr_with_reduced_colour_resolution_opens(tmp_path: Path):
    grey, half = np.full((8, 8), 100, np.uint8), np.full((4, 4), 128, np.uint8)
    grey[:, 4:] = 200
    write_ycbcr(tmp_path / "y.tif", grey, half, half)
    assert np.abs(load_photo(tmp_path / "y.tif").pixels.astype(int) - grey[..., None]).max() <= 1


def test_what_cannot_be_read_is_named_with_the_way_out(tmp_path: Path):
    half = np.full((4, 4), 32768, np.uint16)
    write_ycbcr(tmp_path / "ycbcr.tif", np.full((8, 8), 20000, np.uint16), half, half)
    tifffile.imwrite(tmp_path / "float.tif", np.zeros((8, 8, 3), np.float32), photometric="rgb")
    tifffile.imwrite(tmp_path / "itu.tif", colours(), photometric=ITU)
    beside = {"photometric": "ycbcr", "extrasamples": ["unassalpha"]}
    tifffile.imwrite(tmp_path / "alpha.tif", np.zeros((8, 8, 4), np.uint8), **beside)
    kinds = {"ycbcr": "16-bit YCbCr", "float": "32-bit floating-point RGB", "itu": "8-bit ITU Lab"}
    for name, kind in {**kinds, "alpha": "8-bit YCbCr"}.items():
        with pytest.raises(PhotoError) as refused:
            load_photo(tmp_path / f"{name}.tif")
        assert refused.value.message.endswith(f"{name}.tif is a TIFF in {kind}, which this program cannot read.")
        assert refused.value.hint == "Save it as RGB with 8 or 16 bits per channel first."
