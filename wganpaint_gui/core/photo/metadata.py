"""The metadata of a photo file, and the two changes that EXIF needs when the pixels have changed."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .colours.profiles import Chunks

EXIF_PREFIX = b"Exif\0\0"
_ORIENTATION = 0x0112
_THUMBNAIL_OFFSET, _THUMBNAIL_LENGTH = 0x0201, 0x0202
_LONG = 4  # EXIF type number; anything else is read as SHORT


@dataclass(frozen=True)
class Metadata:
    """Metadata kept from the file of a photo and written into the files it is saved to."""

    icc: bytes | None = None  # the ICC profile the pixels are in, of the file or made from `chunks`; None: sRGB
    exif: bytes | None = None  # begins with EXIF_PREFIX; its orientation is 1, since the pixels are upright
    text: dict[str, str] = field(default_factory=dict)  # PNG text by keyword, without XMP
    dpi: tuple[float, float] | None = None  # horizontal, vertical, pixels an inch
    xmp: bytes | None = None  # UTF-8 XML; calls the photo upright
    iptc: bytes | None = None  # IPTC-IIM records
    comment: bytes | None = None  # of a JPEG
    chunks: Chunks = ()  # those of a PNG that describe its colours
    remarks: str = ""  # sentences: what else the file holds and a saved one will not, and what was amiss with it


def take_orientation(exif: bytes) -> tuple[int, bytes]:
    """Return the orientation, 1..8, and the EXIF with orientation 1 and without the thumbnail of the unedited photo.

    It is patched in place: rewriting EXIF would move makers' notes, which hold offsets. Damaged EXIF counts as upright.
    """
    tiff = bytearray(exif.removeprefix(EXIF_PREFIX))
    orientation = 1
    try:
        order = {b"II": "<", b"MM": ">"}[bytes(tiff[:2])]
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        entries, link = _directory(tiff, order, start)
        if _ORIENTATION in entries:
            orientation = _value(tiff, order, entries[_ORIENTATION])
            kind = _kind(tiff, order, entries[_ORIENTATION])
            struct.pack_into(order + kind, tiff, entries[_ORIENTATION] + 8, 1)
        _drop_thumbnail(tiff, order, link)
    except (KeyError, struct.error):
        pass
    return orientation if 1 <= orientation <= 8 else 1, EXIF_PREFIX + bytes(tiff)


def _directory(tiff: bytearray, order: str, start: int) -> tuple[dict[int, int], int]:
    """Return the offset of each tag's 12-byte entry, and that of the link to the next directory."""
    (count,) = struct.unpack_from(order + "H", tiff, start)
    places = range(start + 2, start + 2 + 12 * count, 12)
    return {struct.unpack_from(order + "H", tiff, place)[0]: place for place in places}, start + 2 + 12 * count


def _kind(tiff: bytearray, order: str, entry: int) -> str:
    return "I" if struct.unpack_from(order + "H", tiff, entry + 2)[0] == _LONG else "H"


def _value(tiff: bytearray, order: str, entry: int) -> int:
    return int(struct.unpack_from(order + _kind(tiff, order, entry), tiff, entry + 8)[0])


def _drop_thumbnail(tiff: bytearray, order: str, link: int) -> None:
    (second,) = struct.unpack_from(order + "I", tiff, link)
    if not second:
        return
    struct.pack_into(order + "I", tiff, link, 0)
    entries, _ = _directory(tiff, order, second)
    if _THUMBNAIL_OFFSET in entries and _THUMBNAIL_LENGTH in entries:
        start = _value(tiff, order, entries[_THUMBNAIL_OFFSET])
        end = min(len(tiff), start + _value(tiff, order, entries[_THUMBNAIL_LENGTH]))
        tiff[start:end] = bytes(max(0, end - start))


def stored_view(upright: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Return a view of an upright array [H, W, C] as the file stores it: turned by EXIF orientation 1..8."""
    flipped = upright[:, ::-1] if orientation in (2, 4, 5, 7) else upright
    return np.rot90(flipped, {3: 2, 4: 2, 5: 1, 6: 1, 7: -1, 8: -1}.get(orientation, 0))
