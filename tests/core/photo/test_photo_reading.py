"""Files of other programs are opened as they are meant: upright, in all their bits, first frame."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib

import cv2
import numpy as np
import pytest
import tifffile
from PIL import ExifTags, Image, ImageOps, PngImagePlugin

from wganpaint_gui.core.photo.metadata import take_orientation
from wganpaint_gui.core.photo.photo import Photo, load_photo, save_photo

ORIENTATION = ExifTags.Base.Orientation


def noise(height: int, width: int, channels: int, dtype=np.uint8) -> np.ndarray:
    random = np.random.default_rng(height * width + channels)
    return random.integers(0, np.iinfo(dtype).max + 1, (height, width, channels), dtype=dtype)


def upright_by_pillow(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """Channel by channel through Pillow's own transposing: a second opinion."""
    planes = []
    for channel in range(pixels.shape[2]):
        plane = Image.fromarray(pixels[..., channel].astype(np.int32))
        plane.getexif()[ORIENTATION] = orientation
        planes.append(np.asarray(ImageOps.exif_transpose(plane)))
    return np.stack(planes, axis=2).astype(pixels.dtype)


def with_orientation(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[ExifTags.Base.Make] = "Maker"
    return exif.tobytes()


def write_turned(path, pixels: np.ndarray, orientation: int) -> None:
    """A file that stores `pixels` and says how they must be turned."""
    if pixels.dtype == np.uint16 and path.suffix == ".png":
        plain = cv2.imencode(".png", pixels[..., ::-1])[1].tobytes()
        exif = with_orientation(orientation)[6:]
        chunk = struct.pack(">I", len(exif)) + b"eXIf" + exif + struct.pack(">I", zlib.crc32(b"eXIf" + exif))
        path.write_bytes(plain[:33] + chunk + plain[33:])
    elif path.suffix == ".tif":
        tifffile.imwrite(path, pixels, photometric="rgb", extratags=[(274, 3, 1, orientation, True)])
    else:
        options = {".webp": {"lossless": True}, ".jpg": {"quality": 100, "subsampling": 0}}.get(path.suffix, {})
        Image.fromarray(pixels).save(path, exif=with_orientation(orientation), **options)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("suffix", "dtype"),
    [(".png", np.uint8), (".png", np.uint16), (".tif", np.uint8), (".tif", np.uint16), (".webp", np.uint8)],
)
def test_orientation_is_applied_exactly_once(tmp_path, suffix, dtype, orientation):
    pixels = noise(21, 34, 3, dtype)
    turned, again = tmp_path / f"turned{suffix}", tmp_path / f"again{suffix}"
    write_turned(turned, pixels, orientation)
    photo = load_photo(turned)
    expected = upright_by_pillow(pixels, orientation)
    assert np.array_equal(photo.pixels, expected)
    save_photo(photo, again)
    assert np.array_equal(load_photo(again).pixels, expected)
    with Image.open(again) as image:
        assert image.getexif().get(ORIENTATION, 1) == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_jpeg_is_decoded_and_turned(tmp_path, orientation):
    pixels = np.kron(noise(5, 7, 3), np.ones((16, 16, 1), np.uint8))
    path = tmp_path / "turned.jpg"
    write_turned(path, pixels, orientation)
    photo = load_photo(path)
    with Image.open(path) as image:
        assert np.array_equal(photo.pixels, np.asarray(ImageOps.exif_transpose(image)))
    save_photo(photo, tmp_path / "again.jpg")
    again = load_photo(tmp_path / "again.jpg")
    assert again.pixels.shape == photo.pixels.shape
    assert take_orientation(again.metadata.exif)[0] == 1


def test_a_photo_of_many_strips_is_whole(tmp_path):
    pixels = noise(1100, 1300, 3)  # more than one strip of the copy
    write_turned(tmp_path / "turned.png", pixels, 6)
    assert np.array_equal(load_photo(tmp_path / "turned.png").pixels, np.rot90(pixels, -1))


@pytest.mark.parametrize("order", ["II", "MM"])
def test_both_byte_orders_of_exif_are_understood(order):
    pack = "<" if order == "II" else ">"
    body = order.encode() + struct.pack(pack + "HIH", 42, 8, 1) + struct.pack(pack + "HHIHHI", 0x0112, 3, 1, 6, 0, 0)
    orientation, upright = take_orientation(b"Exif\0\0" + body)
    assert orientation == 6
    assert take_orientation(upright) == (1, upright)


def test_the_thumbnail_of_the_photo_before_the_edit_is_wiped(tmp_path):
    thumbnail = b"\xff\xd8 the old face \xff\xd9"
    first = struct.pack("<H", 1) + struct.pack("<HHIHH", 0x0112, 3, 1, 3, 0) + struct.pack("<I", 26)
    second = struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 56) + struct.pack("<HHII", 0x0202, 4, 1, 18)
    exif = b"Exif\0\0II*\0\x08\0\0\0" + first + second + struct.pack("<I", 0) + thumbnail
    Image.fromarray(noise(4, 5, 3)).save(tmp_path / "phone.jpg", exif=exif)
    save_photo(load_photo(tmp_path / "phone.jpg"), tmp_path / "filled.jpg")
    assert b"the old face" in (tmp_path / "phone.jpg").read_bytes()
    assert b"the old face" not in (tmp_path / "filled.jpg").read_bytes()


def test_exif_of_old_png_files_is_found_and_applied_once(tmp_path):
    raw = with_orientation(3)
    text = PngImagePlugin.PngInfo()
    text.add_text("Raw profile type exif", f"\nexif\n{len(raw):8}\n{raw.hex()}\n")
    pixels = noise(4, 6, 3)
    Image.fromarray(pixels).save(tmp_path / "old.png", pnginfo=text)
    photo = load_photo(tmp_path / "old.png")
    assert np.array_equal(photo.pixels, pixels[::-1, ::-1])
    save_photo(photo, tmp_path / "new.png")
    with Image.open(tmp_path / "new.png") as image:
        assert np.array_equal(np.asarray(ImageOps.exif_transpose(image)), pixels[::-1, ::-1])


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_16_bits_written_by_opencv_are_read_in_the_right_order(tmp_path, suffix, channels):
    pixels = noise(9, 14, channels, np.uint16)
    swapped = pixels[..., [2, 1, 0, 3][:channels]] if channels > 1 else pixels
    assert cv2.imwrite(str(tmp_path / f"deep{suffix}"), swapped)  # TIFF: LZW with predictor
    assert np.array_equal(load_photo(tmp_path / f"deep{suffix}").pixels, pixels)


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "zlib"},
        {"compression": "zlib", "predictor": True},
        {"planarconfig": "separate"},
        {"byteorder": ">"},
        {"bigtiff": True},
        {"bigtiff": True, "byteorder": ">"},
        {"tile": (16, 16)},
        {"rowsperstrip": 3},
    ],
    ids=str,
)
def test_16_bit_tiff_of_any_layout_is_read(tmp_path, options):
    pixels = noise(40, 35, 3, np.uint16)
    stored = np.moveaxis(pixels, -1, 0) if options.get("planarconfig") == "separate" else pixels
    tifffile.imwrite(tmp_path / "deep.tif", stored, photometric="rgb", **options)
    assert np.array_equal(load_photo(tmp_path / "deep.tif").pixels, pixels)


@pytest.mark.parametrize("size", [(3, 3), (1, 1), (1, 5), (5, 1), (4, 3)])
def test_tiny_16_bit_tiff_is_read(tmp_path, size):
    pixels = noise(*size, 3, np.uint16)
    tifffile.imwrite(tmp_path / "tiny.tif", pixels, photometric="rgb")
    assert np.array_equal(load_photo(tmp_path / "tiny.tif").pixels, pixels)


def test_grey_tiff_with_white_as_zero_is_turned_over(tmp_path):
    pixels = noise(5, 6, 1, np.uint16)
    tifffile.imwrite(tmp_path / "white.tif", 65535 - pixels[..., 0], photometric="miniswhite")
    assert np.array_equal(load_photo(tmp_path / "white.tif").pixels, pixels)


def test_premultiplied_alpha_is_made_straight(tmp_path):
    straight = noise(8, 8, 4, np.uint16)
    straight[..., 3] = 32768 + straight[..., 3] // 2
    stored = straight.copy()
    stored[..., :3] = np.rint(straight[..., :3] * (straight[..., 3:] / 65535))
    tifffile.imwrite(tmp_path / "over.tif", stored, photometric="rgb", extrasamples=["assocalpha"])
    found = load_photo(tmp_path / "over.tif").pixels
    assert np.abs(found.astype(int) - straight).max() <= 1
    assert np.array_equal(found[..., 3], straight[..., 3])


def test_of_several_pages_the_first_counts(tmp_path):
    pages = [noise(6, 7, 3, np.uint16), noise(6, 7, 3, np.uint16)[::-1]]
    with tifffile.TiffWriter(tmp_path / "pages.tif") as file:
        for page in pages:
            file.write(page, photometric="rgb")
    assert np.array_equal(load_photo(tmp_path / "pages.tif").pixels, pages[0])


@pytest.mark.parametrize("suffix", [".gif", ".webp", ".png", ".tif"])
def test_of_several_frames_the_first_counts(tmp_path, suffix):
    red, blue = Image.new("RGB", (5, 4), (255, 0, 0)), Image.new("RGB", (5, 4), (0, 0, 255))
    red.save(tmp_path / f"film{suffix}", save_all=True, append_images=[blue])
    photo = load_photo(tmp_path / f"film{suffix}")
    assert np.abs(photo.rgb8(photo.box).astype(int) - (255, 0, 0)).max() <= 1


def test_a_transparent_grey_of_16_bits_becomes_alpha(tmp_path):
    pixels = noise(4, 5, 1, np.uint16)
    plain = cv2.imencode(".png", pixels)[1].tobytes()
    value = pixels[1, 2].astype(">u2").tobytes()
    chunk = struct.pack(">I", 2) + b"tRNS" + value + struct.pack(">I", zlib.crc32(b"tRNS" + value))
    (tmp_path / "key.png").write_bytes(plain[:33] + chunk + plain[33:])
    found = load_photo(tmp_path / "key.png").pixels
    assert np.array_equal(found[..., :1], pixels)
    assert np.array_equal(found[..., 1] == 0, pixels[..., 0] == pixels[1, 2, 0])


def test_a_transparent_colour_becomes_alpha(tmp_path):
    pixels = noise(4, 5, 3)
    Image.fromarray(pixels).save(tmp_path / "key.png", transparency=tuple(int(v) for v in pixels[1, 2]))
    found = load_photo(tmp_path / "key.png").pixels
    assert np.array_equal(found[..., :3], pixels)
    assert found[1, 2, 3] == 0
    assert found[0, 0, 3] == 255


def test_a_palette_becomes_colours(tmp_path):
    image = Image.new("P", (3, 1))
    image.putpalette([10, 20, 30, 40, 50, 60, 70, 80, 90])
    image.putdata([0, 1, 2])
    image.save(tmp_path / "plain.png")
    image.save(tmp_path / "clear.png", transparency=bytes([255, 0, 128]))
    colours = [[10, 20, 30], [40, 50, 60], [70, 80, 90]]
    assert load_photo(tmp_path / "plain.png").pixels[0].tolist() == colours
    clear = load_photo(tmp_path / "clear.png").pixels[0]
    assert clear[:, :3].tolist() == colours
    assert clear[:, 3].tolist() == [255, 0, 128]


def test_black_and_white_becomes_grey(tmp_path):
    Image.fromarray(np.eye(9, dtype=bool)).save(tmp_path / "bits.png")
    assert np.array_equal(load_photo(tmp_path / "bits.png").pixels[..., 0], np.eye(9, dtype=np.uint8) * 255)


def test_16_bit_grey_of_a_portable_graymap_is_kept(tmp_path):
    pixels = noise(4, 5, 1, np.uint16)
    (tmp_path / "grey.pgm").write_bytes(b"P5 5 4 65535\n" + pixels.astype(">u2").tobytes())
    assert np.array_equal(load_photo(tmp_path / "grey.pgm").pixels, pixels)


def test_one_pixel_is_a_photo(tmp_path):
    Image.new("RGB", (1, 1), (1, 2, 3)).save(tmp_path / "one.png")
    photo = load_photo(tmp_path / "one.png")
    assert (photo.width, photo.height, photo.depth, photo.max_value) == (1, 1, 8, 255)
    assert not photo.has_alpha
    assert not photo.is_grey


def test_the_sample_photo_opens(sample_photo_path):
    photo = load_photo(sample_photo_path)
    assert photo.pixels.shape == (512, 512, 3)
    assert photo.path == sample_photo_path


def test_regions_are_shown_in_8_bit_colour():
    deep = Photo(np.array([[[0x12FF, 0x8000]]], np.uint16))
    assert deep.rgb8(deep.box).tolist() == [[[0x12, 0x12, 0x12]]]
    wide = Photo(noise(6, 8, 4))
    assert np.array_equal(wide.rgb8(wide.box), wide.pixels[..., :3])


def test_importing_photos_pulls_in_nothing_heavy():
    code = (
        "import sys, wganpaint_gui.core.photo.photo, wganpaint_gui.core.photo.pyramid\n"
        "import wganpaint_gui.core.edit.mask_io\n"
        "print([name for name in ('cv2', 'tifffile', 'scipy', 'skimage', 'torch', 'PySide6') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_resolution_of_tiff_is_read_in_its_unit_and_never_made_up(tmp_path, dtype):
    pixels = noise(4, 5, 3, dtype)
    tifffile.imwrite(tmp_path / "cm.tif", pixels, photometric="rgb", resolution=(100, 50), resolutionunit="CENTIMETER")
    save_photo(Photo(pixels), tmp_path / "none.tif")
    assert load_photo(tmp_path / "cm.tif").metadata.dpi == pytest.approx((254, 127))
    assert load_photo(tmp_path / "none.tif").metadata.dpi is None


def test_a_damaged_raw_profile_does_not_stop_the_photo(tmp_path):
    text = PngImagePlugin.PngInfo()
    text.add_text("Raw profile type exif", "\nexif\n 9\nno numbers\n")
    Image.fromarray(noise(4, 6, 3)).save(tmp_path / "old.png", pnginfo=text)
    assert load_photo(tmp_path / "old.png").metadata.exif is None


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_damaged_tags_do_not_stop_a_tiff(tmp_path, dtype):
    pixels = noise(4, 6, 3, dtype)
    tags = [(34665, 4, 1, 0xFFFFFF, True), (315, 5, 1, (0, 0), True), (306, 3, 2, (1, 2), True)]
    tifffile.imwrite(tmp_path / "odd.tif", pixels, photometric="rgb", extratags=tags)
    photo = load_photo(tmp_path / "odd.tif")
    assert np.array_equal(photo.pixels, pixels)
    save_photo(photo, tmp_path / "again.tif")
    assert np.array_equal(load_photo(tmp_path / "again.tif").pixels, pixels)


@pytest.mark.parametrize("tag", [700, 33723, 34675], ids=["XMP", "IPTC", "ICC"])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_a_number_in_place_of_a_tags_bytes_is_no_length(tmp_path, tag, depth):
    pixels = noise(4, 5, 3, depth)
    number = [(tag, "I", 1, 40_000_000, True)]
    tifffile.imwrite(tmp_path / "number.tif", pixels, photometric="rgb", metadata=None, extratags=number)
    photo = load_photo(tmp_path / "number.tif")
    assert np.array_equal(photo.pixels, pixels)
    held = (photo.metadata.xmp, photo.metadata.iptc, photo.metadata.icc)
    assert all(value is None or len(value) == 4 for value in held)
