"""XMP, IPTC, comments, ratings: kept where the format has a place for them, else named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, IptcImagePlugin

from wganpaint_gui.core.photo.descriptions import left_out, upright_xmp
from wganpaint_gui.core.photo.metadata import EXIF_PREFIX, Metadata
from wganpaint_gui.core.photo.photo import Photo, load_photo, save_photo

XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf tiff:Orientation="1" dc:title="Zoë"/></x:xmpmeta>'.encode()
IPTC = b"\x1c\x02\x78\x00\x05Hello\x1c\x02\x50\x00\x04Anna"  # caption and by-line
RATING, TITLE = 18246, 40091
WHOLE = Metadata(xmp=XMP, iptc=IPTC, comment=b"a comment")


def exif() -> bytes:
    tags = Image.Exif()
    tags[RATING] = 5
    tags[TITLE] = "Zo\u00eb".encode("utf-16-le") + b"\0\0"
    return EXIF_PREFIX + tags.tobytes().removeprefix(EXIF_PREFIX)


def saved(metadata: Metadata, path: Path, dtype: type = np.uint8) -> Metadata:
    pixels = np.random.default_rng(0).integers(0, 256, (6, 8, 3)).astype(dtype)
    save_photo(Photo(pixels, metadata), path)
    return load_photo(path).metadata


@pytest.mark.parametrize(
    ("suffix", "dtype", "kept"),
    [
        (".jpg", np.uint8, {"xmp", "iptc", "comment"}),
        (".tif", np.uint8, {"xmp", "iptc"}),
        (".tif", np.uint16, {"xmp", "iptc"}),
        (".png", np.uint8, {"xmp"}),
        (".png", np.uint16, {"xmp"}),
        (".webp", np.uint8, {"xmp"}),
    ],
)
def test_each_format_keeps_what_it_has_a_place_for(tmp_path: Path, suffix: str, dtype: type, kept: set[str]):
    again = saved(WHOLE, tmp_path / f"photo{suffix}", dtype)
    assert {name for name in ("xmp", "iptc", "comment") if getattr(again, name) == getattr(WHOLE, name)} == kept
    assert {name for name in ("xmp", "iptc", "comment") if getattr(again, name)} == kept
    if suffix == ".png":
        assert again.text == {"Comment": "a comment"}


@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_other_programs_find_iptc_and_xmp(tmp_path: Path, suffix: str):
    save_photo(Photo(np.zeros((4, 4, 3), np.uint8), WHOLE), tmp_path / f"photo{suffix}")
    with Image.open(tmp_path / f"photo{suffix}") as image:
        assert IptcImagePlugin.getiptcinfo(image) == {(2, 120): b"Hello", (2, 80): b"Anna"}
        assert image.info.get("xmp", image.info.get("xmp")) == XMP


@pytest.mark.parametrize("suffix", [".jpg", ".tif", ".png", ".webp"])
def test_ratings_and_windows_titles_survive(tmp_path: Path, suffix: str):
    again = Image.Exif()
    again.load(saved(Metadata(exif=exif()), tmp_path / f"photo{suffix}").exif)
    assert again[RATING] == 5
    assert bytes(again[TITLE]).decode("utf-16-le").rstrip("\0") == "Zo\u00eb"


@pytest.mark.parametrize("form", ['tiff:Orientation="6"', "<tiff:Orientation>8</tiff:Orientation>"])
def test_the_xmp_of_a_turned_photo_calls_it_upright(form: str):
    assert upright_xmp(f"<x {form} y>".encode()) == f"<x {form} y>".replace("6", "1").replace("8", "1").encode()
    assert upright_xmp(XMP) == XMP


@pytest.mark.parametrize("name", ["exif", "xmp", "iptc", "comment"])
def test_what_a_jpeg_has_no_room_for_is_named_and_the_rest_is_saved(tmp_path: Path, name: str):
    large = {"exif": EXIF_PREFIX + exif()[6:] + bytes(70_000)}.get(name, b"x" * 70_000)
    metadata = replace(WHOLE, **{"exif": exif(), name: large})
    words = {"exif": "EXIF", "xmp": "XMP", "iptc": "IPTC", "comment": "comments"}[name]
    assert left_out(metadata, "JPEG") == f"The JPEG file lacks {words} of this size, which the format cannot hold."
    again = saved(metadata, tmp_path / "photo.jpg")
    assert getattr(again, name) is None
    assert all(getattr(again, other) for other in ("exif", "xmp", "iptc", "comment") if other != name)


@pytest.mark.parametrize("name", ["exif", "xmp", "iptc", "comment"])
def test_the_largest_that_fits_into_a_jpeg_is_kept(tmp_path: Path, name: str):
    most = {"exif": 65_533, "xmp": 65_504, "iptc": 65_506, "comment": 65_533}[name]
    start = {"exif": exif(), "iptc": IPTC}.get(name, b"")
    metadata = Metadata(**{name: start + b"x" * (most - len(start))})
    assert left_out(metadata, "JPEG") == ""
    assert len(getattr(saved(metadata, tmp_path / "photo.jpg"), name)) == most


def test_what_a_format_drops_is_said_in_one_sentence():
    metadata = replace(WHOLE, text={"Title": "x"})
    assert left_out(metadata, "PNG") == "The PNG file lacks IPTC, which the format cannot hold."
    assert left_out(metadata, "WebP") == (
        "The WebP file lacks PNG text, IPTC and comments, which the format cannot hold."
    )
    assert left_out(metadata, "BMP") == (
        "The BMP file lacks PNG text, XMP, IPTC and comments, which the format cannot hold."
    )
    assert left_out(Metadata(), "BMP") == ""


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("tag", [700, 33723, 34675])
@pytest.mark.parametrize("value", [("s", "text"), ("I", 7), ("d", 1.5)])
def test_a_tiff_whose_tags_have_odd_types_opens_and_saves(
    tmp_path: Path, dtype: type, tag: int, value: tuple[str, object]
):
    kind, held = value
    tifffile.imwrite(
        tmp_path / "odd.tif",
        np.zeros((4, 4, 3), dtype),
        photometric="rgb",
        extratags=[(tag, kind, 0 if kind == "s" else 1, held)],
    )
    photo = load_photo(tmp_path / "odd.tif")
    for suffix in (".tif", ".png", *([".jpg", ".webp"] if dtype == np.uint8 else [])):
        save_photo(photo, tmp_path / f"saved{suffix}")
        assert load_photo(tmp_path / f"saved{suffix}").pixels.shape == (4, 4, 3)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("byteorder", ["<", ">"])
def test_bigtiff_keeps_what_it_says(tmp_path: Path, dtype: type, byteorder: str):
    said = {270: "a description", 305: "a program", 315: "Anna"}
    tags = [(tag, "s", 0, text, True) for tag, text in said.items() if tag == 315]
    tifffile.imwrite(
        tmp_path / "photo.tif",
        np.zeros((4, 5, 3), dtype),
        photometric="rgb",
        metadata=None,
        bigtiff=True,
        byteorder=byteorder,
        description=said[270],
        software=said[305],
        extratags=tags,
    )
    photo = load_photo(tmp_path / "photo.tif")
    for suffix in (".png", ".tif"):
        save_photo(photo, tmp_path / f"again{suffix}")
        with Image.open(tmp_path / f"again{suffix}") as image:
            assert {tag: image.getexif().get(tag) for tag in said} == said
