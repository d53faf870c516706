"""What a person edits: strokes, frames and undo, and who is told."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from tests.core.documents import BRUSH, HEIGHT, WIDTH, keep_fill, paint
from wganpaint_gui.core.edit.document import Change, Document, MaskEdit
from wganpaint_gui.core.edit.mask_changes import invert
from wganpaint_gui.core.edit.region import joined, polygon
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Brush
from wganpaint_gui.core.photo.photo import photo_from_pixels


def test_a_new_document_has_an_empty_mask_of_the_photos_size_and_automatic_frames(document):
    assert document.mask.shape == (HEIGHT, WIDTH)
    assert document.mask.dtype == np.uint8
    assert not document.mask.any()
    assert document.frames == ()
    assert document.history.is_saved
    assert document.undo() is None
    assert document.redo() is None


def test_a_stroke_of_many_segments_is_one_entry_named_for_the_menu(document):
    paint(document, (20, 20), (100, 50), (290, 270))
    painted = document.mask.copy()
    assert document.history.undo_name == "brush stroke"
    assert document.undo() == "brush stroke"
    assert not document.mask.any()
    assert document.redo() == "brush stroke"
    assert np.array_equal(document.mask, painted)


def test_an_edit_cancelled_after_any_tools_leaves_the_mask_as_it_was(document):
    paint(document, (50, 50), (200, 200), brush=Brush(80, 0.2))
    before = document.mask.copy()
    edit = document.edit_mask("lasso")
    edit.segment((0, 0), (300, 280), Brush(60, 0.5))
    edit.segment((60, 60), (90, 90), Brush(60, 0.5), erase=True)
    edit.rectangle(Box(-10, 250, 100, 100), 255)
    edit.combine(polygon([(10, 10), (200, 30), (50, 270)], document.photo.box), "subtract")
    edit.combine(joined(document.mask, 299, 279), "add")
    assert not np.array_equal(document.mask, before)
    edit.cancel()
    assert np.array_equal(document.mask, before)
    assert document.history.done_names == ("brush stroke",)


def test_an_edit_that_changes_nothing_makes_no_entry(document):
    edit = document.edit_mask("eraser stroke")
    edit.segment((20, 20), (40, 40), BRUSH, erase=True)
    assert edit.commit() is False
    assert not document.history.can_undo
    assert document.history.is_saved


def test_an_exception_in_the_middle_of_an_edit_takes_it_back(document):
    def fail(edit: MaskEdit) -> None:
        edit.segment((20, 20), (40, 40), BRUSH)
        raise OSError("the tablet was unplugged")

    with pytest.raises(OSError, match="unplugged"), document.edit_mask("brush stroke") as edit:
        fail(edit)
    assert not document.mask.any()
    assert not document.history.can_undo
    assert not document.editing


def test_while_an_edit_is_open_nothing_else_may_edit(document):
    paint(document, (20, 20))
    edit = document.edit_mask("brush stroke")
    others = (
        lambda: document.edit_mask("lasso"),
        lambda: document.replace_mask("invert mask", invert(document.mask)),
        lambda: document.set_frames([Frame(0, 0, 64)]),
        lambda: keep_fill(document, Box(0, 0, 2, 2), np.zeros((2, 2, 3), np.uint8)),
        document.undo,
        document.redo,
    )
    for other in others:
        with pytest.raises(RuntimeError, match="brush stroke"):
            other()
    edit.cancel()
    assert document.undo() == "brush stroke"


def test_an_edit_that_has_ended_takes_no_more_calls(document):
    edit = document.edit_mask("brush stroke")
    edit.commit()
    for late in (edit.commit, edit.cancel, lambda: edit.rectangle(Box(0, 0, 5, 5), 255)):
        with pytest.raises(RuntimeError, match="already"):
            late()
    assert not document.mask.any()


def test_a_mask_of_another_size_is_refused_naming_both_sizes(document):
    with pytest.raises(MaskError, match=f"10 × 20 .* {WIDTH} × {HEIGHT}"):
        document.replace_mask("load mask", np.zeros((20, 10), np.uint8))
    assert not document.editing


def test_frames_are_undone_too(document):
    document.set_frames([Frame(0, 0, 64)])
    document.set_frames((Frame(0, 0, 64),))  # the same: no entry
    document.set_frames([Frame(5, 5, 64), Frame(80, 5, 64)], name="add frame")
    assert document.undo() == "add frame"
    assert document.frames == (Frame(0, 0, 64),)
    assert document.undo() == "move frame"
    assert document.frames == ()
    document.redo()
    assert document.frames == (Frame(0, 0, 64),)


def test_who_unsubscribes_hears_nothing_more(document):
    heard = []
    stop = document.subscribe(heard.append)
    paint(document, (60, 60))
    count = len(heard)
    stop()
    paint(document, (90, 60))
    assert len(heard) == count


def test_subscribers_hear_of_a_change_after_it_happened(document):
    heard: list[tuple[Change, bool]] = []
    document.subscribe(lambda change: heard.append((change, bool(document.mask.any()))))
    edit = document.edit_mask("rectangle")
    assert edit.rectangle(Box(10, 10, 20, 20), 255) == Box(10, 10, 20, 20)
    edit.commit()
    document.undo()
    document.set_frames([Frame(0, 0, 64)])
    assert heard == [
        (Change(mask=Box(10, 10, 20, 20)), True),
        (Change(), True),  # the history moved on
        (Change(mask=Box(10, 10, 20, 20)), False),
        (Change(frames=True), False),
    ]


def test_a_subscriber_that_fails_leaves_the_document_whole(document):
    def fail(change: Change) -> None:
        raise OSError("no screen")

    document.subscribe(fail)
    with pytest.raises(OSError, match="no screen"):
        document.set_frames([Frame(0, 0, 64)])
    with pytest.raises(OSError, match="no screen"):
        document.undo()
    assert document.frames == ()
    assert document.history.undone_names == ("move frame",)
    with pytest.raises(OSError, match="no screen"), document.edit_mask("rectangle") as edit:
        edit.rectangle(Box(0, 0, 9, 9), 255)
    assert not document.mask.any()
    assert not document.editing


def test_a_stroke_on_a_large_photo_copies_only_the_tiles_it_touches():
    document = Document(photo_from_pixels(np.zeros((4000, 6000, 1), np.uint8)))
    paint(document, (100, 100))  # whatever is set up once
    tracemalloc.start()
    paint(document, (500, 500), (700, 600))
    across, _ = tracemalloc.get_traced_memory()
    paint(document, (10, 10), (5990, 3990), brush=Brush(40, 0))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert across < 500_000
    assert peak < 12_000_000


def test_a_jump_over_many_entries_is_announced_once_with_all_that_changed(document):
    for x in (20, 120, 220):
        paint(document, (x, 40), (x, 60))
    document.set_frames([Frame(10, 10, 64)])
    painted = document.mask.copy()
    changes: list[Change] = []
    document.subscribe(changes.append)
    assert document.jump(-9) == ("move frame", "brush stroke", "brush stroke", "brush stroke")
    assert not document.mask.any()
    assert [change.frames for change in changes] == [True]
    rows, columns = np.nonzero(painted)
    assert changes[0].mask.contains(
        Box(columns.min(), rows.min(), columns.max() - columns.min() + 1, rows.max() - rows.min() + 1)
    )
    assert document.jump(3) == ("brush stroke",) * 3
    assert np.array_equal(document.mask, painted)
    assert document.jump(0) == ()
    assert len(changes) == 2


@pytest.mark.parametrize("hardness", [1.0, 0.3])
def test_a_moving_brush_announces_the_rim_that_it_changes_not_its_whole_disc(hardness):
    document = Document(photo_from_pixels(np.zeros((600, 900, 3), np.uint8)))
    changes: list[Change] = []
    edit = document.edit_mask("brush stroke")
    edit.segment((300, 300), (300, 300), Brush(400, hardness))
    document.subscribe(changes.append)
    before = document.mask.copy()
    edit.segment((300, 300), (306, 302), Brush(400, hardness))
    announced = np.zeros(document.mask.shape, bool)
    for part in changes[0].mask_parts:
        announced[part.slices] = True
    changed = document.mask != before
    assert changed.any()
    assert not (changed & ~announced).any()
    assert announced.sum() < 0.7 * changes[0].mask.area
    edit.commit()
