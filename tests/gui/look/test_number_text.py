"""Numbers as text: few figures, and signs."""

from __future__ import annotations

import pytest

from wganpaint_gui.gui.look.number_text import (
    duration_text,
    images_text,
    memory_text,
    signed_text,
)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"),
        (0.2, "1 s"),
        (59, "59 s"),
        (90, "2 min"),
        (3600, "1 h 0 min"),
        (12_000, "3 h 20 min"),
        (2e5, "2 d 7 h"),
    ],
)
def test_a_duration_has_two_figures(seconds: float | None, text: str) -> None:
    assert duration_text(seconds) == text


def test_speeds_sizes_and_signs() -> None:
    assert [images_text(0), images_text(8.44), images_text(1234.5)] == ["–", "8.4 images/s", "1,234 images/s"]
    assert [memory_text(None), memory_text(3 * 2**30)] == ["–", "3.0 GB"]
    assert [signed_text(0.4), signed_text(-1.3)] == ["+0.40", "−1.30"]
