"""Foreign text in our sentences: short, on one line, harmless to a terminal, and otherwise as it was."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from wganpaint_gui.core.wording import LONGEST_QUOTE, printable, quoted


@given(value=st.text() | st.integers() | st.lists(st.floats()))
def test_a_short_value_is_quoted_as_it_is_and_a_long_one_is_cut(value: object) -> None:
    assert len(quoted(value)) <= LONGEST_QUOTE
    assert quoted(value) == repr(value) or quoted(value).endswith(" …")
    assert len(quoted("x" * 10_000)) == LONGEST_QUOTE


@example("photo\x1b]0;owned\x07.jpg")
@example("left\u202eright\u2066.png")
@example("\x9b31m\n\r\t\x7f\u2028")
@given(text=st.text())
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    shown = printable(text)
    assert not set(map(ord, shown)) & {*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


@given(text=st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_names_in_any_language_stay_as_they_are(text: str) -> None:
    assert printable(text) == text
