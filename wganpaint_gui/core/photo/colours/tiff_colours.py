"""Colours of TIFF that are neither grey nor RGB, nor read by Pillow as they are meant: they become sRGB or RGB."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import TiffImagePlugin

from . import srgb

Tags = TiffImagePlugin.ImageFileDirectory_v2

PALETTE, SEPARATED, YCBCR, CIE_LAB, ICC_LAB = 3, 5, 6, 8, 9
_NAMES = {0: "grey", 1: "grey", 2: "RGB", PALETTE: "palette", SEPARATED: "CMYK", YCBCR: "YCbCr"} | {
    CIE_LAB: "Lab",
    ICC_LAB: "Lab",
    10: "ITU Lab",
    32803: "raw camera data",
    32844: "LogL",
    32845: "LogLuv",
}
_KINDS = {1: "", 2: " signed", 3: " floating-point"}  # SampleFormat
_JPEG = (6, 7)  # compressions, which make RGB of YCbCr themselves
_SAMPLES, _COLOUR_MAP, _COEFFICIENTS, _SUBSAMPLING, _REFERENCE = 277, 320, 529, 530, 532
_STRIP_PIXELS = 1 << 19


def is_converted(tags: Tags, bits: int) -> bool:
    """Return whether a page of whole numbers with that many bits has colours that `converted` makes RGB of."""
    space = tags.get(262, 0)
    if space in (CIE_LAB, ICC_LAB):
        return bits in (8, 16)
    if space == PALETTE:
        return bits == 16 and len(tags.get(_COLOUR_MAP, ())) == 3 << 16
    if space != YCBCR or tags.get(259, 1) in _JPEG:
        return False
    # Those of 8 bits are converted by OpenCV, which knows every subsampling, but nothing beside the colours.
    return (bits == 8 and tags.get(_SAMPLES, 1) == 3) or (
        bits == 16 and tuple(tags.get(_SUBSAMPLING, (2, 2))) == (1, 1)
    )


def converted(pixels: NDArray[Any], tags: Tags) -> NDArray[Any]:
    """Return RGB in the same depth, [H, W, 3], with what stands beside the colours (alpha): [H, W, 3 + n].

    pixels: as stored, [H, W, C] uint8 or uint16; of a palette [H, W, 1 + n]. YCbCr has 16 bits. Colours that sRGB
    does not hold are clipped.
    """
    space = tags[262]
    if space == PALETTE:
        table = np.array(tags[_COLOUR_MAP], np.uint16).reshape(3, -1).T
        return np.concatenate([table[pixels[..., 0]], pixels[..., 1:]], axis=2)
    result = pixels.copy()
    rows = max(1, _STRIP_PIXELS // pixels.shape[1])
    most = np.iinfo(pixels.dtype).max
    for top in range(0, len(pixels), rows):
        strip = pixels[top : top + rows, :, :3]
        rgb = _from_ycbcr(strip, tags) if space == YCBCR else _from_lab(strip, signed=space == CIE_LAB)
        result[top : top + rows, :, :3] = np.rint(np.clip(rgb, 0, 1) * most)
    return result


def _from_lab(stored: NDArray[Any], *, signed: bool) -> NDArray[np.float32]:
    """Return sRGB, unclipped. signed: a and b are two's complement, else they have an offset of half the range.

    Source: TIFF 6.0, section 23; TIFF Technical Note 4 for ICC's encoding; CIE 15:2004, 8.2.1.
    """
    deep = stored.dtype == np.uint16
    unit = 256 if deep else 1  # of a and b
    # In 16 bits, CIE's encoding has L = 100 at 65535, ICC's at 65280.
    light = stored[..., 0] * np.float32(100 / ((65535 if signed else 65280) if deep else 255))
    opponents = stored[..., 1:].view(np.int16 if deep else np.int8) if signed else stored[..., 1:]
    a, b = np.moveaxis(opponents.astype(np.float32) / unit - (0 if signed else 128), -1, 0)
    y = (light + 16) / 116
    curve = np.stack([y + a / 500, y, y - b / 200], axis=-1)
    xyz = np.where(curve > 6 / 29, curve**3, 3 * (6 / 29) ** 2 * (curve - 4 / 29)) * srgb.WHITE.astype(np.float32)
    return np.asarray(srgb.encoded_of(xyz @ srgb.FROM_XYZ.T.astype(np.float32)), np.float32)


def _from_ycbcr(stored: NDArray[Any], tags: Tags) -> NDArray[np.float32]:
    """Return RGB, unclipped. Source: TIFF 6.0, section 21."""
    most = float(np.iinfo(stored.dtype).max)
    half = (most + 1) / 2
    ranges = np.array([1, (half - 1) / most, (half - 1) / most], np.float32)
    reference = np.array(tags.get(_REFERENCE, ()), np.float32)
    # Some programs write the levels of 8 bits in every file: they would make this one white.
    if reference.size != 6 or reference.max() < half or (reference[::2] >= reference[1::2]).any():
        reference = np.array((0, most, half, most, half, most), np.float32)
    red, green, blue = (np.float32(float(value)) for value in tags.get(_COEFFICIENTS, (0.299, 0.587, 0.114)))
    black, white = reference[::2], reference[1::2]
    y, cb, cr = np.moveaxis((stored - black) / (white - black) * ranges, -1, 0)
    r, b = y + cr * (2 - 2 * red), y + cb * (2 - 2 * blue)
    return np.stack([r, (y - blue * b - red * r) / green, b], axis=-1)


def layout(tags: Tags) -> str:
    """Describe how a page stores its colours, such as "16-bit YCbCr"."""
    bits = max(tags.get(TiffImagePlugin.BITSPERSAMPLE, (1,)))
    kind = _KINDS.get(max(tags.get(TiffImagePlugin.SAMPLEFORMAT, (1,))), " unusual")
    return f"{bits}-bit{kind} {_NAMES.get(tags.get(262, 0), 'unusual')}"
