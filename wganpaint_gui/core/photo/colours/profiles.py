"""ICC profiles made from primaries and a curve: what PNG and AVIF say about colours without a profile of their own."""

from __future__ import annotations

import struct
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Chunks = tuple[tuple[bytes, bytes], ...]  # name and data of those of a PNG that describe colours
# Gamma; or gamma, a, b, c, d of ICC's parametric curve 3: (a x + b)^gamma from d on, else c x.
Curve = tuple[float, ...]
_SRGB_CURVE: Curve = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_VIDEO_CURVE: Curve = (1 / 0.45, 1 / 1.099, 0.099 / 1.099, 1 / 4.5, 0.081)
_D65 = (0.3127, 0.3290)
# x and y of white, red, green and blue, and curves, by their numbers in ITU-T H.273, tables 2 and 3.
_PRIMARIES = {
    1: (*_D65, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06),
    4: (0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
    5: (*_D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    7: (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070),
    9: (*_D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (*_D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
}
_CURVES: dict[int, Curve] = {
    1: _VIDEO_CURVE,
    4: (2.2,),
    5: (2.8,),
    6: _VIDEO_CURVE,
    8: (1.0,),
    13: _SRGB_CURVE,
    14: _VIDEO_CURVE,
    15: _VIDEO_CURVE,
}
_ADOBE_RGB = (*_D65, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
_ADOBE_GAMMA = 563 / 256
# Source: ICC.1:2022, annex E: from cone responses, Bradford; and the white of all profiles.
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_D50 = np.array([0.9642, 1.0, 0.8249])
_SRGB_GAMMA = range(44_000, 47_000)  # of gAMA: what programs write that mean sRGB's curve


@lru_cache(maxsize=32)
def profile_of(chunks: Chunks, grey: bool) -> bytes | None:
    """Return the ICC profile of a PNG's colour chunks; None where they mean sRGB, nothing, or what no profile holds.

    Source: PNG specification, third edition, 4.3: cICP counts before sRGB, and sRGB before gAMA and cHRM.
    """
    said = dict(chunks)
    if (code := said.get(b"cICP")) is not None and (known := _of_code(code)) is not None:
        return _profile(*known, grey)
    if b"sRGB" in said or not is_known(chunks):
        return None
    primaries, curve = _PRIMARIES[1], _SRGB_CURVE
    if b"gAMA" in said:
        (gamma,) = struct.unpack(">I", said[b"gAMA"][:4])
        if not 1_000 <= gamma <= 1_000_000:
            return None
        curve = _SRGB_CURVE if gamma in _SRGB_GAMMA else (100_000 / gamma,)
    if b"cHRM" in said:
        primaries = tuple(value / 100_000 for value in struct.unpack(">8I", said[b"cHRM"][:32]))
    return _profile(primaries, curve, grey)


def is_known(chunks: Chunks) -> bool:
    """Return whether colours can be shown right: not those of HDR, nor with codes of the future."""
    code = dict(chunks).get(b"cICP")
    return code is None or _of_code(code) is not None


def adobe_rgb() -> bytes:
    """Return a profile of Adobe RGB (1998)."""
    profile = _profile(_ADOBE_RGB, (_ADOBE_GAMMA,), grey=False)
    assert profile is not None
    return profile


def _of_code(code: bytes) -> tuple[tuple[float, ...], Curve] | None:
    """Return primaries and curve of a cICP chunk: primaries, curve, 0 for RGB, 1 for full range."""
    if len(code) != 4 or code[0] not in _PRIMARIES or code[1] not in _CURVES or code[2:] != b"\0\1":
        return None
    return _PRIMARIES[code[0]], _CURVES[code[1]]


def _profile(primaries: tuple[float, ...], curve: Curve, grey: bool) -> bytes | None:
    """Return an ICC profile, version 4; None for sRGB, and for primaries without sense."""
    if curve == _SRGB_CURVE and (grey or np.allclose(primaries, _PRIMARIES[1], atol=0.0015)):
        return None
    try:
        columns, adaption = _colorants(primaries)
    except (np.linalg.LinAlgError, ZeroDivisionError):
        return None
    if not np.abs(columns).max() < 3:
        return None
    tags = {b"desc": _text("Colours as the file describes them"), b"cprt": _text("None"), b"wtpt": _point(_D50)}
    tags[b"chad"] = b"sf32" + bytes(4) + _fixed(*adaption.ravel())
    parameters = _fixed(*curve)
    shape = b"para" + struct.pack(">IHH", 0, 0 if len(curve) == 1 else 3, 0) + parameters
    if grey:
        tags[b"kTRC"] = shape
    else:
        tags |= {name: _point(column) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns.T, strict=True)}
        tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), shape)
    return _file(tags, b"GRAY" if grey else b"RGB ")


def _colorants(primaries: tuple[float, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the XYZ of red, green and blue as columns under D50, and the matrix that adapts to it."""
    white, *colours = (np.array([x / y, 1, (1 - x - y) / y]) for x, y in np.reshape(primaries, (4, 2)).tolist())
    matrix = np.stack(colours, axis=1)
    matrix = matrix * np.linalg.solve(matrix, white)
    gains = (_BRADFORD @ _D50) / (_BRADFORD @ white)
    adaption = np.linalg.solve(_BRADFORD, gains[:, None] * _BRADFORD)
    return adaption @ matrix, adaption


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _point(values: NDArray[np.float64]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*values)


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">III4sII", 0, 1, 12, b"enUS", len(data), 28) + data


def _file(tags: dict[bytes, bytes], space: bytes) -> bytes:
    """Source: ICC.1:2022, 7.2 and 7.3."""
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(
        ">I4sI4s4s4s12s4s", start + len(body), bytes(4), 0x04300000, b"mntr", space, b"XYZ ", bytes(12), b"acsp"
    )
    return header + bytes(28) + _fixed(*_D50) + bytes(48) + struct.pack(">I", len(tags)) + table + body
