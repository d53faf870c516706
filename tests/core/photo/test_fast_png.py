"""Fast PNG gives back every value, in every depth and with every number of channels."""

from __future__ import annotations

import numpy as np
import pytest

from wganpaint_gui.core.photo.fast_png import encode_fast
from wganpaint_gui.core.photo.photo import load_photo


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_what_is_written_fast_is_read_the_same(tmp_path, channels, dtype):
    pixels = np.random.default_rng(channels).integers(0, np.iinfo(dtype).max, (9, 14, channels), dtype, endpoint=True)
    view = np.repeat(pixels, 2, axis=1)[:, ::2]  # not contiguous, as parts of a photo
    path = tmp_path / "a.png"
    path.write_bytes(encode_fast(view))
    assert np.array_equal(load_photo(path).pixels, pixels)


def test_a_mask_is_written_without_an_axis_of_channels(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(encode_fast(np.eye(7, dtype=np.uint8) * 255))
    assert np.array_equal(load_photo(path).pixels[..., 0], np.eye(7) * 255)
