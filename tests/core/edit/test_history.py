"""Undo entries: order, names, memory and the saved mark."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from wganpaint_gui.core.edit.document import Document
from wganpaint_gui.core.edit.history import Decision, Entry, History, Patch
from wganpaint_gui.core.geometry import Box, Frame
from wganpaint_gui.core.photo.photo import photo_from_pixels


def entry(name: str, size: int = 10) -> Entry:
    """A change of the mask, of 2 * size bytes."""
    return Entry(name, mask=(patch(size),))


def fill(name: str, size: int = 10) -> Entry:
    """A change of the photo, of 2 * size bytes."""
    return Entry(name, photo=(patch(size),))


def patch(size: int) -> Patch:
    pixels = np.zeros((1, size), np.uint8)
    return Patch(Box(0, 0, size, 1), pixels, pixels + 1)


def test_a_new_history_has_nothing_to_undo_and_is_saved():
    history = History()
    assert (history.undo(), history.redo(), history.undo_name, history.redo_name) == (None, None, None, None)
    assert not history.can_undo
    assert not history.can_redo
    assert history.is_saved
    assert history.limit_bytes == 512 * 2**20


def test_names_follow_undo_and_redo():
    history = History()
    for name in ("brush stroke", "invert mask", "fill"):
        history.push(entry(name))
    history.undo()
    history.undo()
    assert (history.undo_name, history.redo_name) == ("brush stroke", "invert mask")
    assert history.done_names == ("brush stroke",)
    assert history.undone_names == ("invert mask", "fill")


def test_a_new_entry_forgets_what_was_undone():
    history = History()
    history.push(entry("one"))
    history.push(entry("two"))
    history.undo()
    history.push(entry("three"))
    assert history.redo() is None
    assert history.done_names == ("one", "three")


def test_the_oldest_entries_go_when_memory_is_short():
    history = History(limit_bytes=50)
    for name in ("one", "two", "three"):
        history.push(entry(name))
    assert history.done_names == ("two", "three")


def test_the_newest_entry_stays_however_large_it_is():
    history = History(limit_bytes=50)
    history.push(entry("small"))
    history.push(entry("large", 1000))
    assert history.done_names == ("large",)


def test_undoing_back_to_the_saved_photo_is_saved_again():
    history = History()
    history.push(fill("one"))
    history.mark_saved()
    history.push(fill("two"))
    assert not history.is_saved
    history.undo()
    assert history.is_saved
    history.undo()
    assert not history.is_saved
    history.redo()
    assert history.is_saved


def test_a_saved_photo_that_was_undone_and_overwritten_is_not_reached_again():
    history = History()
    history.push(fill("one"))
    history.mark_saved()
    history.undo()
    history.push(fill("another"))
    assert not history.is_saved
    history.undo()
    assert not history.is_saved


def test_a_saved_photo_older_than_the_memory_is_not_reached_again():
    history = History(limit_bytes=30)
    history.push(fill("one"))
    history.push(fill("two"))
    while history.undo():
        assert not history.is_saved
    assert not history.is_saved


def test_what_was_done_while_a_file_was_written_is_not_saved():
    history = History()
    history.push(fill("one"))
    asked = history.photo_state
    history.push(fill("two"))
    history.mark_saved(asked)
    assert not history.is_saved
    history.undo()
    assert history.is_saved


def test_a_photo_that_was_overwritten_while_its_file_was_written_is_not_reached_again():
    history = History()
    history.push(fill("one"))
    asked = history.photo_state
    history.undo()
    history.push(fill("another"))
    history.mark_saved(asked)
    assert not history.is_saved
    history.undo()
    assert not history.is_saved


def test_a_photo_that_was_forgotten_while_its_file_was_written_is_not_reached_again():
    history = History(limit_bytes=30)
    history.push(fill("one"))
    asked = history.photo_state
    history.push(fill("two"))
    history.push(fill("three"))
    history.mark_saved(asked)
    while history.undo():
        assert not history.is_saved
    assert not history.is_saved


def test_mask_and_frames_are_no_part_of_the_file():
    history = History()
    history.push(entry("brush stroke"))
    history.push(Entry("move frame", frames=((), (Frame(0, 0, 8),))))
    assert history.is_saved
    history.push(fill("fill"))
    history.push(entry("brush stroke"))
    assert not history.is_saved


def test_undoing_to_a_stroke_after_the_saved_fill_is_saved():
    history = History()
    history.push(fill("one"))
    history.mark_saved()
    history.push(entry("brush stroke"))
    history.push(fill("two"))
    assert not history.is_saved
    history.undo()
    assert history.undo_name == "brush stroke"
    assert history.is_saved


def test_an_entry_counts_the_pixels_of_both_layers():
    photo = np.zeros((2, 3, 4), np.uint16)
    patch = Patch(Box(0, 0, 3, 2), photo, photo)
    frames = ((), (Frame(0, 0, 8),))
    assert Entry("fill", mask=entry("").mask, photo=(patch,), frames=frames).bytes == 20 + 2 * 48


class HistoryMachine(RuleBasedStateMachine):
    """Against a plain list of the states that were ever reachable; a state is a number."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(limit_bytes=100)
        self.states, self.sizes, self.now, self.saved, self.next = [0], [], 0, 0, 1
        self.photos = {0: 0}  # by state: the one that brought the photo's pixels
        self.asked = (self.history.photo_state, 0)  # a save that takes its time: (what history calls it, its pixels)

    @rule(size=st.integers(0, 30), fills=st.booleans())
    def push(self, size, fills):
        self.history.push((fill if fills else entry)(str(self.next), size))
        self.photos[self.next] = self.next if fills else self.photos[self.states[self.now]]
        self.states = [*self.states[: self.now + 1], self.next]
        self.sizes = [*self.sizes[: self.now], 2 * size]
        while sum(self.sizes) > 100:
            del self.sizes[0], self.states[0]
        self.now, self.next = len(self.states) - 1, self.next + 1

    @rule()
    def undo(self):
        undone = self.history.undo()
        assert (undone.name if undone else None) == (str(self.states[self.now]) if self.now else None)
        self.now = max(0, self.now - 1)

    @rule()
    def redo(self):
        redone = self.history.redo()
        last = self.now == len(self.states) - 1
        assert (redone.name if redone else None) == (None if last else str(self.states[self.now + 1]))
        self.now += not last

    @rule()
    def save(self):
        self.history.mark_saved()
        self.saved = self.photos[self.states[self.now]]

    @rule()
    def ask_for_a_slow_save(self):
        self.asked = (self.history.photo_state, self.photos[self.states[self.now]])

    @rule()
    def end_the_slow_save(self):
        self.history.mark_saved(self.asked[0])
        self.saved = self.asked[1]

    @invariant()
    def agrees(self):
        assert self.history.is_saved == (self.saved == self.photos[self.states[self.now]])
        assert self.history.done_names == tuple(str(state) for state in self.states[1 : self.now + 1])
        assert self.history.undone_names == tuple(str(state) for state in self.states[self.now + 1 :])
        assert self.history.can_undo == (self.now > 0)
        assert self.history.can_redo == (self.now < len(self.states) - 1)


TestHistoryMachine = HistoryMachine.TestCase


def test_a_state_is_reached_again_by_undo_and_redo_alone():
    history = History()
    first = history.state
    history.push(entry("stroke"))
    second = history.state
    history.undo()
    assert history.state == first
    history.redo()
    assert history.state == second
    history.undo()
    history.push(entry("other stroke"))
    assert history.state not in (first, second)


def test_a_state_older_than_the_memory_is_not_reached_again():
    history = History(limit_bytes=1)
    first = history.state
    for _ in range(3):
        history.push(entry("stroke"))
    while history.can_undo:
        history.undo()
    assert history.state != first


def test_a_decision_is_put_back_and_leaves_the_state_of_the_document_as_it_is():
    document, put = Document(photo_from_pixels(np.zeros((4, 4, 3), np.uint8))), []
    with document.edit_mask("stroke") as edit:
        edit.rectangle(Box(0, 0, 2, 2), 255)
    state = document.history.state
    document.decide("lock candidate", Decision(put.append, "open", "locked"))
    assert document.undo() == "lock candidate"
    assert document.redo() == "lock candidate"
    assert put == ["locked", "open", "locked"]
    assert document.history.state == state


def test_forgotten_decisions_leave_the_entries_around_them():
    document = Document(photo_from_pixels(np.zeros((4, 4, 3), np.uint8)))
    states = [document.history.state]
    for value, name in ((50, "first"), (100, "second"), (150, "third")):
        document.decide(f"lock before {name}", Decision(lambda _: None, 0, 1))
        with document.edit_mask(name) as edit:
            edit.rectangle(Box(0, 0, 2, 2), value)
        states.append(document.history.state)
    document.jump(-2)
    document.forget_decisions()
    history = document.history
    assert (history.done_names, history.undone_names) == (("first", "second"), ("third",))
    assert history.state == states[2]
    assert document.jump(-2) == ("second", "first")
    assert history.state == states[0]
