"""Files that anybody may have written: valid JSON is read as json.loads reads it, everything else is a ValueError."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wganpaint_gui.core.json_reader import DEEPEST, LARGEST, read_json

plain = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(plain | st.text(), lambda part: st.lists(part) | st.dictionaries(st.text(), part), max_leaves=20)


@given(value=values)
def test_what_can_be_stored_comes_back(value: Any) -> None:
    text = json.dumps(value)
    assert read_json(text) == read_json(text.encode()) == json.loads(text) == value


@given(text=st.text() | st.binary())
def test_anything_else_is_a_value_error(text: str | bytes) -> None:
    try:
        json.loads(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            read_json(text)


@pytest.mark.parametrize("brackets", ["[]", ('{"a":', "}")], ids=["arrays", "objects"])
def test_brackets_may_be_nested_so_deep_and_no_deeper(brackets: tuple[str, str]) -> None:
    opening, closing = brackets
    core = "{}" if opening != "[" else "[]"
    deepest = opening * (DEEPEST - 1) + core + closing * (DEEPEST - 1)
    assert read_json(deepest) == json.loads(deepest)
    for depth in (DEEPEST, 5_000, 200_000):
        with pytest.raises(ValueError, match="nested too deep"):
            read_json(opening * depth + core + closing * depth)


@pytest.mark.parametrize(
    "text", ["NaN", "-Infinity", "[1e999]", str(LARGEST + 1), str(-LARGEST - 1), "9" * 5000, "-" + "1" * 30]
)
def test_numbers_that_no_file_of_ours_holds_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        read_json(text)


def test_metrics_may_hold_what_is_not_a_number() -> None:
    found = read_json("[NaN, Infinity, 1.5]", finite=False)
    assert found[0] != found[0]
    assert found[1:] == [float("inf"), 1.5]


def test_more_text_than_allowed_is_not_even_parsed() -> None:
    assert read_json("[1, 2]", most_bytes=6) == [1, 2]
    with pytest.raises(ValueError, match="more than 5 bytes"):
        read_json("[1, 2]", most_bytes=5)
