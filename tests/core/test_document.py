"""What a person edits: undo and redo against full snapshots, fills, frames, and who is told."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from numpy.typing import NDArray

from wganpaint_gui.core.document import Change, Document, DocumentState, MaskEdit
from wganpaint_gui.core.errors import MaskError
from wganpaint_gui.core.fill_plan import FillPlan, plan_fill
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Brush, grow, hole, invert, shrink
from wganpaint_gui.core.photo import Photo, photo_from_pixels

HEIGHT, WIDTH = 280, 300  # four tiles
BRUSH = Brush(30)


def a_photo(channels: int = 3, dtype: type = np.uint8, height: int = HEIGHT, width: int = WIDTH) -> NDArray[np.uint8]:
    values = np.random.default_rng(1).integers(0, np.iinfo(dtype).max, (height, width, channels))
    return values.astype(dtype)


@pytest.fixture
def document() -> Document:
    return Document(photo_from_pixels(a_photo()))


def paint(document: Document, *points: tuple[float, float], brush: Brush = BRUSH) -> None:
    with document.edit_mask("brush stroke") as edit:
        for here, there in zip(points, points[1:] or points, strict=False):
            edit.segment(here, there, brush)


def filled(document: Document, box: Box, value: int) -> NDArray[np.uint8]:
    """A fill as composition makes it: other values in the hole, the photo's own beside it."""
    pixels = document.photo.pixels[box.slices].copy()
    pixels[hole(document.mask[box.slices])] = value
    return pixels


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
    edit.lasso([(10, 10), (200, 30), (50, 270)], 0)
    edit.flood(299, 279, 255)
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
        lambda: document.keep_fill(Box(0, 0, 2, 2), np.zeros((2, 2, 3), np.uint8)),
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


@pytest.mark.parametrize(("channels", "dtype"), [(1, np.uint8), (2, np.uint16), (3, np.uint16), (4, np.uint8)])
def test_undoing_a_fill_brings_pixels_and_mask_back_bit_for_bit(channels, dtype):
    opened = a_photo(channels, dtype)
    document = Document(photo_from_pixels(opened))
    paint(document, (250, 250), brush=Brush(40, 0.3))
    mask, box = document.mask.copy(), Box(200, 200, 100, 80)
    document.keep_fill(box, filled(document, box, 7))
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
    document.keep_fill(box, pixels, made_for)
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
    document.keep_fill(box, pixels, made_for)
    assert (document.photo.pixels[still] == 9).all()
    assert np.array_equal(document.photo.pixels[~still], opened[~still])
    assert document.changed_outside_mask() == 0


def test_a_fill_whose_mask_is_gone_changes_nothing(document):
    box = Box(0, 0, 200, 200)
    paint(document, (60, 60))
    opened = document.photo.pixels.copy()
    made_for, pixels = document.mask[box.slices].copy(), filled(document, box, 9)
    document.undo()
    document.keep_fill(box, pixels, made_for)
    assert np.array_equal(document.photo.pixels, opened)
    assert document.history.undo_name is None


def test_who_unsubscribes_hears_nothing_more(document):
    heard = []
    stop = document.subscribe(heard.append)
    paint(document, (60, 60))
    count = len(heard)
    stop()
    paint(document, (90, 60))
    assert len(heard) == count


def test_a_fill_leaves_the_mask_outside_its_box(document):
    paint(document, (30, 30), (280, 30))
    box = Box(0, 0, 100, 100)
    document.keep_fill(box, filled(document, box, 9))
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
        document.keep_fill(box, np.ones(shape, dtype))
    assert np.array_equal(document.photo.pixels, a_photo())
    assert np.array_equal(document.mask, mask)
    assert document.history.done_names == ("brush stroke",)


def test_a_fill_writes_nothing_outside_the_mask_whatever_its_pixels_say(document):
    paint(document, (100, 100))
    box = Box(60, 60, 200, 200)
    opened, masked = document.photo.pixels.copy(), hole(document.mask)
    document.keep_fill(box, opened[box.slices] ^ 255)
    assert np.array_equal(document.photo.pixels[~masked], opened[~masked])
    assert (document.photo.pixels[masked] == opened[masked] ^ 255).all()


def test_pixels_changed_outside_the_mask_are_counted(document):
    paint(document, (100, 100))
    box = Box(60, 60, 100, 100)
    document.keep_fill(box, filled(document, box, 3))
    assert document.changed_outside_mask() == 0
    document.undo()
    document.redo()
    document.photo.pixels[60, 60:65] ^= 255  # as a defect of the program would
    document.photo.pixels[159, 159, 2] ^= 1
    assert document.changed_outside_mask() == 6


def test_an_undone_fill_excuses_no_later_change_under_its_mask(document):
    paint(document, (100, 100), brush=Brush(60))
    box = Box(50, 50, 100, 100)
    document.keep_fill(box, filled(document, box, 3))
    document.undo()
    document.photo.pixels[100, 100] ^= 255
    assert document.changed_outside_mask() == 1


def test_original_patches_show_the_opened_photo_and_hold_only_changed_places():
    opened = a_photo(height=1500, width=2000)
    document = Document(photo_from_pixels(opened))
    for centre, value in (((600.0, 600.0), 1), ((620.0, 600.0), 2)):
        paint(document, centre)
        box = Box(500, 500, 220, 220)
        document.keep_fill(box, filled(document, box, value))
    shown = document.photo.pixels.copy()
    assert not np.array_equal(shown, opened)
    for box, pixels in document.original_patches:
        shown[box.slices] = pixels
    assert np.array_equal(shown, opened)
    assert sum(pixels.nbytes for _, pixels in document.original_patches) < opened.nbytes / 20


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


class DocumentMachine(RuleBasedStateMachine):
    """Against full snapshots: a list of (pixels, mask, frames), and the place in it."""

    points = st.tuples(st.floats(-30, WIDTH + 30), st.floats(-30, HEIGHT + 30))
    boxes = st.builds(Box, st.integers(-20, WIDTH), st.integers(-20, HEIGHT), st.integers(1, 150), st.integers(1, 150))
    brushes = st.builds(Brush, st.floats(1, 90), st.sampled_from([0.0, 0.5, 1.0]))

    def __init__(self) -> None:
        super().__init__()
        self.opened = a_photo()
        self.document = Document(photo_from_pixels(self.opened))
        self.canvas = (self.opened.copy(), self.document.mask.copy())  # redrawn where the document says so
        self.document.subscribe(self.redraw)
        self.snapshots, self.now = [self.snapshot()], 0
        self.fills, self.saved_fill = [0], 0  # by snapshot: the newest that changed the photo, counted; the one saved
        self.newest_fill = 0
        self.plan: FillPlan | None = None  # made at some moment, of a fill that is kept at another
        self.asked: list[tuple[Callable[[], Photo], NDArray[np.uint8]]] = []  # for a worker, and what it must get

    def redraw(self, change: Change) -> None:
        layers = (self.document.photo.pixels, self.document.mask)
        for shown, layer, box in zip(self.canvas, layers, (change.photo, change.mask), strict=True):
            shown[box.slices] = layer[box.slices]

    def snapshot(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8], tuple[Frame, ...]]:
        return self.document.photo.pixels.copy(), self.document.mask.copy(), self.document.frames

    def remember(self) -> None:
        """An edit that changed something is one more snapshot; what was undone is gone."""
        new, old = self.snapshot(), self.snapshots[self.now]
        if np.array_equal(new[0], old[0]) and np.array_equal(new[1], old[1]) and new[2] == old[2]:
            return
        same = np.array_equal(new[0], old[0])
        self.newest_fill += not same
        self.fills = [*self.fills[: self.now + 1], self.fills[self.now] if same else self.newest_fill]
        self.snapshots = [*self.snapshots[: self.now + 1], new]
        self.now += 1

    @rule(path=st.lists(points, min_size=1, max_size=4), brush=brushes, erase=st.booleans(), keep=st.booleans())
    def stroke(self, path, brush, erase, keep):
        edit = self.document.edit_mask("brush stroke")
        for here, there in zip(path, path[1:] or path, strict=False):
            edit.segment(here, there, brush, erase=erase)
        if keep:
            edit.commit()
        else:
            edit.cancel()
        self.remember()

    @rule(box=boxes, value=st.sampled_from([0, 255]))
    def rectangle(self, box, value):
        with self.document.edit_mask("rectangle") as edit:
            edit.rectangle(box, value)
        self.remember()

    @rule(path=st.lists(points, min_size=1, max_size=5), value=st.sampled_from([0, 255]))
    def lasso(self, path, value):
        with self.document.edit_mask("lasso") as edit:
            edit.lasso(path, value)
        self.remember()

    @rule(x=st.integers(-1, WIDTH), y=st.integers(-1, HEIGHT), value=st.sampled_from([0, 255]))
    def flood(self, x, y, value):
        with self.document.edit_mask("fill region") as edit:
            edit.flood(x, y, value)
        self.remember()

    @rule(change=st.sampled_from([invert, lambda mask: grow(mask, 9), lambda mask: shrink(mask, 9)]))
    def menu(self, change):
        self.document.replace_mask("mask", change(self.document.mask))
        self.remember()

    @rule(frames=st.lists(st.builds(Frame, st.integers(0, 9), st.integers(0, 9), st.just(64)), max_size=2))
    def frame(self, frames):
        self.document.set_frames(frames)
        self.remember()

    @rule(box=boxes, value=st.integers(0, 255))
    def fill(self, box, value):
        box = box.intersect(self.document.photo.box)
        self.document.keep_fill(box, filled(self.document, box, value))
        self.remember()

    @rule(box=boxes, seed=st.integers(0, 9))
    def plan_a_fill(self, box, seed):
        """As a search does: made for the mask of now, which may be another when it is kept."""
        box = box.intersect(self.document.photo.box)
        shape = (box.height, box.width, 3)
        pixels = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
        made_for = self.document.mask[box.slices].copy()
        self.plan = plan_fill(self.document.ground(), box, pixels, made_for)
        assert self.plan.fits(self.document.ground())

    @precondition(lambda self: self.plan is not None)
    @rule()
    def keep_the_plan(self):
        plan, now = self.plan, self.document.mask.copy()
        ground = self.document.ground()
        if not plan.fits(ground):
            with pytest.raises(RuntimeError, match="changed since"):
                self.document.keep(plan)
            plan = plan.renewed(ground)
        pixels, part = self.document.photo.pixels.copy(), now[plan.box.slices]
        both = hole(part) & hole(plan.made_for)
        soft = (plan.made_for > 0) & ~hole(plan.made_for) & ~hole(part)
        pixels[plan.box.slices][both] = plan.pixels[both]
        now[plan.box.slices][both | soft] = 0
        self.document.keep(plan)
        assert np.array_equal(self.document.photo.pixels, pixels)
        assert np.array_equal(self.document.mask, now)
        self.remember()

    @rule()
    def undo(self):
        assert (self.document.undo() is None) == (self.now == 0)
        self.now = max(0, self.now - 1)

    @precondition(lambda self: self.now < len(self.snapshots) - 1)
    @rule()
    def redo(self):
        assert self.document.redo() is not None
        self.now += 1

    @rule()
    def save(self):
        self.document.history.mark_saved()
        self.saved_fill = self.fills[self.now]

    @rule()
    def ask_for_the_photo(self):
        self.asked.append((self.document.photo_later(), self.document.photo.pixels.copy()))

    @precondition(lambda self: self.asked)
    @rule()
    def take_the_photo_asked_for(self):
        take_photo, pixels = self.asked.pop(0)
        assert np.array_equal(take_photo().pixels, pixels)

    @invariant()
    def the_document_is_the_snapshot(self):
        pixels, mask, frames = self.snapshots[self.now]
        assert np.array_equal(self.document.photo.pixels, pixels)
        assert np.array_equal(self.document.mask, mask)
        assert self.document.frames == frames
        assert self.document.history.is_saved == (self.saved_fill == self.fills[self.now])
        assert self.document.history.can_redo == (self.now < len(self.snapshots) - 1)

    @invariant()
    def the_canvas_was_told_everything(self):
        assert np.array_equal(self.canvas[0], self.document.photo.pixels)
        assert np.array_equal(self.canvas[1], self.document.mask)

    @invariant()
    def the_masked_pixels_are_counted_right(self) -> None:
        assert self.document.masked_pixels == np.count_nonzero(hole(self.document.mask))
        assert np.array_equal(self.document.snapshot().array(), self.document.mask)

    @invariant()
    def the_opened_photo_is_not_forgotten(self):
        shown = self.document.photo.pixels.copy()
        for box, pixels in self.document.original_patches:
            shown[box.slices] = pixels
        assert np.array_equal(shown, self.opened)
        assert self.document.changed_outside_mask() == 0


DocumentMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=25)
TestDocumentMachine = DocumentMachine.TestCase


def test_a_document_goes_on_from_its_state_as_if_nothing_had_happened(document):
    opened = document.photo.pixels.copy()
    box = Box(240, 200, 40, 60)  # in four tiles
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(box, 255)
    document.keep_fill(box, filled(document, box, 7))
    paint(document, (20, 20), (60, 30))
    document.set_frames([Frame(3, 4, 100)])
    again = Document.from_state(document.state())
    assert np.array_equal(again.photo.pixels, document.photo.pixels)
    assert np.array_equal(again.mask, document.mask)
    assert again.frames == document.frames
    assert again.masked_pixels == document.masked_pixels
    assert again.changed_outside_mask() == 0
    assert not again.history.can_undo
    for tile, pixels in again.original_patches:
        assert np.array_equal(pixels, opened[tile.slices])
    again.photo.pixels[0, 0] ^= 1
    again._originals.saved[Box(0, 0, 256, 256)] = opened[:256, :256]
    again._changed_outside = None
    assert again.changed_outside_mask() == 1, "only what was under a mask is excused"
    with again.edit_mask("rectangle") as edit:
        edit.rectangle(Box(0, 0, 10, 10), 255)
    again.undo()
    assert np.array_equal(again.mask, document.mask)


def test_a_state_does_not_follow_the_document(document):
    state = document.state()
    box = Box(10, 20, 8, 6)
    with document.edit_mask("rectangle") as edit:
        edit.rectangle(box, 255)
    document.keep_fill(box, filled(document, box, 7))
    assert np.array_equal(state.photo.pixels, a_photo())
    assert not state.mask.array().any()
    assert (state.originals, state.filled, state.frames) == ((), (), ())


def test_a_state_that_is_taken_later_is_of_the_moment_it_was_asked_for(document):
    def keep(box: Box, value: int) -> None:
        with document.edit_mask("rectangle") as edit:
            edit.rectangle(box, 255)
        document.keep_fill(box, filled(document, box, value))

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
    assert np.array_equal(state.photo.pixels, asked)
    assert [box for box, _ in state.filled] == [box for box, _ in state.originals]
    keep(Box(10, 20, 8, 6), 3)
    assert document._moments == [], "nothing is saved for it any more"
    assert np.array_equal(state.photo.pixels, asked)


def test_a_state_taken_while_fills_are_written_is_of_one_moment():
    document = Document(photo_from_pixels(np.zeros((2000, 2000, 3), np.uint8)))
    with document.edit_mask("all") as edit:
        edit.rectangle(Box(0, 0, 2000, 2000), 255)
    document.keep_fill(Box(0, 0, 2000, 2000), np.ones((2000, 2000, 3), np.uint8))
    done, torn = threading.Event(), list[int]()
    waiting = Queue[Callable[[], DocumentState]]()

    def work() -> None:
        while not done.is_set() or not waiting.empty():
            with suppress(Empty):
                values = np.unique(waiting.get(timeout=0.05)().photo.pixels)
                torn.append(len(values))

    worker = threading.Thread(target=work)
    worker.start()
    for _ in range(30):
        waiting.put(document.state_later())
        document.undo()
        document.redo()
    done.set()
    worker.join()
    assert torn == [1] * 30
