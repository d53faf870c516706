"""What the user decides about single candidates: locked, discarded, promoted, and how they are called."""

from __future__ import annotations

import numpy as np
import pytest

from tests.gui.synthetic_search import make_frame, make_losses
from wganpaint_gui.core.search.candidate_marks import LONGEST_NAME, UNMARKED
from wganpaint_gui.core.search.composed_fill import Selection, resolved, rival_of
from wganpaint_gui.core.search.settings import InpaintConfig

METHODS = InpaintConfig().methods
LOSSES = np.array([[3, 1, 2], [5, 6, 4]], np.float32)


def test_a_mark_set_twice_is_taken_away() -> None:
    for mark in ("locked", "discarded", "promoted"):
        once = UNMARKED.toggled(mark, (0, 1))
        assert once.has(mark, (0, 1))
        assert once.toggled(mark, (0, 1)) == UNMARKED


def test_of_a_method_one_candidate_is_promoted_and_it_is_not_discarded() -> None:
    marks = UNMARKED.toggled("promoted", (0, 1)).toggled("promoted", (1, 0)).toggled("promoted", (0, 2))
    assert marks.promoted == {(0, 2), (1, 0)}
    assert marks.toggled("discarded", (0, 2)).promoted == {(1, 0)}
    assert not UNMARKED.toggled("discarded", (0, 1)).toggled("promoted", (0, 1)).discarded


def test_the_promoted_one_comes_first_and_the_discarded_ones_last() -> None:
    marks = UNMARKED.toggled("promoted", (0, 2)).toggled("discarded", (0, 0)).toggled("discarded", (1, 1))
    assert marks.order(0, 4) == [2, 1, 3, 0]
    assert marks.left(0, 4) == [2, 1, 3]
    assert marks.order(1, 3) == [0, 2, 1]


def test_a_candidate_has_its_methods_name_and_number_until_it_is_named() -> None:
    named = UNMARKED.named((1, 2), "  wide \n smile ")
    assert named.names == {(1, 2): "wide smile"}
    assert named.named((1, 2), " ") == UNMARKED
    assert len(UNMARKED.named((0, 0), "x" * 999).names[0, 0]) == LONGEST_NAME


def test_the_lowest_loss_that_is_left_is_shown_or_else_the_promoted_one() -> None:
    discarded = UNMARKED.toggled("discarded", (0, 1))
    assert resolved(Selection(0), LOSSES).candidate == 1
    assert resolved(Selection(0), LOSSES, marks=discarded).candidate == 2
    assert resolved(Selection(0), LOSSES, marks=discarded.toggled("promoted", (0, 0))).candidate == 0
    assert resolved(Selection(0, 1), LOSSES, marks=discarded).candidate == 1, "the user's own choice"


@pytest.mark.parametrize(
    ("methods", "shown", "discarded", "rival"),
    [
        (2, (0, 0), [], (1, 0)),
        (2, (0, 0), [(1, 0)], (1, 1)),
        (1, (0, 0), [], (0, 1)),
        (1, (0, 2), [], (0, 0)),
        (1, (0, 0), [(0, 1), (0, 2), (0, 3)], None),
    ],
)
def test_the_first_one_to_compare_with(methods: int, shown: tuple, discarded: list, rival: object) -> None:
    losses = make_losses(InpaintConfig(methods=METHODS[:methods], candidates=4), 30)
    marks = UNMARKED
    for place in discarded:
        marks = marks.toggled("discarded", place)
    assert rival_of(make_frame(losses, selection=Selection(*shown)), marks) == rival
