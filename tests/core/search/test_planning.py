"""A mask gets the frames it needs: one a masked face, context elsewhere, and no masked pixel is left out."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.faces.leaning import find_faces
from wganpaint_gui.core.photo.photo import Photo, load_photo, photo_from_pixels
from wganpaint_gui.core.search import planning
from wganpaint_gui.core.search.frame import context_frame, uncovered
from wganpaint_gui.core.search.planning import plan_frames
from wganpaint_gui.core.system.paths import resource

MOUTH = Box(195, 135, 60, 30)  # of the sample portrait
EYE = Box(192, 92, 24, 16)
BADGE = Box(400, 400, 60, 60)


@pytest.fixture(scope="module")
def portrait() -> Photo:
    return load_photo(resource("sample-portrait.png"))


@pytest.fixture(scope="module")
def face(portrait) -> Frame:
    return find_faces(portrait)[0]


def alike(one: Frame, other: Frame) -> bool:
    """Whether two frames show the same: what is masked changes what a face is found by."""
    near = 0.08 * other.size
    return math.dist(one.centre, other.centre) < near and abs(one.size - other.size) < 2 * near


def planned(photo: Photo, mask: np.ndarray) -> list[Frame]:
    return list(plan_frames(photo, mask).frames)


def masked(photo: Photo, *boxes: Box) -> np.ndarray:
    mask = np.zeros((photo.height, photo.width), np.uint8)
    for box in boxes:
        mask[box.slices] = 255
    return mask


def test_an_empty_mask_needs_no_frame(portrait):
    assert planned(portrait, masked(portrait)) == []


def test_parts_of_one_face_share_its_frame(portrait, face):
    (frame,) = planned(portrait, masked(portrait, MOUTH, EYE))
    assert alike(frame, face)


def test_what_is_under_the_mask_does_not_change_the_plan(portrait):
    mask = masked(portrait, MOUTH)
    painted = portrait.replaced(np.where(mask[..., None] > 0, np.uint8(255), portrait.pixels))
    assert plan_frames(painted, mask) == plan_frames(portrait, mask)


@pytest.mark.parametrize("colour", [(20, 16, 14), (240, 240, 250)])
def test_glasses_that_hide_the_face_from_the_detector_get_its_frame(portrait, face, colour):
    import cv2

    pixels, mask = portrait.pixels.copy(), masked(portrait)
    for canvas, value, width in ((pixels, colour, 6), (mask, 255, 10)):
        for eye in ((202, 102), (247, 103)):
            cv2.ellipse(canvas, eye, (19, 15), 0, 0, 360, value, width, cv2.LINE_AA)
        cv2.line(canvas, (219, 99), (230, 99), value, width, cv2.LINE_AA)
    plan = plan_frames(portrait.replaced(pixels), mask)
    assert (len(plan.frames), plan.faces, plan.suits_faces) == (1, 1, True)
    (frame,) = plan.frames
    assert abs(frame.x + frame.size / 2 - face.x - face.size / 2) < 0.1 * face.size
    assert abs(frame.y + frame.size / 2 - face.y - face.size / 2) < 0.1 * face.size
    assert abs(frame.size - face.size) < 0.15 * face.size


def test_a_part_reaching_beyond_the_face_grows_its_frame(portrait, face):
    mask = masked(portrait, Box(195, 135, 60, 80))
    frames = planned(portrait, mask)
    assert len(frames) == 1
    assert frames[0].box.contains(face.box)
    assert frames[0].size < 1.6 * face.size
    assert uncovered(mask, frames) == 0


def test_a_part_on_no_face_gets_context(portrait):
    assert planned(portrait, masked(portrait, BADGE)) == [context_frame(BADGE, portrait.box)]


def test_a_face_and_something_else_get_a_frame_each(portrait, face):
    on_face, beside = planned(portrait, masked(portrait, MOUTH, BADGE))
    assert alike(on_face, face)
    assert beside == context_frame(BADGE, portrait.box)


def test_a_face_that_is_masked_as_a_whole_is_seen_with_its_surroundings(portrait, face):
    mask = masked(portrait, face.box)
    assert planned(portrait, mask) == [context_frame(face.box, portrait.box)]


def test_several_masked_faces_get_a_frame_each_from_left_to_right(portrait, face):
    canvas = np.full((512, 1024, 3), 90, np.uint8)
    canvas[:, :512], canvas[:, 512:] = portrait.pixels, portrait.pixels[:, ::-1]
    photo = photo_from_pixels(canvas)
    mask = masked(photo, MOUTH, Box(1024 - MOUTH.right, MOUTH.y, MOUTH.width, MOUTH.height))
    frames = planned(photo, mask)
    assert len(frames) == 2
    assert frames[0].x < 512 < frames[1].x
    assert uncovered(mask, frames) == 0
    (alone,) = planned(photo, masked(photo, MOUTH))
    assert alike(alone, frames[0])


def test_a_face_too_small_for_the_first_look_is_found_around_the_mask(portrait, face):
    canvas = np.full((2400, 3200, 3), 120, np.uint8)
    canvas[1500:2012, 2500:3012] = portrait.pixels
    photo = photo_from_pixels(canvas)
    frames = planned(photo, masked(photo, MOUTH.moved(2500, 1500)))
    assert len(frames) == 1
    assert abs(frames[0].x - (face.x + 2500)) < 12
    assert abs(frames[0].y - (face.y + 1500)) < 12
    assert abs(frames[0].size - face.size) < 20


def test_near_parts_share_a_frame_and_far_ones_do_not():
    photo = photo_from_pixels(np.zeros((600, 900, 3), np.uint8))
    near = [Box(100, 100, 40, 40), Box(150, 110, 20, 20)]
    assert planned(photo, masked(photo, *near)) == [context_frame(near[0].union(near[1]), photo.box)]
    far = [Box(100, 100, 40, 40), Box(700, 110, 20, 20)]
    assert len(planned(photo, masked(photo, *far))) == 2


@pytest.mark.parametrize("shape", [(60, 60), (100, 37), (700, 1100)])
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 9999), parts=st.integers(1, 30))
def test_every_masked_pixel_lies_in_a_frame(shape, seed, parts):
    rng = np.random.default_rng(seed)
    mask = np.zeros(shape, np.uint8)
    for _ in range(parts):
        y, x = rng.integers(0, shape[0]), rng.integers(0, shape[1])
        mask[y : y + rng.integers(1, 60), x : x + rng.integers(1, 60)] = 255
    photo = photo_from_pixels(np.full((*shape, 1), 50, np.uint8))
    frames = _without_faces(photo, mask)
    assert uncovered(mask, frames) == 0
    assert frames == _without_faces(photo, mask)


def _without_faces(photo: Photo, mask: np.ndarray) -> list[Frame]:
    """The plan when the detector finds nothing, without the time it takes to find nothing."""
    return _with_faces(photo, mask, [])


def _with_faces(photo: Photo, mask: np.ndarray, faces: list[Frame]) -> list[Frame]:
    """The plan when the detector finds these, wherever it looks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "find_faces", lambda *_: faces)
        return planned(photo, mask)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 9999), parts=st.integers(1, 6), faces=st.integers(1, 4))
def test_every_masked_pixel_lies_in_a_frame_wherever_faces_are(seed, parts, faces):
    rng = np.random.default_rng(seed)
    mask = np.zeros((700, 1100), np.uint8)
    for _ in range(parts):
        y, x = rng.integers(0, 700), rng.integers(0, 1100)
        mask[y : y + rng.integers(1, 300), x : x + rng.integers(1, 300)] = 255
    photo = photo_from_pixels(np.zeros((700, 1100, 1), np.uint8))
    found = [Frame(*(int(v) for v in rng.integers((-50, -50, 40), (1090, 690, 300)))) for _ in range(faces)]
    assert uncovered(mask, _with_faces(photo, mask, found)) == 0


def test_a_mask_of_24_megapixels_is_planned_in_half_a_second():
    rng = np.random.default_rng(0)
    photo = photo_from_pixels(np.zeros((4000, 6000, 1), np.uint8))
    for share in (0.8, 0.0001):
        mask = np.where(rng.random((4000, 6000), dtype=np.float32) < share, np.uint8(255), np.uint8(0))
        start = time.thread_time()
        frames = _without_faces(photo, mask)
        assert time.thread_time() - start < 0.5
        assert uncovered(mask, frames) == 0


def test_the_plan_says_which_frames_lie_on_faces(portrait):
    assert plan_frames(portrait, masked(portrait, MOUTH, BADGE)).faces == 1
    assert plan_frames(portrait, masked(portrait, BADGE)).faces == 0


def test_the_plan_says_where_a_part_is_too_large_for_its_face(portrait):
    assert plan_frames(portrait, masked(portrait, Box(205, 130, 30, 320))).beyond_face
    for boxes in ([MOUTH, BADGE], [Box(195, 135, 60, 80)], [BADGE]):
        assert not plan_frames(portrait, masked(portrait, *boxes)).beyond_face
