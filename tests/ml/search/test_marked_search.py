"""A search with candidates that are locked, discarded or promoted."""

from __future__ import annotations

import numpy as np
import pytest

from wganpaint_gui.core.geometry import Frame
from wganpaint_gui.core.photo.photo import Photo
from wganpaint_gui.core.project.project import SavedFill
from wganpaint_gui.core.search.candidate_marks import UNMARKED
from wganpaint_gui.core.search.composed_fill import FillSnapshot, FormerSearch, Selection, StoredFill
from wganpaint_gui.core.search.settings import InpaintConfig
from wganpaint_gui.ml.search.fill import Fill
from wganpaint_gui.ml.search.prepared_model import PreparedModel

CONFIG = InpaintConfig(start="random", steps=6, refine=4, candidates=3, learning_rate=0.1, blend="none")
FRAME = Frame(20, 10, 70)


@pytest.fixture
def fill(tiny: PreparedModel, photo: Photo, mask: np.ndarray) -> Fill:
    fill = Fill(tiny, photo, mask, FRAME, CONFIG)
    list(fill.run(refine=0))
    return fill


def test_a_locked_candidate_stays_as_it_is_while_the_others_go_on(fill: Fill) -> None:
    before, picture = fill.search.best, fill.snapshot_at(None).images
    assert picture is not None
    fill.mark(UNMARKED.toggled("locked", (0, 1)).toggled("locked", (1, 2)))
    list(fill.run(20, refine=0))
    after, now = fill.search.best, fill.snapshot_at(None).images
    assert now is not None
    for place in ((0, 1), (1, 2)):
        assert np.array_equal(after.latents[place], before.latents[place])
        assert np.array_equal(now[place], picture[place])
        assert (fill.search.log.latents[7:][:, *place] == before.latents[place]).all()
    moved = (after.latents != before.latents).any(axis=2)
    assert moved.sum() >= 3
    fill.mark(UNMARKED)
    list(fill.run(20, refine=0))
    assert (fill.search.log.latents[-1][0, 1] != before.latents[0, 1]).any(), "unlocked it goes on"


def test_a_locked_candidate_that_is_refined_keeps_its_refinement(fill: Fill) -> None:
    fill.selection = Selection(0, 0)
    list(fill.run(0))
    refined = fill.snapshot_at(None).images
    assert refined is not None
    fill.mark(UNMARKED.toggled("locked", (0, 0)))
    list(fill.run(5, refine=0))
    now = fill.snapshot_at(None).images
    assert now is not None
    assert np.array_equal(now[0, 0], refined[0, 0])
    assert fill.is_refined(0)


def test_a_locked_candidate_stays_where_it_is_when_the_mask_changes_and_gets_the_new_loss(
    fill: Fill, mask: np.ndarray
) -> None:
    before = fill.search.best
    fill.mark(UNMARKED.toggled("locked", (0, 1)))
    mask[60:70, 40:70] = 255
    fill.change(mask=mask)
    list(fill.run(5, refine=0))
    after = fill.search.best
    assert np.array_equal(after.latents[0, 1], before.latents[0, 1])
    assert np.isfinite(after.losses[0, 1])
    assert after.losses[0, 1] != before.losses[0, 1]


def test_a_discarded_candidate_is_neither_suggested_nor_refined(fill: Fill) -> None:
    first = fill.search.suggested()
    marks = UNMARKED
    for method in (0, 1):
        marks = marks.toggled("discarded", (method, int(first[method])))
    fill.mark(marks)
    second = fill.snapshot_at(None)
    assert second.suggested is not None
    assert (second.suggested != first).all()
    assert second.selection.candidate == second.suggested[0]
    list(fill.run(0))
    assert set(fill.search.log.refined[6:].tolist()) == {int(second.suggested[0])}


def test_the_promoted_candidate_is_suggested_refined_and_kept(fill: Fill) -> None:
    chosen = (int(fill.search.suggested()[0]) + 1) % 3
    fill.mark(UNMARKED.toggled("promoted", (0, chosen)))
    shown = fill.snapshot_at(None)
    assert shown.selection == Selection(0, chosen)
    assert np.array_equal(fill.result()[1], fill.result(Selection(0, chosen))[1])
    list(fill.run(0))
    assert set(fill.search.log.refined[6:].tolist()) == {chosen}


def test_a_refined_candidate_that_is_discarded_leaves_the_suggestion_to_the_others(fill: Fill) -> None:
    fill.selection = Selection(0, 0)
    list(fill.run(0))
    assert fill.search.suggested()[0] == 0
    assert fill.search.suggested(UNMARKED.toggled("discarded", (0, 0)))[0] != 0


def test_a_stored_fill_heeds_the_marks(fill: Fill, photo: Photo, mask: np.ndarray) -> None:
    stored = StoredFill(photo, mask, FRAME, fill.stored_search())
    suggested = stored.search.suggestions
    marks = UNMARKED.toggled("discarded", (0, int(suggested[0])))
    stored.mark(marks)
    left = stored.snapshot_at(None).selection.candidate
    assert left != suggested[0]
    assert left == np.where(np.arange(3) == suggested[0], np.inf, stored.search.best.losses[0]).argmin()
    stored.mark(marks.toggled("promoted", (0, int(suggested[0]))))
    assert stored.snapshot_at(None).selection.candidate == suggested[0]
    assert SavedFill(stored.search, Selection(0), (FRAME,), 0, marks).marks == marks


@pytest.fixture
def locked(fill: Fill) -> Fill:
    """A search whose first candidate is refined, and locked with an unrefined one."""
    fill.selection = Selection(0, 0)
    list(fill.run(0))
    fill.mark(UNMARKED.toggled("locked", (0, 0)).toggled("locked", (1, 2)))
    return fill


LOCKED = ((0, 0), (1, 2))


def _pictures(snapshot: FillSnapshot) -> list[np.ndarray]:
    assert snapshot.images is not None
    return [snapshot.images[place] for place in LOCKED]


def test_a_locked_candidate_looks_the_same_at_every_step_after_and_is_not_refined_on(locked: Fill) -> None:
    before, result = _pictures(locked.snapshot_at(None)), locked.result()
    after = [_pictures(shown) for shown in locked.run(5, refine=3)]
    steps = range(len(locked.search.log) - len(after), len(locked.search.log))
    again = [_pictures(locked.snapshot_at(step)) for step in steps]
    over = locked.search.images_over(0, 0, slice(steps.start, None))
    assert len(after) >= 5
    for pictures in (*after, *again, _pictures(locked.snapshot_at(None))):
        assert np.array_equal(pictures, before)
    assert (over == before[0]).all()
    assert np.array_equal(locked.result()[1], result[1])
    assert locked.snapshot_at(None).refined >= {0}


def test_a_locked_candidate_keeps_its_picture_under_another_loss_and_gets_a_loss_for_it(locked: Fill) -> None:
    before, loss = _pictures(locked.snapshot_at(None)), locked.search.best.losses[0, 0]
    locked.change(context_weight=3.0)
    list(locked.run(2, refine=0))
    assert np.array_equal(_pictures(locked.snapshot_at(None)), before)
    assert np.isfinite(locked.search.best.losses[0, 0])
    assert locked.search.best.losses[0, 0] != loss


def test_a_new_search_takes_locked_candidates_over_with_their_pictures(
    locked: Fill, tiny: PreparedModel, photo: Photo, mask: np.ndarray
) -> None:
    before, losses = _pictures(locked.snapshot_at(None)), locked.search.best.losses
    again = Fill(tiny, photo, mask, FRAME, CONFIG, former=FormerSearch(locked.search, locked.marks))
    again.selection = locked.selection
    for shown in (again.snapshot_at(None), *again.run(5, refine=2), again.snapshot_at(3), again.snapshot_at(None)):
        assert np.array_equal(_pictures(shown), before)
    assert np.array_equal(again.result()[1], locked.result()[1])
    assert again.search.best.losses[0, 0] == pytest.approx(losses[0, 0], rel=1e-2)
    assert again.snapshot_at(None).refined >= {0}
    stored = again.stored_search()
    assert np.array_equal([stored.images[place] for place in LOCKED], before)
    again.mark(UNMARKED)
    list(again.run(5, refine=0))
    assert not np.array_equal(_pictures(again.snapshot_at(None))[0], before[0]), "unlocked it goes on"
