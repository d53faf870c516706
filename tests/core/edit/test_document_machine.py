"""Whatever a person does in whatever order: the document against full snapshots."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from numpy.typing import NDArray

from tests.core.documents import HEIGHT, WIDTH, a_photo, filled, keep_fill
from wganpaint_gui.core.edit.document import Change, Document
from wganpaint_gui.core.edit.fill_plan import FillPlan, plan_fill
from wganpaint_gui.core.edit.mask_changes import grow, invert, shrink
from wganpaint_gui.core.edit.region import ellipse, joined, polygon
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.mask import Brush, hole
from wganpaint_gui.core.photo.photo import Photo, photo_from_pixels


class DocumentMachine(RuleBasedStateMachine):
    """Against full snapshots: a list of (pixels, mask, frames), and the place in it."""

    ways = st.sampled_from(["add", "subtract", "intersect"])
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

    @rule(path=st.lists(points, min_size=1, max_size=5), how=ways)
    def lasso(self, path, how):
        with self.document.edit_mask("lasso") as edit:
            edit.combine(polygon(path, self.document.photo.box), how)
        self.remember()

    @rule(box=boxes, how=ways)
    def ellipse(self, box, how):
        with self.document.edit_mask("ellipse") as edit:
            edit.combine(ellipse(box, self.document.photo.box), how)
        self.remember()

    @rule(x=st.integers(-1, WIDTH), y=st.integers(-1, HEIGHT), how=ways)
    def flood(self, x, y, how):
        with self.document.edit_mask("fill region") as edit:
            edit.combine(joined(self.document.mask, x, y), how)
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
        keep_fill(self.document, box, filled(self.document, box, value))
        self.remember()

    @rule(box=boxes, seed=st.integers(0, 9))
    def plan_a_fill(self, box, seed):
        """As a search does: made for the mask of now, which may be another when it is kept."""
        box = box.intersect(self.document.photo.box)
        shape = (box.height, box.width, 3)
        pixels = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
        made_for = self.document.mask[box.slices].copy()
        self.plan = plan_fill(self.document.plan_basis(), box, pixels, made_for)
        assert self.plan.fits(self.document.plan_basis())

    @precondition(lambda self: self.plan is not None)
    @rule()
    def keep_the_plan(self):
        plan, now = self.plan, self.document.mask.copy()
        basis = self.document.plan_basis()
        if not plan.fits(basis):
            with pytest.raises(RuntimeError, match="changed since"):
                self.document.keep(plan)
            plan = plan.replanned(basis)
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

    @rule(steps=st.integers(-5, 5))
    def jump(self, steps):
        target = min(max(self.now + steps, 0), len(self.snapshots) - 1)
        assert len(self.document.jump(steps)) == abs(target - self.now)
        self.now = target

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
