"""Masks are files of the photo's size, white = fill."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.mask_io import alpha_mask, load_mask, read_mask, save_mask
from wganpaint_gui.core.errors import MaskError, PhotoError, SaveError, WganPaintError
from wganpaint_gui.core.photo.photo import photo_from_pixels


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mask=arrays.arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(1, 30))))
def test_a_mask_comes_back_exactly(tmp_path, mask):
    save_mask(mask, tmp_path / "mask.png", overwrite=True)
    again = load_mask(tmp_path / "mask.png", (mask.shape[1], mask.shape[0]))
    assert again.dtype == np.uint8
    assert np.array_equal(again, mask)
    assert again.flags.writeable
    with Image.open(tmp_path / "mask.png") as image:
        assert image.mode == "L"


def test_a_mask_of_another_size_is_refused_with_both_sizes(tmp_path):
    save_mask(np.zeros((20, 30), np.uint8), tmp_path / "mask.png")
    with pytest.raises(MaskError, match=r"mask\.png has 30 × 20 pixels, the photo 20 × 30\."):
        load_mask(tmp_path / "mask.png", (20, 30))


def test_a_mask_of_any_kind_of_image_is_its_brightness(tmp_path):
    white = np.zeros((4, 6), np.uint8)
    white[1:3, 2:5] = 255
    for mode, suffix in (("1", "png"), ("L", "bmp"), ("P", "png"), ("RGB", "webp"), ("I;16", "png")):
        path = tmp_path / f"{mode}.{suffix}".replace(";", "")
        image = (
            Image.fromarray(white.astype(np.uint16) * 257) if mode == "I;16" else Image.fromarray(white).convert(mode)
        )
        image.save(path, **({"lossless": True} if suffix == "webp" else {}))
        assert np.array_equal(load_mask(path, (6, 4)), white), mode


def test_what_is_transparent_in_a_mask_is_not_filled(tmp_path):
    pixels = np.full((2, 3, 4), 255, np.uint8)
    pixels[0, :, 3] = (0, 128, 255)
    Image.fromarray(pixels).save(tmp_path / "mask.png")
    assert load_mask(tmp_path / "mask.png", (3, 2)).tolist() == [[0, 128, 255], [255, 255, 255]]


def test_a_file_that_is_no_image_is_no_mask(tmp_path):
    (tmp_path / "mask.png").write_text("hello")
    with pytest.raises(PhotoError, match=r"mask\.png is not an image"):
        load_mask(tmp_path / "mask.png", (3, 2))


def test_masks_are_saved_as_png_only(tmp_path):
    with pytest.raises(SaveError, match="it must be a PNG file"):
        save_mask(np.zeros((2, 2), np.uint8), tmp_path / "mask.jpg")
    assert not list(tmp_path.iterdir())


def test_an_existing_mask_is_not_overwritten_without_leave(tmp_path):
    save_mask(np.zeros((2, 2), np.uint8), tmp_path / "mask.png")
    before = (tmp_path / "mask.png").read_bytes()
    with pytest.raises(SaveError, match="already exists"):
        save_mask(np.ones((2, 2), np.uint8), tmp_path / "mask.png")
    assert (tmp_path / "mask.png").read_bytes() == before


@pytest.mark.parametrize("channels", [2, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_alpha_mask_is_where_the_photo_is_fully_transparent(dtype, channels):
    pixels = np.ones((3, 3, channels), dtype)
    pixels[0, 1, -1] = 0
    mask = alpha_mask(photo_from_pixels(pixels))
    assert mask.dtype == np.uint8
    assert mask.tolist() == [[0, 255, 0], [0, 0, 0], [0, 0, 0]]


def test_a_photo_without_alpha_has_an_empty_alpha_mask():
    assert not alpha_mask(photo_from_pixels(np.zeros((3, 4, 3), np.uint8))).any()


@pytest.mark.parametrize(
    ("pixels", "doubted"),
    [
        (np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8), True),
        (np.full((20, 30, 3), (255, 0, 0), np.uint8), True),
        (np.random.default_rng(0).integers(0, 256, (20, 30, 1), np.uint8), False),
        (np.full((20, 30, 4), (255, 255, 255, 90), np.uint8), False),
    ],
    ids=["photo", "red", "grey", "translucent white"],
)
def test_a_mask_with_the_colours_of_a_photo_is_doubted(tmp_path, pixels: np.ndarray, doubted: bool):
    Image.fromarray(pixels.squeeze()).save(tmp_path / "mask.png")
    doubts: list[str] = []
    load_mask(tmp_path / "mask.png", (30, 20), doubts.append)
    said = "mask.png looks like a photo, because it has colours. In a mask, the bright parts are filled."
    assert doubts == [said] * doubted


def test_a_picture_of_no_pixels_is_refused_as_a_file_and_as_a_mask(tmp_path: Path):
    (tmp_path / "empty.ppm").write_bytes(b"P6 0 0 255\n")
    with pytest.raises(WganPaintError):
        read_mask(tmp_path / "empty.ppm")
    document = Document(photo_from_pixels(np.zeros((4, 5, 3), np.uint8)))
    with pytest.raises(MaskError, match="0 × 0"):
        document.replace_mask("load mask", np.zeros((0, 0), np.uint8))
    assert not document.history.can_undo
