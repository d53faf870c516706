"""Numbers of things in sentences."""

from __future__ import annotations

import pytest

from wganpaint_gui.core.counting import counted


@pytest.mark.parametrize(("number", "words"), [(0, "0 pixels"), (1, "1 pixel"), (1204, "1,204 pixels")])
def test_only_one_is_singular(number: int, words: str):
    assert counted(number, "pixel") == words
