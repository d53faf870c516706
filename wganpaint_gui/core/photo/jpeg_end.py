"""JPEG files that lack only their end marker: the picture is whole, though decoders call it truncated."""

from __future__ import annotations

import re
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageChops

_END = b"\xff\xd9"
_NOISE = b"\x5a\xa5\x33\xc7" * 16
# Pixels that are missing would be read from these; after a whole picture they are passed over. Two, because a decoder
# that waits for a restart marker passes over some of the others.
_ANYTHING = tuple(
    _NOISE + b"".join(bytes([0xFF, 0xD0 + (first + step) % 8]) + _NOISE for step in range(8)) + _END for first in (0, 4)
)
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive
_COEFFICIENTS = 64  # of a block


def with_end(file: BinaryIO) -> BinaryIO | None:
    """Return a JPEG file with the end marker that it lacks; None where it has one, or lacks more."""
    if file.seek(0, 2) < 4:
        return None
    file.seek(-2, 2)
    if file.read(2) == _END:
        return None
    file.seek(0)
    data = file.read()
    pixels = _pixels(data)
    if pixels is None or _END in data[pixels:]:
        return None
    data = data.rstrip(b"\xff")
    try:
        if not _has_all_scans(data):
            return None
        whole = _decoded(data + _END)
        lacks = any(ImageChops.difference(whole, _decoded(data + end)).getbbox() for end in _ANYTHING)
    except (OSError, ValueError, IndexError, StopIteration, SyntaxError):
        return None
    return None if lacks else BytesIO(data + _END)


def _segments(data: bytes) -> list[tuple[int, int, int]]:
    """Return marker, start and end of each segment in front of the pixels, the header of their first scan included."""
    found, at = [], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        found.append((marker, at + 4, at + 2 + length))
        at += 2 + length
        if marker == 0xDA:
            break
    return found


def _pixels(data: bytes) -> int | None:
    """Return where the pixels begin."""
    segments = _segments(data)
    return segments[-1][2] if segments and segments[-1][0] == 0xDA else None


def _has_all_scans(data: bytes) -> bool:
    """Return whether every coefficient of every component was sent to its last bit. Source: ITU-T T.81, B.2.2, B.2.3.

    Raises StopIteration or IndexError for a file of another kind.
    """
    frame = next(start for marker, start, _ in _segments(data) if marker in _FRAMES)
    components = {data[frame + 6 + 3 * index] for index in range(data[frame + 5])}
    missing = {(component, place) for component in components for place in range(_COEFFICIENTS)}
    for scan in re.finditer(rb"\xff\xda", data[frame:]):
        at = frame + scan.end() + 2
        after = at + 1 + 2 * data[at]
        if data[after + 2] & 15 == 0:  # to the last bit
            sent = data[at + 1 : after : 2]
            missing -= {(component, place) for component in sent for place in range(data[after], data[after + 1] + 1)}
    return not missing


def _decoded(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=("JPEG",)) as image:
        image.load()
        return image
