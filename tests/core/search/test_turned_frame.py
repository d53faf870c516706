"""A turned frame: exact averages of known pixels, nothing of what is hidden, and its fill nowhere else."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from wganpaint_gui.core.errors import FrameError
from wganpaint_gui.core.geometry import Box, Frame, normal_angle
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels
from wganpaint_gui.core.search.compose import Composer
from wganpaint_gui.core.search.frame import check_frame, frame_hole, grow_frame, model_view, uncovered

sides = st.integers(1, 12)
angles = st.floats(-180, 180) | st.sampled_from([0.0, 15.0, 45.0, 90.0, -90.0, 180.0])
frames = st.builds(Frame, st.integers(-8, 11), st.integers(-8, 11), st.integers(1, 16), angles)


def some_photo(seed: int, height: int, width: int, channels: int = 3) -> Photo:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)
    return photo_from_pixels(pixels)


def some_mask(seed: int, height: int, width: int) -> NDArray[np.uint8]:
    """About a tenth of the pixels, of any grey value."""
    rng = np.random.default_rng(seed)
    return (rng.integers(0, 256, (height, width)) * (rng.random((height, width)) < 0.2)).astype(np.uint8)


def common_area(polygon: list[tuple[float, float]], x: int, y: int) -> float:
    """The area of a polygon inside photo pixel (x, y): Sutherland and Hodgman 1974, then the shoelace formula."""
    for axis, bound, sign in ((0, x, 1), (0, x + 1, -1), (1, y, 1), (1, y + 1, -1)):
        kept = []
        for here, there in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
            a, b = sign * (here[axis] - bound), sign * (there[axis] - bound)
            if a >= 0:
                kept.append(here)
            if (a < 0) != (b < 0):
                share = a / (a - b)
                kept.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
        polygon = kept
        if not polygon:
            return 0.0
    pairs = zip(polygon, [*polygon[1:], *polygon[:1]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def cell_by_cell(photo: Photo, mask: NDArray[np.uint8], frame: Frame, cells: int):
    """The definition: what each model pixel has in common with each photo pixel."""
    turn, middle = math.radians(frame.angle), (frame.x + frame.size / 2, frame.y + frame.size / 2)
    image, hidden = np.zeros((3, cells, cells)), np.zeros((cells, cells))

    def corner(column: int, row: int) -> tuple[float, float]:
        u, v = frame.size * (column / cells - 0.5), frame.size * (row / cells - 0.5)
        return (
            middle[0] + u * math.cos(turn) - v * math.sin(turn),
            middle[1] + u * math.sin(turn) + v * math.cos(turn),
        )

    for row in range(cells):
        for column in range(cells):
            polygon = [corner(column + i, row + j) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
            left, top = (math.floor(min(point[axis] for point in polygon)) for axis in (0, 1))
            right, bottom = (math.ceil(max(point[axis] for point in polygon)) for axis in (0, 1))
            for y in range(top, bottom):
                for x in range(left, right):
                    area = common_area(polygon, x, y) * (cells / frame.size) ** 2
                    inside = 0 <= y < photo.height and 0 <= x < photo.width
                    if not inside or mask[y, x] > 127:
                        hidden[row, column] += area
                    else:
                        image[:, row, column] += area * photo.pixels[y, x] / 255
    return 2 * image - 1, hidden


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9999), sides, sides, frames)
def test_a_view_is_the_exact_average_of_the_known_pixels(seed, height, width, frame):
    photo, mask = some_photo(seed, height, width), some_mask(seed, height, width)
    view = model_view(photo, mask, frame, 4)
    image, hidden = cell_by_cell(photo, mask, frame, 4)
    clear = (hidden < 1e-12) | (hidden > 1e-6)  # in between, rounding may decide
    known = hidden < 1e-9
    assert np.array_equal(view.known[0][clear], known[clear])
    both = known & view.known[0]
    assert np.abs(view.image - image)[:, both].max(initial=0) < 1e-5
    assert (view.image[:, ~view.known[0]] == 0).all()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 9999), st.integers(1, 40), st.integers(1, 40), frames, st.sampled_from([3, 4]))
def test_no_hidden_value_and_nothing_outside_the_frame_reaches_the_view(seed, height, width, frame, channels):
    photo, mask = some_photo(seed, height, width, channels), some_mask(seed, height, width)
    before = model_view(photo, mask, frame, 8)
    near = Frame(frame.x - 1, frame.y - 1, frame.size + 2, frame.angle)  # pixels may touch it from outside
    hidden = (mask > 127) | ~near.holds(photo.box)
    if channels == 4:
        hidden |= photo.pixels[..., 3] == 0
    other = np.random.default_rng(seed + 1).integers(0, 256, photo.pixels.shape, np.uint8)
    photo.pixels[..., :3][hidden] = other[..., :3][hidden]
    after = model_view(photo, mask, frame, 8)
    assert before.image.tobytes() == after.image.tobytes()
    assert np.array_equal(before.known, after.known)


@pytest.mark.parametrize(("angle", "turns"), [(90, 1), (180, 2), (-90, -1)])
def test_a_frame_turned_clockwise_shows_the_photo_turned_back(angle, turns):
    photo, mask = some_photo(1, 60, 70), np.zeros((60, 70), np.uint8)
    mask[20:30, 30:33] = 255
    upright, turned = (model_view(photo, mask, Frame(5, 7, 40, a), 8) for a in (0, angle))
    assert np.abs(turned.image - np.rot90(upright.image, turns, axes=(1, 2))).max() < 1e-6
    assert np.array_equal(turned.known, np.rot90(upright.known, turns, axes=(1, 2)))


@pytest.mark.parametrize("size", [20, 64, 300])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_fill_seen_through_its_frame_is_the_image_it_came_from(size, dtype):
    import cv2

    frame, most = Frame(200, 200, size, 27.5), np.iinfo(dtype).max
    photo = photo_from_pixels(np.full((700, 700, 3), most // 2, dtype))
    mask = np.full((700, 700), 255, np.uint8)
    noise = np.random.default_rng(0).integers(0, 256, (6, 6, 3), np.uint8)
    image = cv2.resize(noise, (16, 16), interpolation=cv2.INTER_CUBIC)
    box, patch = Composer(photo, mask, frame, 16, "none").patch(image)
    photo.pixels[box.slices] = patch
    seen = model_view(photo, np.zeros_like(mask), frame, 16)
    inner = np.s_[:, 2:-2, 2:-2]
    difference = np.abs((seen.image + 1) * 127.5 - image.transpose(2, 0, 1))[inner]
    assert difference.mean() < (5 if size < 64 else 2)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9999), st.integers(1, 40), st.integers(1, 40), frames, st.sampled_from(["poisson", "feather"]))
def test_only_masked_pixels_in_the_frame_are_filled(seed, height, width, frame, blend):
    photo, mask = some_photo(seed, height, width), some_mask(seed, height, width)
    if frame.box.intersect(photo.box).empty:
        return
    composer = Composer(photo, mask, frame, 8, blend)
    image = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), np.uint8)
    box, patch = composer.patch(image)
    inside = frame_hole(mask, frame)
    assert np.array_equal(patch[~inside], photo.pixels[box.slices][~inside])
    overlay = composer.overlay(image)
    assert overlay.shape == (frame.box.width, frame.box.height, 4)
    assert not overlay[box.moved(-frame.box.x, -frame.box.y).slices][~inside].any()


def test_a_preview_shows_what_the_patch_will_be():
    photo, mask = some_photo(3, 90, 90), np.zeros((90, 90), np.uint8)
    mask[30:60, 20:70] = 255
    frame = Frame(20, 20, 50, -33)
    composer, image = Composer(photo, mask, frame, 8, "none"), some_photo(4, 8, 8).pixels
    box, patch = composer.patch(image)
    overlay = composer.overlay(image)[box.moved(-frame.box.x, -frame.box.y).slices]
    inside = frame_hole(mask, frame)
    assert np.abs(overlay[inside][:, :3].astype(float) - patch[inside]).max() <= 1
    assert (overlay[inside][:, 3] == 255).all()


@given(frames, st.floats(-2, 2), st.floats(-2, 2))
def test_points_go_to_the_photo_and_back(frame, across, down):
    assert frame.from_photo(*frame.to_photo(across, down)) == pytest.approx((across, down), abs=1e-9)


@given(frames)
def test_the_box_holds_the_corners_and_is_square(frame):
    box = frame.box
    assert box.width == box.height
    for x, y in frame.corners:
        assert box.x - 1e-6 <= x <= box.right + 1e-6
        assert box.y - 1e-6 <= y <= box.bottom + 1e-6
    assert not frame.holds(box.grown(3))[:2].any()


boxes = st.builds(Box, st.integers(-20, 20), st.integers(-20, 20), st.integers(1, 30), st.integers(1, 30))


@given(frames, boxes)
def test_a_grown_frame_keeps_its_angle_and_holds_both(frame, box):
    grown = grow_frame(frame, box, Box(0, 0, 12, 12))
    assert grown.angle == frame.angle
    assert grown.holds(box).all()
    assert all(-1e-6 <= share <= 1 + 1e-6 for corner in frame.corners for share in grown.from_photo(*corner))


def test_masked_pixels_beside_a_turned_frame_are_counted_and_refused():
    photo, mask = some_photo(0, 100, 100), np.zeros((100, 100), np.uint8)
    frame = Frame(30, 30, 40, 45)
    mask[frame.box.y + 4, frame.box.x + 4] = 255  # in its box, and not in the frame
    assert uncovered(mask, [frame]) == 1
    with pytest.raises(FrameError, match=r"\(30, 30\) of 40 pixels at 45° holds no masked pixel"):
        check_frame(photo, mask, frame, 8)
    with pytest.raises(FrameError, match="lies outside the photo"):
        check_frame(photo, mask, Frame(-38, -38, 40, 45), 8)


@pytest.mark.parametrize(("angle", "normal"), [(0, 0), (360, 0), (-180, 180), (540, 180), (270, -90), (-15.5, -15.5)])
def test_angles_are_normal_above_minus_180_and_up_to_180(angle, normal):
    assert normal_angle(angle) == normal
