"""The chunks of a PNG file beside its pixels: those of colour, and those without which it can be opened."""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from PIL import PngImagePlugin

from .colours.profiles import Chunks

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What they hold is kept as it is. mDCV and cLLI belong to cICP.
COLOUR_CHUNKS = (b"cICP", b"mDCV", b"cLLI", b"gAMA", b"cHRM", b"sRGB")
_ANIMATION = (b"acTL", b"fcTL", b"fdAT")
_PICTURE = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
_NAMES = {
    b"tEXt": "text",
    b"zTXt": "text",
    b"iTXt": "text",
    b"iCCP": "the colour profile",
    b"eXIf": "EXIF",
    b"tRNS": "transparency",
    b"pHYs": "the resolution",
} | dict.fromkeys(_ANIMATION, "the animation")
_LARGEST = 1 << 24  # bytes of one text or profile, unpacked
_IN_MEMORY = 1 << 26  # bytes of a file without its bad chunks; larger ones are on the disk

# Pillow refuses above that, even in a chunk that nobody needs; 1 MB if not set.
PngImagePlugin.MAX_TEXT_CHUNK = _LARGEST


@dataclass(frozen=True)
class PngChunks:
    """What the chunks of a file say."""

    colour: Chunks = ()
    bad: tuple[tuple[bytes, int, int], ...] = field(default=(), repr=False)  # name, start and end in the file

    @property
    def remark(self) -> str:
        """What is left out, as a sentence; "" where nothing is."""
        names = dict.fromkeys(_NAMES.get(name, f"the chunk {name.decode('latin-1')}") for name, _, _ in self.bad)
        return f"Damaged or too large, and left out: {' and '.join(names)}." if names else ""

    def cleaned(self, file: BinaryIO) -> BinaryIO:
        """Return a copy of the file without its bad chunks."""
        copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- the caller closes it
        at = 0
        for start, end in (*((start, end) for _, start, end in self.bad), (file.seek(0, 2), 0)):
            file.seek(at)
            while at < start:
                at += copy.write(file.read(min(start - at, 1 << 20)))
            at = end
        copy.seek(0)
        return copy  # type: ignore[return-value] # a BinaryIO in all but name


def read_chunks(file: BinaryIO) -> PngChunks:
    """Look at all chunks but the pixels'. A file that ends early is for the decoder to judge."""
    parser = PngImagePlugin.PngStream(BytesIO())
    colour: list[tuple[bytes, bytes]] = []
    bad: list[tuple[bytes, int, int]] = []
    places = list(_places(file))
    for name, start, length in places:
        if name in (b"PLTE", b"IDAT", b"IEND", b"fdAT"):
            continue
        data = _checked(file, start, length)
        good = data is not None and (name == b"IHDR" or name in _ANIMATION or _understood(parser, name, data))
        if name == b"IHDR":
            _understood(parser, name, data or b"")  # the parser must know the kind of pixels
        elif not good:
            bad.append((name, start - 8, start + length + 4))
        elif data is not None and name in COLOUR_CHUNKS:
            colour.append((name, data))
    if any(name in _ANIMATION for name, _, _ in bad):  # its frames are numbered
        known = {start for _, start, _ in bad}
        rest = [(name, at - 8, at + length + 4) for name, at, length in places if name in _ANIMATION]
        bad = sorted([*bad, *(one for one in rest if one[1] not in known)], key=lambda one: one[1])
    return PngChunks(tuple(colour), tuple(bad))


def _places(file: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start of the data and its length of each whole chunk."""
    size, start = file.seek(0, 2), len(SIGNATURE)
    while start + 12 <= size:
        file.seek(start)
        length, name = struct.unpack(">I4s", file.read(8))
        if start + length + 12 > size or not name.isalpha():
            return
        yield name, start + 8, length
        start += length + 12


def _checked(file: BinaryIO, start: int, length: int) -> bytes | None:
    """Return a chunk's data; None where its checksum is wrong, or where it is too large to be looked at."""
    if length > _LARGEST:
        return None
    file.seek(start - 4)
    name, data, checksum = file.read(4), file.read(length), file.read(4)
    return data if zlib.crc32(data, zlib.crc32(name)) == int.from_bytes(checksum) else None


def _understood(parser: PngImagePlugin.PngStream, name: bytes, data: bytes) -> bool:
    """Return whether Pillow takes a chunk. The parser remembers how much text there was before."""
    used = parser.text_memory
    parser.fp = BytesIO(data)
    try:
        parser.call(name, 0, len(data))
    except AttributeError:  # one that Pillow does not know, and passes over
        return True
    except Exception:
        parser.text_memory = used
        return False
    return name != b"iCCP" or parser.im_info.get("icc_profile") is not None
