"""A fill goes back under the mask at the photo's own depth, and nowhere else."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import load_photo, photo_from_pixels
from wganpaint_gui.core.search.compose import Composer, changed_outside
from wganpaint_gui.core.search.frame import model_view
from wganpaint_gui.core.search.settings import Blend
from wganpaint_gui.core.system.paths import resource

BLENDS: tuple[Blend, ...] = ("none", "feather", "poisson")


def random_pixels(seed: int, height: int, width: int, channels: int, dtype: type) -> NDArray:
    return np.random.default_rng(seed).integers(0, np.iinfo(dtype).max + 1, (height, width, channels), dtype=dtype)


def even(value: int, resolution: int = 8) -> NDArray[np.uint8]:
    return np.full((resolution, resolution, 3), value, np.uint8)


@settings(max_examples=120, deadline=None)
@given(
    seed=st.integers(0, 2**31),
    dtype=st.sampled_from([np.uint8, np.uint16]),
    channels=st.integers(1, 4),
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    x=st.integers(-20, 39),
    y=st.integers(-20, 39),
    size=st.integers(1, 60),
    blend=st.sampled_from(BLENDS),
)
def test_nothing_changes_outside_the_hole(seed, dtype, channels, height, width, x, y, size, blend):
    frame = Frame(x, y, size)
    if frame.box.intersect(Box(0, 0, width, height)).empty:
        return
    rng = np.random.default_rng(seed)
    photo = photo_from_pixels(random_pixels(seed, height, width, channels, dtype))
    mask = rng.integers(0, 256, (height, width), dtype=np.uint8) * rng.integers(0, 2, (height, width), dtype=np.uint8)
    image = rng.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    composer = Composer(photo, mask, frame, 8, blend)
    box, patch = composer.patch(image)
    assert box == frame.box.intersect(photo.box)
    assert patch.dtype == photo.pixels.dtype
    after = photo.pixels.copy()
    after[box.slices] = patch
    assert changed_outside(photo.pixels, after, mask) == 0
    if photo.has_alpha:  # what was transparent is opaque once it is filled
        alpha, within = photo.pixels[..., -1], np.zeros((height, width), bool)
        within[box.slices] = mask[box.slices] > 127
        assert np.array_equal(after[..., -1], np.where(within & (alpha == 0), photo.max_value, alpha))
    overlay = composer.overlay(image)
    assert overlay.shape == (size, size, 4)
    hole = np.zeros((size, size), bool)
    hole[box.moved(-x, -y).slices] = mask[box.slices] > 127
    assert not overlay[~hole].any()
    if blend != "feather":
        assert (overlay[hole][:, 3] == 255).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("blend", ["none", "poisson"])
def test_the_preview_shows_what_the_patch_will_be(dtype, blend):
    photo = photo_from_pixels(random_pixels(1, 50, 60, 3, dtype) // 4 + np.iinfo(dtype).max // 3)
    mask = np.zeros((50, 60), np.uint8)
    mask[10:30, 20:45] = 255
    composer = Composer(photo, mask, Frame(10, 5, 40), 8, blend)
    image = random_pixels(2, 8, 8, 3, np.uint8)
    box, patch = composer.patch(image)
    overlay = composer.overlay(image)
    hole = mask[box.slices] > 127
    difference = overlay[hole][:, :3].astype(float) - patch[hole] * (255 / photo.max_value)
    assert np.abs(difference).max() <= 1


def test_a_fill_equal_to_the_photo_comes_back_to_the_last_bit_of_16():
    photo = photo_from_pixels(np.full((40, 40, 3), 40000, np.uint16))
    mask = np.zeros((40, 40), np.uint8)
    mask[10:30, 10:30] = 255
    box, patch = Composer(photo, mask, Frame(0, 0, 40), 8, "poisson").patch(even(77))
    assert np.array_equal(patch, photo.pixels[box.slices])


@pytest.mark.parametrize(("dtype", "expected"), [(np.uint8, 200), (np.uint16, 200 * 257)])
def test_an_even_fill_gets_its_exact_value(dtype, expected):
    photo = photo_from_pixels(np.zeros((30, 30, 3), dtype))
    mask = np.zeros((30, 30), np.uint8)
    mask[5:20, 5:20] = 255
    _, patch = Composer(photo, mask, Frame(0, 0, 30), 8, "none").patch(even(200))
    assert (patch[5:20, 5:20] == expected).all()


@pytest.mark.parametrize("channels", [1, 2])
def test_a_grey_photo_gets_the_luminance(channels):
    photo = photo_from_pixels(np.full((20, 20, channels), 9, np.uint8))
    mask = np.full((20, 20), 255, np.uint8)
    mask[:, 0] = 0
    image = np.broadcast_to(np.array([10, 200, 90], np.uint8), (8, 8, 3)).copy()
    _, patch = Composer(photo, mask, Frame(0, 0, 20), 8, "none").patch(image)
    assert (patch[:, 1:, 0] == round(0.299 * 10 + 0.587 * 200 + 0.114 * 90)).all()
    assert (patch[:, :, 1:] == 9).all()


def test_enlarging_agrees_with_cubic_resampling_of_the_whole_frame():
    import cv2

    photo = photo_from_pixels(np.zeros((100, 100, 3), np.uint8))
    image = random_pixels(3, 16, 16, 3, np.uint8)
    mask = np.full((100, 100), 255, np.uint8)
    mask[0, 0] = 0
    _, patch = Composer(photo, mask, Frame(0, 0, 100), 16, "none").patch(image)
    whole = cv2.resize(image.astype(np.float32), (100, 100), interpolation=cv2.INTER_CUBIC)
    expected = np.rint(np.clip(whole, 0, 255))
    expected[0, 0] = 0
    assert np.abs(patch - expected).max() <= 1


def test_a_frame_smaller_than_the_model_gets_the_average_of_its_pixels():
    photo = photo_from_pixels(np.zeros((4, 4, 3), np.uint8))
    image = random_pixels(4, 16, 16, 3, np.uint8)
    mask = np.full((4, 4), 255, np.uint8)
    mask[3, 3] = 0
    _, patch = Composer(photo, mask, Frame(0, 0, 4), 16, "none").patch(image)
    expected = image.reshape(4, 4, 4, 4, 3).mean(axis=(1, 3))
    assert np.abs(patch - expected)[mask > 0].max() <= 0.51


def test_the_composite_at_the_models_resolution_keeps_the_known_pixels():
    photo = load_photo(resource("sample-portrait.png"))
    mask = np.zeros((photo.height, photo.width), np.uint8)
    mask[120:160, 190:260] = 255
    frame = Frame(176, 76, 92)
    view = model_view(photo, mask, frame, 64)
    fill = Composer(photo, mask, frame, 64, "poisson").fill(even(33, 64))
    known = view.known[0]
    assert (fill[~known] == 33).all()
    assert np.abs(fill[known] - (view.image.transpose(1, 2, 0)[known] + 1) * 127.5).max() <= 0.5001


def test_the_live_preview_of_a_large_frame_is_at_most_512_pixels():
    photo = photo_from_pixels(np.full((1500, 1400, 3), 80, np.uint8))
    mask = np.zeros((1500, 1400), np.uint8)
    mask[300:900, 200:800] = 255
    for blend in BLENDS:
        overlay = Composer(photo, mask, Frame(-100, 50, 1450), 64, blend).overlay(even(180, 64))
        assert overlay.shape == (512, 512, 4)
        scale = 512 / 1450
        covered = (overlay[..., 3] / 255).sum()
        if blend == "none":
            assert covered == pytest.approx(600 * 600 * scale**2, rel=0.001)
        if blend == "poisson":
            assert np.abs(overlay[overlay[..., 3] > 0][:, :3].astype(int) - 80).max() <= 1


def test_where_the_mask_runs_out_of_the_frame_poisson_joins_what_is_known_beyond():
    # The hole reaches the frame's right edge and ends there: the photo's next column is known.
    photo = photo_from_pixels(np.full((40, 60, 3), 120, np.uint8))
    mask = np.zeros((40, 60), np.uint8)
    mask[10:30, 20:40] = 255
    photo.pixels[mask > 0] = 255
    box, patch = Composer(photo, mask, Frame(0, 0, 40), 8, "poisson").patch(even(50))
    assert (patch == 120).all()
    assert box == Box(0, 0, 40, 40)


def test_masked_pixels_beyond_the_frame_do_not_colour_the_fill():
    photo = photo_from_pixels(np.full((40, 60, 3), 120, np.uint8))
    mask = np.zeros((40, 60), np.uint8)
    mask[10:30, 20:55] = 255
    results = []
    for painted in (0, 255):
        photo.pixels[mask > 0] = painted
        composer = Composer(photo, mask, Frame(0, 0, 40), 8, "poisson")
        results.append((composer.patch(even(50))[1], composer.overlay(even(50))))
    assert np.array_equal(results[0][0], results[1][0])
    assert np.array_equal(results[0][1], results[1][1])


def test_a_hole_in_a_known_ramp_is_closed_without_an_edge():
    ramp = np.linspace(40, 200, 128)[None, :, None] + np.zeros((128, 1, 3))
    photo = photo_from_pixels(np.rint(ramp).astype(np.uint8))
    mask = np.zeros((128, 128), np.uint8)
    mask[40:90, 30:100] = 255
    _, patch = Composer(photo, mask, Frame(0, 0, 128), 64, "poisson").patch(even(90, 64))
    assert np.abs(patch.astype(int) - photo.pixels).max() <= 1


def test_soft_brush_edges_fade_a_feathered_fill_only():
    photo = photo_from_pixels(np.zeros((64, 64, 3), np.uint8))
    mask = np.zeros((64, 64), np.uint8)
    mask[16:48, 16:48] = 255
    mask[28:36, 28:36] = 153  # 0.6
    patches = {blend: Composer(photo, mask, Frame(0, 0, 64), 8, blend).patch(even(200))[1] for blend in BLENDS}
    assert patches["feather"][32, 32, 0] == 120
    assert patches["none"][32, 32, 0] == 200
    assert patches["feather"][16, 16, 0] < patches["feather"][20, 20, 0] < patches["none"][16, 16, 0]


@pytest.mark.parametrize("size", [90, 700])  # the preview has as many pixels as the frame, or fewer
def test_another_blend_is_what_a_new_composer_makes(size: int):
    photo = photo_from_pixels(random_pixels(1, 800, 900, 4, np.uint8))
    mask = np.zeros((800, 900), np.uint8)
    mask[20:60, 30:70], mask[30:50, 40:60] = 255, 160
    frame, image = Frame(10, -5, size), random_pixels(2, 16, 16, 3, np.uint8)
    fresh = {blend: Composer(photo, mask, frame, 16, blend) for blend in BLENDS}
    first = composer = Composer(photo, mask, frame, 16, "feather")
    before = first.patch(image)[1], first.overlay(image)
    for blend in ("poisson", "none", "feather"):
        composer = composer.blended_by(blend)
        assert composer.blend == blend
        assert np.array_equal(composer.patch(image)[1], fresh[blend].patch(image)[1])
        assert np.array_equal(composer.overlay(image), fresh[blend].overlay(image))
    assert first.blend == "feather"
    assert np.array_equal(first.patch(image)[1], before[0])
    assert np.array_equal(first.overlay(image), before[1])


def test_later_changes_of_photo_and_mask_do_not_reach_the_composer():
    photo = photo_from_pixels(np.full((30, 30, 3), 90, np.uint8))
    mask = np.zeros((30, 30), np.uint8)
    mask[5:20, 5:20] = 255
    composer = Composer(photo, mask, Frame(0, 0, 30), 8, "feather")
    first = Composer(photo, mask, Frame(0, 0, 30), 8, "feather").patch(even(10))[1]
    photo.pixels[:] = 0
    mask[:] = 0
    assert np.array_equal(composer.patch(even(10))[1], first)


def test_many_threads_get_the_same_pictures():
    photo = load_photo(resource("sample-portrait.png"))
    mask = np.zeros((photo.height, photo.width), np.uint8)
    mask[100:180, 180:270] = 255
    composer = Composer(photo, mask, Frame(150, 60, 150), 64, "poisson")
    images = [random_pixels(seed, 64, 64, 3, np.uint8) for seed in range(8)]
    alone = [(composer.patch(image)[1], composer.overlay(image)) for image in images]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda image: (composer.patch(image)[1], composer.overlay(image)), images * 3))
    for index, (patch, overlay) in enumerate(together):
        assert np.array_equal(patch, alone[index % 8][0])
        assert np.array_equal(overlay, alone[index % 8][1])


def test_changes_outside_the_mask_are_counted():
    before = np.zeros((4, 5, 3), np.uint16)
    after = before.copy()
    after[0, 0, 2] = 1
    after[3, 4] = 7
    mask = np.zeros((4, 5), np.uint8)
    mask[0, 0] = 128
    assert changed_outside(before, after, mask) == 1
    mask[0, 0] = 127
    assert changed_outside(before, after, mask) == 2
    with pytest.raises(ValueError, match="compare"):
        changed_outside(before, after.astype(np.uint8), mask)


def test_comparing_a_large_photo_is_quicker_than_numpys_own_way():
    before = np.zeros((2000, 3000, 3), np.uint8)
    after, mask = before.copy(), np.zeros((2000, 3000), np.uint8)

    def quickest(count) -> float:
        times = []
        for _ in range(3):
            started = time.thread_time()
            assert count() == 0
            times.append(time.thread_time() - started)
        return min(times)

    own_way = quickest(lambda: np.count_nonzero((before != after).any(axis=2) & (mask <= 127)))
    assert quickest(lambda: changed_outside(before, after, mask)) < own_way / 2
