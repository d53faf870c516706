"""What files say about a photo besides EXIF: XMP, IPTC and a comment; how JPEG wraps them, and what a format drops."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from typing import Any

from wganpaint_gui.core.counting import counted

from .colours.profiles import is_known
from .metadata import Metadata

XMP_TEXT = "XML:com.adobe.xmp"  # the keyword under which PNG keeps XMP
_IPTC_RESOURCE = 0x0404  # of Photoshop's image resources
_PHOTOSHOP = b"Photoshop 3.0\0"
_MOST_IN_SEGMENT = 65_533  # bytes of a JPEG segment, its length field not counted
_NAMES = {"exif": "EXIF", "xmp": "XMP", "iptc": "IPTC", "comment": "comments"}
# What each format has room for, in bytes.
_ROOM = {
    "PNG": {"iptc": 0},
    "TIFF": {"comment": 0},
    "WebP": {"iptc": 0, "comment": 0},
    "JPEG": {
        "exif": _MOST_IN_SEGMENT,
        "xmp": _MOST_IN_SEGMENT - 29,  # its name
        "iptc": _MOST_IN_SEGMENT - 27,  # Photoshop's wrapping
        "comment": _MOST_IN_SEGMENT,
    },
    "BMP": {"exif": 0, "xmp": 0, "iptc": 0, "comment": 0},
}
_ORIENTATION = re.compile(rb"(tiff:Orientation(?:=[\"']|>))[2-8]")


def upright_xmp(xmp: bytes) -> bytes:
    """Return XMP that calls its photo upright: the pixels have been turned. The length stays."""
    return _ORIENTATION.sub(rb"\g<1>1", xmp)


def as_photoshop(iptc: bytes) -> bytes:
    """Wrap IPTC as a JPEG segment: one image resource, as Photoshop and all others after it do."""
    padded = iptc + b"\0" * (len(iptc) % 2)
    body = _PHOTOSHOP + b"8BIM" + struct.pack(">HHI", _IPTC_RESOURCE, 0, len(iptc)) + padded
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def iptc_of(photoshop: object) -> bytes | None:
    """Return the IPTC among the image resources that Pillow found in a JPEG; None where there is none."""
    found = photoshop.get(_IPTC_RESOURCE) if isinstance(photoshop, dict) else None
    return found if isinstance(found, bytes) and found else None


def fitting(metadata: Metadata, kind: str) -> tuple[Metadata, list[str]]:
    """Return the metadata that a format holds, and what it cannot hold, in words.

    kind: the name of the format: PNG, TIFF, WebP, JPEG or BMP. Colour profiles are checked elsewhere.
    """
    lost = ["PNG text"] if metadata.text and kind != "PNG" else []
    dropped: dict[str, Any] = {}
    if kind != "PNG":  # the other formats keep a profile made from them
        lost += [] if is_known(metadata.chunks) else ["the description of its colours"]
        dropped["chunks"] = ()
    for name, most in _ROOM[kind].items():
        value = getattr(metadata, name)
        if value and len(value) > most:
            lost.append(f"{_NAMES[name]}{' of this size' if most else ''}")
            dropped[name] = None
    return replace(metadata, **dropped), lost


def unread_parts(channels: int, pictures: int | None) -> str:
    """Say what of a file is neither in the photo nor in what is saved; "" where all of it is.

    channels: of unknown meaning, beside colours and alpha. pictures: further frames or pages; None = some.
    """
    parts = []
    if pictures != 0:
        parts.append("further pictures" if pictures is None else counted(pictures, "further picture"))
    if channels:
        parts.append(f"{counted(channels, 'channel')} of unknown meaning")
    return f"Not opened, and missing from what you save: {' and '.join(parts)}." if parts else ""


def left_out(metadata: Metadata, kind: str) -> str:
    """Say in one sentence what a format cannot hold of a photo's metadata; "" where it holds all.

    kind: as for `fitting`.
    """
    lost = fitting(metadata, kind)[1]
    if not lost:
        return ""
    words = lost[0] if len(lost) == 1 else f"{', '.join(lost[:-1])} and {lost[-1]}"
    return f"The {kind} file lacks {words}, which the format cannot hold."
