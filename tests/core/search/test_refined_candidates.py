"""The images of a refinement: all of a short one, some of a long one, never more than fit."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from wganpaint_gui.core.search.refined_candidates import RefinedCandidate, RefinedSteps, ThinnedImages

SIDE = 4
BYTES = SIDE * SIDE * 3


def image(step: int) -> NDArray[np.uint8]:
    """An image that tells of which step it is."""
    return np.full((SIDE, SIDE, 3), step % 256, np.uint8)


def filled(steps: int, room: int) -> ThinnedImages:
    """The images of so many steps, with room for so many."""
    images = ThinnedImages(room * BYTES)
    for step in range(steps):
        images.append(step, image(step))
    return images


def steps_shown(steps: int, room: int) -> list[int]:
    """Which step's image is shown for each step, where there is room for so many."""
    images = filled(steps, room)
    return [int(images.at(step)[0, 0, 0]) for step in range(steps)]


def test_a_short_refinement_keeps_every_image() -> None:
    assert steps_shown(50, room=50) == list(range(50))


def test_a_long_one_keeps_every_second_then_every_fourth() -> None:
    assert steps_shown(6, room=5) == [0, 0, 2, 2, 4, 5]
    assert steps_shown(12, room=5) == [0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 11]


@given(steps=st.integers(1, 200), room=st.integers(1, 40))
def test_what_is_shown_is_of_no_later_step_and_fits(steps: int, room: int) -> None:
    *shown, newest = steps_shown(steps + 1, room)
    assert newest == steps, "what a paused refinement shows"
    assert shown[0] == 0
    assert all(kept <= step for step, kept in enumerate(shown))
    assert len(set(shown)) <= room
    gaps = np.diff(sorted(set(shown)))
    assert len(set(gaps.tolist())) <= 1, "evenly spaced"
    assert steps - 1 - shown[-1] < (gaps[0] if len(gaps) else steps)


@given(steps=st.integers(1, 100), room=st.integers(1, 40), less=st.integers(0, 40))
def test_earlier_refinements_make_do_with_less_room(steps: int, room: int, less: int) -> None:
    images = filled(steps, room)
    before = [int(images.at(step)[0, 0, 0]) for step in range(steps)]
    images.shrink(less * BYTES)
    after = [int(images.at(step)[0, 0, 0]) for step in range(steps)]
    assert after[0] == 0
    assert after[-1] == before[-1] == steps - 1, "the newest"
    assert len(set(after[:-1])) <= max(1, less)
    assert set(after) <= set(before)


def test_a_thousand_steps_of_the_default_model_fit() -> None:
    images = ThinnedImages(4_000_000)
    for step in range(1000):
        images.append(step, np.zeros((64, 64, 3), np.uint8))
    shown = {id(images.at(step)): images.at(step).nbytes for step in range(1000)}
    assert len(shown) == 251, "every fourth, and the newest"
    assert sum(shown.values()) <= 4_012_288


def test_those_refined_before_stand_still_while_another_is_refined() -> None:
    before = RefinedCandidate(image(77), 1.5, 20)
    steps = RefinedSteps(30, 2, {0: before}, ThinnedImages(10 * BYTES))
    for number in range(3):
        steps.images.append(number, image(number))
    for number in range(3):
        shown = steps.images_at(30 + number)
        assert set(shown) == {0, 2}
        assert shown[0] is before.image
        assert shown[2][0, 0, 0] == number
