"""Faces that lean are found, and framed as they lean."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.faces.leaning import find_faces, settled_frame
from wganpaint_gui.core.photo.photo import Photo, load_photo, photo_from_pixels
from wganpaint_gui.core.system.paths import resource

POINTS = ((0.3, 0.3), (0.7, 0.3), (0.5, 0.7))
SAMPLE = ((203.0, 101.0), (247.0, 102.0), (224.0, 145.0))  # both eyes and the mouth of the portrait, read by eye


@pytest.fixture(scope="module")
def portrait() -> Photo:
    return load_photo(resource("sample-portrait.png"))


@pytest.mark.parametrize("angle", [0, 20, -35])
def test_a_leaning_face_is_framed_as_it_leans(portrait: Photo, angle: float):
    import cv2

    matrix = cv2.getRotationMatrix2D((256, 256), -angle, 1)  # OpenCV counts the other way round
    pixels = cv2.warpAffine(portrait.pixels, matrix, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    middle = matrix @ (224, 122, 1)
    found = find_faces(photo_from_pixels(np.ascontiguousarray(pixels)))
    frame = min(found, key=lambda frame: math.dist(frame.centre, middle))
    assert abs(frame.angle - angle) <= 6
    for share, point in zip(POINTS, SAMPLE, strict=True):
        assert math.dist(frame.to_photo(*share), matrix @ (*point, 1)) < 0.1 * frame.size


def test_a_face_that_hardly_leans_is_framed_upright():
    assert settled_frame(50, 50, 20, 2.6) == Frame(40, 40, 20)
    assert settled_frame(50, 50, 20, -3.4) == Frame(40, 40, 20, -3)


def test_a_region_of_a_large_photo_is_searched_at_its_own_scale(portrait: Photo):
    canvas = np.full((2400, 3200, 3), 120, np.uint8)
    canvas[1500:2012, 2500:3012] = portrait.pixels
    (frame,) = find_faces(photo_from_pixels(canvas), region=Box(2450, 1450, 700, 700))
    assert math.dist(frame.centre, (2500 + 224, 1500 + 122)) < 15


@pytest.mark.parametrize("box", [Box(192, 126, 58, 34), Box(180, 88, 90, 26), Box(205, 95, 40, 40)])
def test_a_face_of_which_a_part_is_masked_is_found_by_the_rest(portrait: Photo, box: Box):
    mask = np.zeros((512, 512), np.uint8)
    mask[box.slices] = 255
    found = find_faces(portrait, mask)
    assert any(math.dist(frame.centre, (224, 122)) < 12 and abs(frame.size - 110) < 20 for frame in found)


def test_a_face_of_which_pixels_are_known_at_random_is_found(portrait: Photo):
    mask = np.where(np.random.default_rng(0).random((512, 512)) < 0.5, np.uint8(255), np.uint8(0))
    assert any(math.dist(frame.centre, (224, 122)) < 12 for frame in find_faces(portrait, mask))


def test_no_face_is_found_in_noise_in_nothing_and_in_one_pixel():
    rng = np.random.default_rng(0)
    for shape in ((300, 300, 3), (1, 1, 3), (50, 900, 3)):
        assert find_faces(photo_from_pixels(rng.integers(0, 256, shape, dtype=np.uint8))) == []
        assert find_faces(photo_from_pixels(np.full(shape, 128, np.uint8))) == []
    assert find_faces(photo_from_pixels(np.zeros((9, 9, 3), np.uint8)), region=Box(20, 20, 5, 5)) == []


@pytest.mark.slow
def test_a_photo_is_searched_in_a_second(portrait: Photo):
    seconds = []
    for _ in range(2):
        start = time.process_time()
        find_faces(portrait)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 1.0
