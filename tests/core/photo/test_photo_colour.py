"""Colour profiles: the model sees sRGB, the photo keeps its own colours, and damage stops nothing."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from wganpaint_gui.core.geometry import Box
from wganpaint_gui.core.photo.metadata import Metadata
from wganpaint_gui.core.photo.photo import Photo, load_photo, save_photo

# Columns: red, green, blue primaries as XYZ under D50 (ICC's white), of Adobe RGB (1998) and of sRGB.
ADOBE = np.array([[0.60974, 0.20528, 0.14919], [0.31111, 0.62567, 0.06322], [0.01947, 0.06087, 0.74457]])
SRGB = np.array([[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]])
WHITE = (0.9642, 1.0, 0.8249)
GAMMA = 2.2


def fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    """An ICC version 2 file. Source: ICC.1:2001-04, clauses 6.1 and 6.2."""
    table, body, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", offset + len(body), len(data))
        body += padded
    header = struct.pack(">I4sI4s4s4s12s4s", 0, b"lcms", 0x02400000, kind, space, connection, bytes(12), b"acsp")
    header += bytes(28) + fixed(*WHITE) + bytes(48)
    data = header + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(data)) + data[4:]


def curve(gamma: float) -> bytes:
    return b"curv" + struct.pack(">IIH", 0, 1, round(gamma * 256))


def point(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + fixed(*values)


def adobe_rgb() -> bytes:
    tags = {name: point(*column) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), ADOBE.T, strict=True)}
    tags |= {name: curve(GAMMA) for name in (b"rTRC", b"gTRC", b"bTRC")}
    return profile(b"mntr", b"RGB ", b"XYZ ", tags | {b"wtpt": point(*WHITE)})


def flat_grey() -> bytes:
    return profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": curve(1.4), b"wtpt": point(*WHITE)})


def odd_cmyk() -> bytes:
    """A press whose cyan ink looks green: only the profile can know."""
    ramp = bytes(range(256))
    paper, green, black = (255, 128, 128), (128, 40, 200), (0, 128, 128)
    grid = b"".join(
        bytes(black if k else green if (c, m, y) == (1, 0, 0) else paper)
        for c in (0, 1)
        for m in (0, 1)
        for y in (0, 1)
        for k in (0, 1)
    )
    lut = b"mft1" + bytes([0, 0, 0, 0, 4, 3, 2, 0]) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + ramp * 4 + grid + ramp * 3
    return profile(b"prtr", b"CMYK", b"Lab ", {b"A2B0": lut, b"A2B1": lut, b"wtpt": point(*WHITE)})


def srgb_curve(linear: np.ndarray) -> np.ndarray:
    """IEC 61966-2-1."""
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def colours() -> np.ndarray:
    """Muted ones, inside every gamut here."""
    values = np.array([110, 135, 160, 185], np.uint8)
    return np.stack(np.meshgrid(values, values, values), axis=-1).reshape(8, 8, 3)


def test_the_model_sees_what_the_profile_means():
    photo = Photo(colours(), Metadata(icc=adobe_rgb()))
    linear = (colours() / 255.0) ** GAMMA
    expected = srgb_curve(linear @ (np.linalg.inv(SRGB) @ ADOBE).T)
    assert np.abs(photo.srgb(photo.box) - expected).max() < 2.5 / 255
    assert np.abs(photo.srgb(photo.box) - colours() / 255.0).max() > 4 / 255


def test_the_way_back_leads_to_the_same_colours():
    photo = Photo(colours(), Metadata(icc=adobe_rgb()))
    seen = np.rint(photo.srgb(photo.box) * 255).astype(np.uint8)
    assert np.abs(photo.from_srgb(seen) * 255 - colours()).max() <= 3


def test_grey_profiles_lead_to_srgb_and_back():
    grey = np.arange(0, 256, 5, dtype=np.uint8).reshape(4, 13, 1)
    photo = Photo(grey, Metadata(icc=flat_grey()))
    seen = photo.srgb(photo.box)
    assert np.abs(seen - srgb_curve((grey / 255.0) ** 1.4)).max() < 2.5 / 255
    back = photo.from_srgb(np.rint(seen * 255).astype(np.uint8))
    assert back.shape == (4, 13, 3)
    assert np.abs(back * 255 - grey).max() <= 2


def test_deep_photos_are_converted_too():
    """In full precision: a photo of 8 bits is off by rounding, in littleCMS and in the file."""
    deep = Photo(colours().astype(np.uint16) * 257, Metadata(icc=adobe_rgb()))
    expected = srgb_curve((colours() / 255.0) ** GAMMA @ (np.linalg.inv(SRGB) @ ADOBE).T)
    assert np.abs(deep.srgb(deep.box) - expected).max() < 0.3 / 255  # a file's gamma has steps of 1/256
    assert np.array_equal(deep.rgb8(deep.box), np.rint(deep.srgb(deep.box) * 255))


GAMMA_22 = b"curv" + struct.pack(">II", 0, 1) + struct.pack(">H", 563)  # of Adobe RGB
CURVES = {  # as a file has them, and linear light of a code
    "none": (b"curv" + bytes(8), lambda x: x),
    "gamma": (GAMMA_22, lambda x: x ** (563 / 256)),
    "table": (
        b"curv" + struct.pack(">II5H", 0, 5, 0, 4096, 16384, 36864, 65535),
        lambda x: np.interp(x, np.linspace(0, 1, 5), np.array([0, 4096, 16384, 36864, 65535]) / 65535),
    ),
    "para 0": (b"para" + struct.pack(">IHH", 0, 0, 0) + fixed(1.8), lambda x: x**1.8),
    "para 1": (
        b"para" + struct.pack(">IHH", 0, 1, 0) + fixed(2, 1.25, -0.25),
        lambda x: np.clip(1.25 * x - 0.25, 0, None) ** 2,
    ),
    "para 2": (
        b"para" + struct.pack(">IHH", 0, 2, 0) + fixed(2, 1, 0, 0.0),
        lambda x: x**2,
    ),
    "para 3": (
        b"para" + struct.pack(">IHH", 0, 3, 0) + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045),
        lambda x: np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4),
    ),
    "para 4": (
        b"para" + struct.pack(">IHH", 0, 4, 0) + fixed(1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081, 0, 0),
        lambda x: np.where(x < 0.081, x / 4.5, ((x + 0.099) / 1.099) ** (1 / 0.45)),
    ),
}


@pytest.mark.parametrize("name", CURVES)
def test_16_bits_keep_their_dark_tones_there_and_back(name):
    """8 bits of linear light are off by up to 18 levels in the dark."""
    data, linear_of = CURVES[name]
    tags = {key: point(*column) for key, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), ADOBE.T, strict=True)}
    icc = profile(b"mntr", b"RGB ", b"XYZ ", tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), data))
    dark = np.random.default_rng(2).integers(14000, 30000, (16, 16, 3), dtype=np.uint16)
    photo = Photo(dark, Metadata(icc=icc))
    expected = srgb_curve(linear_of(dark / 65535) @ (np.linalg.inv(SRGB) @ ADOBE).T)
    assert np.abs(photo.srgb(photo.box) - expected).max() < 0.2 / 255
    rgb = np.random.default_rng(3).integers(5, 90, (16, 16, 3), np.uint8)
    own = photo.from_srgb(rgb)
    assert own.dtype == np.float32
    back = srgb_curve(linear_of(own) @ (np.linalg.inv(SRGB) @ ADOBE).T)
    inside = (own > 0).all(axis=2) & (own < 1).all(axis=2)
    assert np.abs(back * 255 - rgb)[inside].max() < 0.5
    assert inside.mean() > 0.5


def test_deep_grey_keeps_its_dark_tones():
    linear = profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": curve(1.0), b"wtpt": point(*WHITE)})
    grey = np.arange(20, 2000, 20, dtype=np.uint16).reshape(9, 11, 1)
    photo = Photo(grey, Metadata(icc=linear))
    assert np.abs(photo.srgb(photo.box) - srgb_curve(grey / 65535)).max() < 0.1 / 255
    rgb = np.repeat(np.arange(1, 100, dtype=np.uint8).reshape(9, 11, 1), 3, axis=2)
    assert np.abs(srgb_curve(photo.from_srgb(rgb)) * 255 - rgb).max() < 0.1


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_without_a_profile_values_are_srgb_in_full_precision(channels):
    pixels = np.random.default_rng(0).integers(0, 65536, (6, 7, channels), dtype=np.uint16)
    photo = Photo(pixels)
    box = Box(2, 1, 4, 3)
    colour = pixels[1:4, 2:6, : 1 if channels <= 2 else 3]
    seen = photo.srgb(box)
    assert seen.dtype == np.float32
    assert np.allclose(seen, np.broadcast_to(colour / 65535, (3, 4, 3)), atol=1e-7)
    flat = np.arange(36, dtype=np.uint8).reshape(3, 4, 3)
    assert np.array_equal(photo.from_srgb(flat), flat.astype(np.float32) / np.float32(255))


@settings(max_examples=40)
@given(cut=st.integers(0, 400), junk=st.binary(max_size=200))
def test_a_damaged_profile_never_stops_the_work(cut, junk):
    photo = Photo(colours(), Metadata(icc=adobe_rgb()[:cut] + junk))
    assert photo.srgb(photo.box).shape == (8, 8, 3)
    assert photo.from_srgb(colours()).shape == (8, 8, 3)


@pytest.mark.parametrize("kind", [1, 2])
def test_a_curve_without_a_slope_never_stops_the_work(kind):
    level = b"para" + struct.pack(">IHH", 0, kind, 0) + fixed(1, 0, 0, 0)  # which littleCMS accepts
    icc = profile(b"mntr", b"GRAY", b"XYZ ", {b"kTRC": level, b"wtpt": point(*WHITE)})
    deep = Photo(np.full((8, 8, 1), 4096, np.uint16), Metadata(icc=icc))
    assert deep.srgb(deep.box).shape == (8, 8, 3)
    assert deep.from_srgb(colours()).shape == (8, 8, 3)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.binary(min_size=1, max_size=200))
def test_files_with_a_damaged_profile_open_and_save(tmp_path, junk):
    for suffix in (".png", ".tif", ".jpg", ".webp"):
        save_photo(Photo(colours(), Metadata(icc=junk)), tmp_path / f"a{suffix}", overwrite=True)
        again = load_photo(tmp_path / f"a{suffix}")
        assert again.srgb(again.box).shape == (8, 8, 3)


def test_a_profile_of_other_colours_than_the_photos_is_ignored():
    photo = Photo(colours(), Metadata(icc=odd_cmyk()))
    assert np.allclose(photo.srgb(photo.box), colours() / 255.0, atol=1e-6)


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_cmyk_is_converted_by_its_profile(tmp_path, suffix):
    image = Image.new("CMYK", (40, 16), (255, 0, 0, 0))
    image.paste((0, 0, 0, 255), (16, 0, 24, 16))
    image.paste((0, 0, 0, 0), (24, 0, 40, 16))
    image.save(tmp_path / f"press{suffix}", icc_profile=odd_cmyk())
    photo = load_photo(tmp_path / f"press{suffix}")
    cyan, black, paper = (photo.pixels[8, x].astype(int) for x in (4, 20, 36))
    assert cyan[1] > cyan[0] + 60  # green, as only the profile says; plain arithmetic gives (0, 255, 255)
    assert cyan[1] > cyan[2] + 60
    assert black.max() < 12
    assert paper.min() > 243
    assert photo.metadata.icc is None  # the pixels are sRGB now


@pytest.mark.parametrize("icc", [None, b"damaged"])
@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_cmyk_without_a_usable_profile_keeps_its_meaning(tmp_path, suffix, icc):
    image = Image.new("CMYK", (32, 16), (0, 0, 0, 0))
    image.paste((0, 255, 255, 0), (16, 0, 32, 16))
    image.save(tmp_path / f"press{suffix}", icc_profile=icc)
    photo = load_photo(tmp_path / f"press{suffix}")
    assert photo.pixels[8, 4].min() > 250
    assert photo.pixels[8, 28, 0] > 250
    assert photo.pixels[8, 28, 1:].max() < 5


def test_lab_is_converted_to_srgb(tmp_path):
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    rgb = Image.fromarray(colours())
    to_lab = ImageCms.buildTransform(srgb, lab, "RGB", "LAB")
    to_lab.apply(rgb).save(tmp_path / "lab.tif")
    assert np.abs(load_photo(tmp_path / "lab.tif").pixels.astype(int) - colours()).max() <= 4
