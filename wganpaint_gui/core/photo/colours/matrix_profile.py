"""ICC profiles that are a curve per channel and a matrix, in numbers: littleCMS converts 8 bits by Pillow, no more.

In linear light 8 bits have so few dark tones that a photo on the screen is off by up to 18 levels of 255, and a fill by
up to 13. Most profiles of cameras and programs are of this kind; those with tables of colours are left to littleCMS.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import srgb

_CODES = 65536
_LARGEST_FALL = 1e-3  # where the parts of a parametric curve do not quite meet, as those of video
_STRIP_PIXELS = 1 << 18
_MATRIX_TAGS = ((b"rXYZ", b"gXYZ", b"bXYZ"), (b"rTRC", b"gTRC", b"bTRC"))
_GREY_TAG = b"kTRC"
_TABLES = (b"A2B0", b"A2B1", b"D2B0", b"D2B1")  # which count before curves and matrix
# Of ICC's parametric curves: gamma, a, b, c, d, e, f by their number. Source: ICC.1:2022, table 68.
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}


@dataclass(frozen=True, eq=False)
class MatrixProfile:
    """What a profile says. curves: float32 [1 or 3, 65536], linear light 0..1 of each 16-bit code; matrix: to XYZ."""

    curves: NDArray[np.float32]
    matrix: NDArray[np.float64] | None  # [3, 3]; None: grey

    def to_srgb(self, own: NDArray[np.uint16]) -> NDArray[np.float32]:
        """Convert [h, w, 1 or 3] to sRGB, float32 [h, w, 3] in 0..1. Colours that sRGB does not hold are clipped."""
        encoded = _encoded_codes()
        if self.matrix is None:
            table = encoded[np.rint(np.clip(self.curves[0], 0, 1) * (_CODES - 1)).astype(np.uint16)]
            return np.repeat(table[own], 3, axis=2)
        to_srgb = (srgb.FROM_XYZ @ self.matrix * (_CODES - 1)).astype(np.float32)
        converted = np.empty(own.shape, np.float32)
        rows = max(1, _STRIP_PIXELS // max(1, own.shape[1]))
        for top in range(0, len(own), rows):  # in strips, to save memory
            strip = own[top : top + rows]
            linear = np.stack([curve[strip[..., index]] for index, curve in enumerate(self.curves)], axis=-1)
            codes = np.clip(linear @ to_srgb.T + np.float32(0.5), 0, _CODES - 1).astype(np.uint16)
            converted[top : top + rows] = encoded[codes]
        return converted

    def from_srgb(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Convert sRGB [h, w, 3] to its colours, float32 [h, w, 1 or 3] in 0..1."""
        light = srgb.linear_of(np.arange(256) / 255)[rgb] @ srgb.TO_XYZ.T
        linear = light[..., 1:2] if self.matrix is None else light @ np.linalg.inv(self.matrix).T
        codes = np.linspace(0, 1, _CODES)
        own = [np.interp(linear[..., index], curve, codes) for index, curve in enumerate(self.curves)]
        return np.stack(own, axis=-1, dtype=np.float32)


@lru_cache(maxsize=8)
def matrix_profile(icc: bytes | None, *, grey: bool) -> MatrixProfile | None:
    """Read a profile; None where it is of another kind, damaged, or of other colours than the photo's."""
    try:
        return _read(icc, grey) if icc else None
    except (struct.error, ValueError, KeyError, IndexError, ZeroDivisionError, np.linalg.LinAlgError):
        return None


def _read(icc: bytes, grey: bool) -> MatrixProfile | None:
    """Source: ICC.1:2022, 7.2 to 7.3, 9 and 10.5 to 10.6, 10.18, 10.31."""
    if icc[16:20] != (b"GRAY" if grey else b"RGB ") or icc[20:24] != b"XYZ ":
        return None
    tags = {}
    (count,) = struct.unpack_from(">I", icc, 128)
    for index in range(min(count, 200)):
        name, start, size = struct.unpack_from(">4sII", icc, 132 + 12 * index)
        tags[name] = icc[start : start + size]
    if any(name in tags for name in _TABLES):
        return None
    if grey:
        return MatrixProfile(_curve(tags[_GREY_TAG])[None], None)
    columns, curves = ([tags[name] for name in names] for names in _MATRIX_TAGS)
    matrix = np.array([_point(column) for column in columns]).T
    if np.linalg.cond(matrix) > 1e4:
        return None
    return MatrixProfile(np.stack([_curve(data) for data in curves]), matrix)


def _point(data: bytes) -> tuple[float, ...]:
    if data[:4] != b"XYZ ":
        raise ValueError("no point")
    return tuple(value / 65536 for value in struct.unpack_from(">3i", data, 8))


def _curve(data: bytes) -> NDArray[np.float32]:
    """Return linear light of every 16-bit code. Raises ValueError for a curve that falls, which has no way back."""
    x = np.linspace(0, 1, _CODES)
    if data[:4] == b"curv":
        (count,) = struct.unpack_from(">I", data, 8)
        if count == 0:
            y = x
        elif count == 1:
            y = x ** (struct.unpack_from(">H", data, 12)[0] / 256)
        else:
            table = np.frombuffer(data, ">u2", count, 12) / 65535
            y = np.interp(x, np.linspace(0, 1, count), table)
    elif data[:4] == b"para":
        y = _parametric(data, x)
    else:
        raise ValueError("no curve")
    if not np.isfinite(y).all() or np.diff(y).min() < -_LARGEST_FALL:
        raise ValueError("not a curve that rises")
    return np.clip(np.maximum.accumulate(y), 0, 1).astype(np.float32)


def _parametric(data: bytes, x: NDArray[Any]) -> NDArray[Any]:
    (kind,) = struct.unpack_from(">H", data, 8)
    values = [value / 65536 for value in struct.unpack_from(f">{_PARAMETERS[kind]}i", data, 12)]
    gamma, a, b, c, d, e, f = (*values, *[0.0] * 7)[:7]
    if kind == 0:
        return np.asarray(x**gamma)
    if kind in (1, 2):  # from where the base is positive
        c, d, e, f = 0.0, -b / a, c, c  # c is 0 in kind 1
    return np.asarray(np.where(x >= d, np.clip(a * x + b, 0, None) ** gamma + e, c * x + f))


@lru_cache(maxsize=1)
def _encoded_codes() -> NDArray[np.float32]:
    """Return sRGB of linear light in 16-bit codes; off by at most 0.03 of 255."""
    return np.asarray(srgb.encoded_of(np.linspace(0, 1, _CODES)), np.float32)
