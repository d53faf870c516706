"""sRGB in numbers, 0..1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Columns: red, green and blue of linear light as XYZ under D50, the white of all ICC profiles, adapted by Bradford.
# Source: Lindbloom, RGB/XYZ matrices.
TO_XYZ = np.array(
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
FROM_XYZ = np.linalg.inv(TO_XYZ)
WHITE = TO_XYZ.sum(axis=1)


def linear_of(encoded: NDArray[Any]) -> NDArray[Any]:
    """Return linear light. Source: IEC 61966-2-1."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def encoded_of(linear: NDArray[Any]) -> NDArray[Any]:
    """Return encoded values; negative light, which sRGB does not hold, becomes 0."""
    linear = np.clip(linear, 0, None)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
