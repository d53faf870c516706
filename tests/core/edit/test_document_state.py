"""A document at one moment: for a file, and for a worker thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue

import numpy as np

from tests.core.documents import a_photo, deferred_copies, filled, keep_fill, paint
from wganpaint_gui.core.edit.document import Document, DocumentState
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import photo_from_pixels


def test_a_document_goes_on_from_its_state_as_if_nothing_had_happened(document):
    opened = document.photo.pixels.copy()
    box = Box(240, 200, 40, 60)  # in four tiles
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(box, 255)
    keep_fill(document, box, filled(document, box, 7))
    paint(document, (20, 20), (60, 30))
    document.set_frames([Frame(3, 4, 100)])
    again = Document.from_state(document.state_later()())
    assert np.array_equal(again.photo.pixels, document.photo.pixels)
    assert np.array_equal(again.mask, document.mask)
    assert again.frames == document.frames
    assert again.masked_pixels == document.masked_pixels
    assert again.changed_outside_mask() == 0
    assert not again.history.can_undo
    for tile, pixels in again.original_patches:
        assert np.array_equal(pixels, opened[tile.slices])
    with again.edit_mask("rectangle") as edit:
        edit.rectangle(Box(0, 0, 10, 10), 255)
    again.undo()
    assert np.array_equal(again.mask, document.mask)


def test_after_a_state_only_what_was_under_a_mask_is_excused(document):
    box = Box(240, 200, 40, 60)
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(box, 255)
    keep_fill(document, box, filled(document, box, 7))
    again = Document.from_state(document.state_later()())
    again.photo.pixels[0, 0] ^= 1
    again.photo.pixels[210, 250] ^= 1  # in the fill
    assert again.changed_outside_mask() == 1


def test_a_state_does_not_follow_the_document(document):
    state = document.state_later()()
    box = Box(10, 20, 8, 6)
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(box, 255)
    keep_fill(document, box, filled(document, box, 7))
    assert np.array_equal(state.photo.pixels, a_photo())
    assert not state.mask.array().any()
    assert (state.originals, state.filled, state.frames) == ((), (), ())


def test_a_state_that_is_taken_later_is_of_the_moment_it_was_asked_for(document):
    def keep(box: Box, value: int) -> None:
        with document.edit_mask("rectangle") as edit:
            edit.rectangle(box, 255)
        keep_fill(document, box, filled(document, box, value))

    keep(Box(240, 200, 40, 60), 7)
    asked, take = document.photo.pixels.copy(), document.state_later()
    keep(Box(10, 20, 8, 6), 9)
    keep(Box(250, 210, 40, 60), 8)
    for _ in range(4):
        document.undo()
    document.undo()
    document.undo()
    document.redo()
    state = take()
    del take
    assert np.array_equal(state.photo.pixels, asked)
    assert [box for box, _ in state.filled] == [box for box, _ in state.originals]
    keep(Box(10, 20, 8, 6), 3)
    assert not deferred_copies(), "nothing is saved for it any more"
    assert np.array_equal(state.photo.pixels, asked)


def test_a_state_taken_while_fills_are_written_is_of_one_moment():
    document = Document(photo_from_pixels(np.zeros((2000, 2000, 3), np.uint8)))
    with document.edit_mask("all") as edit:
        edit.rectangle(Box(0, 0, 2000, 2000), 255)
    keep_fill(document, Box(0, 0, 2000, 2000), np.ones((2000, 2000, 3), np.uint8))
    done, torn = threading.Event(), list[bool]()
    waiting = Queue[Callable[[], DocumentState]]()

    def work() -> None:
        while not done.is_set() or not waiting.empty():
            with suppress(Empty):
                pixels = waiting.get(timeout=0.05)().photo.pixels
                torn.append(pixels.min() != pixels.max())

    worker = threading.Thread(target=work)
    worker.start()
    for _ in range(30):
        waiting.put(document.state_later())
        document.undo()
        document.redo()
    done.set()
    worker.join()
    assert torn == [False] * 30


def test_the_holes_of_a_state_do_not_change_with_a_fill_that_is_undone_before_it_is_taken(document):
    box = Box(240, 200, 40, 60)
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(box, 255)
    keep_fill(document, box, filled(document, box, 7))
    take, before = document.state_later(), document.state_later()()
    document.undo()
    again = take()
    assert [(tile, filled.tobytes()) for tile, filled in again.filled] == [
        (tile, filled.tobytes()) for tile, filled in before.filled
    ]
    assert any(filled.any() for _, filled in again.filled)
    assert not any(filled.any() for _, filled in document.state_later()().filled)


def test_snapshots_are_the_same_where_their_masks_are():
    document = Document(photo_from_pixels(np.zeros((300, 600, 3), np.uint8)))
    empty = document.snapshot()
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(Box(10, 10, 400, 50), 255)
    masked = document.snapshot()
    assert not masked.same_as(empty)
    document.undo()
    document.redo()
    assert document.snapshot() is not masked
    assert document.snapshot().same_as(masked)
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(Box(10, 10, 1, 1), 254)
    assert not document.snapshot().same_as(masked)
