"""The aligner frames the face near a square, and tells a face from what is none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.faces.aligner import Aligner, moved
from wganpaint_gui.core.photo.photo import load_photo
from wganpaint_gui.core.system.paths import resource

FACE = (224.0, 122.0, math.log(110), 0.0)  # of the sample portrait
EYES = ((203.0, 101.0), (247.0, 102.0))  # read by eye


@pytest.fixture(scope="module")
def portrait() -> NDArray[np.uint8]:
    return load_photo(resource("sample-portrait.png")).rgb8(load_photo(resource("sample-portrait.png")).box)


def aligned(image: NDArray[np.uint8], known: NDArray[np.bool_], *squares: tuple[float, ...]):
    return Aligner(image, known).align(np.array(squares))


@pytest.mark.parametrize("off", [(0.15, 0, 0, 0), (0, -0.15, 0, 0), (0, 0, 0.25, 0), (0, 0, -0.25, 0), (0, 0, 0, 20)])
def test_a_square_that_is_off_comes_to_the_face(portrait, off):
    start = moved(np.array([FACE]), np.array([off]))
    ((x, y, log_side, angle),), (certain,) = aligned(portrait, np.ones((512, 512), bool), tuple(start[0]))
    side = math.exp(log_side)
    turn = math.radians(angle)
    for across, eye in zip((-0.2, 0.2), EYES, strict=True):
        at = (
            x + side * (across * math.cos(turn) + 0.2 * math.sin(turn)),
            y + side * (across * math.sin(turn) - 0.2 * math.cos(turn)),
        )
        assert math.dist(at, eye) < 0.12 * 44  # of the distance between the eyes
    assert certain > 0


def test_hidden_colours_have_no_effect(portrait):
    known = np.ones((512, 512), bool)
    known[126:160, 192:250] = False
    painted = np.where(known[..., None], portrait, np.uint8(255))
    for one, other in zip(aligned(portrait, known, FACE), aligned(painted, known, FACE), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["coffee", "grass", "brick", "rocket"])
def test_what_is_no_face_is_told_from_one(portrait, name):
    picture = getattr(data, name)()
    picture = np.ascontiguousarray(np.repeat(picture[..., None], 3, 2) if picture.ndim == 2 else picture)
    places = [(x, y, math.log(side), 0.0) for x in (150, 250) for y in (150, 250) for side in (60, 120)]
    aligner = Aligner(picture, np.ones(picture.shape[:2], bool))
    patterns = [aligner.settle(square)[1] for square in aligner.align(np.array(places))[0]]
    face = Aligner(portrait, np.ones((512, 512), bool)).settle(np.array(FACE))[1]
    assert max(patterns) < face - 2  # as logarithms of odds


def test_a_square_moves_in_its_own_directions_as_a_frame_does():
    frame = Frame(100, 80, 60, 30)
    ((x, y, log_side, angle),) = moved(np.array([(*frame.centre, math.log(60), 30.0)]), np.array([(0.2, -0.1, 0.3, 5)]))
    assert (x, y) == pytest.approx(frame.to_photo(0.7, 0.4))
    assert (math.exp(log_side), angle) == pytest.approx((60 * math.exp(0.3), 35))


def test_no_square_is_no_face(portrait):
    squares, certain = Aligner(portrait, np.ones((512, 512), bool)).align(np.zeros((0, 4)))
    assert squares.shape == (0, 4)
    assert certain.shape == (0,)
