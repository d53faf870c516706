"""Formats of photos that people have and this program cannot open: named, with the way out."""

from __future__ import annotations

from pathlib import Path

# Brands of the container that all of these share. Source: ISO/IEC 14496-12, 4.3; ISO/IEC 23008-12, annex B.
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "HEIC"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
    b"crx ": "raw camera",
}
_STARTS = {
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"FUJIFILMCCD-RAW": "raw camera",
    b"IIRO": "raw camera",  # Olympus
    b"IIU\0": "raw camera",  # Panasonic
}


def named_format(path: Path) -> str | None:
    """Return what a file is that Pillow does not know; None where this program does not know it either."""
    with path.open("rb") as file:
        start = file.read(256)
    if start[4:8] == b"ftyp":
        end = min(int.from_bytes(start[:4]), len(start))
        brands = [start[8:12], *(start[at : at + 4] for at in range(16, end, 4))]
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
    return next((name for known, name in _STARTS.items() if start.startswith(known)), None)
