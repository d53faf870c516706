"""Arrays that one thread appends to while others read."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class GrowingArray:
    """Rows of one shape and type. A row is written before the length grows and never changes: readers need no lock."""

    def __init__(self, shape: tuple[int, ...], dtype: DTypeLike, capacity: int = 512) -> None:
        self._rows = np.zeros((capacity, *shape), dtype)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, row: Any) -> None:
        """Append a row. Only one thread may call this."""
        if self._length == len(self._rows):
            # np.resize would repeat the data; concatenation makes a new array, while readers keep the old one.
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self._length] = row
        self._length += 1

    @property
    def values(self) -> NDArray[Any]:
        """[N, ...], all rows so far."""
        length = self._length  # read before the rows, which may be replaced by longer ones but never by shorter
        return self._rows[:length]
