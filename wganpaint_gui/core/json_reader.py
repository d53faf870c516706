"""JSON from files that anybody may have written: nothing in it can harm, and what is wrong with it is a ValueError."""

from __future__ import annotations

import json
import math
from typing import Any

DEEPEST = 64  # brackets in brackets; our own files need 8
MOST_BYTES = 64_000_000
LARGEST = 2**63 - 1  # whole number, as everything that is stored in 64 bits


def read_json(text: str | bytes, *, most_bytes: int = MOST_BYTES, finite: bool = True) -> Any:
    """Parse JSON. Raises ValueError for all that is not JSON, and for what no file of ours holds.

    That is more text than most_bytes, brackets nested deeper than DEEPEST and whole numbers beyond LARGEST; with
    `finite` also NaN, infinities and numbers too large for a float.
    """
    if len(text) > most_bytes:
        raise ValueError(f"more than {most_bytes} bytes of JSON")
    try:
        if finite:
            found = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
        else:
            found = json.loads(text, parse_int=_whole)
    except RecursionError as error:
        raise ValueError("brackets nested too deep") from error
    level = [found]
    for _ in range(DEEPEST):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return found
    raise ValueError("brackets nested too deep")


def _parts(value: Any) -> list[Any]:
    """Return what is in an object or array and can hold more."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [part for part in parts if isinstance(part, dict | list)]


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= 20 else LARGEST + 1
    if abs(number) > LARGEST:
        raise ValueError(f"a whole number of {len(digits)} digits")
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is not a finite number")
    return number
