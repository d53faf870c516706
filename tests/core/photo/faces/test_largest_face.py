"""The frame that is taken where none is given: around the largest face."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.faces.leaning import largest_face
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels


def test_without_a_face_the_largest_centred_square_is_taken():
    assert largest_face(photo_from_pixels(np.full((100, 300, 3), 128, np.uint8))) == Frame(100, 0, 100)


def test_the_face_of_the_sample_portrait_is_found(sample_photo_path: Path):
    frame = largest_face(load_photo(sample_photo_path))
    assert abs(frame.x + frame.size / 2 - 222) < 15
    assert abs(frame.y + frame.size / 2 - 122) < 15
    assert 75 < frame.size < 120
