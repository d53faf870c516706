"""A small photo of noise and its mask."""

from __future__ import annotations

import numpy as np
import pytest

from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels


@pytest.fixture
def photo() -> Photo:
    return photo_from_pixels(np.random.default_rng(0).integers(0, 256, (100, 120, 3), np.uint8))


@pytest.fixture
def mask() -> np.ndarray:
    mask = np.zeros((100, 120), np.uint8)
    mask[30:60, 40:70] = 255
    return mask
