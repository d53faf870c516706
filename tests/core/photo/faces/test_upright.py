"""Faces are found where they are, and framed as the model knows them."""

from __future__ import annotations

import time

import numpy as np
import pytest

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.faces.upright import detect_faces
from wganpaint_gui.core.photo.photo import Photo, load_photo, photo_from_pixels
from wganpaint_gui.core.system.paths import resource

EYES_AND_MOUTH = ((0.3, 0.3), (0.7, 0.3), (0.5, 0.7))
SAMPLE = ((203.0, 101.0), (247.0, 102.0), (224.0, 145.0))  # both eyes and the mouth of the portrait, read by eye


@pytest.fixture(scope="module")
def portrait() -> Photo:
    return load_photo(resource("sample-portrait.png"))


def enlarged(photo: Photo, factor: float) -> np.ndarray:
    import cv2

    return np.asarray(cv2.resize(photo.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))


def assert_framed(frame: Frame, factor: float, x: float, y: float) -> None:
    for (across, down), (wanted_x, wanted_y) in zip(EYES_AND_MOUTH, SAMPLE, strict=True):
        assert abs(frame.x + across * frame.size - (x + factor * wanted_x)) < 0.12 * frame.size
        assert abs(frame.y + down * frame.size - (y + factor * wanted_y)) < 0.12 * frame.size


def test_the_portrait_has_one_face_framed_as_the_model_knows_faces(portrait):
    frames = detect_faces(portrait)
    assert len(frames) == 1
    assert_framed(frames[0], 1, 0, 0)


def test_the_portrait_is_searched_in_under_a_second(portrait):
    detect_faces(portrait)  # loads the cascade
    seconds = []
    for _ in range(2):
        start = time.thread_time()  # what the work costs, however busy the machine is
        detect_faces(portrait)
        seconds.append(time.thread_time() - start)
    assert min(seconds) < 1


def test_two_faces_come_from_left_to_right(portrait):
    canvas = np.full((700, 1300, 3), 90, np.uint8)
    large = enlarged(portrait, 1.25)
    canvas[50:690, 640:1280] = large
    canvas[100:612, 60:572] = portrait.pixels
    frames = detect_faces(photo_from_pixels(canvas))
    assert len(frames) == 2
    assert_framed(frames[0], 1, 60, 100)
    assert_framed(frames[1], 1.25, 640, 50)


def test_grey_and_16_bit_photos_are_searched_too(portrait):
    grey = portrait.pixels.mean(axis=2, keepdims=True).astype(np.uint16) * 257
    frames = detect_faces(photo_from_pixels(grey))
    assert len(frames) == 1
    assert_framed(frames[0], 1, 0, 0)


def test_a_region_of_a_large_photo_is_searched_at_its_own_scale(portrait):
    canvas = np.full((2400, 3200, 3), 120, np.uint8)
    canvas[1500:2012, 2500:3012] = portrait.pixels
    photo = photo_from_pixels(canvas)
    assert detect_faces(photo) == []
    frames = detect_faces(photo, Box(2450, 1450, 700, 700))
    assert len(frames) == 1
    assert_framed(frames[0], 1, 2500, 1500)


def test_no_face_is_found_in_noise_in_nothing_and_in_one_pixel():
    rng = np.random.default_rng(0)
    assert detect_faces(photo_from_pixels(rng.integers(0, 256, (200, 200, 3), dtype=np.uint8))) == []
    assert detect_faces(photo_from_pixels(np.full((300, 300, 3), 128, np.uint8))) == []
    assert detect_faces(photo_from_pixels(np.zeros((1, 1, 3), np.uint8))) == []
    assert detect_faces(photo_from_pixels(np.zeros((50, 3000, 3), np.uint8))) == []
