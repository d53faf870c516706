"""Fills that are kept: what they write, what they leave, and what undoing them brings back."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.core.documents import BRUSH, a_photo, filled, keep_fill, paint
from wganpaint_gui.core.edit import document as document_module
from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.fill_plan import plan_fill
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Brush, hole
from wganpaint_gui.core.photo.photo import photo_from_pixels


@pytest.mark.parametrize(("channels", "dtype"), [(1, np.uint8), (2, np.uint16), (3, np.uint16), (4, np.uint8)])
def test_undoing_a_fill_brings_pixels_and_mask_back_bit_for_bit(channels, dtype):
    opened = a_photo(channels, dtype)
    document = Document(photo_from_pixels(opened))
    paint(document, (250, 250), brush=Brush(40, 0.3))
    mask, box = document.mask.copy(), Box(200, 200, 100, 80)
    keep_fill(document, box, filled(document, box, 7))
    assert not document.mask.any()
    assert (document.photo.pixels[hole(mask)] == 7).all()
    assert np.array_equal(document.photo.pixels[~hole(mask)], opened[~hole(mask)])
    assert document.undo() == "fill"
    assert np.array_equal(document.photo.pixels, opened)
    assert np.array_equal(document.mask, mask)


def test_paint_added_after_a_fill_was_made_stays(document):
    box = Box(0, 0, 200, 200)
    paint(document, (60, 60))
    made_for, pixels = document.mask[box.slices].copy(), filled(document, box, 9)
    paint(document, (150, 150))
    keep_fill(document, box, pixels, made_for)
    assert document.mask[60, 60] == 0
    assert document.mask[150, 150] == 255
    assert document.changed_outside_mask() == 0


def test_what_left_the_mask_after_a_fill_was_made_keeps_its_value(document):
    box = Box(0, 0, 200, 200)
    paint(document, (60, 60))
    opened = document.photo.pixels.copy()
    made_for, pixels = document.mask[box.slices].copy(), filled(document, box, 9)
    with document.edit_mask("eraser stroke") as edit:
        edit.segment((52, 60), (52, 60), BRUSH, erase=True)
    still = hole(document.mask)
    keep_fill(document, box, pixels, made_for)
    assert (document.photo.pixels[still] == 9).all()
    assert np.array_equal(document.photo.pixels[~still], opened[~still])
    assert document.changed_outside_mask() == 0


def test_a_fill_whose_mask_is_gone_changes_nothing(document):
    box = Box(0, 0, 200, 200)
    paint(document, (60, 60))
    opened = document.photo.pixels.copy()
    made_for, pixels = document.mask[box.slices].copy(), filled(document, box, 9)
    document.undo()
    keep_fill(document, box, pixels, made_for)
    assert np.array_equal(document.photo.pixels, opened)
    assert document.history.undo_name is None


def test_a_fill_leaves_the_mask_outside_its_box(document):
    paint(document, (30, 30), (280, 30))
    box = Box(0, 0, 100, 100)
    keep_fill(document, box, filled(document, box, 9))
    assert not document.mask[box.slices].any()
    assert hole(document.mask)[30, 200]


@pytest.mark.parametrize(
    ("box", "shape", "dtype"),
    [
        (Box(0, 0, 10, 10), (10, 9, 3), np.uint8),
        (Box(0, 0, 10, 10), (10, 10, 4), np.uint8),
        (Box(0, 0, 10, 10), (10, 10, 3), np.uint16),
        (Box(295, 0, 10, 10), (10, 10, 3), np.uint8),
        (Box(-4, 0, 10, 10), (10, 10, 3), np.uint8),
    ],
)
def test_a_fill_that_does_not_fit_the_photo_is_refused_and_changes_nothing(document, box, shape, dtype):
    paint(document, (5, 5))
    mask = document.mask.copy()
    with pytest.raises(ValueError, match="does not fit"):
        keep_fill(document, box, np.ones(shape, dtype))
    assert np.array_equal(document.photo.pixels, a_photo())
    assert np.array_equal(document.mask, mask)
    assert document.history.done_names == ("brush stroke",)


def test_a_fill_writes_nothing_outside_the_mask_whatever_its_pixels_say(document):
    paint(document, (100, 100))
    box = Box(60, 60, 200, 200)
    opened, masked = document.photo.pixels.copy(), hole(document.mask)
    keep_fill(document, box, opened[box.slices] ^ 255)
    assert np.array_equal(document.photo.pixels[~masked], opened[~masked])
    assert (document.photo.pixels[masked] == opened[masked] ^ 255).all()


def test_pixels_changed_outside_the_mask_are_counted(document):
    paint(document, (100, 100))
    box = Box(60, 60, 100, 100)
    keep_fill(document, box, filled(document, box, 3))
    assert document.changed_outside_mask() == 0
    document.undo()
    document.redo()
    document.photo.pixels[60, 60:65] ^= 255  # as a defect of the program would
    document.photo.pixels[159, 159, 2] ^= 1
    assert document.changed_outside_mask() == 6


def test_an_undone_fill_excuses_no_later_change_under_its_mask(document):
    paint(document, (100, 100), brush=Brush(60))
    box = Box(50, 50, 100, 100)
    keep_fill(document, box, filled(document, box, 3))
    document.undo()
    document.photo.pixels[100, 100] ^= 255
    assert document.changed_outside_mask() == 1


def test_original_patches_show_the_opened_photo_and_hold_only_changed_places():
    opened = a_photo(height=1500, width=2000)
    document = Document(photo_from_pixels(opened))
    for centre, value in (((600.0, 600.0), 1), ((620.0, 600.0), 2)):
        paint(document, centre)
        box = Box(500, 500, 220, 220)
        keep_fill(document, box, filled(document, box, value))
    shown = document.photo.pixels.copy()
    assert not np.array_equal(shown, opened)
    for box, pixels in document.original_patches:
        shown[box.slices] = pixels
    assert np.array_equal(shown, opened)
    assert sum(pixels.nbytes for _, pixels in document.original_patches) < opened.nbytes / 20


def everything(document: Document) -> list[object]:
    """All that a failed fill could have left half done, in a form that can be compared."""
    history = document.history
    return [
        document.photo.pixels.tobytes(),
        document.mask.tobytes(),
        document.snapshot().masked_pixels,
        {tile: pixels.tobytes() for tile, pixels in document.original_patches},
        {tile: filled.tobytes() for tile, filled in document.state_later()().filled},
        document.changed_outside_mask(),
        (history.done_names, history.undone_names, history.state, history.photo_state, history.is_saved),
    ]


def out_of_memory(mask: NDArray[np.uint8]) -> NDArray[np.bool_]:
    raise MemoryError


@pytest.mark.parametrize("failing", ["counting", "remembering"])
def test_a_fill_that_fails_half_way_changes_nothing_at_all(document, monkeypatch, failing):
    paint(document, (60, 60))
    first = Box(30, 30, 60, 60)
    keep_fill(document, first, filled(document, first, 3))
    box = Box(200, 200, 90, 70)  # in four tiles, one of which has a fill already
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(box, 255)
    document.set_frames([Frame(0, 0, 64)])
    document.undo()
    before, plan = (
        everything(document),
        plan_fill(document.plan_basis(), box, filled(document, box, 7), document.mask[box.slices].copy()),
    )
    with monkeypatch.context() as memory:
        if failing == "counting":
            third = iter([hole, hole, out_of_memory])
            memory.setattr(document_module, "hole", lambda mask: next(third, hole)(mask))
        else:
            memory.setattr(document.history, "limit_bytes", None)  # with which nothing can be compared
        with pytest.raises((MemoryError, TypeError)):
            document.keep(plan)
    assert everything(document) == before
    keep_fill(document, box, filled(document, box, 7))
    assert document.changed_outside_mask() == 0
    assert document.undo() == "fill"
    assert everything(document)[:3] == before[:3]
    while document.undo():
        pass
    assert not any(filled.any() for _, filled in document.state_later()().filled), "no hole is counted twice"
