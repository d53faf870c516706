"""Good pictures in files with a fault beside them, or in rare layouts, are opened; what is lost is said."""

from __future__ import annotations

import struct
import sys
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from wganpaint_gui.core.dataset.data_report import Fault
from wganpaint_gui.core.dataset.decode import model_image
from wganpaint_gui.core.errors import PhotoError
from wganpaint_gui.core.photo.photo import load_photo, save_photo

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
KINDS = {"grey": (0, 1), "grey + alpha": (4, 2), "RGB": (2, 3), "RGBA": (6, 4)}
DEPTHS = pytest.mark.parametrize("dtype", [np.uint8, np.uint16])


def noise(channels: int = 3, dtype: type = np.uint8, side: int = 16) -> np.ndarray:
    return np.random.default_rng(0).integers(0, np.iinfo(dtype).max + 1, (side, side + 3, channels), dtype)


def chunk(name: bytes, data: bytes, *, damaged: bool = False) -> bytes:
    checksum = zlib.crc32(name + data) ^ damaged
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def png(pixels: np.ndarray, *before: bytes, after: bytes = b"") -> bytes:
    """A PNG with further chunks, in front of its pixels and behind them."""
    height, width, channels = pixels.shape
    kind = next(number for number, count in KINDS.values() if count == channels)
    header = struct.pack(">IIBBBBB", width, height, pixels.itemsize * 8, kind, 0, 0, 0)
    rows = pixels.astype(pixels.dtype.newbyteorder(">")).reshape(height, -1).view(np.uint8)
    packed = zlib.compress(np.insert(rows, 0, 0, axis=1).tobytes())
    parts = (chunk(b"IHDR", header), *before, chunk(b"IDAT", packed), after, chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def text(size: int, keyword: bytes = b"Comment") -> bytes:
    return chunk(b"zTXt", keyword + b"\0\0" + zlib.compress(b"a" * size))


def is_trained_on(data: bytes) -> bool:
    return not isinstance(model_image(data, "whole", 8), Fault)


@DEPTHS
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (b"gAMA", struct.pack(">I", 45455), "the chunk gAMA"),
        (b"tEXt", b"Title\0x", "text"),
        (b"iCCP", b"x\0\0" + zlib.compress(SRGB), "the colour profile"),
        (b"eXIf", b"II*\0\x08\0\0\0\0\0", "EXIF"),
        (b"pHYs", struct.pack(">IIB", 1, 1, 1), "the resolution"),
        (b"tRNS", bytes(6), "transparency"),
        (b"sTER", b"\0", "the chunk sTER"),
    ],
)
@pytest.mark.parametrize("behind", [False, True])
def test_a_wrong_checksum_beside_the_pixels_costs_only_its_chunk(
    tmp_path: Path, dtype: type, name: bytes, data: bytes, said: str, behind: bool
):
    pixels = noise(3, dtype)
    bad, good = chunk(name, data, damaged=True), chunk(b"tEXt", b"Author\0Anna")
    content = png(pixels, good, after=bad) if behind else png(pixels, bad, good)
    (tmp_path / "photo.png").write_bytes(content)
    photo = load_photo(tmp_path / "photo.png")
    assert np.array_equal(photo.pixels, pixels)
    assert photo.metadata.text == {"Author": "Anna"}
    assert photo.metadata.remarks == f"Damaged or too large, and left out: {said}."
    assert is_trained_on(content)


@pytest.mark.parametrize(("name", "data"), [(b"gAMA", b"\0"), (b"sRGB", b""), (b"iCCP", b"x\0\x01?"), (b"pHYs", b"1")])
def test_a_chunk_beside_the_pixels_that_makes_no_sense_is_left_out(tmp_path: Path, name: bytes, data: bytes):
    (tmp_path / "photo.png").write_bytes(png(noise(), chunk(name, data)))
    photo = load_photo(tmp_path / "photo.png")
    assert np.array_equal(photo.pixels, noise())
    assert photo.metadata.remarks.startswith("Damaged or too large, and left out: ")


def test_a_wrong_checksum_of_the_header_is_still_refused(tmp_path: Path):
    content = bytearray(png(noise()))
    content[29] ^= 1
    (tmp_path / "photo.png").write_bytes(content)
    with pytest.raises(PhotoError, match="is not an image"):
        load_photo(tmp_path / "photo.png")


def test_a_damaged_animation_is_opened_as_its_picture(tmp_path: Path):
    film = BytesIO()
    Image.fromarray(noise()).save(film, "PNG", save_all=True, append_images=[Image.fromarray(noise()[::-1].copy())])
    content = bytearray(film.getvalue())
    content[content.index(b"fcTL") + 5] ^= 1
    (tmp_path / "photo.png").write_bytes(content)
    photo = load_photo(tmp_path / "photo.png")
    assert np.array_equal(photo.pixels, noise())
    assert photo.metadata.remarks == "Damaged or too large, and left out: the animation."


def test_large_text_and_profiles_are_kept(tmp_path: Path):
    profile = SRGB + bytes(3_000_000)
    content = png(noise(), text(3_000_000), chunk(b"iCCP", b"x\0\0" + zlib.compress(profile)))
    (tmp_path / "photo.png").write_bytes(content)
    photo = load_photo(tmp_path / "photo.png")
    assert photo.metadata.remarks == ""
    assert photo.metadata.icc == profile
    assert len(photo.metadata.text["Comment"]) == 3_000_000
    save_photo(photo, tmp_path / "again.png")
    assert load_photo(tmp_path / "again.png").metadata == photo.metadata


def test_text_that_would_fill_the_memory_is_left_out(tmp_path: Path):
    bomb = [text(15_000_000, b"Part %d" % number) for number in range(6)]
    (tmp_path / "photo.png").write_bytes(png(noise(), text(20_000_000), *bomb))
    photo = load_photo(tmp_path / "photo.png")
    assert np.array_equal(photo.pixels, noise())
    assert list(photo.metadata.text) == ["Part 0", "Part 1", "Part 2", "Part 3"]
    assert photo.metadata.remarks == "Damaged or too large, and left out: text."


def jpeg(**options: object) -> bytes:
    file = BytesIO()
    smooth = np.add.outer(np.arange(120), np.arange(170))[..., None] * (1, 0.5, 0.2)
    Image.fromarray((smooth + noise(3, np.uint8, 1)[0, 0] / 8).astype(np.uint8)).save(file, "JPEG", **options)
    return file.getvalue()


JPEGS = [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0}, {"quality": 20}]


@pytest.mark.parametrize("options", JPEGS, ids=str)
def test_a_jpeg_without_its_end_marker_is_whole(tmp_path: Path, options: dict[str, object]):
    whole = jpeg(**options)
    (tmp_path / "whole.jpg").write_bytes(whole)
    expected = load_photo(tmp_path / "whole.jpg")
    assert expected.metadata.remarks == ""
    for content in (whole[:-2], whole[:-1]):
        (tmp_path / "photo.jpg").write_bytes(content)
        photo = load_photo(tmp_path / "photo.jpg")
        assert np.array_equal(photo.pixels, expected.pixels)
        assert photo.metadata.remarks == "The file lacks its end marker, but the picture is whole."
        assert is_trained_on(content)


@pytest.mark.parametrize("options", JPEGS, ids=str)
def test_a_jpeg_that_lacks_part_of_its_picture_is_refused(tmp_path: Path, options: dict[str, object]):
    whole = jpeg(**options)
    start = whole.index(b"\xff\xda")
    scans = [at for at in range(start + 1, len(whole)) if whole[at] == 0xFF and whole[at + 1] not in (0, 0xFF)]
    for end in [len(whole) - 4, len(whole) - 20, len(whole) // 2, *scans[:-1]]:
        (tmp_path / "photo.jpg").write_bytes(whole[:end])
        with pytest.raises(PhotoError, match="damaged or incomplete"):
            load_photo(tmp_path / "photo.jpg")


def write_with_zstandard(path: Path, pixels: np.ndarray, **options: object) -> None:
    """Pack again what tifffile packed: older Pythons have no Zstandard for it."""
    tifffile.imwrite(path, pixels, compression="zlib", **options)
    content = path.read_bytes()
    with tifffile.TiffFile(path) as file:
        page = file.pages[0]
        parts = [content[at : at + size] for at, size in zip(page.dataoffsets, page.databytecounts, strict=True)]
    packed = iter([zstd.compress(zlib.decompress(part)) for part in parts])
    tifffile.imwrite(path, packed, shape=pixels.shape, dtype=pixels.dtype, compression="zstd", **options)


@DEPTHS
@pytest.mark.parametrize(
    "options", [{}, {"predictor": True}, {"tile": (16, 16)}, {"rowsperstrip": 5}, {"planarconfig": "separate"}], ids=str
)
def test_tiff_with_zstandard_is_read(tmp_path: Path, dtype: type, options: dict):
    pixels = noise(3, dtype, 41)
    stored = np.moveaxis(pixels, 2, 0) if "planarconfig" in options else pixels
    write_with_zstandard(tmp_path / "photo.tif", stored, photometric="rgb", **options)
    assert np.array_equal(load_photo(tmp_path / "photo.tif").pixels, pixels)


@DEPTHS
@pytest.mark.parametrize(
    ("channels", "options"),
    [
        (3, {"bigtiff": True, "byteorder": ">"}),
        (3, {"planarconfig": "separate", "extrasamples": (0, 0)}),
        (1, {"planarconfig": "contig", "extrasamples": (0, 0)}),
        (1, {"planarconfig": "separate", "extrasamples": (0, 0)}),
    ],
)
def test_tiff_in_layouts_that_pillow_does_not_know_is_read(tmp_path: Path, dtype: type, channels: int, options: dict):
    spare = len(options.get("extrasamples", ()))
    pixels = noise(channels + spare, dtype)
    stored = np.moveaxis(pixels, 2, 0) if options.get("planarconfig") == "separate" else pixels
    kind = "rgb" if channels == 3 else "minisblack"
    tifffile.imwrite(tmp_path / "photo.tif", stored, photometric=kind, metadata=None, **options)
    photo = load_photo(tmp_path / "photo.tif")
    assert np.array_equal(photo.pixels, pixels[..., :channels])
    assert ("2 channels of unknown meaning" in photo.metadata.remarks) == bool(spare)
    assert is_trained_on((tmp_path / "photo.tif").read_bytes())


def test_tiff_with_an_empty_strip_is_incomplete(tmp_path: Path):
    tifffile.imwrite(tmp_path / "photo.tif", noise(3, np.uint16), photometric="rgb", rowsperstrip=4)
    with tifffile.TiffFile(tmp_path / "photo.tif", mode="r+") as file:
        sizes = file.pages[0].tags["StripByteCounts"]
        sizes.overwrite([*sizes.value[:-1], 0])
    with pytest.raises(PhotoError, match="parts of the picture are missing"):
        load_photo(tmp_path / "photo.tif")


@pytest.mark.parametrize("kind", ["rgb", "cielab"])
def test_a_tiff_cut_short_says_so_and_nothing_else(tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]):
    path = tmp_path / "photo.tif"
    tifffile.imwrite(path, noise(3, np.uint16), photometric=kind, metadata=None)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(PhotoError, match="its end is missing"):
        load_photo(path)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("white", [1023, 65535])
@pytest.mark.parametrize("channels", [1, 3])
def test_portable_pixmaps_keep_their_16_bits(tmp_path: Path, white: int, channels: int):
    values = noise(channels, np.uint16) % np.uint32(white + 1)
    head = f"P{6 if channels == 3 else 5}\n# a comment\n{values.shape[1]} {values.shape[0]}\n{white}\n"
    (tmp_path / "photo.ppm").write_bytes(head.encode() + values.astype(">u2").tobytes())
    photo = load_photo(tmp_path / "photo.ppm")
    assert np.array_equal(photo.pixels, np.rint(values / white * 65535))
    assert photo.metadata.remarks == ""
    (tmp_path / "photo.ppm").write_bytes(head.encode() + values.astype(">u2").tobytes()[:-1])
    with pytest.raises(PhotoError, match="damaged or incomplete"):
        load_photo(tmp_path / "photo.ppm")


def test_depth_that_is_reduced_is_said(tmp_path: Path):
    reduced = "Its {} bits per channel are opened and saved as 8."
    tifffile.imwrite(tmp_path / "press.tif", noise(4, np.uint16), photometric="separated")
    assert load_photo(tmp_path / "press.tif").metadata.remarks == reduced.format(16)
    (tmp_path / "plain.ppm").write_text("P3\n2 1\n1023\n0 1 2 1021 1022 1023\n")
    assert load_photo(tmp_path / "plain.ppm").metadata.remarks == reduced.format(10)
    tifffile.imwrite(tmp_path / "flat.tif", noise(4), photometric="separated")
    assert load_photo(tmp_path / "flat.tif").metadata.remarks == ""
