"""One picture becomes the image a model sees: upright, sRGB, framed, and unchanged where nothing has to be done."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
import tifffile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms

from wganpaint_gui.core.dataset import DataOptions, prepare_data
from wganpaint_gui.core.dataset.data_report import Fault
from wganpaint_gui.core.dataset.decode import model_image, picture_size, reduced
from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.faces.upright import detect_faces
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def image_of(data: bytes, resolution: int, framing: str = "whole") -> NDArray[np.uint8]:
    image = model_image(data, framing, resolution)
    assert not isinstance(image, str), image
    assert (image.shape, image.dtype) == ((resolution, resolution, 3), np.uint8)
    return image


@given(st.integers(0, 2**32), st.integers(4, 40), st.sampled_from(["PNG", "BMP", "PPM", "TIFF", "GIF"]))
def test_a_picture_of_the_exact_size_passes_unchanged(pixels, seed, side, kind):
    noise = pixels(seed, (side, side))
    if kind == "GIF":
        noise = np.repeat(noise[:, :, :1], 3, axis=2)
    assert np.array_equal(image_of(encoded(Image.fromarray(noise), kind), side), noise)


@given(st.integers(4, 12), st.integers(0, 9), st.integers(0, 9))
def test_the_largest_centred_square_is_seen(side, wider, higher):
    width, height = side + (wider if not higher else 0), side + higher
    rows, columns = np.mgrid[:height, :width]
    pixels = np.stack([rows, columns, rows * 0], axis=2).astype(np.uint8)
    seen = image_of(encoded(Image.fromarray(pixels)), side)
    top, left = (height - side) // 2, (width - side) // 2
    assert np.array_equal(seen, pixels[top : top + side, left : left + side])


@given(st.integers(0, 99), st.integers(1, 5), st.integers(4, 9))
def test_reduction_averages_areas(pixels, seed, factor, resolution):
    noise = pixels(seed, (factor * resolution, factor * resolution))
    mean = noise.reshape(resolution, factor, resolution, factor, 3).mean((1, 3))
    assert np.abs(reduced(noise, resolution) - mean).max() <= 0.51


def test_reduction_keeps_the_mean_where_sizes_do_not_divide(pixels):
    noise = pixels(0, (37, 37))
    assert abs(reduced(noise, 16).mean() - noise.mean()) < 0.5


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_pictures_are_turned_upright(orientation, kind):
    """A red corner, which EXIF says where to find."""
    upright = np.zeros((64, 64, 3), np.uint8)
    upright[:32, :32] = (250, 0, 0)
    upright[32:, :32] = (0, 0, 250)
    to_stored = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.transpose(1, 0, 2),
        6: lambda a: np.rot90(a),
        7: lambda a: np.rot90(a, 2).transpose(1, 0, 2),
        8: lambda a: np.rot90(a, -1),
    }
    stored = Image.fromarray(np.ascontiguousarray(to_stored[orientation](upright)))
    exif = Image.Exif()
    exif[0x0112] = orientation
    seen = image_of(encoded(stored, kind, exif=exif), 64).astype(int)
    assert np.abs(seen[8:24, 8:24] - (250, 0, 0)).max() < 12
    assert np.abs(seen[40:56, 8:24] - (0, 0, 250)).max() < 12
    assert seen[:, 40:].max() < 12


def test_a_damaged_exif_spoils_no_picture(pixels):
    data = encoded(Image.fromarray(pixels(0, (8, 8))), exif=b"Exif\0\0MM\0*\0\0\xff\xff nonsense")
    assert np.array_equal(image_of(data, 8), pixels(0, (8, 8)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr"])
def test_every_kind_of_colour_becomes_rgb(mode):
    stored = Image.new("RGB", (16, 16), (255, 255, 255)).convert(mode)
    kind = "TIFF" if mode in ("CMYK", "YCbCr") else "PNG"
    assert image_of(encoded(stored, kind), 16).min() >= 254


def test_16_bit_grey_is_cut_to_8():
    values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    for kind in ("PNG", "TIFF"):
        seen = image_of(encoded(Image.fromarray(values), kind), 16)
        assert np.array_equal(seen, np.repeat((values >> 8).astype(np.uint8)[:, :, None], 3, axis=2))


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("layout", ["chunky", "planar", "white is zero", "bigtiff", "turned"])
def test_16_bits_of_a_tiff_are_read_as_in_the_editor(tmp_path: Path, channels: int, layout: str):
    if layout == "white is zero" and channels > 1:
        pytest.skip("grey only")
    noise = np.random.default_rng(channels).integers(0, 65536, (24, 24, channels), np.uint16)
    stored = np.moveaxis(noise, -1, 0) if layout == "planar" and channels > 1 else noise
    tifffile.imwrite(
        tmp_path / "deep.tif",
        stored if channels > 1 else noise[..., 0],
        bigtiff=layout == "bigtiff",
        photometric="rgb" if channels > 2 else "miniswhite" if layout == "white is zero" else "minisblack",
        planarconfig=("separate" if layout == "planar" else "contig") if channels > 1 else None,
        extrasamples=["unassalpha"] if channels in (2, 4) else None,
        extratags=[(274, "H", 1, 6)] if layout == "turned" else (),
    )
    photo = load_photo(tmp_path / "deep.tif")
    colours, opaque = photo.srgb(photo.box) * 255, np.ones((24, 24, 1))
    if channels in (2, 4):
        opaque = photo.pixels[..., -1:] / 65535
    seen = image_of((tmp_path / "deep.tif").read_bytes(), 24)
    assert np.abs(seen - (colours * opaque + 255 * (1 - opaque))).max() <= 0.51
    plain = np.rot90(noise, -1) if layout == "turned" else noise
    if channels in (1, 3):  # and the editor is right
        right = 65535 - plain if layout == "white is zero" else plain
        assert np.abs(seen / 255 - right / 65535).max() <= 0.51 / 255


def test_floating_point_is_no_picture():
    assert model_image(encoded(Image.fromarray(np.ones((9, 9), np.float32)), "TIFF"), "whole", 8) is Fault.UNREADABLE


def test_transparent_parts_are_shown_over_white():
    pixels = np.full((2, 2, 4), (0, 100, 200, 255), np.uint8)
    pixels[0, 0, 3], pixels[0, 1, 3] = 0, 51
    seen = model_image(encoded(Image.fromarray(pixels)), "whole", 2)
    assert np.array_equal(seen[0, 0], (255, 255, 255))
    assert np.array_equal(seen[0, 1], (204, 224, 244))
    assert np.array_equal(seen[1], [(0, 100, 200)] * 2)


def test_a_transparent_colour_of_a_palette_is_white():
    image = Image.new("P", (8, 8), 3)
    image.putpalette([value for index in range(256) for value in (index, 10, 10)])
    assert np.array_equal(image_of(encoded(image, transparency=3), 8)[0, 0], (255, 255, 255))
    assert np.array_equal(image_of(encoded(image), 8)[0, 0], (3, 10, 10))


def test_of_an_animation_the_first_picture_counts():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    for kind in ("GIF", "PNG", "WEBP"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], lossless=True)
        assert np.array_equal(image_of(data, 8)[0, 0], (255, 0, 0))


def test_an_srgb_profile_changes_no_bit(pixels):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    noise = pixels(0, (32, 32))
    assert np.array_equal(image_of(encoded(Image.fromarray(noise), icc_profile=profile), 32), noise)


def test_another_profile_is_converted_as_in_the_editor():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    pixels = Image.new("RGB", (8, 8), (90, 120, 30))
    assert image_of(encoded(pixels, icc_profile=lab), 8).shape == (8, 8, 3)  # one that fits no RGB is left aside
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = srgb.index(b"rXYZ"), srgb.index(b"bXYZ")
    srgb[red : red + 4], srgb[blue : blue + 4] = b"bXYZ", b"rXYZ"  # red and blue change places
    swapped = bytes(srgb).replace("sRGB".encode("utf-16-be"), "odds".encode("utf-16-be"))
    seen = image_of(encoded(pixels, icc_profile=swapped), 8)[0, 0].astype(int)
    assert np.abs(seen - (30, 120, 90)).max() <= 2


def test_large_jpegs_look_the_same_as_when_decoded_whole():
    across = np.linspace(0, 255, 1600)
    pixels = np.stack([np.tile(across, (1200, 1)), np.tile(across[::-1], (1200, 1)), np.full((1200, 1600), 90)], 2)
    picture = Image.fromarray(pixels.astype(np.uint8))
    whole = image_of(encoded(picture), 64).astype(int)
    assert np.abs(image_of(encoded(picture, "JPEG", quality=95), 64) - whole).max() <= 3


@pytest.mark.parametrize(
    ("framing", "size", "good"),
    [
        ("whole", (8, 99), True),
        ("whole", (99, 7), False),
        ("celeba", (178, 218), True),
        ("celeba", (14, 17), True),
        ("celeba", (12, 17), False),
    ],
)
def test_nothing_is_enlarged(picture, framing, size, good):
    seen = model_image(picture(0, size), framing, 8)
    assert isinstance(seen, np.ndarray) if good else seen is Fault.TOO_SMALL


def test_celebas_pictures_are_cut_where_the_faces_are(pixels):
    noise = pixels(0, (178, 218))
    assert np.array_equal(image_of(encoded(Image.fromarray(noise)), 100, "celeba"), noise[81:181, 39:139])


def test_a_larger_copy_of_celeba_is_cut_in_proportion():
    pixels = np.zeros((436, 356, 3), np.uint8)
    pixels[162:362, 78:278] = 200
    assert image_of(encoded(Image.fromarray(pixels)), 64, "celeba").min() == 200


@pytest.mark.parametrize("turned", [False, True])
def test_size_is_known_without_decoding(picture, turned):
    size = (30, 20) if turned else (20, 30)
    assert picture_size(picture(0, size)[:100]) == size
    assert picture_size(b"no picture") is None


class TestLayouts:
    """What `auto` comes down to."""

    def framing(self, finish, source: Path) -> str:
        return finish(prepare_data(source, DataOptions(8))).report.framing

    def test_178_by_218_is_celebas(self, tmp_path, folder, picture, finish):
        files = {f"{seed}.png": picture(seed, (178, 218)) for seed in range(3)}
        source = folder(tmp_path / "some", {**files, "list.txt": b"", "other.png": picture(9, (50, 50))})
        assert self.framing(finish, source) == "celeba"

    def test_a_few_of_that_size_do_not_make_it_celebas(self, tmp_path, folder, picture, finish):
        files = {f"{seed}.png": picture(seed, (178, 218) if seed < 2 else (50, 50)) for seed in range(5)}
        assert self.framing(finish, folder(tmp_path / "some", files)) == "whole"

    @pytest.mark.parametrize("packed", [False, True])
    def test_celebas_folder_is_known_in_other_sizes(self, tmp_path, folder, zipped, picture, finish, packed):
        files = {f"img_align_celeba/{seed:06d}.png": picture(seed, (89, 109)) for seed in range(3)}
        source = zipped(tmp_path / "some.zip", files) if packed else folder(tmp_path / "some", files)
        assert self.framing(finish, source) == "celeba"
        assert self.framing(finish, source if packed else source / "img_align_celeba") == "celeba"

    def test_squares_in_celebas_folder_have_been_cut_already(self, tmp_path, folder, picture, finish):
        files = {f"img_align_celeba/{seed:06d}.png": picture(seed, (64, 64)) for seed in range(3)}
        assert self.framing(finish, folder(tmp_path, files)) == "whole"

    def test_a_folder_and_a_zip_of_celeba_share_a_cache(self, tmp_path, folder, zipped, picture, finish):
        files = {f"img_align_celeba/{seed:06d}.png": picture(seed, (178, 218)) for seed in range(6)}
        one = finish(prepare_data(folder(tmp_path / "celeba", files), DataOptions(64)))
        other = finish(prepare_data(zipped(tmp_path / "img_align_celeba.zip", files), DataOptions(64, "celeba")))
        assert one.key == other.key


class TestFaces:
    """The square around the largest face."""

    @pytest.fixture
    def portrait(self, sample_photo_path: Path) -> NDArray[np.uint8]:
        with Image.open(sample_photo_path) as image:
            return np.asarray(image.convert("RGB"))

    def test_the_face_is_what_the_editor_would_frame(self, portrait):
        frame = max(detect_faces(photo_from_pixels(portrait)), key=lambda face: face.size)
        by_hand = Frame(176, 76, 92)  # eyes at (0.30, 0.30) and (0.70, 0.30)
        assert max(abs(frame.x - by_hand.x), abs(frame.y - by_hand.y), abs(frame.size - by_hand.size)) < 12
        seen = image_of(encoded(Image.fromarray(portrait)), 64, "faces")
        assert np.array_equal(seen, reduced(portrait[frame.box.slices], 64))

    @given(st.integers(-9, 25), st.integers(-9, 15), st.integers(8, 20))
    def test_beyond_the_edge_the_last_pixels_are_repeated(self, pixels, x, y, size):
        noise = pixels(0, (30, 20))
        padded = np.pad(noise, ((40, 40), (40, 40), (0, 0)), "edge")
        faces = [Frame(3, 3, 5), Frame(x, y, size), Frame(9, 9, 7)]  # the largest counts
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("wganpaint_gui.core.photo.faces.upright.detect_faces", lambda _: faces)
            seen = image_of(encoded(Image.fromarray(noise)), 8, "faces")
        assert np.array_equal(seen, reduced(padded[y + 40 : y + 40 + size, x + 40 : x + 40 + size], 8))

    def test_a_face_smaller_than_the_resolution_is_too_small(self, portrait):
        assert model_image(encoded(Image.fromarray(portrait)), "faces", 128) is Fault.TOO_SMALL

    def test_pictures_without_a_face_are_reported(self, tmp_path, portrait, folder, picture, finish):
        mirrored = np.ascontiguousarray(portrait[:, ::-1])
        files = {"a.png": encoded(Image.fromarray(portrait)), "b.png": encoded(Image.fromarray(mirrored))}
        source = folder(tmp_path, {**files, "noise.png": picture(0, (90, 90))})
        images = finish(prepare_data(source, DataOptions(64, "faces")))
        assert len(images.images) == 2
        assert images.report.without_face == ("noise.png",)


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\0", b"P6 9 9 255 "])
)
def test_nonsense_is_no_reason_to_stop(data, start):
    seen = model_image(start + data, "whole", 8)
    assert seen in (Fault.UNREADABLE, Fault.TOO_SMALL) if isinstance(seen, Fault) else seen.shape == (8, 8, 3)


@given(st.integers(0, 500), st.integers(0, 255), st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP"]))
def test_damage_anywhere_gives_an_image_or_a_fault(picture, place, value, kind):
    data = bytearray(picture(0, (16, 16), kind))
    data[place % len(data)] = value
    seen = model_image(bytes(data), "whole", 8)
    assert seen in (Fault.UNREADABLE, Fault.TOO_SMALL) if isinstance(seen, Fault) else seen.shape == (8, 8, 3)


def test_a_drawing_that_would_start_another_program_is_not_opened():
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n%%EndComments\nshowpage\n"
    assert model_image(eps, "whole", 8) is Fault.UNREADABLE
    assert model_image(struct.pack("<I", 0x9AC6CDD7) + bytes(60), "whole", 8) is Fault.UNREADABLE  # WMF
